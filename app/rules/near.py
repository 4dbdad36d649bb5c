"""很接近 — lines the household's income lies so close to that the facts are worth another look.

A line is near from either side; how near is the pack's `near_line_percent` of the line itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from app.domain.households import Category
from app.rules.amounts import month_of, shown
from app.rules.means import Means, once
from app.rules.parameters import MARGINAL_MULTIPLE, NEAR_LINE, RIGID_CEILING, WATCHLIST_LINE


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
    share, income = means.terms.find(NEAR_LINE), means.per_head
    if share is None or income is None:
        return ()
    return tuple(
        Near(rung, _text(what, limit, limit - income), limit, limit - income, basis)
        for rung, what, limit, basis in income_lines(means)
        if _is_near(income, limit, share.value)
    )


def _is_near(income: Fraction, limit: Fraction, share: Fraction) -> bool:
    """|income − limit| ≤ share × limit, without a fraction in between: most lines are far."""
    (mine, each), (line, of), (part, whole) = (
        exact.as_integer_ratio() for exact in (income, limit, share)
    )
    return abs(mine * of - line * each) * whole <= part * line * each


@once
def income_lines(means: Means) -> tuple[tuple[Category, str, Fraction, str], ...]:
    """Every line the pack draws for income a head: rung, what it is, fen a month, clause."""
    return tuple(_income_lines(means))


def _income_lines(means: Means) -> Iterable[tuple[Category, str, Fraction, str]]:
    area, terms, standard = means.facts.household.area, means.terms, means.standard_month
    if means.standard is not None and standard is not None:
        yield Category.DIBAO, "低保标准", standard, str(means.standard.ground)
        multiple = terms.find(MARGINAL_MULTIPLE, area)
        if multiple is not None:
            line = standard * multiple.value
            yield Category.MARGINAL, "低保边缘线", line, str(multiple.ground)
    for rung, what, parameter in (
        (Category.RIGID_EXPENDITURE, "上年度当地人均可支配收入", RIGID_CEILING),
        (Category.WATCHLIST, "备案线", WATCHLIST_LINE),
    ):
        found = terms.find(parameter, area)
        if found is not None and found.value is not None:
            yield rung, what, month_of(found.value), str(found.ground)


def _text(what: str, limit: Fraction, distance: Fraction) -> str:
    if not distance:
        return f"人均月收入正好是{what} {shown(limit)} 元，请核实收入依据。"
    side = "低" if distance > 0 else "高"
    return (
        f"人均月收入只比{what} {shown(limit)} 元{side} {shown(abs(distance))} 元，请核实收入依据。"
    )
