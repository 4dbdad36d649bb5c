"""What holds for every count of days, whatever the holidays and however often the clock stood."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.workdays import CalendarYear, DueDate, WorkdayCalendar
from app.rules.day_count import DayCount, Pause

START = date(2026, 9, 1)
days = st.dates(min_value=date(2026, 8, 1), max_value=date(2026, 12, 31))
numbers = st.integers(1, 45)
holidays = st.frozensets(days, max_size=30)
unhurried = settings(deadline=None)
"""A busy machine is no wrong answer."""


@st.composite
def pauses(draw, *, most=4):
    """Pauses that all ended, overlapping ones among them."""
    starts = draw(st.lists(days, max_size=most))
    return tuple(Pause(day, day + timedelta(days=draw(st.integers(0, 20)))) for day in starts)


def calendar(off):
    return WorkdayCalendar(
        {2026: CalendarYear(year=2026, document="示例", off=off, on=frozenset())}
    )


def due(number, off=frozenset(), stopped=(), *, start=START):
    return DayCount(start, calendar(off), tuple(stopped)).due(number).on


@unhurried
@given(number=numbers, off=holidays, more=days, stopped=pauses())
def test_a_day_off_more_never_makes_it_earlier(number, off, more, stopped):
    assert due(number, off | {more}, stopped) >= due(number, off, stopped)


@unhurried
@given(number=numbers, off=holidays, stopped=pauses(), since=days, length=st.integers(0, 30))
def test_a_pause_more_never_makes_it_earlier(number, off, stopped, since, length):
    pause = Pause(since, since + timedelta(days=length))

    assert due(number, off, (*stopped, pause)) >= due(number, off, stopped)


@unhurried
@given(number=numbers, off=holidays, stopped=pauses(), start=days)
def test_on_the_due_day_exactly_the_whole_limit_has_run(number, off, stopped, start):
    count = DayCount(start, calendar(off), stopped)
    end = count.due(number).on

    assert count.elapsed(end) == number
    assert count.elapsed(end - timedelta(days=1)) == number - 1


@unhurried
@given(number=numbers, stopped=pauses(), since=days)
def test_a_pause_without_an_end_leaves_no_day_unless_it_came_too_late(number, stopped, since):
    plain = due(number, stopped=stopped)

    open_end = DayCount(START, calendar(frozenset()), (*stopped, Pause(since))).due(number)

    assert (open_end is None) is (since < plain)
    assert open_end is None or open_end.on == plain


@unhurried
@given(number=numbers, start=days)
def test_without_a_calendar_every_day_counts(number, start):
    found = DayCount(start, None).due(number)

    assert (found.on, found.estimated) == (start + timedelta(days=number), False)


def test_the_day_of_the_notice_counts_and_the_day_of_the_receipt_does_not():
    pause = Pause(date(2026, 9, 3), date(2026, 9, 7))

    stopped = [day for day in range(1, 12) if pause.stops(date(2026, 9, day))]

    assert stopped == [4, 5, 6, 7]


def test_asked_and_answered_on_one_day_stops_nothing():
    assert due(5, stopped=[Pause(date(2026, 9, 3), date(2026, 9, 3))]) == due(5)


def test_a_pause_does_not_end_before_it_begins():
    with pytest.raises(ValueError, match="before it begins"):
        Pause(date(2026, 9, 3), date(2026, 9, 2))


def test_before_its_start_nothing_has_run():
    count = DayCount(START, calendar(frozenset()))

    assert (count.elapsed(START - timedelta(days=9)), count.elapsed(START)) == (0, 0)


def test_days_on_which_the_clock_stood_are_no_guess():
    """It stands over the whole of the unknown part of the way."""
    count = DayCount(
        date(2026, 12, 30), calendar(frozenset()), (Pause(date(2026, 12, 31), date(2027, 1, 9)),)
    )

    assert count.estimated(date(2027, 1, 9)) is False
    assert count.estimated(date(2027, 1, 10)) is True


def test_the_day_it_starts_is_not_counted_and_a_make_up_day_is():
    new_year = CalendarYear(
        year=2026,
        document="示例",
        off=frozenset({date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3)}),
        on=frozenset({date(2026, 1, 4)}),
    )
    count = DayCount(date(2026, 1, 1), WorkdayCalendar({2026: new_year}))

    assert count.due(0) == DueDate(date(2026, 1, 1), estimated=False)
    assert count.due(5) == DueDate(date(2026, 1, 8), estimated=False)
