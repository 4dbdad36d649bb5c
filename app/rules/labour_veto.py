"""有劳动能力就不给 — a county's rule that healthy adults keep a household from 低保 and 低保边缘.

No national text has it: only where a county's own clause sets it is anybody refused by it. Who is
at school or nurses somebody is not called able to work, as with the minimum wage counted for those
without work.
"""

from __future__ import annotations

from typing import Final

from app.domain.people import Labour, Student
from app.rules.facts import Member
from app.rules.family import ADULT, STUDY_AGE, age_of
from app.rules.grounds import FAILS, MET, UNKNOWN, Check, any_of, failed, plainly_failed, unsettled
from app.rules.means import Means, upside_down
from app.rules.once import once
from app.rules.parameters import DISABILITY_CARE_GROUPS, LABOUR_VETO
from app.rules.person_groups import in_group
from app.rules.values import PersonGroup

_OLD: Final = 60
"""Years from which nobody is called able to work (民发〔2021〕43号 第五条)."""
_ILL: Final = PersonGroup("serious_illness", frozenset(), frozenset(), serious_illness=True)
_REFUSED: Final = "家里有能劳动的人，又没有重病、重残的人，县里规定不给。"


@once
def labour_check(means: Means) -> Check:
    """Whether the county's clause about households able to work leaves this one in."""
    found = means.terms.find(LABOUR_VETO)
    if found is None:
        text = "家里有能劳动的人还能不能给，县里还没定。"
        return unsettled(text, means.terms.basis_of(LABOUR_VETO), LABOUR_VETO.name)
    if not found.value:
        return MET
    basis, counted = found.basis, means.family.counted
    able = any_of(*(_able(means, member, basis) for member in counted))
    grave = any_of(*(_grave(means, member, basis) for member in counted))
    check = any_of(upside_down(able, _REFUSED, basis), grave)
    if check.outcome is not FAILS:
        return check
    # whoever is able to work may yet turn out not to count
    is_open = means.family.check.outcome is UNKNOWN
    return means.family.check if is_open else failed(_REFUSED, basis)


def _able(means: Means, member: Member, basis: str) -> Check:
    """Whether `member` is from 18 to 59 and nothing keeps him from working."""
    age = age_of(member, means.on)
    if (
        member.labour in {Labour.NONE, Labour.PARTIAL}
        or member.excused_from_work
        or member.student not in {None, Student.NONE}
        or (age is not None and not ADULT <= age < _OLD)
    ):
        return plainly_failed("不是能劳动的人。", basis)
    lacking = {
        "birth": age is None,
        "labour": member.labour is Labour.UNKNOWN,
        "student": member.student is None and (age is None or age < STUDY_AGE),
        "excused_from_work": member.excused_from_work is None,
    }
    path = means.facts.household.path(member)
    facts = [f"{path}.{fact}" for fact, is_unknown in lacking.items() if is_unknown]
    text = "县里规定有能劳动的人就不给，还不知道这个人能不能劳动。"
    return unsettled(text, basis, *facts) if facts else MET


def _grave(means: Means, member: Member, basis: str) -> Check:
    """Whether `member` is seriously ill, or disabled as the care subsidy asks."""
    path = means.facts.household.path(member)
    ill = in_group(_ILL, member, path, basis)
    groups = means.terms.find(DISABILITY_CARE_GROUPS)
    if groups is None:
        text = "县里还没定哪些残疾算重残。"
        return any_of(ill, unsettled(text, basis, DISABILITY_CARE_GROUPS.name))
    return any_of(ill, *(in_group(group, member, path, basis) for group in groups.value))
