"""Working days, months and hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.workdays import (
    CalendarYear,
    WorkdayCalendar,
    add_hours,
    add_months,
    month_start,
    workdays_between,
)

NEW_YEAR_2026 = CalendarYear(
    year=2026,
    document="示例",
    off=frozenset({date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3)}),
    on=frozenset({date(2026, 1, 4)}),
)
CALENDAR = WorkdayCalendar({2026: NEW_YEAR_2026})
EMPTY = WorkdayCalendar()

days = st.dates(min_value=date(2025, 6, 1), max_value=date(2027, 6, 1))


def test_a_make_up_sunday_is_worked_and_a_holiday_friday_is_not():
    assert CALENDAR.is_workday(date(2026, 1, 4))
    assert not CALENDAR.is_workday(date(2026, 1, 2))
    assert CALENDAR.is_workday(date(2026, 1, 5))
    assert not CALENDAR.is_workday(date(2026, 1, 10))


def test_the_days_after_one_up_to_another_are_counted():
    assert workdays_between(date(2026, 1, 1), date(2026, 1, 8), CALENDAR) == 5
    assert workdays_between(date(2026, 3, 6), date(2026, 3, 9), CALENDAR) == 1


@given(one=days, other=days)
def test_the_days_between_are_the_same_seen_from_either_end(one, other):
    assert workdays_between(one, other, EMPTY) == -workdays_between(other, one, EMPTY)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 3, 15), 12, date(2027, 3, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2025, 12, 1), 1, date(2026, 1, 1)),
        (date(2026, 1, 1), -1, date(2025, 12, 1)),
    ],
)
def test_months_end_where_the_month_ends(start, count, end):
    assert add_months(start, count) == end


def test_the_month_after_confirmation_starts_on_its_first():
    assert month_start(date(2026, 12, 31), 1) == date(2027, 1, 1)
    assert month_start(date(2026, 3, 31)) == date(2026, 3, 1)


def test_twenty_four_hours_run_through_the_weekend():
    friday_half_past_four = datetime(2026, 3, 6, 8, 30, tzinfo=UTC)

    assert add_hours(friday_half_past_four, 24) == friday_half_past_four + timedelta(days=1)


def test_hours_need_an_instant():
    with pytest.raises(ValueError, match="naive"):
        add_hours(datetime(2026, 3, 6, 8, 30), 24)  # noqa: DTZ001  # the point of the test
