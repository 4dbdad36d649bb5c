"""The console with people at it: an ASGI client with cookies, and cases to work on."""

from __future__ import annotations

import asyncio
import html
import json
import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

import pyotp
from sqlalchemy import select, update

from app.crypto.kdf import FLOOR
from app.domain.ids import new_id
from app.domain.operations import instant_text
from app.rules import assess
from app.rules.casefile import parse_case
from app.rules.pack import Pack
from county_server.console.roles import Level, Role, Staff
from county_server.console.sessions import COOKIE, Sessions
from county_server.console.staff import Credentials, StaffBook
from county_server.console.tables import staff
from county_server.console.web import build_console
from county_server.ledger import Ledger
from county_server.packs import SHIPPED, read_layers
from county_server.tables import audit
from tests.cases import WORKED_EXAMPLE, data_of
from tests.counties import Office
from tests.devices import Device
from tests.fakes import NOON

TOWNSHIP = "459901001"
OTHER_TOWNSHIP = "459901002"
FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


def published(office: Office, pack_id: str) -> Pack:
    """A shipped pack, published: tianjin leaves decisions to the county, practice to townships."""
    return office.packs.publish(read_layers([SHIPPED / pack_id]))


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def location(self) -> str:
        return self.headers.get("location", "")

    @property
    def hidden(self) -> dict[str, str]:
        """The hidden fields of the page's forms; the last one of a name counts."""
        return {name: html.unescape(value) for name, value in FIELD.findall(self.text)}


@dataclass
class Browser:
    """Sends requests to the application in this process and keeps cookies."""

    app: Any
    cookies: dict[str, str] = field(default_factory=dict)
    set_cookies: list[str] = field(default_factory=list)
    address: str = "10.0.0.1"

    def get(self, path: str) -> Answer:
        return asyncio.run(self._send("GET", path, b""))

    def post(self, path: str, **fields: str) -> Answer:
        return asyncio.run(self._send("POST", path, urlencode(fields).encode()))

    def fill(self, page: Answer, path: str, **fields: str) -> Answer:
        """Post a form with the hidden fields of the page it stands on."""
        return self.post(path, **(page.hidden | fields))

    async def _send(self, method: str, path: str, body: bytes) -> Answer:
        path, _, query = path.partition("?")
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method,
            "scheme": "https", "path": f"/console{path}", "raw_path": path.encode(),
            "query_string": query.encode(), "root_path": "/console", "client": (self.address, 1),
            "server": ("127.0.0.1", 443), "headers": [
                (b"host", b"127.0.0.1"), (b"cookie", cookies.encode()),
                (b"content-type", b"application/x-www-form-urlencoded"),
            ],
        }  # fmt: skip
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        headers = [(k.decode(), v.decode()) for k, v in sent[0]["headers"]]
        self._keep([v for k, v in headers if k == "set-cookie"])
        text = b"".join(part.get("body", b"") for part in sent[1:]).decode()
        return Answer(sent[0]["status"], dict(headers), text)

    def _keep(self, given: list[str]) -> None:
        self.set_cookies += given
        for one in given:
            for name, morsel in SimpleCookie(one).items():
                self.cookies[name] = morsel.value
                if morsel["max-age"] == "0":
                    del self.cookies[name]


@dataclass
class Person:
    """Somebody of the staff with what they know and hold."""

    credentials: Credentials
    password: str

    def code(self, office: Office) -> str:
        """What the authenticator shows now."""
        return pyotp.TOTP(self.credentials.secret).at(office.clock.now())


