"""Fen as a policy reads them: exact until shown, rounded once for payment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import lru_cache

from app.domain.households import Per
from app.domain.money import Money
from app.rules.values import MONTHS, Rate, Rounding

Shares = Callable[[], Sequence[Fraction]]
"""What each person is due a month, in exact fen."""


def shown(exact: Fraction, times: int = 1) -> str:
    """`times` as many fen as yuan with two decimals, for reading only."""
    over, under = exact.as_integer_ratio()
    return _yuan(over * times, under)


@lru_cache(maxsize=256)
def line_shown(over: int, under: int) -> str:
    """A line a pack draws, exact fen `over` ÷ `under`, as `shown` says it: a handful for all."""
    return _yuan(over, under)


def _yuan(over: int, under: int) -> str:
    fen = (2 * over + under) // (2 * under)
    return f"{fen // 100}.{fen % 100:02d}" if fen >= 0 else f"-{-fen // 100}.{-fen % 100:02d}"


def per_head_month(year_fen: int, heads: int) -> Fraction:
    """Exact fen a month for each of `heads` people."""
    return Fraction(year_fen, MONTHS * heads)


def month_formula(rate: Rate) -> str:
    """A rate as what it comes to a month: "1045.00", or "6038.00 ÷ 12"."""
    return f"{rate.amount} ÷ {MONTHS}" if rate.per is Per.YEAR else str(rate.amount)


def month_of(rate: Rate) -> Fraction:
    """Exact fen a month."""
    return rate.month_fen


def added(parts: Iterable[Fraction]) -> Fraction:
    """The exact sum: most parts share a denominator, and then nothing needs a common one."""
    over, under = 0, 1
    for part in parts:
        mine, each = part.as_integer_ratio()
        over, under = (
            (over + mine, under) if each == under else (over * each + mine * under, under * each)
        )
    return Fraction(over, under)


def payable(total: Fraction, shares: Shares, rounding: Rounding) -> Money:
    """What is paid a month when `total` fen are due, to each person a share: rounded once.

    Rounding per person rounds every share, because then that is the pack's rule; only then does
    anybody ask for them.
    """
    if rounding.on == "per_person":
        return Money(sum(_rounded(share, rounding) for share in shares()))
    return Money(_rounded(total, rounding))


def _rounded(exact: Fraction, rounding: Rounding) -> int:
    over, under = exact.as_integer_ratio()
    step = under * rounding.step_fen
    if rounding.mode == "up":
        whole = -(-over // step)
    elif rounding.mode == "down":
        whole = over // step
    else:
        whole = (2 * over + step) // (2 * step)
    return whole * rounding.step_fen
