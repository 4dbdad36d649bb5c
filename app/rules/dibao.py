"""低保 — the whole household below the standard (社会救助暂行办法 第九条).

Income a head strictly below the standard, property within limits, hukou here. The amount is the
gap of the whole household, worked out on the year and rounded once (民发〔2021〕57号 pattern).
"""

from __future__ import annotations

from fractions import Fraction

from app.domain.money import Money
from app.rules.amounts import payable
from app.rules.grounds import Check, all_of
from app.rules.means import Means, hukou_check, lacking_standard
from app.rules.parameters import MIN_TOPUP, ROUNDING, TIER_AMOUNTS
from app.rules.values import MONTHS

_PERCENT = 100


def dibao_check(means: Means, basis: str) -> Check:
    """Whether the household may have 低保."""
    return all_of(below_standard(means, basis), means.owned, hukou_check(means, basis))


def below_standard(means: Means, basis: str) -> Check:
    """Income a head below the standard; unknown while no county supplied one."""
    if means.standard is None:
        return lacking_standard(means)
    limit = Fraction(means.standard.value.year_fen, MONTHS)
    return means.below(limit, "低保标准", basis)


def dibao_benefit(means: Means) -> Money | None:
    """The gap a month for the household; None where the pack pays by classes, or cannot round.

    `max(0, standard × heads − income)`, at least the pack's share of the standard, rounded once.
    """
    rounding, floor, tiers = (
        means.terms.find(ROUNDING),
        means.terms.find(MIN_TOPUP),
        means.terms.find(TIER_AMOUNTS),
    )
    if means.standard is None or rounding is None or (tiers is not None and tiers.value):
        return None
    full = means.standard.value.year_fen * means.heads
    least = Fraction(full * (floor.value if floor else 0), _PERCENT)
    gap = max(full - means.income.year_fen, 0)
    return payable(max(Fraction(gap), least) / MONTHS, means.heads, rounding.value)
