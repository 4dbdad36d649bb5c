"""法定义务人 — whether anybody bound by law to support a person is able to.

特困人员认定办法 第八条 lists who is not: the 特困 themselves; 低保 recipients from 60; from 70, or
gravely disabled, with less than last year's disposable income a head; the missing, the imprisoned
and those without civil capacity. Whoever is not on the list is taken to be able.
"""

from __future__ import annotations

from typing import Final

from app.domain.households import Category
from app.domain.identity import age_on
from app.domain.money import Money
from app.domain.people import Labour, PersonStatus, Relation
from app.rules.facts import Member, Obligor
from app.rules.family import ADULT, age_of
from app.rules.grounds import MET, Check, Outcome, all_of, any_of, failed, unsettled
from app.rules.means import Means
from app.rules.parameters import RIGID_CEILING, SINGLE_GROUPS
from app.rules.single_person import in_group
from app.rules.values import MONTHS

_RECIPIENT_AGE: Final = 60
_OLD: Final = 70
_UNABLE: Final = frozenset(
    {
        PersonStatus.NO_CIVIL_CAPACITY,
        PersonStatus.DECLARED_MISSING,
        PersonStatus.SERVING_SENTENCE,
    }
)
_BOUND: Final = {
    Relation.HEAD: {Relation.SPOUSE, Relation.CHILD, Relation.PARENT},
    Relation.SPOUSE: {Relation.HEAD, Relation.CHILD},
    Relation.CHILD: {Relation.HEAD, Relation.SPOUSE, Relation.CHILD_IN_LAW, Relation.GRANDCHILD},
    Relation.CHILD_IN_LAW: {Relation.CHILD, Relation.GRANDCHILD},
    Relation.GRANDCHILD: {Relation.CHILD, Relation.CHILD_IN_LAW},
    Relation.PARENT: {Relation.HEAD, Relation.SIBLING, Relation.PARENT},
    Relation.GRANDPARENT: {Relation.PARENT, Relation.GRANDPARENT},
    Relation.SIBLING: {Relation.PARENT},
    Relation.OTHER: set[Relation](),
}
"""Who in the household owes support to whom: spouses, children, parents (民法典 第五编)."""


def no_support_check(means: Means, member: Member, basis: str) -> Check:
    """Whether nobody, in the household or outside, is able to support `member`."""
    inside = [
        _unable_member(means, other, basis)
        for other in means.facts.household.members
        if other is not member
        and other.relation in _BOUND[member.relation]
        and other.status is not PersonStatus.DEAD
        and (age_of(other, means.on) or ADULT) >= ADULT
    ]
    obligors = means.facts.household.obligors
    if obligors is None:
        outside = [unsettled("还没问过外面有没有赡养、抚养的人。", basis, "household.obligors")]
    else:
        outside = [
            _unable_obligor(means, obligor, f"household.obligors[{n}]", basis)
            for n, obligor in enumerate(obligors)
            if obligor.status is not PersonStatus.DEAD
        ]
    return all_of(*inside, *outside)


def _unable_member(means: Means, other: Member, basis: str) -> Check:
    """Whether a member of the household cannot be expected to support another."""
    path = means.facts.household.path(other)
    if other.status in _UNABLE or Category.TEKUN.value in (other.receives or ()):
        return MET
    if other.labour is Labour.ABLE:
        return _able(basis)
    age = age_of(other, means.on)
    if age is None:
        return unsettled("还不知道义务人的出生日期。", basis, f"{path}.birth")
    if age >= _RECIPIENT_AGE and other.receives is None:
        return unsettled("还没问义务人在不在享受低保。", basis, f"{path}.receives")
    if age >= _RECIPIENT_AGE and Category.DIBAO.value in (other.receives or ()):
        return MET
    if not means.income.is_known:
        return means.income.check
    own = sum(line.amount_year.fen for line in means.income.of(other.id))
    frail = MET if age >= _OLD else _grave(means, other, path, basis)
    return all_of(frail, _poor(means, own, basis))


def _unable_obligor(means: Means, obligor: Obligor, path: str, basis: str) -> Check:
    """Whether somebody outside cannot be expected to pay."""
    if obligor.status in _UNABLE:
        return MET
    if obligor.birth is None:
        return unsettled("还不知道义务人的出生日期。", basis, f"{path}.birth")
    age = age_on(obligor.birth, means.on)
    if age < _RECIPIENT_AGE:
        return _able(basis)
    if age < _OLD:
        text = "义务人六十多岁，还要问他在不在享受低保。"
        return unsettled(text, basis, f"{path}.status")
    return _old(means, obligor.monthly_income, path, basis)


def _old(means: Means, income: Money | None, path: str, basis: str) -> Check:
    if income is None:
        return unsettled("还不知道义务人的收入。", basis, f"{path}.monthly_income")
    return _poor(means, income.fen * MONTHS, basis)


def _poor(means: Means, year_fen: int, basis: str) -> Check:
    """Below last year's disposable income a head."""
    ceiling = means.terms.find(RIGID_CEILING, means.facts.household.area)
    if ceiling is None:
        text = "还没有上年度当地人均可支配收入，要由县里给出。"
        return unsettled(text, basis, RIGID_CEILING.name)
    return MET if year_fen < ceiling.value.year_fen else _able(basis)


def _grave(means: Means, other: Member, path: str, basis: str) -> Check:
    """Gravely disabled, as the pack groups it."""
    groups = means.terms.find(SINGLE_GROUPS)
    if groups is None:
        return unsettled("还没有重残的划分，要由县里给出。", basis, SINGLE_GROUPS.name)
    listed = [group for group in groups.value if group.levels]
    ended = any_of(*(in_group(group, other, path, basis) for group in listed))
    return _able(basis) if ended.outcome is Outcome.FAILS else ended


def _able(basis: str) -> Check:
    return failed("有法定义务人能够赡养、抚养或者扶养。", basis)