@dataclass
class Bureau:
    """A county with a console and its staff."""

    office: Office

    def __post_init__(self) -> None:
        self.book = StaffBook(self.office.county, self.office.database, self.office.clock, FLOOR)
        self.sessions = Sessions(self.office.database, self.office.clock)
        self.app = build_console(self.office.county, self.office.database, self.office.clock, FLOOR)

    def hire(self, login: str, role: Role, township: str | None = None) -> Person:
        """An account whose temporary password has been changed."""
        at_township = role.value.startswith("township")
        place = township or (TOWNSHIP if at_township else "")
        made = self.book.add(login, f"{login}主任", role, place)
        with self.office.database.write() as connection:
            mine = staff.c.id == made.staff_id
            connection.execute(update(staff).where(mine).values(must_change=False))
        return Person(made, made.password)

    def browser(self, **options: str) -> Browser:
        return Browser(self.app, **options)

    def sign_in(self, person: Person) -> Browser:
        """A browser in which `person` is signed in; the door itself has tests of its own."""
        browser = self.browser()
        with self.office.database.write() as connection:
            token = self.sessions.begin(connection, person.credentials.staff_id)
        browser.cookies[COOKIE] = token
        return browser

    def knock(self, browser: Browser, person: Person, **wrong: str) -> Answer:
        """Fill in the door."""
        said = {
            "login": person.credentials.login,
            "password": person.password,
            "code": person.code(self.office),
        } | wrong
        return browser.fill(browser.get("/login"), "/login", **said)

    def audit(self) -> list[tuple[str, str]]:
        """(who, what) of every line of the audit, the oldest first."""
        with self.office.database.read() as connection:
            rows = connection.execute(select(audit).order_by(audit.c.n))
            return [(row.who, row.what) for row in rows]

    def document(self, entity: str, entity_id: str) -> dict[str, Any]:
        with self.office.database.read() as connection:
            return dict(Ledger(connection, self.office.clock.now()).get(entity, entity_id).body)


def as_staff(person: Person, role: Role, township: str = TOWNSHIP) -> Staff:
    """Somebody as the domain functions see them."""
    place = township if role.level is Level.TOWNSHIP else ""
    return Staff(person.credentials.staff_id, "某某", role, place)


def propose(browser: Browser, case_id: str, kind: str = "applications", **said: str) -> Answer:
    """Fill in the form of a proposal on the case's page."""
    page = browser.get(f"/{kind}/{case_id}")
    usual = {"answer": "agree", "category": "dibao", "amount": "235.00", "note": ""}
    return browser.fill(page, f"/{kind}/{case_id}/propose", **(usual | said))


def answer(
    browser: Browser, case_id: str, deed: str = "approve", kind: str = "applications",
    remark: str = "",
) -> Answer:  # fmt: skip
    """Press one of the buttons under a proposal that waits."""
    page = browser.get(f"/{kind}/{case_id}")
    return browser.fill(page, f"/{kind}/{case_id}/answer", deed=deed, remark=remark)


def application(
    device: Device, pack: Pack | None = None, *, status: str = "sent_for_confirmation",
    name: str = "李桂芳", number: str = "459901-7-2026-000001-3",
    filed_on: str = "2026-02-10", **answer: object,
) -> str:  # fmt: skip
    """An application with people, income, a test and its steps, said by `device`; its id.

    `answer` falsifies the stored answer of the test.
    """
    home = device.household(phone="19900004410", bank_account="6228480000000000017")
    people = [new_id(NOON) for _ in range(3)]
    names = (name, "李长福", "李小雨")
    births = ("1979-05-03", "1950-01-20", "2012-09-01")
    for at, (person, called, born) in enumerate(zip(people, names, births, strict=True)):
        fields = {"name": called, "id_kind": "hukou_book", "birth_on": born, "labour": "able"}
        device.operation("person", person, fields, subject=home)
        place = {
            "household_id": home, "person_id": person, "position": at,
            "relation": ("head", "parent", "child")[at], "living": "together",
        }  # fmt: skip
        device.operation("household_member", new_id(NOON), place, subject=home)
    wage = {
        "household_id": home, "person_id": people[0], "kind": "wage", "amount_fen": 260000,
        "per": "month", "months": 12,
    }  # fmt: skip
    device.operation("income_item", new_id(NOON), wage, subject=home)
    test = None if pack is None else _test(device, home, people, pack, answer)
    made = new_id(NOON)
    body = {
        "document_no": number, "household_id": home, "applicant_person_id": people[0],
        "requested": ["dibao"], "status": status, "filed_on": filed_on, "assessment_id": test,
        "filed_by": "self",
    }  # fmt: skip
    device.operation("application", made, body, subject=home)
    steps = (("submit", "2026-02-10"), ("accept", "2026-02-11"), ("post", "2026-02-20"))
    for number_, (event, on) in enumerate(steps, start=1):
        step = {
            "household_id": home, "application_id": made, "number": number_, "event": event,
            "before": "", "after": "", "happened_on": on, "handler": "覃大山",
            "told_by": "镇民政办 韦主任", "paper_no": "练民受〔2026〕12号", "note": "",
            "details": {}, "recorded_at": instant_text(NOON),
        }  # fmt: skip
        device.operation("application_step", new_id(NOON), step, subject=home)
    material = {
        "household_id": home, "application_id": made, "code": "id_card", "name": "身份证",
        "state": "received", "asked_on": "2026-02-10", "settled_on": "2026-02-11",
    }  # fmt: skip
    device.operation("application_material", new_id(NOON), material, subject=home)
    device.visit(home, "老人在家，屋顶漏雨。")
    return made


