"""很接近 — lines the household's income lies so close to that the facts are worth another look.

A line is near from either side; how near is the pack's `near_line_percent` of the line itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from app.domain.households import Area, Category
from app.rules.amounts import shown
from app.rules.income_lines import IncomeLine, income_lines
from app.rules.means import Means
from app.rules.once import once
from app.rules.own_income import on_rung
from app.rules.parameters import NEAR_LINE
from app.rules.terms import Terms

_Ratio = tuple[int, int]


class Near(NamedTuple):
    """One line close by. `limit` and `distance` are exact fen a head and month; the distance is
    how far the income lies below the line, negative where it lies above."""

    rung: Category
    text: str
    limit: Fraction
    distance: Fraction
    basis: str


def near_lines(means: Means) -> tuple[Near, ...]:
    """The lines the income a head is near to, in the order of the ladder."""
    return tuple(_near_lines(means))


def _near_lines(means: Means) -> Iterable[Near]:
    for line, least, most in _reaches(means.terms, means.facts.household.area):
        income = on_rung(means, line.rung).per_head
        if income is not None and _is_between(least, income.as_integer_ratio(), most):
            away = line.limit - income
            yield Near(line.rung, _text(line.what, line.limit, away), line.limit, away, line.basis)


@once
def _reaches(terms: Terms, area: Area) -> tuple[tuple[IncomeLine, _Ratio, _Ratio], ...]:
    """Each line with the least and the most income that is near it."""
    share = terms.find(NEAR_LINE)
    if share is None:
        return ()
    low, high = 1 - share.value, 1 + share.value
    return tuple(
        (line, (line.limit * low).as_integer_ratio(), (line.limit * high).as_integer_ratio())
        for line in income_lines(terms, area)
    )


def _is_between(least: _Ratio, income: _Ratio, most: _Ratio) -> bool:
    """`least` ≤ `income` ≤ `most`, in whole numbers: most lines are far."""
    mine, each = income
    return least[0] * each <= mine * least[1] and mine * most[1] <= most[0] * each


def _text(what: str, limit: Fraction, distance: Fraction) -> str:
    if not distance:
        return f"人均月收入正好是{what} {shown(limit)} 元，请核实收入依据。"
    side = "低" if distance > 0 else "高"
    return (
        f"人均月收入只比{what} {shown(limit)} 元{side} {shown(abs(distance))} 元，请核实收入依据。"
    )
