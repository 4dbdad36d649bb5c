"""The county's own clock: the one place in this package that asks the machine for the time."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Protocol

from app.domain.clock import china_date


class Time(Protocol):
    """What the county needs to know about time; tests pass a stopped clock."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...

    def today(self) -> date:
        """Today in China."""
        ...


class MachineClock:
    """The time of the machine the county runs on."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC)  # noqa: TID251  # the composition root's clock

    def today(self) -> date:
        """Today in China."""
        return china_date(self.now())
