"""A real vault with three households in it and the whole desk, for the tests of the work pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop, QTimer
from PySide6.QtGui import QGuiApplication
from sqlalchemy import insert, update

from app.domain.casework import Health, Housing, IncomeChange, Met, Need, Supplies
from app.domain.households import (
    Area,
    Category,
    Household,
    IncomeItem,
    IncomeKind,
    Per,
)
from app.domain.ids import HouseholdId, ItemId, MemberId, PersonId
from app.domain.money import Money
from app.domain.operations import instant_text
from app.domain.people import Labour, Living, Member, Person, Relation, Sex
from app.domain.problem import Problem
from app.models.base import table_of
from app.models.log import DeviceRow, ServerDocumentRow
from app.services.desk import Desk, begin_in, open_desk
from app.services.visits import RecordVisit
from app.store import projection
from app.store.entering import open_vault
from app.store.unit_of_work import UnitOfWork
from app.store.vault import OpenVault
from app.ui.changes import Changes
from app.ui.shell.page import Bench, PageScreen
from app.ui.tasks import TaskRunner
from tests.fakes import StoppedClock
from tests.policies import PracticePolicies
from tests.vaults import PASSPHRASE, Kept

WU = HouseholdId("019c0000-0000-7000-8000-00000000000a")
ZHAO = HouseholdId("019c0000-0000-7000-8000-00000000000b")
LI = HouseholdId("019c0000-0000-7000-8000-00000000000c")
_WAIT_MS = 20_000
_WAKE_MS = 250


@dataclass
class Room:
    """An open vault on its store thread, with the desk, and what the pages ask of the window."""

    clock: StoppedClock
    store: TaskRunner
    work: TaskRunner
    went: list[tuple[str, str | None]] = field(default_factory=list)
    saved: int = 0

    def open(self, kept: Kept) -> Room:
        """Open the vault where it will be used, and fill it."""
        self.vault: OpenVault = self.do(
            lambda: open_vault(kept.directory, PASSPHRASE, clock=self.clock)
        )
        self.desk: Desk = self.do(lambda: open_desk(self.vault, self.clock, PracticePolicies()))
        self.changes = Changes()
        self.bench = Bench(
            self.store, self.work, self.clock, self.changes, self._go, self._mark_saved
        )
        return self

    def close(self) -> None:
        """Close the vault on its thread."""
        self.settle()
        self.do(self.vault.close)

    def show(self, screen: PageScreen, subject: str | None = None) -> None:
        """Bring a page to the front, as the window does."""
        self.changes.saved.connect(screen.presenter.refresh)
        screen.view.resize(1200, 700)
        screen.view.show()
        screen.view.activateWindow()
        if screen.first is not None:
            screen.first.setFocus()
        screen.presenter.open(subject)
        self.settle()
        self._wait(lambda: QGuiApplication.focusWindow() == screen.view.windowHandle())

    def do(self, job: Callable[[], Any]) -> Any:
        """Run a job on the store thread and wait for its answer."""
        box: list[Any] = []
        wrong: list[Problem] = []
        self.store.run(job, done=box.append, failed=wrong.append)
        self._wait(lambda: bool(box or wrong))
        if wrong:
            raise wrong[0]
        return box[0]

    def ask(self, question: Callable[[UnitOfWork], Any]) -> Any:
        """Look something up in the file."""

        def job() -> Any:
            with begin_in(self.vault, self.clock)() as work:
                return question(work)

        return self.do(job)

    def settle(self) -> None:
        """Wait until nobody waits for an answer any more, and everything is drawn."""
        self._wait(lambda: self.store.idle and self.work.idle)
        for _ in range(3):
            QCoreApplication.processEvents()
        self._wait(lambda: self.store.idle and self.work.idle)

    def _wait(self, until: Callable[[], bool]) -> None:
        if until():
            return
        deadline = QDeadlineTimer(_WAIT_MS)
        waker = QTimer()
        waker.start(_WAKE_MS)
        while not until():
            assert not deadline.hasExpired(), "no answer came"
            # Sleeping here leaves the processor to the thread that is waited for.
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def _go(self, key: str, subject: str | None = None) -> None:
        self.went.append((key, subject))

    def _mark_saved(self) -> None:
        self.saved += 1


def fill_vault(kept: Kept, clock: StoppedClock) -> None:
    """Three households, one visit in January, a device number and a quota."""
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)
    try:
        with begin_in(vault, clock)() as work:
            work.connection.execute(
                update(table_of(DeviceRow)).values(
                    device_no="7",
                    county_id="459901",
                    village_code="459901103207",
                    officer_name="王秀英",
                    village_name="青石村",
                )
            )
            work.connection.execute(insert(table_of(ServerDocumentRow)), _quota(clock))
            projection.rebuild(work.connection, "quota_token", "quota-1")
            work.commit()
        desk = open_desk(vault, clock, PracticePolicies())
        desk.households.add_all([wu(), zhao(), li()])
        desk.visits.record(earlier_visit())
    finally:
        vault.close()


@dataclass
class PaperPrinters:
    """A stand-in at the printer port: it keeps what it was sent."""

    names: Sequence[str] = ("村部的打印机",)
    sent: list[tuple[bytes, str]] = field(default_factory=list)
    leaves: list[Sequence[int] | None] = field(default_factory=list)
    """After how many pages each paper wanted a new sheet; None for one side only."""
    problem: Problem | None = None
    keeps: int | None = 0
    takes: int = 0
    """So many papers are taken before the problem."""

    def printers(self) -> Sequence[str]:
        return self.names

    def kept(self, _printers: Sequence[str]) -> int | None:
        return self.keeps

    def send(self, pdf: bytes, printer: str, *, leaves: Sequence[int] | None = None) -> None:
        self.leaves.append(leaves)
        if self.problem is not None and len(self.sent) >= self.takes:
            raise self.problem
        self.sent.append((pdf, printer))


def _quota(clock: StoppedClock) -> dict[str, object]:
    """The county's word on it, as a page of the feed brings it."""
    body = {
        "amount_fen": 500_000,
        "not_after": "2026-12-31",
        "issued_at": instant_text(clock.now()),
        "signed": "",
    }
    named = {"entity": "quota_token", "entity_id": "quota-1", "subject": "quota-1"}
    return named | {"version": 1, "body": body}


