"""What 单人保 pays: the standard, a share of it, the gap of one's own, or what the county set.

Regions differ (惠州、广州: the whole standard; 青岛: 60 % of it; 林口: a fixed sum; 芒市: somewhat
above the average of other households).
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Final

from app.domain.money import Money
from app.rules.amounts import month_formula, month_of, shown
from app.rules.benefit import Benefit, BenefitLine, rounded
from app.rules.facts import Member
from app.rules.lines import total
from app.rules.means import Means, lacking_standard
from app.rules.parameters import SINGLE_AMOUNT, SINGLE_FIXED, SINGLE_PERCENT
from app.rules.terms import Found
from app.rules.values import MONTHS, Rate

_SET_BY_COUNTY: Final = frozenset({"fixed", "above_average"})
_HUNDRED: Final = 100


def single_person_benefit(means: Means, members: tuple[Member, ...]) -> Benefit:
    """What the members get a month together, by the pack's mode.

    `above_average` has no formula: the county sets the amount, as it does for `fixed`.
    """
    mode = means.terms.find(SINGLE_AMOUNT)
    if mode is None:
        return Benefit(missing=(SINGLE_AMOUNT.name,))
    if mode.value in _SET_BY_COUNTY:
        return _fixed(means, members)
    if means.standard is None:
        return Benefit(missing=lacking_standard(means).missing)
    if mode.value == "percent_of_std":
        return _percent(means, members, means.standard)
    gap = mode.value == "gap"
    theirs = [_own(means, member, means.standard, mode, gap=gap) for member in members]
    shares = [sum((line.fen for line in lines), Fraction(0)) for lines in theirs]
    paid = rounded([line for lines in theirs for line in lines], lambda: shares, means.terms)
    return replace(paid, open=means.income.open_points.missing) if gap else paid


def _own(
    means: Means, member: Member, standard: Found[Rate], mode: Found[str], *, gap: bool
) -> list[BenefitLine]:
    """The whole standard for one member, less (gap) own income, never below nothing."""
    rate = standard.value
    full = BenefitLine(member.id, "低保标准", month_formula(rate), month_of(rate), standard.basis)
    own = total(means.income.of(member.id)) if gap else 0
    if not own:
        return [full]
    less = min(Fraction(own, MONTHS), full.fen)
    formula = f"{Money(own)} ÷ {MONTHS}" + ("（减到零为止）" if less == full.fen else "")
    return [full, BenefitLine(member.id, "减去本人收入", formula, -less, mode.basis)]


def _fixed(means: Means, members: tuple[Member, ...]) -> Benefit:
    found = means.terms.find(SINGLE_FIXED)
    if found is None or found.value is None:
        return Benefit(missing=(SINGLE_FIXED.name,))
    rate, basis = found.value, found.basis
    lines = [
        BenefitLine(member.id, "单人保金额", month_formula(rate), month_of(rate), basis)
        for member in members
    ]
    return rounded(lines, lambda: [line.fen for line in lines], means.terms)


def _percent(means: Means, members: tuple[Member, ...], standard: Found[Rate]) -> Benefit:
    found = means.terms.find(SINGLE_PERCENT)
    if found is None or found.value is None:
        return Benefit(missing=(SINGLE_PERCENT.name,))
    month = found.value * month_of(standard.value)
    formula = f"{month_formula(standard.value)} × {shown(found.value, _HUNDRED * _HUNDRED)}%"
    basis = found.basis
    lines = [BenefitLine(member.id, "低保标准的几成", formula, month, basis) for member in members]
    return rounded(lines, lambda: [line.fen for line in lines], means.terms)
