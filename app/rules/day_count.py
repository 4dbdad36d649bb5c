"""Counting the days a clock runs: working days or every day, without those it stands still.

The day a clock starts is not counted, nor is the day it starts again: counting goes on the day
after. Material asked for and not yet in is not the office's time (补正时间不计算在内).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.domain.workdays import DueDate, WorkdayCalendar

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stands from the notice on `since` to the receipt on `until`; None while awaited.

    The day of the notice still counts, the day of the receipt does not. Raises ValueError for a
    pause that ends before it begins.
    """

    since: date
    until: date | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.since:
            raise ValueError("a pause does not end before it begins")

    def stops(self, day: date) -> bool:
        """Whether the clock stands on `day`."""
        return self.since < day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class DayCount:
    """Counts from the day after `start`; without a calendar every day counts."""

    start: date
    calendar: WorkdayCalendar | None
    pauses: tuple[Pause, ...] = ()

    def due(self, days: int) -> DueDate | None:
        """The day on which `days` are full; None when a pause nobody ended yet comes before."""
        day, left, estimated = self.start, days, False
        while left > 0:
            day += _DAY
            pause = self._pause(day)
            if pause is None:
                estimated = estimated or self._is_guess(day)
                left -= self._counts(day)
            elif pause.until is None:
                return None
        return DueDate(day, estimated)

    def elapsed(self, on: date) -> int:
        """Days counted up to and including `on`; none before the start."""
        return sum(self._counts(day) for day in self._ran(on))

    def estimated(self, on: date) -> bool:
        """Whether a day counted up to `on` lies in a year whose notice is not loaded."""
        return any(self._is_guess(day) for day in self._ran(on))

    def _ran(self, on: date) -> Iterator[date]:
        """The days after the start, up to `on`, on which the clock did not stand."""
        days = (self.start + _DAY * n for n in range(1, (on - self.start).days + 1))
        return (day for day in days if self._pause(day) is None)

    def _pause(self, day: date) -> Pause | None:
        """What stops the clock on `day`. Of several any will do: one without an end stops the
        days after those that end, too.
        """
        return next((pause for pause in self.pauses if pause.stops(day)), None)

    def _counts(self, day: date) -> bool:
        return self.calendar is None or self.calendar.is_workday(day)

    def _is_guess(self, day: date) -> bool:
        return self.calendar is not None and not self.calendar.knows(day.year)
