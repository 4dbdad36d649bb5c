"""法定义务人 — whether anybody bound by law to support a person is able to.

特困人员认定办法 第八条 lists who is not: the 特困 themselves; 低保 recipients from 60; from 70, or
gravely disabled (levels one and two, of the mind also three), with less than last year's disposable
income a head and property within limits; the missing, the imprisoned and those without civil
capacity, with property within limits. Whoever is not on the list is taken to be able.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from app.domain.households import Category
from app.domain.identity import age_on
from app.domain.people import DisabilityKind, PersonStatus, Relation
from app.rules.facts import HouseholdFacts, Member, Obligor
from app.rules.family import ADULT, age_of, may_be_grown
from app.rules.grounds import FAILS, MET, Check, all_of, any_of, plainly_failed, unsettled
from app.rules.means import Means
from app.rules.once import once
from app.rules.parameters import RIGID_CEILING
from app.rules.person_groups import in_group
from app.rules.received import received_by
from app.rules.records import record
from app.rules.values import MONTHS, PersonGroup

_RECIPIENT_AGE: Final = 60
_OLD: Final = 70
_NEAR: Final = frozenset(
    {
        "son", "daughter", "child", "father", "mother", "parent", "spouse", "grandchild",
        "grandson", "granddaughter", "儿子", "女儿", "子女", "父亲", "母亲", "父母", "配偶", "丈夫",
        "妻子", "孙辈", "孙子", "孙女", "外孙", "外孙女",
    }
)  # fmt: skip
"""Whom the law binds (民法典 第五编), as a case file or a roster calls them."""
_UNABLE: Final = frozenset(
    {
        PersonStatus.NO_CIVIL_CAPACITY,
        PersonStatus.DECLARED_MISSING,
        PersonStatus.SERVING_SENTENCE,
    }
)
_GRAVE: Final = (
    PersonGroup("severe", frozenset(), frozenset({1, 2}), serious_illness=False),
    PersonGroup(
        "mind_3",
        frozenset({DisabilityKind.INTELLECTUAL, DisabilityKind.MENTAL}),
        frozenset({3}),
        serious_illness=False,
    ),
)
"""Grave as 第八条 itself says, whatever groups a pack has for 单人保."""
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


@record(frozen=True, slots=True)
class _Bound:
    """What 第八条 asks about one person; `asked` says whether `receives` is all there is."""

    path: str
    age: int
    receives: Collection[str]
    asked: bool
    is_grave: Check


def no_support_check(means: Means, member: Member, basis: str) -> Check:
    """Whether nobody, in the household or outside, is able to support `member`."""
    obligors = means.facts.household.obligors
    outside = [
        _of_obligor(means, member, obligor, f"household.obligors[{n}]", ended, basis)
        for n, (obligor, ended) in enumerate(
            zip(obligors or (), _outside(means, basis), strict=True)
        )
    ]
    # one who is able decides, whoever else there is
    able = next((one for one in outside if one.outcome is FAILS), None)
    if able is not None:
        return able
    bound = _BOUND[member.relation]
    inside = [
        unable_member(means, other, basis)
        for other in means.facts.household.members
        if other is not member
        and other.relation in bound
        and other.status is not PersonStatus.DEAD
        and may_be_grown(other, means.on)
    ]
    if obligors is None:
        text = "还没问过外面有没有赡养、抚养的人。"
        outside.append(unsettled(text, basis, "household.obligors"))
    return all_of(*inside, *outside)


@once
def _outside(means: Means, basis: str) -> list[Check]:
    """Whether each of those outside the household cannot be expected to pay; nobody dead can."""
    return [
        MET
        if obligor.status is PersonStatus.DEAD
        else _unable_obligor(means, obligor, f"household.obligors[{n}]", basis)
        for n, obligor in enumerate(means.facts.household.obligors or ())
    ]


def _of_obligor(
    means: Means, member: Member, obligor: Obligor, path: str, ended: Check, basis: str
) -> Check:
    """What somebody outside means for `member`; only who is bound to him can stand in the way."""
    if obligor.supports is not None:
        return ended if member.id in obligor.supports else MET
    if ended.outcome is not FAILS or is_taken_as_bound(means.facts.household, obligor):
        return ended
    text = "外面的人有能力赡养、抚养，还不清楚他该养的是不是这个人。"
    return unsettled(text, basis, f"{path}.supports")


def is_taken_as_bound(household: HouseholdFacts, obligor: Obligor) -> bool:
    """Whether nobody said whom he is bound to, and what he is called is taken to say it.

    Only where one person lives there: of a couple, a son may be the wife's or the husband's alone.
    """
    return obligor.supports is None and obligor.relation in _NEAR and len(household.members) == 1


def unable_member(means: Means, other: Member, basis: str) -> Check:
    """Whether a member of the household cannot be expected to support another."""
    if other.status in _UNABLE:
        return means.owned
    path, age = means.facts.household.path(other), age_of(other, means.on)
    if age is None:
        return _unborn(path, basis)
    known, grave = received_by(other, means) or (), _is_grave(other, path, basis)
    person = _Bound(path, age, known, other.receives is not None, grave)
    ended = _by_standing(person, basis)
    if ended is not None:
        return ended
    return _by_means(person, _poor_member(means, other, basis), means.owned, basis)


def _poor_member(means: Means, other: Member, basis: str) -> Check:
    if not means.income.is_known:
        return means.income.check
    return _poor(means, *means.income.span_of(other.id), basis)


def _unable_obligor(means: Means, obligor: Obligor, path: str, basis: str) -> Check:
    """Whether somebody outside cannot be expected to pay.

    Being named without more says that there is no certificate and that what he owns keeps within
    the limits.
    """
    owned = _able(basis) if obligor.within_property_limits is False else MET
    if obligor.status in _UNABLE:
        return owned
    if obligor.birth is None:
        return _unborn(path, basis)
    age, grave = age_on(obligor.birth, means.on), _has_grave_certificate(obligor, path, basis)
    person = _Bound(path, age, obligor.receives or (), obligor.receives is not None, grave)
    ended = _by_standing(person, basis)
    if ended is not None:
        return ended
    return _by_means(person, _poor_obligor(means, obligor, path, basis), owned, basis)


def _poor_obligor(means: Means, obligor: Obligor, path: str, basis: str) -> Check:
    if obligor.monthly_income is None:
        return unsettled("还不知道义务人的收入。", basis, f"{path}.monthly_income")
    year_fen = obligor.monthly_income.fen * MONTHS
    return _poor(means, year_fen, year_fen, basis)


def _is_grave(other: Member, path: str, basis: str) -> Check:
    """Gravely disabled as 第八条 says."""
    if other.disabled is False:
        return _able(basis)
    return any_of(*(in_group(group, other, path, basis) for group in _GRAVE))


def _has_grave_certificate(obligor: Obligor, path: str, basis: str) -> Check:
    """Gravely disabled; whoever is named without a certificate has none."""
    if obligor.disability is None:
        return _able(basis)
    stand_in = Member(
        id=obligor.id, relation=Relation.OTHER, disabled=True, disability=obligor.disability
    )
    return _is_grave(stand_in, path, basis)


def _unborn(path: str, basis: str) -> Check:
    return unsettled("还不知道义务人的出生日期。", basis, f"{path}.birth")


def _by_standing(person: _Bound, basis: str) -> Check | None:
    """Whether 第八条 excuses a person who is neither missing, in prison nor without capacity; None
    where that hangs on what he has."""
    is_recipient = person.age >= _RECIPIENT_AGE and Category.DIBAO.value in person.receives
    if person.age < ADULT or Category.TEKUN.value in person.receives or is_recipient:
        return MET
    is_hale = person.age < _RECIPIENT_AGE and person.is_grave.outcome is FAILS
    return _able(basis) if is_hale else None


def _by_means(person: _Bound, poor: Check, owned: Check, basis: str) -> Check:
    """Whether 第八条 excuses one who is old, or may be grave, for having little."""
    ways = [all_of(person.is_grave, poor, owned)]
    if person.age >= _OLD:
        ways.append(all_of(poor, owned))
    if person.age >= _RECIPIENT_AGE and not person.asked:
        asked = unsettled("还没问义务人在不在享受低保、特困。", basis, f"{person.path}.receives")
        ways.append(all_of(asked, poor) if poor.outcome is FAILS else asked)
    ended = any_of(*ways)
    return _able(basis) if ended.outcome is FAILS else ended


def _poor(means: Means, least: int, most: int | None, basis: str) -> Check:
    """Between `least` and `most` fen a year are below last year's disposable income a head."""
    ceiling = means.terms.find(RIGID_CEILING, means.facts.household.area)
    if ceiling is None:
        text = "还没有上年度当地人均可支配收入，要由县里给出。"
        return unsettled(text, basis, RIGID_CEILING.name)
    if most is not None and most < ceiling.value.year_fen:
        return MET
    return means.income.open_points if least < ceiling.value.year_fen else _able(basis)


def _able(basis: str) -> Check:
    return plainly_failed("有法定义务人能够赡养、抚养或者扶养。", basis)
