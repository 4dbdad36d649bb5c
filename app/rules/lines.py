"""The working of a means test: one line per amount, each saying what became of it and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.money import Money
from app.rules.grounds import Check, Outcome
from app.rules.layers import Treatment


@dataclass(frozen=True, slots=True)
class Line:
    """One amount of the year. Disregarded ones are zero, deducted ones negative.

    `member` None is the household's; `item` is the kind of income or the name of the deduction;
    `formula` shows how the amount came about.
    """

    member: str | None
    item: str
    treatment: Treatment
    formula: str
    amount_year: Money
    basis: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """An amount that may come off the year's income, once what `check` names is settled."""

    fen: int
    check: Check
    warning: str


@dataclass(frozen=True, slots=True)
class IncomeWorking:
    """The lines with what stays open about them.

    `check` is unknown when nobody asked about income at all; then there are no sums.
    """

    lines: tuple[Line, ...]
    doubts: tuple[Doubt, ...]
    check: Check

    @property
    def is_known(self) -> bool:
        """Whether there is a sum to speak of."""
        return self.check.outcome is Outcome.MEETS

    @property
    def year_fen(self) -> int:
        """The sum of the lines, in fen."""
        return total(self.lines)

    @property
    def least_fen(self) -> int:
        """The sum if every doubt were settled in the household's favour, in fen."""
        return self.year_fen - sum(doubt.fen for doubt in self.doubts)

    def of(self, member: str) -> tuple[Line, ...]:
        """The lines of one member."""
        return tuple(line for line in self.lines if line.member == member)


def total(lines: Iterable[Line]) -> int:
    """The lines' sum in fen."""
    return sum(line.amount_year.fen for line in lines)
