"""What comes first today (ux §4.2), and how late everything is said to be."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.due import AGREED, ALWAYS, DAYS, DueItem
from app.domain.ids import HouseholdId
from app.domain.today import WorkKind
from app.domain.workdays import WorkdayCalendar
from app.services.calendar_rows import calendar_of, calendar_rows
from app.services.due_reading import DueReading
from app.services.policies import Policies

CALENDAR = Policies().calendar()
NOW = datetime(2026, 2, 12, 4, 0, tzinfo=UTC)
"""Thursday noon in China; Friday and the Saturday of the make-up are worked, then the festival."""
READING = DueReading(date(2026, 2, 12), NOW, CALENDAR)
OVERDUE, SOON, LATER = date(2026, 2, 11), date(2026, 2, 14), date(2026, 3, 20)


def row(kind, due_on=None, due_at=None, name="a", **changes):
    fields = {
        "kind": kind,
        "entity_id": name,
        "household": HouseholdId(name),
        "who": "覃兰英",
        "place": "三组12号",
        "appears_on": ALWAYS,
        "due_on": due_on,
        "due_at": due_at,
        "why": "先给了 300 元",
        "rule": "示例文件 一",
        "page": "relief",
        "action": "补齐手续",
    }
    return DueItem(**(fields | changes))


IN_ORDER = [
    row(WorkKind.RELIEF_PAPERWORK, OVERDUE),
    row(WorkKind.RELIEF_PAPERWORK, SOON),  # Friday and the worked Saturday: two working days
    row(WorkKind.RETURNED),
    row(WorkKind.MATERIAL, OVERDUE),
    row(WorkKind.MATERIAL, SOON),
    row(WorkKind.VISIT, OVERDUE),
    row(WorkKind.VISIT, LATER),
    row(WorkKind.SIGNATURE),
    row(WorkKind.RELIEF_PAPERWORK, LATER),
    row(WorkKind.MATERIAL, LATER, name="b"),
    row(WorkKind.REVIEW),
]


@given(st.permutations(IN_ORDER))
def test_the_order_is_that_of_the_list_however_the_rows_come(rows):
    assert sorted(rows, key=READING.urgency) == IN_ORDER


def test_two_working_days_are_counted_in_the_working_days_of_the_notice():
    over_the_festival = row(WorkKind.RELIEF_PAPERWORK, date(2026, 2, 24))

    # 13 and 14 February are worked, so the 24th is the third working day
    assert not READING.is_pressing(over_the_festival)
    on_friday = DueReading(date(2026, 2, 13), NOW + timedelta(days=1), CALENDAR)
    assert on_friday.is_pressing(over_the_festival)


def test_an_hour_clock_comes_before_what_is_only_due_by_day():
    clock = row(WorkKind.RELIEF_PAPERWORK, due_at=NOW + timedelta(hours=5), name="b")
    by_day = row(WorkKind.RELIEF_PAPERWORK, SOON)

    items = READING.items([by_day, clock])

    assert [item.entity_id for item in items] == ["b", "a"]
    assert (items[0].due_text, items[0].pressing) == ("还剩 5 小时", True)
    assert items[0].due_on == date(2026, 2, 12)


def test_an_hour_clock_that_ran_out_is_late_to_the_minute():
    item = READING.item(row(WorkKind.RELIEF_PAPERWORK, due_at=NOW - timedelta(minutes=90)))

    assert (item.overdue, item.due_text) == (True, "超时 1 小时 30 分")


@pytest.mark.parametrize(
    ("kind", "due_on", "text"),
    [
        (WorkKind.RELIEF_PAPERWORK, date(2026, 2, 24), "还剩 3 个工作日"),
        (WorkKind.MATERIAL, date(2026, 2, 24), "还剩 12 天"),
        (WorkKind.VISIT, date(2026, 2, 28), "2月28日前"),
        (WorkKind.VISIT, date(2026, 2, 12), "今天到期"),
        (WorkKind.VISIT, None, "还没去过"),
        (WorkKind.RELIEF_PAPERWORK, None, "县里还没给期限"),
        (WorkKind.REVIEW, None, "早点去问"),
        (WorkKind.SWEEP, None, "今年走到"),
    ],
)
def test_until_when_is_said_in_the_unit_that_counts(kind, due_on, text):
    assert READING.item(row(kind, due_on)).due_text == text


@pytest.mark.parametrize(
    ("agreed", "due_on", "text", "is_late"),
    [
        (date(2026, 2, 12), date(2026, 2, 28), "约好今天", False),
        (date(2026, 2, 10), date(2026, 2, 28), "约好 2月10日，过了", True),
        (date(2026, 2, 12), date(2026, 2, 9), "约好今天，超期 3 天", True),
        (date(2026, 2, 20), date(2026, 2, 28), "约好 2月20日", False),
    ],
)
def test_a_day_that_was_agreed_is_said_where_the_due_day_would_stand(agreed, due_on, text, is_late):
    item = READING.item(row(WorkKind.VISIT, due_on, appears_on=agreed, standing=AGREED))

    assert (item.due_text, item.overdue) == (text, is_late)


def test_a_day_of_another_year_says_which():
    assert READING.item(row(WorkKind.SWEEP, date(2027, 1, 5))).due_text == "2027年1月5日前"


def test_the_days_since_are_filled_in_when_it_is_read():
    item = READING.item(row(WorkKind.VISIT, why=f"{DAYS} 天没去了", since=date(2026, 1, 31)))

    assert item.why == "12 天没去了"


def test_enter_goes_to_the_target_and_without_one_to_the_record():
    items = [READING.item(row(WorkKind.RETURNED, target=target)) for target in ("", "h-1")]

    assert [(item.page, item.target) for item in items] == [("relief", "a"), ("relief", "h-1")]


def test_the_list_counts_in_the_calendar_it_was_made_with():
    assert calendar_of(calendar_rows(CALENDAR)) == CALENDAR
    assert calendar_of(calendar_rows(WorkdayCalendar())) == WorkdayCalendar()
