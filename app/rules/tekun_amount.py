"""What 特困 pays: the basic living standard, and care by what a person can still do alone.

Basic living differs by area and by where somebody lives (分散, 集中); care goes by the six acts. A
multiple of the 低保 standard that a province sets is a floor and not a standard: it is only said.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from app.domain.people import Living, SelfCare
from app.rules.amounts import month_formula, month_of, shown
from app.rules.benefit import Benefit, BenefitLine, rounded
from app.rules.care import CareLevel, care_level
from app.rules.facts import Member
from app.rules.means import Means
from app.rules.parameters import TEKUN_CARE, TEKUN_MULTIPLE, TEKUN_STANDARD

_HUNDRED: Final = 100
_FORMS: Final = {"dispersed": "分散供养", "concentrated": "集中供养"}


def tekun_benefit(means: Means, about: tuple[str, ...]) -> Benefit:
    """What the members `about` get a month together; unknown while anything for one of them is."""
    lines: list[BenefitLine] = []
    shares: list[Fraction] = []
    missing: dict[str, None] = {}
    for member in means.facts.household.members:
        if member.id in about:
            theirs = [_basic(means, member), _care(means, member)]
            known = [one for one in theirs if isinstance(one, BenefitLine)]
            lines += known
            shares.append(sum((line.fen for line in known), Fraction(0)))
            missing |= {name: None for one in theirs if isinstance(one, tuple) for name in one}
    if missing:
        return Benefit(None, tuple(lines), tuple(missing))
    return rounded(lines, lambda: shares, means.terms)


def tekun_floor(means: Means) -> str | None:
    """What the province's floor comes to, while the county has not said the standard itself."""
    if means.terms.find(TEKUN_STANDARD, means.facts.household.area) is not None:
        return None
    floor = means.terms.find(TEKUN_MULTIPLE)
    if floor is None or floor.value is None or means.standard_month is None:
        return None
    return (
        f"特困基本生活标准县里还没给；至少是低保标准的 {shown(floor.value, _HUNDRED)} 倍，"
        f"每月 {shown(floor.value * means.standard_month)} 元（{floor.ground}）。"
    )


def _basic(means: Means, member: Member) -> BenefitLine | tuple[str, ...]:
    """Basic living of one member, or what is missing for it."""
    found = means.terms.find(TEKUN_STANDARD, means.facts.household.area)
    form = _form(member)
    rate = None if found is None else found.value.get(form)
    if found is None or rate is None:
        return (TEKUN_STANDARD.name,)
    text = f"基本生活标准（{_FORMS[form]}）"
    return BenefitLine(member.id, text, month_formula(rate), month_of(rate), found.basis)


def _care(means: Means, member: Member) -> BenefitLine | tuple[str, ...]:
    """Care of one member, or what is missing for it."""
    level = care_level(member.self_care)
    found = means.terms.find(TEKUN_CARE)
    missing = _unseen(means, member, level)
    if found is None:
        missing += (TEKUN_CARE.name,)
    if found is None or level is None:
        return missing
    form = _form(member)
    rate = found.value.get(f"{form}_{level.value}") or found.value.get(level.value)
    if rate is None:
        return (TEKUN_CARE.name,)
    text = f"照料护理标准（{level.label}）"
    return BenefitLine(member.id, text, month_formula(rate), month_of(rate), found.basis)


def _unseen(means: Means, member: Member, level: CareLevel | None) -> tuple[str, ...]:
    """The acts nobody looked at, while these keep the level open."""
    path = f"{means.facts.household.path(member)}.self_care"
    if level is not None:
        return ()
    if not member.self_care:
        return (path,)
    return tuple(f"{path}.{act.value}" for act in SelfCare if act not in member.self_care)


def _form(member: Member) -> str:
    """集中 for who lives in an institution; whoever is listed under a household lives at home."""
    return "concentrated" if member.living is Living.INSTITUTION else "dispersed"
