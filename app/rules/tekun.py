"""特困人员 — three tests for each person: no labour, no livelihood, nobody able to support.

特困人员认定办法 (民发〔2021〕43号): 第五条 labour, 第六条 livelihood, 第八条 support. A minor whose
parent lives in the household is brought up there and is not asked about.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from app.domain.people import PersonStatus, Relation
from app.rules.facts import Member
from app.rules.family import ADULT, age_of
from app.rules.grounds import MET, Check, Outcome, all_of, any_of, failed, unsettled
from app.rules.layers import Treatment
from app.rules.means import Means, lacking_standard
from app.rules.parameters import TEKUN_DISABILITY, TEKUN_EXCLUDED, TEKUN_MINOR_AGE
from app.rules.single_person import in_group
from app.rules.support import no_support_check

_OLD: Final = 60
"""Years from which 第五条 asks for no more."""


def tekun_checks(means: Means, basis: str) -> dict[str, Check]:
    """The three tests of everybody who may lack labour, by member id."""
    checks = {}
    for member in means.family.counted:
        labour = no_labour_check(means, member, basis)
        if labour.outcome is Outcome.FAILS or _brought_up_here(means, member):
            continue
        checks[member.id] = all_of(
            labour,
            _no_livelihood(means, member, basis),
            means.owned,
            no_support_check(means, member, basis),
        )
    return checks


def nobody_asked(basis: str) -> Check:
    """The end for a household where everybody can work or is brought up by those who can."""
    return failed("家里没有无劳动能力、又没人抚养的人。", basis)


def no_labour_check(means: Means, member: Member, basis: str) -> Check:
    """Old, a minor by the pack's age, or disabled as the pack lists."""
    minor, groups = means.terms.find(TEKUN_MINOR_AGE), means.terms.find(TEKUN_DISABILITY)
    if minor is None or groups is None:
        lacking = TEKUN_MINOR_AGE if minor is None else TEKUN_DISABILITY
        return unsettled("县里还没定无劳动能力的条件。", basis, lacking.name)
    path = means.facts.household.path(member)
    age = age_of(member, means.on)
    by_age = failed("有劳动能力。", basis)
    if age is None:
        by_age = unsettled("还不知道出生日期。", basis, f"{path}.birth")
    elif age >= _OLD or age < minor.value:
        by_age = MET
    return any_of(
        by_age, *(in_group(group, member, path, str(groups.ground)) for group in groups.value)
    )


def _no_livelihood(means: Means, member: Member, basis: str) -> Check:
    """Own income and a head's share of the household's, below the standard."""
    if means.standard is None:
        return lacking_standard(means)
    excluded = means.terms.find(TEKUN_EXCLUDED)
    if excluded is None:
        return unsettled("县里还没定特困不计入的收入。", basis, TEKUN_EXCLUDED.name)
    if not means.income.is_known:
        return means.income.check
    own = _counted(means, member.id, excluded.value)
    shared = _counted(means, None, excluded.value)
    if own + Fraction(shared, means.heads) < means.standard.value.year_fen:
        return MET
    return failed("本人收入不低于低保标准。", basis)


def _counted(means: Means, member: str | None, excluded: tuple[str, ...]) -> int:
    """Fen a year that 第六条 counts."""
    return sum(
        line.amount_year.fen
        for line in means.income.lines
        if line.member == member
        and line.treatment is not Treatment.DISREGARDED
        and line.item not in excluded
    )


def _brought_up_here(means: Means, member: Member) -> bool:
    """A minor with a grown-up of the parents' generation in the household."""
    age = age_of(member, means.on)
    if age is None or age >= ADULT:
        return False
    parents = {
        Relation.CHILD: {Relation.HEAD, Relation.SPOUSE},
        Relation.GRANDCHILD: {Relation.CHILD, Relation.CHILD_IN_LAW},
        Relation.SIBLING: {Relation.PARENT},
        Relation.HEAD: {Relation.PARENT},
    }.get(member.relation, set())
    return any(
        other.relation in parents and other.status in {None, PersonStatus.NORMAL}
        for other in means.family.counted
        if other is not member and (age_of(other, means.on) or ADULT) >= ADULT
    )
