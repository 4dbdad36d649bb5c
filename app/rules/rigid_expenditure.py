"""刚性支出困难家庭 — necessary outlay eats up an income that is above the lower rungs.

刚性支出困难家庭认定办法 (民政部 2024): not on a lower rung; income a head below last year's
disposable income; property within limits; twelve months' rigid outlay over the local share of
income. Reaching the share exactly counts only where the pack says so.
"""

from __future__ import annotations

from fractions import Fraction

from app.domain.households import Per
from app.domain.money import Money
from app.rules.amounts import shown
from app.rules.grounds import MET, Check, all_of, any_of, failed, unsettled
from app.rules.means import Means, upside_down
from app.rules.parameters import RIGID_CEILING, RIGID_RATIO, RIGID_RATIO_INCLUSIVE
from app.rules.values import MONTHS

_PERCENT = 100


def rigid_expenditure_check(means: Means, basis: str, lower: tuple[Check, ...]) -> Check:
    """Whether the household is one of rigid outlay; `lower` are the rungs it must not be on."""
    return all_of(
        upside_down(any_of(*lower), "已经符合更低一档的救助，不按刚性支出办。", basis),
        _below_ceiling(means, basis),
        means.owned,
        _outlay_check(means, basis),
    )


def outlay_year_fen(means: Means) -> int | None:
    """Fen of rigid outlay a year; None while nobody asked."""
    expenses = means.facts.household.expenses
    if expenses is None:
        return None
    return sum(
        expense.amount.fen * (MONTHS if expense.per is Per.MONTH else 1) for expense in expenses
    )


def _below_ceiling(means: Means, basis: str) -> Check:
    ceiling = means.terms.find(RIGID_CEILING, means.facts.household.area)
    if ceiling is None:
        text = "还没有上年度当地人均可支配收入，要由县里给出。"
        return unsettled(text, basis, RIGID_CEILING.name)
    limit = Fraction(ceiling.value.year_fen, MONTHS)
    return means.below(limit, "上年度当地人均可支配收入", basis)


def _outlay_check(means: Means, basis: str) -> Check:
    """Outlay over the share of income, for certain or only if what is open comes off."""
    outlay = outlay_year_fen(means)
    if outlay is None:
        return unsettled("还没问过看病、上学这些必要支出。", basis, "household.expenses")
    ratio, inclusive = means.terms.find(RIGID_RATIO), means.terms.find(RIGID_RATIO_INCLUSIVE)
    if ratio is None or inclusive is None:
        lacking = RIGID_RATIO if ratio is None else RIGID_RATIO_INCLUSIVE
        return unsettled("还没有刚性支出占收入的比例，要由县里给出。", basis, lacking.name)
    if not means.income.is_known:
        return means.income.check
    if _over(outlay, ratio.value * means.income.year_fen, inclusive=inclusive.value):
        return MET
    if _over(outlay, ratio.value * means.income.least_fen, inclusive=inclusive.value):
        return all_of(*(doubt.check for doubt in means.income.doubts))
    share = f"{shown(ratio.value * _PERCENT * _PERCENT)}%"
    return failed(f"刚性支出一年 {Money(outlay)} 元，没有超出收入的 {share}。", str(ratio.ground))


def _over(outlay: int, limit: Fraction, *, inclusive: bool) -> bool:
    return outlay > 0 and (outlay > limit or (inclusive and outlay == limit))
