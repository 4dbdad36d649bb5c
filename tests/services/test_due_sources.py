"""The promises every source of today's list makes: what it reads, and that it asks for no day."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import event

from app.domain.care_states import CareEvent
from app.domain.caring import ComplaintChannel, WatchCause
from app.domain.casework import EventKind, Met, ReliefWay
from app.domain.money import Money
from app.models.registry import METADATA
from app.services.care_agreements import CareAgreements, CareFacts, NewCare
from app.services.case_plans import CasePlans, NewCasePlan
from app.services.complaints import Complaints, NewComplaint
from app.services.due import EVERYBODY, Kept
from app.services.due_keeping import DueKeeping
from app.services.due_sources import SOURCES
from app.services.relief_asked import PayRelief
from app.services.visits import RecordVisit
from app.services.watchlist import NewWatch, Watchlist
from tests.storefile import household_of

ASKED_ANYWAY = {"policy_pack", "server_document", "device", "kept_pack"}
"""What names the rules in force."""
TABLE = re.compile(r"(?:FROM|JOIN)\s+\(?\s*\"?([a-z_]+)", re.IGNORECASE)


@pytest.fixture
def village(work):
    """A household that was seen and helped, and a stranger who was helped."""
    household = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([household])
    work.visits.record(
        RecordVisit(household=household.id, visited_on=work.clock.today(), met=Met.SELF)
    )
    for whom, name in ((household.id, "覃兰英"), (None, "过路的人")):
        work.relief.pay(
            PayRelief(
                household=whom,
                payee_name=name,
                payee=None,
                event=EventKind.FIRE,
                amount=Money.yuan(100),
                way=ReliefWay.CASH,
            )
        )
    follow(work, household)
    return work


def follow(work, household):
    """An agreement, an entry of the watch list, a case and a complaint about the household."""
    today = work.clock.today()
    care = CareAgreements(work.begin, work.clock)
    new = NewCare(household=household.id, name="覃兰英", carer="韦", starts_on=today, ends_on=today)
    made = care.draft(new)
    for step in (CareEvent.SIGN, CareEvent.BEGIN):
        care.step(made, step, CareFacts(happened_on=today))
    Watchlist(work.begin, work.clock).notice(
        NewWatch(
            household=household.id, cause=WatchCause.DIFFICULTIES, note="欠账", noticed_on=today
        )
    )
    CasePlans(work.begin, work.clock).open(
        NewCasePlan(household=household.id, need="没人陪", opened_on=today, due_on=today)
    )
    Complaints(work.begin, work.clock).receive(
        NewComplaint(channel=ComplaintChannel.PHONE, content="没有公示", received_on=today)
    )


def tables_of(unit, kept, rules, subjects):
    """Every table of the file `kept` asks for these subjects."""
    asked: set[str] = set()

    def note(_connection, _cursor, statement, *_rest):
        asked.update(TABLE.findall(statement))

    event.listen(unit.connection, "before_cursor_execute", note)
    try:
        list(kept.of(unit, rules, subjects))
    finally:
        event.remove(unit.connection, "before_cursor_execute", note)
    return asked & METADATA.tables.keys()


@pytest.mark.parametrize("kept", SOURCES, ids=lambda kept: kept.name)
def test_a_source_reads_what_it_names_and_nothing_else(village, kept):
    with village.begin() as unit:
        subjects = unit.due.subjects()

        asked = tables_of(unit, kept, village.rules, subjects)

    assert asked <= {*kept.reads, *EVERYBODY, *ASKED_ANYWAY}


@pytest.mark.parametrize("kept", SOURCES, ids=lambda kept: kept.name)
def test_a_source_says_the_same_on_another_day(village, kept):
    with village.begin() as unit:
        subjects = unit.due.subjects()
        today = list(kept.of(unit, village.rules, subjects))

        village.clock.advance(days=23)

        assert list(kept.of(unit, village.rules, subjects)) == today


def test_names_are_unique():
    names = [kept.name for kept in SOURCES]

    assert len(names) == len(set(names))


def test_a_source_that_reads_more_than_it_names_would_be_found(village):
    def greedy(work, _rules, subjects):
        work.casework.visits_of(subjects[0])
        return []

    with village.begin() as unit:
        asked = tables_of(unit, Kept("greedy", greedy, ()), village.rules, unit.due.subjects())

    assert "visit" in asked - {*EVERYBODY, *ASKED_ANYWAY}


def test_a_save_asks_only_the_sources_it_may_concern(village):
    asked: list[str] = []

    def noting(kept):
        def _of(work, rules, subjects):
            asked.append(kept.name)
            return kept.of(work, rules, subjects)

        return Kept(kept.name, _of, kept.reads, kept.about)

    keeping = DueKeeping(village.clock, village.rules, tuple(map(noting, SOURCES)))
    with village.begin() as unit:
        household = unit.due.subjects()[0]
        keeping.keep(unit, {household: frozenset({"visit"})})
        about = unit.due.concerned([kept.about for kept in SOURCES if kept.about], [household])

    reading = {kept.name for kept in SOURCES if "visit" in kept.reads}
    elsewhere = {kept.name for kept in SOURCES if kept.about and not about[kept.about]}
    assert set(asked) == reading - elsewhere
    assert reading & elsewhere
    assert "reviews" not in asked


def test_a_pass_of_days_changes_the_list_only_through_the_rows_dates(village):
    before = village.worklist.everything()
    village.clock.advance(days=40)

    after = village.worklist.everything()

    assert village.worklist.check() == []
    assert len(after) > len(before)
