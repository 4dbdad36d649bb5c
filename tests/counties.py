"""A county at work in a temporary folder: shared by the tests of both sides."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from app.crypto.envelope import parse_document
from app.domain.money import Money
from app.domain.problem import Problem
from app.sync.joining import address_of
from app.sync.protocol.coding import convert
from app.sync.protocol.enrolment import Ticket, Village
from app.sync.protocol.feed import Page, advanced
from app.sync.protocol.verdict import Receipt
from app.sync.sealing import read_refusal
from county_server.assignments import Assignments
from county_server.county import County, create_county, load_county
from county_server.database import Database
from county_server.decisions import Decisions
from county_server.enrolment import Enrolment
from county_server.intake import Intake
from county_server.invitations import Invitations, Invite, Invited
from county_server.packs import Packs
from county_server.pages import Pages
from county_server.status import Status
from county_server.stick import Stick
from county_server.upgrade import upgrade
from county_server.web import Desk
from tests.devices import Device
from tests.fakes import StoppedClock

VILLAGE = Village("459901001001", "测试村")
OTHER_VILLAGE = Village("459901001002", "白沙村")


@dataclass
class Office:
    """A county with everything that works in it."""

    county: County
    database: Database
    clock: StoppedClock

    @property
    def intake(self) -> Intake:
        return Intake(self.county, self.database, self.clock)

    @property
    def pages(self) -> Pages:
        return Pages(self.county, self.database, self.clock)

    @property
    def enrolment(self) -> Enrolment:
        return Enrolment(self.county, self.database, self.clock)

    @property
    def assignments(self) -> Assignments:
        return Assignments(self.county, self.database, self.clock)

    @property
    def decisions(self) -> Decisions:
        return Decisions(self.database, self.clock)

    @property
    def packs(self) -> Packs:
        return Packs(self.database, self.clock)

    def status(self) -> dict:
        return Status(self.county, self.database, self.clock).report()

    @property
    def stick(self) -> Stick:
        return Stick(self.database, self.intake, self.pages, self.enrolment)

    def ticket_file(
        self,
        *villages: Village,
        quota: str = "2000.00",
        url: str = "https://127.0.0.1:8443",
    ) -> bytes:
        return self.invited(*villages, quota=quota, url=url).ticket

    def invited(
        self, *villages: Village, quota: str = "2000.00", url: str = "https://127.0.0.1:8443"
    ) -> Invited:
        """A ticket and the code of it."""
        return Invitations(self.county, self.database, self.clock).make(
            Invite(
                officer_name="王秀英",
                villages=villages or (VILLAGE,),
                url=url,
                quota=Money.parse(quota),
            )
        )

    def ticket(self, *villages: Village, quota: str = "2000.00") -> Ticket:
        data = self.ticket_file(*villages, quota=quota)
        return convert(parse_document(data).body, Ticket)

    def device(self, *villages: Village, quota: str = "2000.00") -> Device:
        """A device that has enrolled."""
        device = Device(self.ticket(*villages, quota=quota))
        device.accept(self.enrolment.answer(device.enrolment_request()))
        return device

    def push(self, device: Device) -> Receipt:
        """Send what waits on `device`."""
        return device.receipt(self.intake.receive(device.batch()))

    def pull(self, device: Device, *, echo: bool = False) -> list[Page]:
        """Every page that is new for `device`."""
        pages, more = [], True
        while more:
            request = self.pages.accept(device.feed_request(echo=echo))
            page = device.page(self.pages.page(request)[0])
            device.cursor = advanced(device.cursor, page)
            pages.append(page)
            more = page.head.more
        return pages


def found_office(
    folder: Path, url: str, clock: StoppedClock, *, is_practice: bool = True
) -> Office:
    """A new county on the database `url`."""
    county = create_county(
        folder,
        county_id="459901",
        name="练习县",
        is_practice=is_practice,
        database_url=url,
        hosts=[],
        now=clock.now(),
    )
    database = Database(url, county.root.private)
    upgrade(database)
    return Office(county, database, clock)


def copied_office(template: Path, folder: Path, clock: StoppedClock) -> Office:
    """A county on SQLite as it was right after its founding in `template`, in `folder`."""
    shutil.copytree(template, folder, dirs_exist_ok=True)
    file = folder / "county" / "county.json"
    file.write_bytes(file.read_bytes().replace(str(template).encode(), str(folder).encode()))
    county = load_county(folder / "county")
    return Office(county, Database(county.database_url, county.root.private), clock)


class DirectRoad:
    """A transport without a network: the county's desk is asked in the same process."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.desk = Desk(office.county, office.database, office.clock)
        self.sent: list[bytes] = []

    def send_batch(self, data: bytes) -> bytes:
        self.sent.append(data)
        return self._ask(self.desk.receive, data)

    def fetch_page(self, request: bytes) -> bytes:
        return self._ask(self.desk.feed, request)

    def send_part(self, data: bytes) -> bytes:
        return self._ask(self.desk.part, data)

    def fetch_order(self, request: bytes) -> bytes:
        return self._ask(self.desk.order, request)

    def enrol(self, data: bytes) -> bytes:
        return self._ask(self.desk.enrol, data)

    def _ask(self, work, data: bytes) -> bytes:
        try:
            return work(data)
        except Problem as problem:
            answer = self.desk.refuse(data, problem)
            address = address_of(self.office.ticket())
            raise read_refusal(address, data, answer.body) from problem
