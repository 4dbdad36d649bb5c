"""孤儿 and 事实无人抚养: children whose parents are gone or cannot bring them up.

Orphan: both parents dead or missing. In fact without support: both are gravely disabled or ill,
in prison or in compulsory rehabilitation, or dead or missing, in any mixture. Which standings and
which certificates those are is the pack's to say. The case file shows who is listed: where a parent
is not, somebody asks.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from app.domain.households import IncomeKind
from app.rules.facts import Member
from app.rules.family import ADULT, age_of
from app.rules.means import Means
from app.rules.notes import Hint, HintCode
from app.rules.once import once
from app.rules.parameters import DE_FACTO_GROUPS, DE_FACTO_STATUS, ORPHAN_STATUS
from app.rules.parents import parents_of
from app.rules.received import received_by
from app.rules.terms import Found, Terms
from app.rules.values import PersonGroup

_BOTH: Final = 2
_LEVELS: Final = (1, 2, 3, 4)
_PAID: Final = IncomeKind.ORPHAN_ALLOWANCE.value


class _Rules(NamedTuple):
    """Which standing of a parent makes an orphan, and which of it or health comes near one."""

    gone: Found[tuple[str, ...]]
    away: Found[tuple[str, ...]]
    grave: Found[tuple[PersonGroup, ...]]


def child_hints(means: Means) -> Iterable[Hint]:
    """One hint for each child nobody listed can bring up; none where the county must say who."""
    household = means.facts.household
    ages = [(member, age_of(member, means.on)) for member in household.members]
    minors = [member for member, age in ages if age is not None and age < ADULT]
    rules = _rules(means.terms) if minors else None
    if rules is None:
        return
    for child in minors:
        if _is_gone(child, rules):
            continue
        if _PAID in (received_by(child, means) or ()):
            continue
        parents = parents_of(child, household.members, means.on)
        if all(_cannot(parent, rules) for parent in parents):
            yield _hint(child, parents, rules)


@once
def _rules(terms: Terms) -> _Rules | None:
    """What the pack says of parents; None while the county must say any of it."""
    gone = terms.find(ORPHAN_STATUS)
    away, grave = terms.find(DE_FACTO_STATUS), terms.find(DE_FACTO_GROUPS)
    if gone is None or away is None or grave is None:
        return None
    return _Rules(gone, away, grave)


def _hint(child: Member, parents: tuple[Member, ...], rules: _Rules) -> Hint:
    if len(parents) < _BOTH:
        text = (
            "没满 18 岁，名单上看不到能抚养的父母。问一问：父母都去世、失踪的按孤儿；"
            "一方去世、失踪，另一方重残、重病、服刑、戒毒、失联的，按事实无人抚养。"
        )
        return Hint(HintCode.CHILD_WITHOUT_PARENTS, child.id, text, rules.away.basis)
    if all(_is_gone(parent, rules) for parent in parents):
        text = "父母都去世或者失踪，可以申请孤儿基本生活费。"
        return Hint(HintCode.ORPHAN, child.id, text, rules.gone.basis)
    text = "父母都不能抚养（去世、失踪、重残、重病、服刑、戒毒），可以申请事实无人抚养儿童保障。"
    return Hint(HintCode.DE_FACTO_ORPHAN, child.id, text, rules.away.basis)


def _is_gone(member: Member, rules: _Rules) -> bool:
    return member.status in rules.gone.value


def _cannot(parent: Member, rules: _Rules) -> bool:
    """Whether the file says that the parent is gone or cannot bring anybody up."""
    is_away = parent.status in rules.away.value
    return _is_gone(parent, rules) or is_away or _is_grave(parent, rules.grave.value)


def _is_grave(parent: Member, groups: tuple[PersonGroup, ...]) -> bool:
    """Ill or disabled as one of the groups is, at whatever level where nobody looked."""
    if parent.serious_illness and any(group.serious_illness for group in groups):
        return True
    held = parent.disability
    if held is None:
        return False
    if any(
        level in group.levels and kind in group.kinds
        for kind, level in held.parts
        for group in groups
    ):
        return True
    return all(
        any(
            level in group.levels and (not group.kinds or held.kind in group.kinds)
            for group in groups
        )
        for level in (_LEVELS if held.level is None else (held.level,))
    )
