"""集中排查: how far the village has been gone through in one part of the year, group by group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.ids import HouseholdId


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SweptHome:
    """One household; `seen_on` is the last day somebody of it was met at home, in this part."""

    household: HouseholdId
    who: str
    door: str
    seen_on: date | None


@dataclass(frozen=True, slots=True)
class SweptGroup:
    """One 组 with its households, by door."""

    name: str
    homes: tuple[SweptHome, ...]

    @property
    def seen(self) -> int:
        """Households seen."""
        return sum(home.seen_on is not None for home in self.homes)

    @property
    def missing(self) -> tuple[SweptHome, ...]:
        """Households not seen yet."""
        return tuple(home for home in self.homes if home.seen_on is None)


@dataclass(frozen=True, slots=True)
class Sweep:
    """One part of the year. `rule` says who asks for it, in words with its clause."""

    first: date
    last: date
    groups: tuple[SweptGroup, ...]
    rule: str

    @property
    def households(self) -> int:
        """Of how many households."""
        return sum(len(group.homes) for group in self.groups)

    @property
    def seen(self) -> int:
        """How many were seen."""
        return sum(group.seen for group in self.groups)
