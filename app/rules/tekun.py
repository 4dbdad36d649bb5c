"""特困人员 — three tests for each person: no labour, no livelihood, nobody able to support.

特困人员认定办法 (民发〔2021〕43号): 第五条 labour, 第六条 livelihood, 第八条 support. A minor whose
parent lives in the household is brought up there and is not asked about.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from app.domain.households import Category, IncomeKind
from app.domain.money import Money
from app.domain.people import Living, PersonStatus, Student
from app.rules.facts import Income, Member
from app.rules.family import ADULT, STUDY_AGE, Family, age_of, outside_the_place
from app.rules.grounds import (
    FAILS,
    MEETS,
    MET,
    UNKNOWN,
    Check,
    Reason,
    all_of,
    any_of,
    plainly_failed,
    unsettled,
)
from app.rules.income import income_of
from app.rules.lines import total
from app.rules.means import Means, lacking_standard
from app.rules.parameters import (
    NONLOCAL_COUNTS,
    TEKUN_DISABILITY,
    TEKUN_EXCLUDED,
    TEKUN_MINOR_AGE,
    TEKUN_STUDY,
)
from app.rules.parents import parents_of
from app.rules.person_groups import in_group
from app.rules.received import receives
from app.rules.support import no_support_check, unable_member

_AT_LARGE: Final = frozenset({None, PersonStatus.NORMAL})
_NOT_WITH_HIM: Final = Reason("和这个人不住在一起。", "")
_OLD: Final = 60
"""Years from which 第五条 asks for no more."""
_OWN_WORK_FROM: Final = 16
_WORK: Final = frozenset(
    kind.value
    for kind in (
        IncomeKind.WAGE,
        IncomeKind.PUBLIC_POST_WAGE,
        IncomeKind.FARMING,
        IncomeKind.BUSINESS,
    )
)


def tekun_checks(means: Means, basis: str) -> dict[str, Check]:
    """The three tests of everybody who may lack labour, by member id.

    Whoever lives in an institution does not count with the family and is looked at alone.
    """
    family = means.family.check
    checks = {}
    for member in means.facts.household.members:
        if member.id in means.family.left_out:
            if member.living is Living.INSTITUTION and member.status in _AT_LARGE:
                alone_there = _in_institution(means, member, basis)
                if alone_there.outcome is not FAILS:
                    checks[member.id] = alone_there
            continue
        labour = no_labour_check(means, member, basis)
        if labour.outcome is FAILS:
            continue
        alone = _not_brought_up_here(means, member, basis)
        if alone.outcome is FAILS:
            if family.outcome is not UNKNOWN:
                continue
            alone = family
        checks[member.id] = all_of(
            labour,
            alone,
            family,
            _no_livelihood(means, member, basis),
            means.owned,
            _not_an_orphan(means, member, basis),
            no_support_check(means, member, basis),
        )
    return checks


def _in_institution(means: Means, member: Member, basis: str) -> Check:
    """The three tests of somebody in a home for the old: on own income, as one head.

    Hukou elsewhere leaves him out as it does whoever lives with the household: no clause of a pack
    makes more of a home for the old.
    """
    left = means.terms.basis_of(NONLOCAL_COUNTS)
    elsewhere, hukou = outside_the_place(member, means.terms.find(NONLOCAL_COUNTS), left)
    if elsewhere is not None:
        return plainly_failed(elsewhere.text, elsewhere.basis)
    own = _alone(means, member)
    too_much = own.owned.outcome is FAILS
    text = "家里的财产超过限制；住机构的只看本人名下的，要人来认。"
    return all_of(
        no_labour_check(own, member, basis),
        hukou,
        _no_livelihood(own, member, basis),
        unsettled(text, basis, "household.assets") if too_much else own.owned,
        _not_an_orphan(means, member, basis),
        no_support_check(means, member, basis),
    )


def _alone(means: Means, member: Member) -> Means:
    """The case as it is of one member only: what is the household's is not his."""
    household = means.facts.household
    incomes, unasked = household.incomes, household.incomes_unasked
    own = replace(
        household,
        # kept in their places, which is where they are asked about
        incomes=None if incomes is None else tuple(_without_shared(incomes)),
        incomes_unasked=tuple(who for who in unasked if who == member.id),
    )
    others = {one.id: _NOT_WITH_HIM for one in household.members if one is not member}
    facts = replace(means.facts, household=own)
    family = Family((member,), others, MET, {})
    income = income_of(facts, family, means.terms, means.on)
    return replace(means, facts=facts, family=family, income=income)


def _without_shared(incomes: Iterable[Income]) -> Iterable[Income]:
    return (one if one.member else replace(one, amount=Money(0)) for one in incomes)


def nobody_asked(basis: str) -> Check:
    """The end for a household where everybody can work or is brought up by those who can."""
    return plainly_failed("家里没有无劳动能力、又没人抚养的人。", basis)


def no_labour_check(means: Means, member: Member, basis: str) -> Check:
    """Old, a minor by the pack's age, disabled as the pack lists, or still at school."""
    minor, groups = means.terms.find(TEKUN_MINOR_AGE), means.terms.find(TEKUN_DISABILITY)
    if minor is None or groups is None:
        lacking = TEKUN_MINOR_AGE if minor is None else TEKUN_DISABILITY
        return unsettled("县里还没定无劳动能力的条件。", basis, lacking.name)
    by_age = _by_age(means, member, minor.value, basis)
    if by_age.outcome is MEETS:
        return by_age
    checks = [by_age, *_still_at_school(means, member, minor.value, basis)]
    if member.disabled is not False:
        path = means.facts.household.path(member)
        checks += [in_group(group, member, path, groups.basis) for group in groups.value]
    return any_of(*checks)


