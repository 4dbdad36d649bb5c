"""刚性支出困难家庭 — necessary outlay eats up the income. Three tests, the pack says which.

- `ratio` (刚性支出困难家庭认定办法, 民政部 2024): not on a lower rung, income a head below last
  year's disposable income, twelve months' outlay over the local share of income.
- `outlay_over_income` (津民发〔2020〕19号 二(二)): outlay over the income of a year; Tianjin asks
  it of 低保边缘 households, whose own line then stands for the ceiling, and pays them.
- `outlay_or_remainder` (Guangxi): outlay over income, or what is left below so many standards.

Reaching a limit exactly counts only where the pack says so. Income is taken over the rung's own
window, which may be longer than that of 低保.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Final

from app.domain.households import Category
from app.domain.money import Money
from app.rules.amounts import month_formula, month_of, shown
from app.rules.benefit import Benefit, BenefitLine, rounded
from app.rules.grounds import (
    FAILS,
    MET,
    UNKNOWN,
    Check,
    all_of,
    any_of,
    failed,
    plainly_failed,
    unsettled,
)
from app.rules.means import Means, lacking_standard, upside_down
from app.rules.own_income import on_rung
from app.rules.parameters import (
    RIGID_ALLOWANCE,
    RIGID_CEILING,
    RIGID_RATIO,
    RIGID_RATIO_INCLUSIVE,
    RIGID_REMAINDER,
    RIGID_REQUIRES,
    RIGID_TEST,
    RIGID_WINDOW,
)
from app.rules.rigid_outlay import Outlay, rigid_outlay
from app.rules.terms import Found

_PERCENT: Final = 100
_NOTHING: Final = "没有填看病、上学这些必要支出。"
_WHOLE: Final = Fraction(1)


def rigid_expenditure_check(
    means: Means, basis: str, *, dibao: Check, marginal: Check, tekun: Check | None = None
) -> Check:
    """Whether the household is one of rigid outlay; `dibao` and `marginal` are how those ended.

    `tekun` says whether everybody is 特困; None where that cannot be.
    """
    own = on_rung(means, Category.RIGID_EXPENDITURE)
    return all_of(
        _standing(own, basis, dibao, marginal, tekun),
        own.owned,
        _outlay_check(own, basis),
    )


def rigid_benefit(means: Means) -> Benefit:
    """What the household gets a month, where the pack pays anything (天津: 给予基本生活救助)."""
    found = means.terms.find(RIGID_ALLOWANCE)
    if found is None:
        return Benefit(missing=(RIGID_ALLOWANCE.name,))
    if found.value is None:
        return Benefit()
    month, basis = month_of(found.value), found.basis
    line = BenefitLine(None, "刚性支出救助", month_formula(found.value), month, basis)
    return rounded([line], lambda: [month / means.heads] * means.heads, means.terms)


def _standing(
    means: Means, basis: str, dibao: Check, marginal: Check, tekun: Check | None
) -> Check:
    """Which other rungs the household must be on, or must not, and how much it may earn."""
    requires = means.terms.find(RIGID_REQUIRES)
    if requires is None:
        text = "县里还没定刚性支出这一档和低保边缘怎么衔接。"
        return unsettled(text, basis, RIGID_REQUIRES.name)
    if requires.value == "not_lower":
        lower = any_of(dibao, marginal)
        text = "已经符合更低一档的救助，不按刚性支出办。"
        standing = all_of(upside_down(lower, text, basis), _below_ceiling(means, basis))
        if tekun is None:
            return standing
        text = "全家都符合特困，不按刚性支出办。"
        return all_of(standing, upside_down(tekun, text, requires.basis))
    if marginal.outcome is FAILS:
        return failed("不是低保边缘家庭，这里只给低保边缘家庭办。", requires.basis)
    return marginal


def _below_ceiling(means: Means, basis: str) -> Check:
    ceiling = means.terms.find(RIGID_CEILING, means.facts.household.area)
    if ceiling is None:
        text = "还没有上年度当地人均可支配收入，要由县里给出。"
        return unsettled(text, basis, RIGID_CEILING.name)
    return means.below(month_of(ceiling.value), "上年度当地人均可支配收入", basis)


def _outlay_check(means: Means, basis: str) -> Check:
    """Whether the outlay is too much for the income, by the pack's test."""
    if not means.heads:
        return plainly_failed("名单里没有人可以算作家庭成员。", basis)
    outlay = rigid_outlay(means)
    if outlay.check is MET and outlay.more is MET and not outlay.year_fen:
        return plainly_failed(_NOTHING, basis)
    asked = all_of(outlay.check, means.income.check, means.family.check)
    if asked.outcome is UNKNOWN:
        return asked
    ended = _compared(means, outlay, basis)
    # more outlay only ever helps
    return outlay.more if ended.outcome is FAILS and outlay.more is not MET else ended


