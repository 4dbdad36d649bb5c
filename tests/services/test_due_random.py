"""Whatever happens, in whatever order: today's list is what making it anew would give."""

from __future__ import annotations

import contextlib
import itertools
import tempfile
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.casework import (
    ApplicationStatus,
    EventKind,
    Health,
    Met,
    ReliefWay,
    Supplies,
)
from app.domain.households import Category
from app.domain.money import Money
from app.domain.operations import instant_text
from app.domain.people import Living
from app.domain.problem import Refused
from app.services.applications import Applications, FileApplication
from app.services.due_keeping import DueKeeping
from app.services.ground_rules import GroundRules
from app.services.households import Households
from app.services.policies import Policies
from app.services.relief import ReliefCases
from app.services.relief_asked import PayRelief
from app.services.visits import RecordVisit, Visits
from app.services.worklist import Worklist
from app.store import feed
from tests.fakes import NOON, StoppedClock
from tests.storefile import bare_engine, beginner, household_of

PEOPLE = 4
DEEDS = st.sampled_from(
    (
        "visit",
        "relief",
        "stranger",
        "settle",
        "file",
        "county",
        "home",
        "member",
        "days",
        "given_up",
    )
)
STEP = st.tuples(DEEDS, st.integers(0, PEOPLE - 1), st.integers(0, 1000))


class PracticePolicies(Policies):
    """The practice county's pack stands for the shipped one: it has every number."""

    def load(self, pack_id: str, *, at: str = "pack"):
        del pack_id
        return super().load("practice", at=at)


@dataclass(frozen=True)
class Entry:
    """One entry of a feed page."""

    entity: str
    entity_id: str
    subject: str
    version: int
    body: dict[str, Any] | None
    kind: str = "upsert"


@dataclass
class Village:
    """Four households and everything that may happen to them."""

    work: SimpleNamespace
    homes: list
    version: itertools.count = field(default_factory=lambda: itertools.count(1))

    def do(self, deed: str, who: int, number: int) -> None:
        """One deed; one that may not be done leaves everything as it was."""
        with contextlib.suppress(Refused):
            getattr(self, deed)(self.homes[who], number)

    def visit(self, home, number):
        on = self.work.clock.today() - timedelta(days=number % 40)
        met, supplies = list(Met)[number % 4], list(Supplies)[number % 3]
        health = list(Health)[number % 5]
        answers = {} if met is Met.NOBODY else {"supplies": supplies, "health": health}
        self.work.visits.record(
            RecordVisit(household=home.id, visited_on=on, met=met, note="药够吃", **answers)
        )

    def relief(self, home, number, household=True):
        self.work.relief.pay(
            PayRelief(
                household=home.id if household else None,
                payee_name="覃兰英",
                event=EventKind.FIRE,
                event_note=str(number),
                amount=Money.yuan(10),
                way=ReliefWay.CASH,
            )
        )

    def stranger(self, home, number):
        self.relief(home, number, household=False)

    def settle(self, _home, number):
        with self.work.begin() as unit:
            owed = unit.casework.all_relief(50)
            if not owed:
                return
            paid = owed[number % len(owed)]
            unit.change(
                kind="relief.supplemented",
                entity="emergency_relief",
                entity_id=paid.id,
                subject=paid.household or paid.id,
                fields={"status": "supplemented", "paperwork_done_on": self.work.clock.today()},
            )
            unit.commit()

    def file(self, home, _number):
        self.work.applications.file(FileApplication(household=home.id, assessment=None))

    def county(self, home, number):
        """The county's word on an application nobody here has written."""
        body = {
            "document_no": f"县-{home.id}",
            "household_id": home.id,
            "applicant_person_id": home.head,
            "requested": ["dibao"],
            "status": list(ApplicationStatus)[number % len(ApplicationStatus)],
            "filed_on": "2026-02-01",
            "decided_on": "2026-02-20" if number % 2 else None,
        }
        entry = Entry("application", f"a-{home.id}", home.id, next(self.version), body)
        self.news(entry)

    def news(self, entry):
        """One entry of a page of the feed."""
        with self.work.begin() as unit:
            feed.apply_news(unit.connection, [entry], self.work.clock.now())
            unit.commit()

    def home(self, home, number):
        fields = {
            "category": list(Category)[number % len(Category)],
            "door": f"{number}号",
            "is_removed": number % 7 == 0,
        }
        self._change("household", home.id, home.id, fields)

    def member(self, home, number):
        member = home.members[number % len(home.members)]
        living = list(Living)[number % len(Living)]
        self._change("household_member", member.id, home.id, {"living": living})
        birth = date(1940 + number % 80, 1 + number % 12, 1 + number % 28)
        self._change("person", member.person.id, home.id, {"birth_on": birth})

    def days(self, _home, number):
        self.work.clock.advance(days=number % 45)

    def given_up(self, home, number):
        """A transaction nobody committed."""
        with self.work.begin() as unit:
            unit.change(
                kind="household.updated",
                entity="household",
                entity_id=home.id,
                subject=home.id,
                fields={"door": f"没存的{number}"},
            )

    def _change(self, entity, entity_id, subject, fields):
        with self.work.begin() as unit:
            unit.change(
                kind=f"{entity}.updated",
                entity=entity,
                entity_id=entity_id,
                subject=subject,
                fields=fields,
            )
            unit.commit()


def village_in(folder: str) -> tuple[Village, Any]:
    """A fresh file with the households in it."""
    clock = StoppedClock()
    engine = bare_engine(Path(folder))
    rules = GroundRules(PracticePolicies(), clock)
    begin = beginner(engine, clock, DueKeeping(clock, rules).keep)
    homes = [household_of("覃兰英", "覃小雨", id_number=None, door=f"{n}号") for n in range(PEOPLE)]
    work = SimpleNamespace(
        begin=begin,
        clock=clock,
        visits=Visits(begin, clock),
        relief=ReliefCases(begin, clock, rules),
        applications=Applications(begin, clock, rules),
        worklist=Worklist(begin, clock, rules),
    )
    Households(begin, clock).add_all(homes)
    village = Village(work, homes)
    quota = {"amount_fen": 100_000, "not_after": "2030-06-01", "signed": "…"}
    village.news(Entry("quota_token", "q-1", "q-1", 1, quota | {"issued_at": instant_text(NOON)}))
    return village, engine


@settings(
    max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(steps=st.lists(STEP, min_size=1, max_size=25))
def test_rows_kept_on_write_are_the_rows_made_anew(steps):
    with tempfile.TemporaryDirectory() as folder:
        village, engine = village_in(folder)
        try:
            for deed, who, number in steps:
                village.do(deed, who, number)

                assert village.work.worklist.check() == [], (deed, who, number)
        finally:
            engine.dispose()


def test_none_of_these_deeds_is_one_that_is_always_refused():
    with tempfile.TemporaryDirectory() as folder:
        village, engine = village_in(folder)
        try:
            for deed in ("visit", "relief", "stranger", "settle", "file", "county", "home"):
                getattr(village, deed)(village.homes[0], 1)
        finally:
            engine.dispose()
