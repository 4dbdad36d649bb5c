"""The days of a visit: not of long ago, put off no further than the rhythm, in any order typed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.domain.casework import Health, Met, Supplies
from app.domain.visit_states import PlanStatus
from app.domain.visit_words import VisitKind
from tests.storefile import household_of
from tests.visiting import TODAY, ask, asked, refusal


@pytest.fixture
def home(work):
    """One 低保 household of two."""
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    return made


def nobody(home, days_ago, again_in):
    """A visit that found nobody."""
    on = TODAY - timedelta(days=days_ago)
    return asked(home, visited_on=on, met=Met.NOBODY, again_on=TODAY + timedelta(days=again_in))


def plans_of(work, home):
    return ask(work, lambda unit: unit.visiting.plans_of(home.id))


@pytest.mark.parametrize("on", [date(1900, 1, 1), TODAY.replace(year=TODAY.year - 10)])
def test_a_visit_of_long_ago_is_a_slip_of_the_fingers(work, home, on):
    refused = refusal(work.visits.record, asked(home, visited_on=on))

    assert (refused.code, refused.field) == ("F-83", "visited_on")
    assert work.visits.last(home.id) is None


def test_an_old_sheet_can_still_be_typed_in(work, home):
    work.visits.record(asked(home, visited_on=TODAY - timedelta(days=700)))

    assert work.visits.last(home.id) is not None


def test_a_visit_is_not_put_off_past_what_the_rhythm_asks_for(work, home):
    refused = refusal(work.visits.record, nobody(home, 0, 400))

    assert (refused.code, refused.field) == ("F-82", "again_on")
    assert "最晚" in refused.what
    assert work.visits.last(home.id) is None
    assert plans_of(work, home) == []


def test_the_last_day_the_rhythm_allows_is_taken_and_the_next_is_not(work, home):
    work.visits.record(asked(home, visited_on=TODAY - timedelta(days=1)))
    end_of_next_month = date(2026, 4, 30)
    days = (end_of_next_month - TODAY).days

    refused = refusal(work.visits.record, nobody(home, 0, days + 1))
    work.visits.record(nobody(home, 0, days))

    assert refused.code == "F-82"
    assert [plan.planned_on for plan in plans_of(work, home)] == [end_of_next_month]


def test_an_older_visit_typed_in_later_leaves_a_newer_plan_alone(work, home):
    work.visits.record(nobody(home, 1, 3))

    work.visits.record(asked(home, visited_on=TODAY - timedelta(days=9)))
    work.visits.record(nobody(home, 8, 5))

    (plan,) = plans_of(work, home)
    assert (plan.status, plan.planned_on) == (PlanStatus.PLANNED, TODAY + timedelta(days=3))


def test_last_time_is_when_somebody_was_met(work, home):
    met = work.visits.record(asked(home, visited_on=TODAY - timedelta(days=9), note="都好"))
    work.visits.record(asked(home, met=Met.NOBODY, note="门锁着"))

    assert work.visits.last(home.id).id == met
    assert len(work.visits.between(TODAY - timedelta(days=30), TODAY)) == 2
    told = work.households.history(home.id)
    assert [one.title for one in told].count("走访") == 2


def test_as_last_time_is_the_last_visit_that_asked_what_a_visit_asks(work, home):
    work.visits.record(asked(home, visited_on=TODAY - timedelta(days=9)))
    assert work.visits.last_whole(home.id) is None
    answers = {"health": Health.GOOD, "supplies": Supplies.ENOUGH}
    whole = work.visits.record(asked(home, visited_on=TODAY - timedelta(days=8), **answers))

    work.visits.record(asked(home, visited_on=TODAY - timedelta(days=7), met=Met.PHONE))
    work.visits.record(asked(home, visited_on=TODAY - timedelta(days=6), health=Health.GOOD))
    work.visits.record(asked(home, visited_on=TODAY - timedelta(days=5), supplies=Supplies.SHORT))
    kind = VisitKind.INVESTIGATION
    work.visits.record(asked(home, visited_on=TODAY, kind=kind, **answers))

    assert work.visits.last_whole(home.id).id == whole
    assert work.visits.last(home.id).kind is kind


def test_where_nobody_was_ever_met_there_is_no_last_time(work, home):
    work.visits.record(asked(home, met=Met.NOBODY))

    assert work.visits.last(home.id) is None


def test_nobody_at_home_of_last_week_plans_nothing_where_somebody_was_met_since(work, home):
    work.visits.record(asked(home, visited_on=TODAY))

    work.visits.record(nobody(home, 6, 3))

    assert plans_of(work, home) == []


def test_a_visit_of_the_same_day_ends_the_plan_of_that_morning(work, home):
    work.visits.record(nobody(home, 0, 3))

    work.visits.record(asked(home))

    (plan,) = plans_of(work, home)
    assert plan.status is PlanStatus.COMPLETED
