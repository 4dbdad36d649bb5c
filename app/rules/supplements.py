"""分类施保 — what some people of a 低保 household get on top: each person once, the highest.

The classes are 重残, 重病, 高龄 and 未成年; the amounts, the age and the disabilities are the
pack's. A class nobody can yet say somebody belongs to matters only while it pays more than those
the person surely belongs to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final

from app.rules.amounts import month_formula, month_of
from app.rules.benefit import BenefitLine
from app.rules.facts import Member
from app.rules.family import ADULT, age_of
from app.rules.grounds import FAILS, MEETS, UNKNOWN, Outcome, any_of
from app.rules.means import Means
from app.rules.parameters import SUPPLEMENT, SUPPLEMENT_AGE, SUPPLEMENT_GROUPS
from app.rules.person_groups import in_group
from app.rules.records import record
from app.rules.terms import Found
from app.rules.values import Rate

_OLD: Final = 60
"""Nobody younger is elderly, whatever age the pack says."""
_Answer = tuple[Outcome, tuple[str, ...]]
"""Whether somebody belongs to a class, and what would settle an unknown."""
_LABELS: Final = {
    "severe_disability": "重残",
    "serious_illness": "重病",
    "elderly": "高龄",
    "minor": "未成年",
}


@record(frozen=True, slots=True)
class Supplements:
    """One line for each person who gets something, and what keeps others open."""

    lines: tuple[BenefitLine, ...] = ()
    missing: tuple[str, ...] = ()

    def of(self, member: str) -> Fraction:
        """Fen a month of one member."""
        return next((line.fen for line in self.lines if line.member == member), Fraction(0))


def supplements(means: Means) -> Supplements:
    """What the people of the household get on top, a month."""
    found = means.terms.find(SUPPLEMENT)
    if found is None:
        return Supplements(missing=(SUPPLEMENT.name,))
    lines: list[BenefitLine] = []
    missing: dict[str, None] = {}
    for member in means.family.counted if found.value else ():
        line, unknown = _of_member(means, member, found)
        lines += [line] if line else []
        missing |= dict.fromkeys(unknown)
    return Supplements(tuple(lines), tuple(missing))


def _of_member(
    means: Means, member: Member, found: Found[Mapping[str, Rate]]
) -> tuple[BenefitLine | None, tuple[str, ...]]:
    """The highest class `member` surely belongs to, and what may still lead to a higher one."""
    answers = {name: _CLASSES[name](means, member) for name in found.value}
    sure = [name for name, (outcome, _) in answers.items() if outcome is MEETS]
    best = max(sure, key=lambda name: found.value[name].year_fen, default=None)
    least = 0 if best is None else found.value[best].year_fen
    unknown = tuple(
        fact
        for name, (_, missing) in answers.items()
        if found.value[name].year_fen > least
        for fact in missing
    )
    if best is None:
        return None, unknown
    rate = found.value[best]
    text = f"分类施保（{_LABELS[best]}）"
    return BenefitLine(member.id, text, month_formula(rate), month_of(rate), found.basis), unknown


def _severe(means: Means, member: Member) -> _Answer:
    groups = means.terms.find(SUPPLEMENT_GROUPS)
    if groups is None:
        return UNKNOWN, (SUPPLEMENT_GROUPS.name,)
    path = means.facts.household.path(member)
    basis = groups.basis
    check = any_of(*(in_group(group, member, path, basis) for group in groups.value))
    return check.outcome, check.missing


def _ill(means: Means, member: Member) -> _Answer:
    if member.serious_illness is None:
        return UNKNOWN, (f"{means.facts.household.path(member)}.serious_illness",)
    return _settled(is_so=member.serious_illness)


def _elderly(means: Means, member: Member) -> _Answer:
    age = age_of(member, means.on)
    if age is None:
        return _ask_birth(means, member)
    if age < _OLD:
        return FAILS, ()
    from_age = means.terms.find(SUPPLEMENT_AGE)
    if from_age is None:
        return UNKNOWN, (SUPPLEMENT_AGE.name,)
    return _settled(is_so=age >= from_age.value)


def _minor(means: Means, member: Member) -> _Answer:
    age = age_of(member, means.on)
    return _ask_birth(means, member) if age is None else _settled(is_so=age < ADULT)


def _ask_birth(means: Means, member: Member) -> _Answer:
    return UNKNOWN, (f"{means.facts.household.path(member)}.birth",)


def _settled(*, is_so: bool) -> _Answer:
    return (MEETS if is_so else FAILS), ()


_CLASSES: Final[Mapping[str, Callable[[Means, Member], _Answer]]] = {
    "severe_disability": _severe,
    "serious_illness": _ill,
    "elderly": _elderly,
    "minor": _minor,
}
