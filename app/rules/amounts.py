"""Fen as a policy reads them: exact until shown, rounded once for payment."""

from __future__ import annotations

import math
from fractions import Fraction

from app.domain.money import Money
from app.rules.values import MONTHS, Rounding


def half_up(exact: Fraction) -> int:
    """The nearest whole number; a half goes up."""
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def shown(exact: Fraction) -> str:
    """Fen as yuan with two decimals, for reading only."""
    return str(Money(half_up(exact)))


def per_head_month(year_fen: int, heads: int) -> Fraction:
    """Exact fen a month for each of `heads` people."""
    return Fraction(year_fen, MONTHS * heads)


def payable(month: Fraction, heads: int, rounding: Rounding) -> Money:
    """What is paid a month when `month` fen are due to `heads` people together: rounded once.

    Rounding per person divides first and multiplies after, because then that is the pack's rule.
    """
    if rounding.on == "per_person":
        return _rounded(month / heads, rounding) * heads
    return _rounded(month, rounding)


def _rounded(exact: Fraction, rounding: Rounding) -> Money:
    steps = exact / rounding.step_fen
    if rounding.mode == "up":
        whole = math.ceil(steps)
    elif rounding.mode == "down":
        whole = math.floor(steps)
    else:
        whole = half_up(steps)
    return Money(whole * rounding.step_fen)
