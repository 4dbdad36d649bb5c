"""Working days, months and hours, as due dates count them.

A working day is Monday to Friday unless the State Council's yearly notice says otherwise
(holidays off, make-up weekends on). A year whose notice is not loaded counts Monday to Friday,
and every answer that touched such a year says it is estimated.
"""

from __future__ import annotations

import calendar as months
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

_SATURDAY: Final = 5
_DECEMBER: Final = 12
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarYear:
    """One year's notice: `document` is its number, `off` and `on` the days it moves, some of the
    December before among them where New Year's day asks for it."""

    year: int
    document: str
    off: frozenset[date]
    """Days nobody works, weekends among them included."""
    on: frozenset[date]
    """Saturdays and Sundays everybody works."""


@dataclass(frozen=True, slots=True)
class WorkdayCalendar:
    """The notices at hand, by year."""

    years: Mapping[int, CalendarYear] = field(default_factory=dict)

    def is_workday(self, day: date) -> bool:
        """Whether offices are open on `day`. The later of two notices counts."""
        for number in (day.year + 1, day.year) if day.month == _DECEMBER else (day.year,):
            year = self.years.get(number)
            if year is not None and day in year.on:
                return True
            if year is not None and day in year.off:
                return False
        return day.weekday() < _SATURDAY

    def knows(self, year: int) -> bool:
        """Whether the notice for `year` is loaded."""
        return year in self.years


@dataclass(frozen=True, slots=True)
class DueDate:
    """A due date; `estimated` when a year on the way had no notice yet."""

    on: date
    estimated: bool


def workdays_between(start: date, end: date, calendar: WorkdayCalendar) -> int:
    """Working days after `start` up to and including `end`; negative when `end` is earlier."""
    if end < start:
        return -workdays_between(end, start, calendar)
    days = (start + _DAY * n for n in range(1, (end - start).days + 1))
    return sum(calendar.is_workday(day) for day in days)


def add_months(start: date, count: int) -> date:
    """The same day `count` months later (or earlier); the last of the month where it is shorter."""
    total = start.year * 12 + start.month - 1 + count
    year, month = divmod(total, 12)
    last = months.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))


def month_start(day: date, count: int = 0) -> date:
    """The first of the month `count` months after the one `day` lies in."""
    return add_months(day.replace(day=1), count)


def add_hours(instant: datetime, hours: int) -> datetime:
    """`hours` hours later by the clock, nights and holidays included (S4:L44: 24小时).

    Raises ValueError for a naive instant.
    """
    if instant.tzinfo is None:
        raise ValueError("a naive datetime is not an instant")
    return instant + timedelta(hours=hours)