def _test(
    device: Device, home: str, people: list[str], pack: Pack, answer: dict[str, object]
) -> str:
    """A means test of the worked example, with the household's own people."""
    text = data_of(WORKED_EXAMPLE).decode()
    for at, person in enumerate(people, start=1):
        text = text.replace(f'"p{at}"', f'"{person}"')
    facts = parse_case(text.encode())
    made, said = new_id(NOON), assess(facts, pack, facts.on or NOON.date()).to_json()
    body = {
        "household_id": home, "assessed_on": "2026-03-02", "pack_id": pack.id,
        "pack_version": pack.version, "pack_sha256": pack.sha256, "facts": json.loads(text),
        "answer": said | answer, "suggested": said["suggested"], "benefit_month_fen": 23500,
        "made_at": instant_text(NOON),
    }  # fmt: skip
    device.operation("assessment", made, body, subject=home)
    return made


def relief(device: Device, *, yuan: int = 800, status: str = "referred_up", **more: object) -> str:
    """One 先行救助 that somebody above is asked about; its id."""
    made = new_id(NOON)
    body = {
        "document_no": f"459901-7-2026-{yuan:06d}-1", "household_id": None,
        "payee_name": "韦阿公", "is_unknown": False, "event": "flood",
        "event_note": "屋里进水，没有米了", "event_area_code": "459901001001",
        "reported_by": "visit", "amount_fen": yuan * 100, "way": "cash", "goods": "",
        "persons": 1, "source": "budget", "status": status, "found_at": instant_text(NOON),
        "decision_due_at": instant_text(NOON.replace(day=3)), "paperwork_rule": "",
        "referral_reason": "超过村里能先给的", "handler": "覃大山",
    } | more  # fmt: skip
    device.operation("emergency_relief", made, body)
    return made


def grace(device: Device, *, status: str = "proposed", name: str = "覃大爷", **more: object) -> str:
    """A 渐退 the village proposed, with the household it is about; its id."""
    person, made = new_id(NOON), new_id(NOON)
    home = device.household(head_person_id=person)
    device.operation("person", person, {"name": name, "id_kind": "hukou_book"}, subject=home)
    body = {
        "household_id": home, "assessment_id": None, "pack_sha256": "", "rule": "就业渐退",
        "basis": "练民发〔2025〕8号第六条", "former_fen": 23500, "start_month": "2026-03-01",
        "shares": [
            {"month": "2026-03", "percent": 100, "fen": 23500},
            {"month": "2026-04", "percent": 50, "fen": 11750},
        ],
        "least_months": 2, "most_months": 6, "heads": 1, "reason": "儿子进厂了",
        "status": status, "proposed_on": "2026-02-20", "handler": "覃大山",
        "recorded_at": instant_text(NOON),
    } | more  # fmt: skip
    device.operation("grace_period", made, body, subject=home)
    return made
