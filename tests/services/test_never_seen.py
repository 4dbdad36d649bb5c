"""Whom nobody has seen yet: since when the duty runs, and when it is late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.casework import ApplicationStatus, Channel, Met
from app.domain.households import Category
from app.domain.today import WorkKind
from app.services.visits import RecordVisit
from tests.filing import Filing
from tests.storefile import household_of


@pytest.fixture
def home(work):
    made = household_of("覃兰英", id_number=None)
    work.households.add_all([made])
    return made


def call(work, home, on=None):
    on = on or work.clock.today()
    work.visits.record(
        RecordVisit(household=home.id, visited_on=on, met=Met.PHONE, channel=Channel.PHONE)
    )


def row_of(work, home):
    return next(one for one in work.worklist.everything() if one.household == home.id)


def test_who_was_never_seen_is_late_once_the_first_whole_month_is_over(work, home):
    work.clock.at = work.clock.at.replace(month=4, day=30)
    before = row_of(work, home)
    work.clock.advance(days=1)

    after = row_of(work, home)

    assert (before.overdue, before.due_on) == (False, date(2026, 4, 30))
    assert (after.overdue, after.due_text) == (True, "超期 1 天")
    assert "还没有走访过" in after.why


def test_who_was_only_called_is_late_once_the_first_whole_quarter_is_over(work, home):
    work.clock.at = work.clock.at.replace(month=7, day=1)
    call(work, home)

    found = row_of(work, home)

    assert (found.overdue, found.due_on) == (True, date(2026, 6, 30))
    assert "不算上门" in found.why


def test_what_was_granted_since_begins_the_duty_anew(work, home):
    filing = Filing(work)
    work.clock.at = work.clock.at.replace(month=7, day=1)
    filing.county_says(
        ApplicationStatus.CONFIRMED, decided_on=date(2026, 6, 20), decided_category="dibao"
    )
    work.worklist.forget()

    granted = next(
        one
        for one in work.worklist.everything()
        if one.household == filing.household.id and one.kind is WorkKind.VISIT
    )

    assert (granted.overdue, granted.due_on) == (False, date(2026, 7, 31))
    assert row_of(work, home).due_on == date(2026, 4, 30)


def test_who_is_not_called_on_otherwise_and_never_swept_is_late_after_the_year(work):
    home = replace(household_of("韦大年", id_number=None), category=Category.NONE)
    work.households.add_all([home])
    work.clock.at = work.clock.at.replace(year=2027, month=1, day=1)

    found = row_of(work, home)

    assert (found.kind, found.due_on, found.overdue) == (WorkKind.SWEEP, date(2026, 12, 31), True)


def test_dispersed_tekun_nobody_was_ever_at_come_before_late_visits_also_when_called(work):
    late = [household_of("覃兰英", id_number=None, door=f"{number}号") for number in range(9)]
    alone = replace(household_of("韦大年", id_number=None), category=Category.TEKUN)
    called = replace(household_of("韦小年", id_number=None), category=Category.TEKUN)
    work.households.add_all([*late, alone, called])
    for home in late:
        work.visits.record(
            RecordVisit(household=home.id, visited_on=date(2026, 1, 20), met=Met.SELF)
        )
    call(work, called, on=date(2026, 3, 1))

    first = work.worklist.today().items[:2]

    assert {item.household for item in first} == {alone.id, called.id}
    assert {item.kind for item in first} == {WorkKind.CARE_CHECK}
