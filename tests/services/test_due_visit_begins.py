"""Nobody is late with a duty that began only now: what was before it was none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.casework import Channel, Met
from app.domain.households import Category
from app.domain.today import WorkKind
from app.services.visits import RecordVisit
from tests.families import next_door
from tests.storefile import household_of

SWEPT = date(2025, 6, 2)


@pytest.fixture
def home(work):
    """Next door, on no list, swept in June."""
    made = next_door(work)
    seen(work, made, SWEPT)
    return made


def supported(work, name):
    """On 低保 since the records know them."""
    made = replace(household_of(name, id_number=None), category=Category.DIBAO)
    work.households.add_all([made])
    return made


def seen(work, household, on):
    work.visits.record(
        RecordVisit(household=household.id, visited_on=on, met=Met.SELF, note="都好")
    )


def stand_as(work, household, category):
    with work.begin() as unit:
        unit.change(
            kind="household.corrected",
            entity="household",
            entity_id=household.id,
            subject=household.id,
            fields={"category": category},
        )
        unit.commit()


def row(work, household):
    return next(
        one
        for one in work.worklist.today().items
        if one.household == household.id and one.kind in {WorkKind.VISIT, WorkKind.SWEEP}
    )


def test_a_household_granted_today_is_seen_by_the_end_of_the_first_whole_month(work, home):
    work.clock.advance(days=1)
    stand_as(work, home, Category.DIBAO)

    asked = row(work, home)

    assert (asked.kind, asked.due_on, asked.overdue) == (WorkKind.VISIT, date(2026, 4, 30), False)
    assert asked.why.endswith("都好")


def test_who_was_to_be_seen_all_the_time_is_late_as_before(work, home):
    stand_as(work, home, Category.DIBAO)
    work.clock.advance(days=70)
    seen(work, home, date(2026, 3, 20))
    work.clock.advance(days=10)
    stand_as(work, home, Category.MARGINAL)

    assert row(work, home).due_on == date(2026, 4, 30)
    assert row(work, home).overdue


def test_an_old_visit_typed_in_late_makes_nobody_later_than_none(work):
    never, late = supported(work, "蓝秀花"), supported(work, "蒙阿妹")

    seen(work, late, date(2024, 1, 10))

    assert [row(work, one).due_on for one in (never, late)] == [date(2026, 4, 30)] * 2
    assert not row(work, late).overdue


def test_an_old_visit_at_home_is_no_debt_beside_a_new_call(work):
    home = supported(work, "蓝秀花")
    seen(work, home, date(2022, 1, 10))
    work.visits.record(
        RecordVisit(
            household=home.id,
            visited_on=work.clock.today(),
            met=Met.SELF,
            channel=Channel.PHONE,
            note="都好",
        )
    )

    rows = [one for one in work.worklist.today().items if one.household == home.id]
    assert [one.due_on for one in rows if one.overdue] == []
