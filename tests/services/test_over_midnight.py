"""What was begun before midnight and recorded after it: the day as told, the clock's moment."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from app.domain.casework import Met
from app.domain.clock import CHINA, china_date
from app.domain.today import WorkKind
from app.services.visits import RecordVisit
from tests.relief import asked
from tests.storefile import household_of

LATE = datetime(2026, 3, 31, 23, 50, tzinfo=CHINA)
"""Ten minutes before the month is over."""


@pytest.fixture
def home(work):
    work.clock.at = LATE
    made = household_of("覃兰英", id_number=None)
    work.households.add_all([made])
    return made


def test_relief_keeps_the_moment_it_was_found_and_was_given_when_it_was_given(work, home):
    request = asked(home, found_at=LATE)
    work.clock.advance(minutes=20)

    relief = work.relief.pay(request)

    assert relief.found_at == LATE
    assert relief.paid_at == LATE + timedelta(minutes=20)
    with work.begin() as unit:
        decision = work.rules.emergency_decision(unit, relief.paid_at)
    assert relief.decision_due_at == decision.due_at
    debt = next(one for one in work.worklist.everything() if one.kind is WorkKind.RELIEF_PAPERWORK)
    assert debt.why.startswith("4月1日")


def test_a_visit_of_yesterday_settles_yesterdays_month_though_it_was_saved_after_it(work, home):
    work.visits.record(RecordVisit(household=home.id, visited_on=date(2026, 3, 3), met=Met.SELF))
    request = RecordVisit(household=home.id, visited_on=china_date(LATE), met=Met.SELF)
    work.clock.advance(minutes=20)

    visit = work.visits.get(work.visits.record(request))

    assert (visit.visited_on, visit.recorded_at) == (date(2026, 3, 31), work.clock.now())
    (row,) = [one for one in work.worklist.everything() if one.household == home.id]
    assert (row.due_on, row.why) == (date(2026, 4, 30), "低保户，1 天没去了")
    assert not row.overdue
