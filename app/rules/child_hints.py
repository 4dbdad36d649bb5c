"""孤儿 and 事实无人抚养: children whose parents are gone or cannot bring them up.

Orphan: both parents dead or missing. In fact without support: both are gravely disabled or ill,
in prison or in compulsory rehabilitation, or dead or missing, in any mixture (粤民规字〔2019〕10号;
other places add to it). The case file shows who is listed: where a parent is not, somebody asks.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from app.domain.households import IncomeKind
from app.domain.people import DisabilityKind, PersonStatus
from app.rules.facts import Member
from app.rules.family import ADULT, age_of
from app.rules.means import Means
from app.rules.notes import Hint, HintCode
from app.rules.parents import parents_of
from app.rules.received import received_by

_BOTH: Final = 2
_PAID: Final = IncomeKind.ORPHAN_ALLOWANCE.value
_GONE: Final = frozenset({PersonStatus.DEAD, PersonStatus.DECLARED_MISSING})
_AWAY: Final = frozenset({PersonStatus.SERVING_SENTENCE, PersonStatus.COMPULSORY_REHAB})
_MIND: Final = frozenset({DisabilityKind.INTELLECTUAL, DisabilityKind.MENTAL})
_GRAVE: Final = 2
"""Levels up to which a disability of any kind is grave; of the mind every level is."""
_BASIS: Final = "粤民规字〔2019〕10号的条件，各地以县里为准"


def child_hints(means: Means) -> Iterable[Hint]:
    """One hint for each child nobody listed can bring up."""
    household = means.facts.household
    for child in household.members:
        age = age_of(child, means.on)
        if age is None or age >= ADULT or child.status in _GONE:
            continue
        if _PAID in (received_by(child, household) or ()):
            continue
        parents = parents_of(child, household.members, means.on)
        if all(_cannot(parent) for parent in parents):
            yield _hint(child, parents)


def _hint(child: Member, parents: tuple[Member, ...]) -> Hint:
    if len(parents) < _BOTH:
        text = (
            "没满 18 岁，名单上看不到能抚养的父母。问一问：父母都去世、失踪的按孤儿；"
            "一方去世、失踪，另一方重残、重病、服刑、戒毒、失联的，按事实无人抚养。"
        )
        return Hint(HintCode.CHILD_WITHOUT_PARENTS, child.id, text, _BASIS)
    if all(parent.status in _GONE for parent in parents):
        text = "父母都去世或者失踪，可以申请孤儿基本生活费。"
        return Hint(HintCode.ORPHAN, child.id, text, _BASIS)
    text = "父母都不能抚养（去世、失踪、重残、重病、服刑、戒毒），可以申请事实无人抚养儿童保障。"
    return Hint(HintCode.DE_FACTO_ORPHAN, child.id, text, _BASIS)


def _cannot(parent: Member) -> bool:
    """Whether the file says that the parent is gone or cannot bring anybody up."""
    disability = parent.disability
    grave = disability is not None and (
        disability.kind in _MIND or (disability.level is not None and disability.level <= _GRAVE)
    )
    return grave or bool(parent.serious_illness) or parent.status in _GONE | _AWAY
