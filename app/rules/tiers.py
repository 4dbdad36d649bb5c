"""分档补助 — a fixed amount a head by the class a household falls in (Yunnan, Guangxi: A/B/C).

The class goes by the best labour anybody who counts has; those under 16 have none. While the county
has not said how classes are told apart, the class is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from app.domain.people import Labour
from app.rules.amounts import month_formula, month_of
from app.rules.benefit import Benefit, BenefitLine
from app.rules.facts import Member
from app.rules.family import age_of
from app.rules.means import Means
from app.rules.parameters import TIER_AMOUNTS, TIER_RULE
from app.rules.terms import Found
from app.rules.values import Rate

_YOUNG: Final = 16
_BEST: Final = (Labour.ABLE, Labour.PARTIAL, Labour.NONE)


def tier_benefit(means: Means, amounts: Found[Mapping[str, Rate]]) -> Benefit:
    """The amount of the household's class for everybody who counts, before rounding."""
    rule = means.terms.find(TIER_RULE)
    if rule is None or rule.value is None:
        return Benefit(missing=(TIER_RULE.name,))
    labour, unknown = best_labour(means)
    if labour is None:
        return Benefit(missing=unknown)
    tier = next((one.tier for one in rule.value if one.labour is labour), None)
    if tier is None:
        return Benefit(missing=(TIER_RULE.name,))
    rate = amounts.value.get(tier)
    if rate is None:
        return Benefit(missing=(TIER_AMOUNTS.name,))
    line = BenefitLine(
        None,
        f"分档补助{tier}档（{labour.label}）",
        f"{month_formula(rate)} × {means.heads}",
        month_of(rate) * means.heads,
        amounts.basis,
    )
    return Benefit(None, (line,))


def best_labour(means: Means) -> tuple[Labour | None, tuple[str, ...]]:
    """The best labour of those who count; None while `labour` of somebody may still better it."""
    labours = {
        means.facts.household.path(member): _labour(member, means.on)
        for member in means.family.counted
    }
    best = next(one for one in (*_BEST, Labour.UNKNOWN) if one in labours.values())
    unknown = tuple(
        f"{path}.labour" for path, labour in labours.items() if labour is Labour.UNKNOWN
    )
    return (None, unknown) if unknown and best is not Labour.ABLE else (best, ())


def _labour(member: Member, on: date) -> Labour:
    """What `member` can do, as far as age alone does not say it."""
    age = age_of(member, on)
    return Labour.NONE if age is not None and age < _YOUNG else member.labour