def earlier_visit() -> RecordVisit:
    """What was found at Wu's in January."""
    return RecordVisit(
        household=WU,
        visited_on=date(2026, 1, 20),
        met=Met.SELF,
        health=Health.IMPAIRED,
        supplies=Supplies.ENOUGH,
        housing=Housing.SAFE,
        income_change=IncomeChange.SAME,
        need=Need.NONE,
        note="腿疼，等合作医疗报销",
    )


def wu() -> Household:
    """吴秀兰, living alone on 低保."""
    return replace(
        _household(WU, "二组", "9号", Category.DIBAO, (_person(WU, "吴秀兰", "head", 1951),)),
        phone="13800005512",
        knock_note="过晒谷场第二家，狗要拴",
    )


def zhao() -> Household:
    """赵大山, two people, not assisted."""
    people = (_person(ZHAO, "赵大山", "head", 1958), _person(ZHAO, "陈阿秀", "spouse", 1960))
    return _household(ZHAO, "三组", "12号", Category.NONE, people)


def li() -> Household:
    """李桂芳 with a son who works and a granddaughter at school."""
    people = (
        _person(LI, "李桂芳", "head", 1955),
        _person(LI, "李建国", "child", 1984),
        _person(LI, "李小雨", "grandchild", 2014),
    )
    pension = IncomeItem(
        id=ItemId("0195-li-pension"),
        person=people[0].person.id,
        kind=IncomeKind.RESIDENT_PENSION_BASIC,
        amount=Money.yuan(130),
        per=Per.MONTH,
    )
    return replace(_household(LI, "一组", "3号", Category.MARGINAL, people), incomes=(pension,))


def _household(
    household: HouseholdId, group: str, door: str, category: Category, members: tuple[Member, ...]
) -> Household:
    return Household(
        id=household,
        area=Area.RURAL,
        village_code="459901103207",
        group_name=group,
        door=door,
        address=f"青石村{group}{door}",
        phone=None,
        category=category,
        monitoring_tag=None,
        benefit_month=None,
        poverty_cause=None,
        knock_note=None,
        bank_name=None,
        bank_account=None,
        head=members[0].person.id,
        members=members,
    )


def _person(household: HouseholdId, name: str, relation: str, year: int) -> Member:
    number = _number(f"459901{year}0309001")
    person = Person(
        id=PersonId(f"{household}-{relation}"),
        name=name,
        id_number=number,
        birth=date(year, 3, 9),
        sex=Sex.FEMALE,
        ethnicity="壮族",
        labour=Labour.UNKNOWN,
    )
    return Member(
        id=MemberId(f"{household}-{relation}-m"),
        household=household,
        person=person,
        relation=Relation(relation),
        living=Living.TOGETHER,
    )


def _number(first: str) -> str:
    """The resident number that begins with these 17 figures (GB 11643, MOD 11-2)."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(figure) * weight for figure, weight in zip(first, weights, strict=True))
    return first + "10X98765432"[total % 11]