def _by_age(means: Means, member: Member, minor: int, basis: str) -> Check:
    """From 60, or below the pack's age; from 16 only who does not live on own work."""
    age = age_of(member, means.on)
    if age is None:
        path = means.facts.household.path(member)
        return unsettled("还不知道出生日期。", basis, f"{path}.birth")
    if age >= _OLD or age < min(minor, _OWN_WORK_FROM):
        return MET
    if age < minor:
        return _not_on_own_work(means, member, basis)
    return plainly_failed("有劳动能力。", basis)


def _not_on_own_work(means: Means, member: Member, basis: str) -> Check:
    """以自己的劳动收入为主要生活来源 makes one a grown-up at 16 (民法典 第十八条)."""
    if not means.income.is_known:
        return means.income.check
    household = means.facts.household
    if member.id in household.incomes_unasked:
        path = household.list_path(member.id, "incomes")
        return unsettled("还没问完本人有哪些收入。", basis, path)
    lines = means.income.of(member.id)
    earned = total(line for line in lines if line.item in _WORK)
    if 2 * earned <= total(lines):
        return MET
    return plainly_failed("满 16 岁，主要靠自己劳动的收入生活。", basis)


def _still_at_school(means: Means, member: Member, minor: int, basis: str) -> Iterable[Check]:
    """Where the pack goes on supporting who was supported as a minor and still studies."""
    age, schools = age_of(member, means.on), means.terms.find(TEKUN_STUDY)
    if age is None or age < minor or age >= STUDY_AGE:
        return
    if schools is None:
        yield unsettled("还在读书的怎么办县里还没定。", basis, TEKUN_STUDY.name)
        return
    if not schools.value or member.student is Student.NONE:
        return
    path = means.facts.household.path(member)
    checks = []
    if member.student is None:
        checks.append(unsettled("还不知道在读什么学校。", basis, f"{path}.student"))
    elif member.student.value not in schools.value:
        return
    supported = receives(Category.TEKUN.value, member, means)
    if supported is None:
        text = "还没问是不是已经在享受特困。"
        checks.append(unsettled(text, basis, f"{path}.receives"))
    elif not supported:
        return
    yield all_of(*checks)


def _not_an_orphan(means: Means, member: Member, basis: str) -> Check:
    """A minor who chose the allowance for orphans is not 特困 as well."""
    age = age_of(member, means.on)
    if age is not None and age >= ADULT:
        return MET
    paid = receives(IncomeKind.ORPHAN_ALLOWANCE.value, member, means)
    if paid is False:
        return MET
    path = means.facts.household.path(member)
    if age is None:
        return unsettled("还不知道出生日期。", basis, f"{path}.birth")
    if paid is None:
        text = "没满 18 岁，还没问有没有按孤儿、事实无人抚养儿童领钱。"
        return unsettled(text, basis, f"{path}.receives")
    return plainly_failed("已经按孤儿、事实无人抚养儿童保障，不再认定特困。", basis)


def _no_livelihood(means: Means, member: Member, basis: str) -> Check:
    """Own income and a head's share of the household's, below the standard."""
    if means.standard is None:
        return lacking_standard(means)
    excluded = means.terms.find(TEKUN_EXCLUDED)
    if excluded is None:
        return unsettled("县里还没定特困不计入的收入。", basis, TEKUN_EXCLUDED.name)
    if not means.income.is_known:
        return means.income.check
    own_least, own_most = means.income.span_of(member.id, without=excluded.value)
    least, most = means.income.span_of(None, without=excluded.value)
    # a head's share of what is the household's, multiplied out
    limit, heads = means.standard.value.year_fen * means.heads, means.heads
    if own_most is not None and most is not None and own_most * heads + most < limit:
        return MET
    if own_least * heads + least < limit:
        return means.income.open_points
    return plainly_failed("本人收入不低于低保标准。", basis)


def _not_brought_up_here(means: Means, member: Member, basis: str) -> Check:
    """Of age, or without a grown-up of the parents' generation in the household."""
    age, path = age_of(member, means.on), means.facts.household.path
    if age is not None and age >= ADULT:
        return MET
    parents = [
        (other, unable_member(means, other, basis))
        for other in parents_of(member, means.family.counted, means.on)
        if other.status in {None, PersonStatus.NORMAL}
    ]
    parents = [(other, unable) for other, unable in parents if unable.outcome is not MEETS]
    if not parents:
        return MET
    if age is not None and any(
        other.birth is not None and unable.outcome is FAILS for other, unable in parents
    ):
        return plainly_failed("和父母一起生活，由父母抚养。", basis)
    text = "还不知道出生日期，定不了是不是由家里的大人抚养。"
    unborn = [f"{path(one)}.birth" for one in (member, *(p for p, _ in parents)) if not one.birth]
    open_points = [unable for _, unable in parents if unable.outcome is UNKNOWN]
    if unborn:
        open_points.append(unsettled(text, basis, *unborn))
    return all_of(*open_points)
