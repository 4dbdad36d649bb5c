"""The counted income deductions come off: nothing is deducted twice, nor more than was earned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.domain.households import IncomeKind
from app.rules.records import record

_ORDER: Final = {kind: n for n, kind in enumerate(IncomeKind)}


@record(frozen=True, slots=True)
class Earned:
    """A counted income: its fen in the year and the months of the year it was earned in."""

    member: str | None
    kind: IncomeKind
    fen: int
    months: int


@dataclass(slots=True)
class Source:
    """One income with what is left of it as deductions come off."""

    earned: Earned
    left: int


class IncomePool:
    """Every counted income of a household.

    The order in which the incomes were written down makes no difference.
    """

    def __init__(self, earned: Iterable[Earned]) -> None:
        ordered = sorted(
            earned, key=lambda one: (_ORDER[one.kind], one.member or "", one.fen, one.months)
        )
        self._sources = [Source(one, one.fen) for one in ordered if one.fen]

    def copy(self) -> IncomePool:
        """The same incomes with the same left of them."""
        other = IncomePool(())
        other._sources = [Source(source.earned, source.left) for source in self._sources]
        return other

    def earners(self) -> frozenset[str | None]:
        """Whose incomes there are; None for the household's own."""
        return frozenset(source.earned.member for source in self._sources)

    def sources(self, member: str | None, kinds: frozenset[IncomeKind]) -> list[Source]:
        """The incomes of `member` (None: of everybody) of these kinds (none named: of all) that
        are not used up."""
        return [
            source
            for source in self._sources
            if source.left
            and (member is None or source.earned.member == member)
            and (not kinds or source.earned.kind in kinds)
        ]


def take(fen: int, sources: Iterable[Source]) -> int:
    """Take at most `fen` from the first that have it; returns what was there to take."""
    wanted = fen
    for source in sources:
        taken = min(wanted, source.left)
        source.left -= taken
        wanted -= taken
    return fen - wanted
