"""How much of a clock has run, what is left, and how late it is, in its own unit."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rules.clocks import ClockKind, Event
from app.rules.day_count import Pause
from app.rules.deadline_reading import (
    reading_of,
    remaining_days,
    remaining_time,
    remaining_workdays,
)
from app.rules.deadlines import deadline_of
from app.rules.terms import terms_of
from app.services.policies import Policies
from tests.cases import ON, RESOURCES, practice, region

CALENDAR = Policies(RESOURCES).calendar()
EVENTS = {
    ClockKind.DECISION: Event.ACCEPTED,
    ClockKind.NOTICE: Event.POSTED,
    ClockKind.PAPERWORK: Event.PAID,
    ClockKind.GRACE: Event.GRACE_BEGAN,
    ClockKind.RIGID_VALIDITY: Event.RECOGNISED,
}
HALF_PAST_FOUR = datetime(2026, 3, 6, 8, 30, tzinfo=UTC)


def running(kind, start=ON, **options):
    return deadline_of(kind, terms_of(practice(), ON), {EVENTS[kind]: start}, CALENDAR, **options)


def noon(day):
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def read(deadline, day):
    return reading_of(deadline, noon(day), CALENDAR)


@pytest.mark.parametrize(
    ("day", "elapsed", "left", "overdue", "text"),
    [
        (date(2026, 3, 1), 0, 5, False, "还剩 5 个工作日"),
        (date(2026, 3, 4), 2, 3, False, "还剩 3 个工作日"),
        (date(2026, 3, 8), 4, 1, False, "还剩 1 个工作日"),
        (date(2026, 3, 9), 5, 0, False, "今天到期"),
        (date(2026, 3, 12), 8, -3, True, "超期 3 个工作日"),
    ],
)
def test_paperwork_of_five_working_days(day, elapsed, left, overdue, text):
    reading = read(running(ClockKind.PAPERWORK), day)

    assert (reading.elapsed, reading.left, reading.overdue) == (elapsed, left, overdue)
    assert (reading.text, reading.standing, reading.estimated) == (text, False, False)


def test_on_the_saturday_after_it_is_late_though_no_working_day_has_passed():
    reading = read(running(ClockKind.PAPERWORK, date(2026, 2, 28)), date(2026, 3, 7))

    assert (reading.left, reading.overdue, reading.text) == (0, True, "已过期")


@pytest.mark.parametrize(
    ("kind", "start", "day", "text", "total"),
    [
        (ClockKind.NOTICE, ON, date(2026, 3, 7), "还剩 2 天", 7),
        (ClockKind.NOTICE, ON, date(2026, 3, 9), "今天满", 7),
        (ClockKind.NOTICE, ON, date(2026, 3, 10), "已满", 7),
        (ClockKind.GRACE, date(2026, 4, 1), date(2026, 9, 1), "还剩 29 天", 182),
        (ClockKind.RIGID_VALIDITY, ON, date(2027, 3, 2), "今天满", 365),
    ],
)
def test_what_ends_by_itself_is_full_and_never_late(kind, start, day, text, total):
    reading = read(running(kind, start), day)

    assert (reading.text, reading.total) == (text, total)


@pytest.mark.parametrize(
    ("minutes", "left", "overdue", "text"),
    [
        (-5, 24 * 60, False, "还剩 24 小时"),
        (90, 22 * 60 + 30, False, "还剩 22 小时 30 分"),
        (24 * 60 - 0.5, 1, False, "还剩 0 小时 1 分"),
        (24 * 60, 0, False, "还剩 0 小时 0 分"),
        (24 * 60 + 0.5, 0, True, "超时 0 小时 0 分"),
        (25 * 60 + 5, -65, True, "超时 1 小时 5 分"),
    ],
)
def test_an_hour_clock_is_read_to_the_minute_through_the_weekend(minutes, left, overdue, text):
    deadline = deadline_of(
        ClockKind.EMERGENCY_DECISION,
        terms_of(region("tianjin"), ON),
        {Event.ACCEPTED: HALF_PAST_FOUR},
        CALENDAR,
    )

    reading = reading_of(deadline, HALF_PAST_FOUR + timedelta(minutes=minutes), CALENDAR)

    assert (reading.left, reading.overdue, reading.text) == (left, overdue, text)
    assert reading.elapsed + reading.left == reading.total == 24 * 60


def test_a_clock_that_waits_for_material_stands():
    deadline = running(ClockKind.DECISION, pauses=(Pause(date(2026, 3, 4)),))

    soon, later = read(deadline, date(2026, 3, 5)), read(deadline, date(2026, 4, 30))

    assert soon == later
    assert (soon.standing, soon.overdue, soon.elapsed) == (True, False, 2)
    assert soon.text == f"停着等补材料，收齐后还剩 {soon.left} 个工作日"


def test_what_does_not_run_cannot_be_read():
    terms = terms_of(region("tianjin"), ON)
    nothing = deadline_of(ClockKind.DECISION, terms, {}, CALENDAR)
    no_limit = deadline_of(ClockKind.PAPERWORK, terms, {Event.PAID: ON}, CALENDAR)
    no_hour = deadline_of(ClockKind.EMERGENCY_DECISION, terms, {Event.ACCEPTED: ON}, CALENDAR)

    assert [read(one, ON) for one in (nothing, no_limit, no_hour)] == [None, None, None]


def test_a_count_through_a_year_without_its_notice_says_about():
    late = running(ClockKind.PAPERWORK, date(2026, 12, 21))
    across = running(ClockKind.PAPERWORK, date(2026, 12, 28))

    assert read(late, date(2027, 1, 4)).text == "超期约 5 个工作日"
    assert read(across, date(2026, 12, 28)).text == "还剩约 5 个工作日"
    assert read(across, date(2026, 12, 28)).estimated


@given(
    kind=st.sampled_from(sorted(EVENTS)),
    after=st.integers(-30, 500),
    since=st.integers(0, 60),
    length=st.none() | st.integers(0, 30),
)
def test_what_has_run_and_what_is_left_are_the_whole(kind, after, since, length):
    first = ON + timedelta(days=since)
    pause = Pause(first, None if length is None else first + timedelta(days=length))
    stops = {"pauses": (pause,)} if kind is ClockKind.DECISION else {}
    deadline = running(ClockKind(kind), **stops)

    reading = read(deadline, ON + timedelta(days=after))

    assert reading.elapsed + reading.left == reading.total
    assert reading.elapsed >= 0
    assert not reading.overdue or reading.left <= 0


@pytest.mark.parametrize(
    ("on", "due", "text"),
    [
        (date(2026, 3, 2), date(2026, 3, 9), "还剩 5 个工作日"),
        (date(2026, 3, 9), date(2026, 3, 9), "今天到期"),
        (date(2026, 3, 12), date(2026, 3, 9), "超期 3 个工作日"),
        (date(2026, 3, 7), date(2026, 3, 6), "已过期"),
        (date(2026, 12, 30), date(2027, 1, 6), "还剩约 5 个工作日"),
    ],
)
def test_what_is_left_until_a_date_that_was_written_down(on, due, text):
    assert remaining_workdays(on, due, CALENDAR) == text


@pytest.mark.parametrize(
    ("on", "text"),
    [
        (date(2026, 3, 6), "还剩 3 天"),
        (date(2026, 3, 9), "今天到期"),
        (date(2026, 3, 10), "超期 1 天"),
    ],
)
def test_every_day_counts_until_a_date_that_was_written_down(on, text):
    assert remaining_days(on, date(2026, 3, 9)) == text


@pytest.mark.parametrize(
    ("minutes", "text"), [(90, "还剩 1 小时 30 分"), (0, "还剩 0 小时 0 分"), (-60, "超时 1 小时")]
)
def test_what_is_left_of_an_hour_clock_that_was_written_down(minutes, text):
    due = datetime(2026, 3, 7, 8, 30, tzinfo=UTC)

    assert remaining_time(due - timedelta(minutes=minutes), due) == text
