"""The months of 渐退 and what each of them pays: shares of the former grant, rounded once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from app.domain.money import Money
from app.domain.workdays import month_start
from app.rules.amounts import payable
from app.rules.values import GraceStep, Rounding

_FULL: Final = 100


@dataclass(frozen=True, slots=True)
class GraceMonth:
    """One month of the schedule, by its first day; `amount` None while it cannot be told."""

    month: date
    percent: int
    amount: Money | None


def grace_months(
    grant: Money | None,
    steps: Sequence[GraceStep],
    first: date,
    rounding: Rounding | None,
    *,
    heads: int = 1,
) -> tuple[GraceMonth, ...]:
    """The schedule for a former grant to `heads` people together, from the month of `first` on.

    All of the grant is the grant itself; a share of it is rounded once, as the pack rounds. Where
    the pack names no rounding, a share stays unknown.
    """
    rows: list[GraceMonth] = []
    for step in steps:
        amount = _share(grant, step.percent, rounding, heads)
        start = len(rows)
        rows += [
            GraceMonth(month_start(first, start + n), step.percent, amount)
            for n in range(step.months)
        ]
    return tuple(rows)


def _share(
    grant: Money | None, percent: int, rounding: Rounding | None, heads: int
) -> Money | None:
    if grant is None or percent == _FULL:
        return grant
    if rounding is None:
        return None
    part = Fraction(grant.fen * percent, _FULL)
    return payable(part, lambda: [part / heads] * heads, rounding)
