"""单人保 — a gravely disabled or ill member of a marginal family, taken in alone.

Who belongs to the groups is the pack's to say (民发〔2021〕57号 第八条; wider in some regions). A
group may look at the person's own means instead of the family's (Guangxi: grown-ups without work).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from app.domain.households import Category, IncomeKind
from app.rules.facts import Member
from app.rules.family import ADULT, age_of
from app.rules.grounds import FAILS, MET, UNKNOWN, Check, all_of, any_of, plainly_failed, unsettled
from app.rules.means import Means, lacking_standard, upside_down
from app.rules.once import once
from app.rules.parameters import (
    SINGLE_BASE,
    SINGLE_GROUPS,
    SINGLE_MORE_GROUPS,
    SINGLE_SKIP_CHECK,
)
from app.rules.person_groups import in_group
from app.rules.terms import Terms
from app.rules.values import PersonGroup

_Group = tuple[PersonGroup, str]
_NOT_MET: Final = frozenset({FAILS, UNKNOWN})
_GROUPS: Final = (SINGLE_GROUPS, SINGLE_MORE_GROUPS)
_WORK: Final = frozenset({IncomeKind.WAGE, IncomeKind.PUBLIC_POST_WAGE, IncomeKind.BUSINESS})


def single_person_check(
    means: Means, basis: str, dibao: Check, families: Mapping[str, Check]
) -> tuple[Check, tuple[Member, ...], tuple[str, ...]]:
    """Whether anybody of the household may have 单人保, and who: those it is met for, or while it
    is open those it may yet be met for; with what would settle who else may have it.

    `families` are how the rungs ended that a family may be on for it, by their codes.

    While the household may still have 低保 as a whole, nobody has 单人保 for certain. Where the
    pack waives the family's check, the family's means say nothing for or against it.
    """
    apart = _not_as_a_whole(means, dibao, basis)
    if apart.outcome is FAILS:
        return apart, (), ()
    family = _family(means, families, basis)
    groups = _groups(means.terms)
    usual_groups = [one for one in groups if not one[0].alone]
    alone_groups = [one for one in groups if one[0].alone]
    lacking = _lacking(means.terms)
    asked = [
        (
            member,
            _usual(means, member, usual_groups, lacking, basis),
            _alone(means, member, alone_groups) if alone_groups else [],
        )
        for member in means.family.counted
    ]
    usual = all_of(family, any_of(*(one for _, one, _ in asked)))
    check = all_of(apart, any_of(usual, *(own for _, _, alone in asked for own in alone)))
    if check.outcome is FAILS:
        return check, (), ()
    each = [(member, any_of(all_of(family, one), *alone)) for member, one, alone in asked]
    not_these = {FAILS} if check.outcome is UNKNOWN else _NOT_MET
    return (
        check,
        tuple(member for member, one in each if one.outcome not in not_these),
        any_of(*(one for _, one in each if one.outcome is UNKNOWN)).missing,
    )


def _not_as_a_whole(means: Means, dibao: Check, basis: str) -> Check:
    """That the household is not on 低保 as a whole; asked for unless the pack waives it."""
    if _is_waived(means):
        return MET
    return upside_down(dibao, "整户已经符合低保，不用再按单人保办。", basis)


def _is_waived(means: Means) -> bool:
    skip = means.terms.find(SINGLE_SKIP_CHECK)
    return skip is not None and skip.value


def _family(means: Means, families: Mapping[str, Check], basis: str) -> Check:
    """The rungs the pack asks of the family, said as the condition they are here; only who belongs
    to it where the pack waives it."""
    if _is_waived(means):
        return means.family.check
    base = means.terms.find(SINGLE_BASE)
    if base is None:
        text = "县里还没定单人保要家庭够哪一档。"
        return unsettled(text, means.terms.basis_of(SINGLE_BASE), SINGLE_BASE.name)
    ended = any_of(*(families[rung] for rung in base.value))
    if ended.outcome is not FAILS:
        return ended
    wanted = "、".join(Category(rung).label for rung in base.value)
    return plainly_failed(f"家庭不符合{wanted}的条件，不能办单人保。", basis)


def single_person_asks(means: Means, who: Iterable[str]) -> Iterable[str]:
    """What has to be asked about those of `who` that belong to a group for which it has to."""
    for member in means.family.counted:
        path = means.facts.household.path(member)
        for group, basis in _groups(means.terms):
            if member.id in who and group.ask and _may_belong(means, member, group, basis):
                yield f"{path}：{group.ask}"


@once
def _groups(terms: Terms) -> tuple[_Group, ...]:
    """Every group of the pack with its clause."""
    given = (terms.find(parameter) for parameter in _GROUPS)
    return tuple(
        (group, found.basis) for found in given if found is not None for group in found.value
    )


@once
def _lacking(terms: Terms) -> list[Check]:
    """The lists of groups that are the county's to give, as what is still to be settled."""
    lacking = [one for one in _GROUPS if terms.find(one) is None]
    if not lacking:
        return []
    text = "还没有单人保的人群，要由县里给出。"
    return [unsettled(text, terms.basis_of(lacking[0]), *(one.name for one in lacking))]


