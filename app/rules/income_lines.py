"""The lines a pack draws for income a head, in the order of the ladder.

They are the same for every household of an area, so they are worked out once for a pack and a day.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Final, NamedTuple

from app.domain.households import Area, Category
from app.rules.amounts import month_of
from app.rules.once import once
from app.rules.parameters import (
    DIBAO_STANDARD,
    MARGINAL_MULTIPLE,
    RIGID_CEILING,
    WATCHLIST_LINE,
)
from app.rules.terms import Terms

CEILING: Final = "上年度当地人均可支配收入"
"""What income of 刚性支出 is held against, in words."""


class IncomeLine(NamedTuple):
    """One line: `limit` is exact fen a head and month."""

    rung: Category
    what: str
    limit: Fraction
    basis: str


@once
def income_lines(terms: Terms, area: Area) -> tuple[IncomeLine, ...]:
    """Every line of the pack for a household in `area`."""
    return tuple(_lines(terms, area))


@once
def marginal_line(terms: Terms, area: Area) -> IncomeLine | None:
    """So many times the standard; None while either is lacking."""
    standard = terms.find(DIBAO_STANDARD, area)
    if standard is None:
        return None
    multiple = terms.find(MARGINAL_MULTIPLE, area)
    if multiple is None:
        return None
    limit = multiple.value * month_of(standard.value)
    return IncomeLine(Category.MARGINAL, "低保边缘线", limit, multiple.basis)


def _lines(terms: Terms, area: Area) -> Iterable[IncomeLine]:
    standard = terms.find(DIBAO_STANDARD, area)
    if standard is not None:
        limit = month_of(standard.value)
        yield IncomeLine(Category.DIBAO, "低保标准", limit, standard.basis)
    yield from filter(None, [marginal_line(terms, area)])
    for rung, what, parameter in (
        (Category.RIGID_EXPENDITURE, CEILING, RIGID_CEILING),
        (Category.WATCHLIST, "备案线", WATCHLIST_LINE),
    ):
        found = terms.find(parameter, area)
        if found is not None and found.value is not None:
            yield IncomeLine(rung, what, month_of(found.value), found.basis)
