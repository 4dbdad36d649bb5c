"""A day's round, as a paper is about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DayRound:
    """The visits of one day."""

    on: date
    household: None = None

    @property
    def id(self) -> str:
        """What a print record names: the day."""
        return self.on.isoformat()
