"""The working of a means test: one line per amount, each saying what became of it and why."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import field
from typing import NamedTuple

from app.domain.money import Money
from app.rules.grounds import MEETS, Check, all_of
from app.rules.layers import Treatment
from app.rules.records import record


class Line(NamedTuple):
    """One amount of the year. Disregarded ones are zero, deducted ones negative.

    `member` None is the household's; `item` is the kind of income or the name of the deduction and
    `label` the same in words; `formula` shows how the amount came about.
    """

    member: str | None
    item: str
    treatment: Treatment
    formula: str
    amount_year: Money
    basis: str
    label: str = ""


@record(frozen=True, slots=True)
class Doubt:
    """An amount that may come off the year's income, once what `check` names is settled.

    `member` is whose income it is (None: the household's), `item` the line it is about.
    """

    fen: int
    check: Check
    warning: str
    member: str | None = None
    item: str = ""


@record(frozen=True, slots=True)
class Rise:
    """An amount that may come on top of a member's income; `fen` None where nobody knows it."""

    fen: int | None
    check: Check
    warning: str
    member: str | None = None


@record(frozen=True, slots=True)
class IncomeWorking:
    """The lines with what stays open about them.

    `check` is unknown when nobody asked about income at all; then there are no sums. In fen:
    `year_fen` is the sum of the lines, `least_fen` what it would be with every doubt settled in the
    household's favour, `most_fen` with every rise come about (None where one has no bound).
    """

    lines: tuple[Line, ...]
    doubts: tuple[Doubt, ...]
    check: Check
    rises: tuple[Rise, ...] = ()
    year_fen: int = field(init=False)
    least_fen: int = field(init=False)
    most_fen: int | None = field(init=False)

    def __post_init__(self) -> None:
        # summed once: every rung asks for them
        year = total(self.lines)
        object.__setattr__(self, "year_fen", year)
        object.__setattr__(self, "least_fen", year - sum(doubt.fen for doubt in self.doubts))
        object.__setattr__(self, "most_fen", _with(year, [rise.fen for rise in self.rises]))

    @property
    def is_known(self) -> bool:
        """Whether there is a sum to speak of."""
        return self.check.outcome is MEETS

    @property
    def open_points(self) -> Check:
        """What would settle the sum; met when nothing is open."""
        return all_of(*(doubt.check for doubt in self.doubts), *(rise.check for rise in self.rises))

    def span_of(
        self, member: str | None, *, without: Container[str] = ()
    ) -> tuple[int, int | None]:
        """The least and the most (None: no bound) the lines of one member may come to, in fen.

        Lines of the items named in `without` are left aside.
        """
        own = sum(
            [
                line.amount_year.fen
                for line in self.lines
                if line.member == member and line.item not in without
            ]
        )
        if not self.doubts and not self.rises:
            return own, own
        less = sum(
            doubt.fen
            for doubt in self.doubts
            if doubt.member == member and doubt.item not in without
        )
        return own - less, _with(own, [rise.fen for rise in self.rises if rise.member == member])

    def of(self, member: str) -> tuple[Line, ...]:
        """The lines of one member."""
        return tuple([line for line in self.lines if line.member == member])


def _with(fen: int, rises: list[int | None]) -> int | None:
    """`fen` and every rise; None where one has no bound."""
    known = [rise for rise in rises if rise is not None]
    return None if len(known) < len(rises) else fen + sum(known)


def total(lines: Iterable[Line]) -> int:
    """The lines' sum in fen."""
    return sum([line.amount_year.fen for line in lines])
