"""Time as it is passed in: what the wall says, and the evidence kept beside it.

Nothing in the program asks the machine for the time except the clock built in `app.bootstrap`
(and its equal in `county_server`). Time decides nothing (design §5): it is recorded, never obeyed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

CHINA = timezone(timedelta(hours=8), "CST")


@dataclass(frozen=True, slots=True)
class TimeEvidence:
    """When something was done, as far as this machine can tell.

    `wall` is an aware UTC instant; `tz` the minutes east of UTC the machine was set to; `boot`
    an opaque id of the running boot; `mono` milliseconds since that boot.
    """

    wall: datetime
    tz: int
    boot: str
    mono: int


class Clock(Protocol):
    """The only source of time."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...

    def today(self) -> date:
        """Today's date in China, where every due date is counted."""
        ...

    def evidence(self) -> TimeEvidence:
        """The present instant with what can later vouch for it."""
        ...


@dataclass(frozen=True, slots=True)
class PastClock:
    """The time of something that is made again as it was: it stands still."""

    at: datetime

    def now(self) -> datetime:
        """That instant."""
        return self.at

    def today(self) -> date:
        """Its day in China."""
        return china_date(self.at)

    def evidence(self) -> TimeEvidence:
        """Nothing is recorded by it, so nothing vouches."""
        raise LookupError("no evidence of a time that is past")


def china_date(instant: datetime) -> date:
    """The calendar day in China of an aware `instant`."""
    return instant.astimezone(CHINA).date()


def day_words(day: date) -> str:
    """A day as it is read out: "2026年3月5日"."""
    return f"{day.year}年{day.month}月{day.day}日"


def month_words(month: date) -> str:
    """The month a day lies in, as it is read out: "2026年3月"."""
    return f"{month.year}年{month.month}月"


def as_utc(instant: datetime) -> datetime:
    """`instant` in UTC. Raises ValueError for a naive one."""
    if instant.tzinfo is None:
        raise ValueError("a naive datetime is not an instant")
    return instant.astimezone(UTC)
