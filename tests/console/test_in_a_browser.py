"""A day at the console in a real browser over TLS, by keys alone, on both databases."""

from __future__ import annotations

import ssl
from collections.abc import Iterator

import httpcore
import pytest
from playwright.sync_api import Browser, Page

from app.crypto.kdf import FLOOR
from app.domain.casework import ApplicationStatus
from app.domain.households import Category
from app.domain.money import Money
from app.sync.protocol.feed import advanced
from county_server.console.roles import Role
from county_server.console.web import mount_console
from county_server.database import sqlite_url
from county_server.decisions import Decide
from county_server.web import Desk, build_web
from tests.chromium import press_alt, running_chromium
from tests.consoles import Bureau, Person, application, grace, published, relief
from tests.counties import Office, found_office
from tests.servers import Served

LOUD = {"error", "warning"}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for these tests; each window has a profile of its own."""
    with running_chromium() as browser:
        yield browser


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request, tmp_path, clock) -> Iterator[Office]:
    """A county on either database."""
    if request.param == "sqlite":
        url = sqlite_url(tmp_path / "county.db")
    else:
        url = request.getfixturevalue("postgres_url")
    made = found_office(tmp_path / "county", url, clock)
    yield made
    made.database.close()


@pytest.fixture
def bureau(office) -> Bureau:
    return Bureau(office)


@pytest.fixture
def served(office) -> Iterator[Served]:
    """Laptops' paths and the console on one port."""
    web = build_web(Desk(office.county, office.database, office.clock))
    mount_console(web, office.county, office.database, office.clock, FLOOR)
    server = Served(office, web)
    yield server
    server.close()


@pytest.fixture
def sit_down(chromium, served, office):
    """Sign in by keys alone, in a window with a profile of its own."""
    windows = []

    def sign_in(person: Person) -> Page:
        window = chromium.new_context(
            ignore_https_errors=True, viewport={"width": 1366, "height": 768}
        )
        windows.append(window)
        page = window.new_page()
        page.set_default_timeout(15_000)
        page.goto(f"{served.url}/console/")
        ready(page)
        for text in (person.credentials.login, person.password, person.code(office)):
            page.keyboard.type(text)
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/console/queue")
        return page

    yield sign_in
    for window in windows:
        window.close()


def ready(page: Page) -> None:
    """Once the page has put the focus where a clerk begins."""
    page.locator("[autofocus]:focus").wait_for()


def pulled(served, office, device) -> list:
    """What the village's laptop fetches over HTTPS."""
    context = ssl.create_default_context(cadata=office.county.ca_pem)
    with httpcore.ConnectionPool(ssl_context=context) as pool:
        headers = device.authorization()
        answer = pool.request("GET", f"{served.url}/v1/feed", headers=headers)
    page = device.page(answer.content)
    device.cursor = advanced(device.cursor, page)
    return list(page.entries)


def test_a_morning_at_the_township(bureau, office, served, sit_down):
    pack = published(office, "practice")
    device = office.device()
    returned = application(device, pack, name="甲", number="1", filed_on="2026-02-01")
    granted = application(device, pack, name="乙", number="2")
    office.push(device)
    handler = bureau.hire("lan", Role.TOWNSHIP_HANDLER)
    head = bureau.hire("wei", Role.TOWNSHIP_HEAD)

    page = sit_down(handler)
    ready(page)
    page.keyboard.press("Enter")  # the most urgent case has the focus
    page.wait_for_url(f"**/applications/{returned}")
    ready(page)
    press_alt(page, "r")
    page.wait_for_url("**/return")
    ready(page)
    page.keyboard.type("请写清申请哪一档")
    page.keyboard.press("Tab")
    page.keyboard.type("日期和申请书上不一样")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/applications/{granted}?said=returned")
    ready(page)
    for key in ("Tab", "低保", "Tab", "235.00", "Enter"):
        page.keyboard.press(key) if key.isascii() and key.isalpha() else page.keyboard.type(key)
    page.wait_for_url("**/queue?said=proposed")

    page.goto(f"{served.url}/console/applications/{granted}")
    assert page.get_by_text("自己提出的意见不能自己审批").count() == 1
    assert page.locator("button[value=approve]").count() == 0

    page = sit_down(head)
    ready(page)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/applications/{granted}")
    ready(page)
    page.keyboard.type("同意")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/queue?said=approved")

    down = {one.entity_id: one.body for one in pulled(served, office, device)}
    assert down[granted]["status"] == "confirmed"
    assert down[granted]["decided_benefit_month_fen"] == 23500
    assert [(one["column"], one["text"]) for one in down[returned]["return_comments"]] == [
        ("requested", "请写清申请哪一档"),
        ("filed_on", "日期和申请书上不一样"),
    ]


@pytest.mark.parametrize("office", ["sqlite"], indirect=True)
def test_no_page_asks_for_more_than_the_screen_is_wide(bureau, office, served, sit_down):
    pack = published(office, "practice")
    device = office.device()
    case = application(device, pack, name="阿依古丽·买买提江·吐尔逊")
    granted = application(device, pack, name="阿依古丽·买买提江·吐尔逊", number="2")
    leaving = grace(device, name="阿依古丽·买买提江·吐尔逊")
    paid = relief(device, status="paperwork_pending", payee_name="阿依古丽·买买提江·吐尔逊")
    office.push(device)
    office.decisions.decide(
        Decide(
            application_id=granted, status=ApplicationStatus.CONFIRMED, category=Category.DIBAO,
            benefit_month=Money.parse("235.00"),
        )
    )  # fmt: skip
    down = {e.entity_id: e.body for news in office.pull(device) for e in news.entries}
    home = down[granted]["household_id"]
    page = sit_down(bureau.hire("lan", Role.TOWNSHIP_HANDLER))
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type in LOUD else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))

    for width in (1366, 1024):
        page.set_viewport_size({"width": width, "height": 768})
        for path in (
            "queue", f"applications/{case}", f"applications/{case}/return", f"graces/{leaving}",
            f"relief/{paid}", "benefits", f"benefits/{home}",
            "devices", "disputes", "funds", "trail", "password",
        ):  # fmt: skip
            page.goto(f"{served.url}/console/{path}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path

    assert wrong == []