def _compared(means: Means, outlay: Outlay, basis: str) -> Check:
    """How the outlay told of compares with the income."""
    if not outlay.year_fen:
        return plainly_failed(_NOTHING, basis)
    test = means.terms.find(RIGID_TEST)
    if test is None:
        return unsettled("县里还没定刚性支出怎么比。", basis, RIGID_TEST.name)
    if test.value == "ratio":
        return _over_ratio(means, outlay.year_fen, basis)
    over_income = _over_share(means, outlay.year_fen, Found(_WHOLE, test.ground), basis)
    if test.value == "outlay_over_income":
        return over_income
    return any_of(over_income, _little_left(means, outlay.year_fen, basis))


def _over_ratio(means: Means, outlay: int, basis: str) -> Check:
    ratio = means.terms.find(RIGID_RATIO)
    if ratio is None:
        return unsettled("还没有刚性支出占收入的比例，要由县里给出。", basis, RIGID_RATIO.name)
    window = means.terms.find(RIGID_WINDOW)
    if ratio.window_months and window is not None and ratio.window_months != window.value:
        text = (
            f"刚性支出占收入的比例是按 {ratio.window_months} 个月定的，"
            f"收入却按 {window.value} 个月算，不能直接比，要问县里。"
        )
        return unsettled(text, ratio.basis, RIGID_RATIO.name)
    return _over_share(means, outlay, ratio, basis)


def _over_share(means: Means, outlay: int, share: Found[Fraction], basis: str) -> Check:
    """Outlay over the share of income, for certain or only if what is open comes off."""
    inclusive = means.terms.find(RIGID_RATIO_INCLUSIVE)
    if inclusive is None:
        text = "县里还没定刚好到线算不算。"
        return unsettled(text, basis, RIGID_RATIO_INCLUSIVE.name)

    over, under = share.value.as_integer_ratio()

    def _is_over(income: int) -> bool:
        spent, limit = outlay * under, income * over
        return spent > limit or (inclusive.value and spent == limit)

    settled = _settled(means, _is_over)
    if settled is not None:
        return settled
    verb = "没有达到" if inclusive.value else "没有超出"
    percent = shown(share.value, _PERCENT * _PERCENT)
    return failed(
        f"刚性支出一年 {Money(outlay)} 元，{verb}收入 {Money(means.income.year_fen)} 元的"
        f" {percent}%。",
        share.basis,
    )


def _little_left(means: Means, outlay: int, basis: str) -> Check:
    """What outlay leaves a head and month, below so many standards (strictly)."""
    multiple = means.terms.find(RIGID_REMAINDER)
    if multiple is None:
        text = "县里还没定扣掉支出以后剩多少算困难。"
        return unsettled(text, basis, RIGID_REMAINDER.name)
    if multiple.value is None:
        return failed("这个政策包不看扣掉支出以后剩多少。", multiple.basis)
    if means.standard is None:
        return lacking_standard(means)
    limit = multiple.value * means.standard.value.year_fen * means.heads
    settled = _settled(means, lambda income: income - outlay < limit)
    if settled is not None:
        return settled
    return failed(
        f"收入 {Money(means.income.year_fen)} 元扣掉刚性支出 {Money(outlay)} 元，"
        f"一年还剩 {Money(means.income.year_fen - outlay)} 元，不低于全家 {means.heads} 人"
        f" {float(multiple.value):g} 倍低保标准 {shown(limit)} 元。",
        multiple.basis,
    )


def _settled(means: Means, is_over: Callable[[int], bool]) -> Check | None:
    """Met for whatever the income turns out to be, open while that decides, None when it fails.

    Less income never makes a household less burdened.
    """
    most = means.income.most_fen
    if most is not None and is_over(most):
        return MET
    return means.income.open_points if is_over(means.income.least_fen) else None