def _usual(
    means: Means, member: Member, groups: Iterable[_Group], lacking: Iterable[Check], basis: str
) -> Check:
    """Whether `member` belongs to one of the groups whose family is looked at."""
    checks = [_belongs(means, member, group, clause) for group, clause in groups]
    checks += lacking
    return any_of(*checks) if checks else plainly_failed("这个政策包没有单人保的人群。", basis)


def _alone(means: Means, member: Member, groups: Iterable[_Group]) -> list[Check]:
    """Whether `member` belongs to a group that looks at own means, and has too little."""
    return [
        all_of(
            means.family.check,
            _belongs(means, member, group, basis),
            _little_of_ones_own(means, member, basis),
        )
        for group, basis in groups
    ]


def _may_belong(means: Means, member: Member, group: PersonGroup, basis: str) -> bool:
    return _belongs(means, member, group, basis).outcome is not FAILS


def _belongs(means: Means, member: Member, group: PersonGroup, basis: str) -> Check:
    """Whether `member` fits everything the group asks for."""
    path = means.facts.household.path(member)
    belongs = in_group(group, member, path, basis)
    if not (group.adult or group.jobless):
        return belongs
    checks = [belongs]
    if group.adult:
        checks.append(_grown_up(means, member, path, basis))
    if group.jobless:
        checks.append(_without_work(means, member, basis))
    return all_of(*checks)


def _grown_up(means: Means, member: Member, path: str, basis: str) -> Check:
    age = age_of(member, means.on)
    if age is None:
        return unsettled("还不知道出生日期。", basis, f"{path}.birth")
    return MET if age >= ADULT else plainly_failed("没有成年。", basis)


def _without_work(means: Means, member: Member, basis: str) -> Check:
    incomes = means.facts.household.incomes
    if incomes is None:
        return means.income.check
    works = any(one.member == member.id and one.kind in _WORK and one.amount.fen for one in incomes)
    if works:
        return plainly_failed("本人有工作。", basis)
    return _told_of_work(means, member, basis)


def _told_of_work(means: Means, member: Member, basis: str) -> Check:
    """Whether the member was asked for everything he earns."""
    household = means.facts.household
    if member.id not in household.incomes_unasked:
        return MET
    return unsettled("还没问完本人有哪些收入。", basis, household.list_path(member.id, "incomes"))


def _little_of_ones_own(means: Means, member: Member, basis: str) -> Check:
    """Own income below the standard, and property within limits."""
    if means.standard is None:
        return lacking_standard(means)
    if not means.income.is_known:
        return means.income.check
    least, most = means.income.span_of(member.id)
    if most is not None and most < means.standard.value.year_fen:
        return _owned(means, basis)
    if least < means.standard.value.year_fen:
        return means.income.open_points
    return plainly_failed("本人收入不低于低保标准。", basis)


def _owned(means: Means, basis: str) -> Check:
    """What the household owns; whose it is nobody wrote down, so too much of it only asks."""
    if means.owned.outcome is not FAILS:
        return means.owned
    text = "家里的财产超过限制；这类人只看本人名下的，要人来认。"
    return unsettled(text, basis, "household.assets")
