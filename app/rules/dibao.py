"""低保 — the whole household below the standard (社会救助暂行办法 第九条).

Income a head strictly below the standard, property within limits, hukou here. The amount is the
gap of the whole household, or a fixed amount a head by class, with what 分类施保 adds for some; it
is worked out exactly and rounded once (民发〔2021〕57号 pattern).
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Final

from app.domain.households import Category
from app.domain.money import Money
from app.rules.amounts import month_formula
from app.rules.benefit import Benefit, BenefitLine, rounded
from app.rules.grounds import Check, all_of
from app.rules.labour_veto import labour_check
from app.rules.means import Means, hukou_check, lacking_standard
from app.rules.parameters import MIN_TOPUP, TIER_AMOUNTS
from app.rules.supplements import Supplements, supplements
from app.rules.tiers import tier_benefit
from app.rules.values import MONTHS

_PERCENT: Final = 100


def dibao_check(means: Means, basis: str) -> Check:
    """Whether the household may have 低保."""
    return all_of(
        below_standard(means, basis), means.owned, hukou_check(means, basis), labour_check(means)
    )


def below_standard(means: Means, basis: str) -> Check:
    """Income a head below the standard; unknown while no county supplied one."""
    if means.standard_month is None:
        return lacking_standard(means)
    return means.below(means.standard_month, "低保标准", basis)


def dibao_benefit(means: Means) -> Benefit:
    """What a household that may have 低保 gets a month: its gap or its class, and supplements."""
    tiers = means.terms.find(TIER_AMOUNTS)
    if tiers is None:
        base = Benefit(missing=(TIER_AMOUNTS.name,))
    elif tiers.value:
        base = tier_benefit(means, tiers)
    else:
        base = _gap(means)
    extra = supplements(means)
    missing = (*base.missing, *extra.missing)
    lines = (*base.lines, *extra.lines)
    if missing:
        return Benefit(None, lines, missing)
    paid = rounded(lines, partial(_shares, means, base, extra), means.terms)
    return replace(paid, open=base.open) if base.open else paid


def _shares(means: Means, base: Benefit, extra: Supplements) -> list[Fraction]:
    """A head's part of the base with what the person gets on top."""
    each = sum((line.fen for line in base.lines), Fraction(0)) / means.heads
    return [each + extra.of(member.id) for member in means.family.counted]


def _gap(means: Means) -> Benefit:
    """`max(0, standard × heads − income)`, at least the pack's share of the standard."""
    if means.standard is None:
        return Benefit(missing=lacking_standard(means).missing)
    if means.income.rises:
        return Benefit(missing=means.income.open_points.missing)
    rate, heads, year = means.standard.value, means.heads, means.income.year_fen
    full = rate.year_fen * heads
    basis = str(means.terms.rungs.get(Category.DIBAO, means.standard.ground))
    lines = [
        BenefitLine(
            None,
            "低保标准",
            f"{month_formula(rate)} × {heads}",
            Fraction(full, MONTHS),
            means.standard.basis,
        ),
        BenefitLine(
            None, "减去家庭收入", f"{Money(year)} ÷ {MONTHS}", Fraction(-year, MONTHS), basis
        ),
    ]
    floor = means.terms.find(MIN_TOPUP)
    # hundredths of a year's fen: whole numbers as long as nobody is shown them
    short = full * floor.value - (full - year) * _PERCENT if floor and floor.value else 0
    if floor is not None and short > 0:
        share = f"低保标准 × {heads} 的 {floor.value}%"
        more = Fraction(short, _PERCENT * MONTHS)
        lines.append(BenefitLine(None, "补到最低补差", share, more, floor.basis))
    return Benefit(None, tuple(lines), open=means.income.open_points.missing)
