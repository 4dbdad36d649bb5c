"""Weeks of a village on the real store, day by day, beside a plain account of what is due.

The account knows nothing of rows: it remembers what happened and answers by the words of the rule.
Nothing due may be missing from today's list, and nothing done may stay in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from app.domain.application_events import ApplicationEvent
from app.domain.casework import ApplicationStatus, EventKind, Met, ReliefStatus, ReliefWay, Supplies
from app.domain.households import Category
from app.domain.ids import ApplicationId
from app.domain.money import Money
from app.domain.operations import instant_text
from app.domain.today import WorkKind
from app.services.application_steps import ApplicationSteps, TakeStep
from app.services.due_keeping import DueKeeping
from app.services.due_visits import VISITING
from app.services.ground_rules import GroundRules
from app.services.households import Households
from app.services.relief import ReliefCases
from app.services.relief_asked import PayRelief
from app.services.visits import RecordVisit, Visits
from app.services.worklist import Worklist
from app.store import feed
from tests.fakes import NOON, StoppedClock
from tests.news import Entry
from tests.policies import PracticePolicies
from tests.storefile import bare_engine, beginner, household_of

ASSISTED = (Category.DIBAO, Category.TEKUN, Category.MARGINAL, Category.WATCHLIST)


@dataclass
class Account:
    """What happened, and what follows from it by the words of the practice county's rules."""

    category: dict[str, Category] = field(default_factory=dict)
    contacts: dict[str, list[tuple[date, int, Met, Supplies | None]]] = field(default_factory=dict)
    owed: dict[str, str | None] = field(default_factory=dict)
    """payment → household, while its papers are owed."""
    answered: dict[str, tuple[str, ApplicationStatus]] = field(default_factory=dict)
    """application → household and what the county said."""
    told: set[str] = field(default_factory=set)
    """Applications whose household was told; the county decides nothing about them again."""

    def to_visit(self, on: date) -> set[str]:
        """At least one contact a month, a week at high risk, and one at home each quarter: asked
        for in the last month of the quarter after the one of the last."""
        return {
            one for one, kind in self.category.items() if kind in ASSISTED and self._due(one, on)
        }

    def _due(self, one: str, on: date) -> bool:
        met = [each for each in self.contacts.get(one, []) if each[2] is not Met.NOBODY]
        if not met:
            return True
        last = max(met, key=lambda each: each[:2])
        monday = on - timedelta(days=on.weekday())
        since = monday if last[3] is Supplies.SHORT else on.replace(day=1)
        at_home = [each[0] for each in met if each[2] is not Met.PHONE]
        if last[0] < since or not at_home:
            return True
        months = max(at_home).year * 12 + max(at_home).month - 1
        last_month = months // 3 * 3 + 5
        return on.year * 12 + on.month - 1 >= last_month

    def to_hang(self) -> set[str]:
        """Who is supported by what the county agreed to: nobody puts a notice up here."""
        return {
            home
            for home, status in self.answered.values()
            if status is ApplicationStatus.CONFIRMED and self.category[home] is not Category.NONE
        }

    def news(self) -> set[tuple[str, str]]:
        """Applications that came back, and answers of which nobody has recorded the telling."""
        found = set()
        for application, (home, status) in self.answered.items():
            if application in self.told:
                continue
            if status is ApplicationStatus.RETURNED:
                found.add((WorkKind.RETURNED.value, home))
            elif status is ApplicationStatus.REFUSED:
                found.add((WorkKind.REFUSAL_NOTICE.value, home))
            else:
                found.add((WorkKind.DECIDED.value, home))
        return found


