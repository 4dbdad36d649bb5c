"""A month of visits: who was seen on which day, who is planned for which, and who was missed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.ids import HouseholdId
from app.domain.words import Word


class RoundState(Word):
    """What became of a visit."""

    SEEN = "seen", "见到了"
    TRIED = "tried", "没人在家"
    PLANNED = "planned", "打算去"
    MISSED = "missed", "没走到"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RoundLine:
    """One household on one day; `detail` is what was said, or why it is to be seen."""

    state: RoundState
    household: HouseholdId
    who: str
    place: str
    detail: str


@dataclass(frozen=True, slots=True)
class RoundDay:
    """One day of the month, its lines in the order of the visits."""

    on: date
    lines: tuple[RoundLine, ...]
    is_open: bool
    """Whether offices are open that day."""
    is_known: bool
    """Whether that is by a notice of its year; else by Monday to Friday."""

    def count(self, state: RoundState) -> int:
        """How many households stand so."""
        return sum(line.state is state for line in self.lines)


@dataclass(frozen=True, slots=True)
class MonthRound:
    """A month, its days in order. `plan` says by which thought the rest is spread."""

    first: date
    today: date
    days: tuple[RoundDay, ...]
    seen: int
    """Households seen at least once."""
    planned: int
    missed: int
    """Households missed at least once in days that are over."""
    unknown: int
    """Households nobody met in a time of which it is not on record whether they were to be seen."""
    plan: str