@dataclass
class Soak:
    """The village, the coordinator's days, and the account of them."""

    folder: Path
    households: int
    chance: Random = field(default_factory=lambda: Random(20260302))  # noqa: S311  # a fixed course
    clock: StoppedClock = field(default_factory=StoppedClock)
    account: Account = field(default_factory=Account)
    version: int = 1

    def __post_init__(self) -> None:
        self.engine = bare_engine(self.folder)
        rules = GroundRules(PracticePolicies(), self.clock)
        self.begin = beginner(self.engine, self.clock, DueKeeping(self.clock, rules).keep)
        self.visits = Visits(self.begin, self.clock, rules)
        self.relief = ReliefCases(self.begin, self.clock, rules)
        self.steps = ApplicationSteps(self.begin, self.clock, rules)
        self.worklist = Worklist(self.begin, self.clock, rules)
        self.homes: list = []
        quota = {"amount_fen": 100_000_000, "not_after": "2030-06-01", "signed": "…"}
        issued = {"issued_at": instant_text(NOON)}
        self._news([Entry("upsert", "quota_token", "q-1", "q-1", 1, quota | issued)])
        self._import(self.households)

    def run(self, weeks: int) -> None:
        """So many weeks, looking at the list every morning and every evening."""
        for _ in range(weeks * 7):
            self.look()
            if self.clock.today().weekday() < 5:
                self._work()
            self._county()
            self.look()
            self.clock.advance(days=1)
        assert self.worklist.check() == []

    def look(self) -> None:
        """The list against the account."""
        on = self.clock.today()
        listed = self.worklist.everything()
        visits = {item.household for item in listed if item.kind in VISITING}
        papers = {i.entity_id for i in listed if i.kind is WorkKind.RELIEF_PAPERWORK}
        news = {
            (i.kind.value, i.household)
            for i in listed
            if i.kind in {WorkKind.RETURNED, WorkKind.REFUSAL_NOTICE, WorkKind.DECIDED}
        }
        hung = {i.household for i in listed if i.kind is WorkKind.NOTICE_TO_POST}
        of_applications = [
            i.entity_id
            for i in listed
            if i.entity_id in self.account.answered and i.kind is not WorkKind.NOTICE_TO_POST
        ]
        assert len(of_applications) == len(set(of_applications)), on
        assert visits == self.account.to_visit(on), on
        assert papers == set(self.account.owed), on
        assert hung == self.account.to_hang(), on
        assert news == self.account.news(), (on, news ^ self.account.news())

    def _import(self, count: int) -> None:
        """A roster of so many households."""
        made = [
            household_of("覃兰英", id_number=None, door=f"{len(self.homes) + n}号")
            for n in range(count)
        ]
        Households(self.begin, self.clock).add_all(made)
        self.homes += made
        self.account.category |= {one.id: one.category for one in made}

    def _work(self) -> None:
        """A day of hers: the round, sometimes relief, sometimes papers."""
        for item in self.worklist.today().items:
            if item.kind in VISITING and item.household is not None:
                self._visit(item.household)
        for _ in range(self.chance.randrange(3)):
            self._visit(self.chance.choice(self.homes).id)
        if self.chance.random() < 0.4:
            self._pay()
        if self.account.owed and self.chance.random() < 0.4:
            self._hand_in(self.chance.choice(sorted(self.account.owed)))
        if self.chance.random() < 0.5:
            self._tell()
        if self.chance.random() < 0.05:
            self._import(2)

    def _visit(self, household: str) -> None:
        met = self.chance.choices(list(Met), weights=(6, 2, 1, 3))[0]
        supplies = None if met is Met.NOBODY else self.chance.choices(list(Supplies), (8, 2, 1))[0]
        on = self.clock.today() - timedelta(days=self.chance.choice((0, 0, 0, 1, 6)))
        self.visits.record(
            RecordVisit(household=household, visited_on=on, met=met, supplies=supplies, note="好")
        )
        known = self.account.contacts.setdefault(household, [])
        known.append((on, len(known), met, supplies))

    def _pay(self) -> None:
        stranger = self.chance.random() < 0.2
        household = None if stranger else self.chance.choice(self.homes).id
        part = self.chance.random()
        paid = self.relief.pay(
            PayRelief(
                household=household,
                payee_name="覃兰英",
                event=EventKind.OTHER,
                event_note=f"第{self.version}次{part}",
                amount=Money(2_000 + int(part * 10_000)),  # as much for one twice a day is refused
                way=ReliefWay.CASH,
                apart="另一件事",
            )
        )
        self.account.owed[paid.id] = household

    def _hand_in(self, relief_id: str) -> None:
        household = self.account.owed.pop(relief_id)
        with self.begin() as work:
            work.change(
                kind="relief.supplemented",
                entity="emergency_relief",
                entity_id=relief_id,
                subject=household or relief_id,
                fields={
                    "status": ReliefStatus.SUPPLEMENTED,
                    "paperwork_done_on": self.clock.today(),
                },
            )
            work.commit()

    def _tell(self) -> None:
        """One household hears what became of its application, and that is recorded."""
        waiting = sorted(
            application
            for application, (_, status) in self.account.answered.items()
            if status is not ApplicationStatus.RETURNED and application not in self.account.told
        )
        if waiting:
            application = ApplicationId(self.chance.choice(waiting))
            told = TakeStep(
                application=application,
                event=ApplicationEvent.TELL,
                happened_on=self.clock.today(),
            )
            self.steps.take(told)
            self.account.told.add(application)

    def _county(self) -> None:
        """A page of the feed: decisions, and a category that changed."""
        entries = []
        for _ in range(self.chance.randrange(3)):
            home = self.chance.choice(self.homes)
            if f"a-{home.id}" in self.account.told:
                continue
            status = self.chance.choice(
                (ApplicationStatus.RETURNED, ApplicationStatus.CONFIRMED, ApplicationStatus.REFUSED)
            )
            entries.append(self._decision(home, status))
        if self.chance.random() < 0.3:
            home = self.chance.choice(self.homes)
            category = self.chance.choice((*ASSISTED, Category.NONE))
            entries.append(self._reviewed(home, category))
        self._news(entries)

    def _decision(self, home: Any, status: ApplicationStatus) -> Entry:
        on = self.clock.today()
        body = {
            "document_no": f"县-{home.id}",
            "household_id": home.id,
            "applicant_person_id": home.head,
            "requested": ["dibao"],
            "status": status,
            "filed_on": "2026-02-01",
            "decided_on": on.isoformat(),
        }
        self.account.answered[f"a-{home.id}"] = (home.id, status)
        return self._entry("application", f"a-{home.id}", home.id, body)

    def _reviewed(self, home: Any, category: Category) -> Entry:
        self.account.category[home.id] = category
        body = {
            "area": "rural",
            "village_code": home.village_code,
            "group_name": home.group_name,
            "door": home.door,
            "address": home.address,
            "head_person_id": home.head,
            "category": category,
        }
        return self._entry("household", home.id, home.id, body)

    def _entry(self, entity: str, entity_id: str, subject: str, body: dict[str, Any]) -> Entry:
        self.version += 1
        return Entry("upsert", entity, entity_id, subject, self.version, body)

    def _news(self, entries: list[Entry]) -> None:
        with self.begin() as work:
            self._settle(work, entries)
            feed.apply_news(work.connection, entries, self.clock.now())
            work.commit()

    def _settle(self, work: Any, entries: list[Entry]) -> None:
        """The county has answered what was said of these records: its document holds."""
        for entry in entries:
            work.connection.exec_driver_sql(
                "INSERT OR REPLACE INTO operation_state (n, state, changed_at) "
                "SELECT n, 'received', ? FROM operation WHERE entity_id = ?",
                (instant_text(self.clock.now()), entry.entity_id),
            )
