"""残疾人两项补贴 — 困难残疾人生活补贴 and 重度残疾人护理补贴 (国发〔2015〕52号), pointed out.

Which certificates and which rungs they are for is the pack's to say. 残联 and 民政 approve them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from app.domain.households import Category
from app.rules.assessment import RungAnswer
from app.rules.facts import Member
from app.rules.grounds import FAILS, MEETS, UNKNOWN, Check, any_of
from app.rules.means import Means
from app.rules.notes import Hint, HintCode
from app.rules.parameters import (
    DISABILITY_CARE_GROUPS,
    DISABILITY_LIVING_GROUPS,
    DISABILITY_LIVING_RUNGS,
)
from app.rules.person_groups import in_group
from app.rules.received import all_received, received_by
from app.rules.terms import Found
from app.rules.values import PersonGroup

_EITHER: Final = "disability_subsidy"
"""Written down without saying which of the two."""
_SHARED: Final = frozenset({Category.DIBAO.value, Category.MARGINAL.value})
"""Rungs a household is on as one."""


def disability_hints(means: Means, rungs: Sequence[RungAnswer]) -> Iterable[Hint]:
    """Which of the two subsidies members may have on the rungs they are on, or may be."""
    disabled = [member for member in means.facts.household.members if member.disabled]
    if not disabled:
        return
    care = means.terms.find(DISABILITY_CARE_GROUPS)
    living = means.terms.find(DISABILITY_LIVING_GROUPS)
    wanted = means.terms.find(DISABILITY_LIVING_RUNGS)
    shared = _shared(means)
    met = [answer for answer in rungs if answer.outcome is MEETS]
    for member in disabled:
        on = shared | _rungs_of(means, member, met)
        if living is not None and wanted is not None and not on.isdisjoint(wanted.value):
            yield from _hint(means, member, HintCode.DISABILITY_LIVING, living)
        if care is not None:
            yield from _hint(means, member, HintCode.DISABILITY_CARE, care)


def _rungs_of(means: Means, member: Member, met: Iterable[RungAnswer]) -> set[str]:
    """Rungs `member` is on already or meets; 单人保 is 低保 for the one who has it."""
    own = set(received_by(member, means) or ())
    own.update([answer.rung.value for answer in met if member.id in answer.members])
    if Category.SINGLE_PERSON.value in own:
        own.add(Category.DIBAO.value)
    return own


def _shared(means: Means) -> set[str]:
    """Rungs the household is on as one, through whomever it is paid."""
    return {
        code for codes in all_received(means).values() for code in codes or () if code in _SHARED
    }


def _hint(
    means: Means, member: Member, code: HintCode, groups: Found[tuple[PersonGroup, ...]]
) -> Iterable[Hint]:
    """The subsidy `code` for somebody with a certificate, unless he has it."""
    known = received_by(member, means)
    path, basis = means.facts.household.path(member), groups.basis
    belongs = any_of(*(in_group(group, member, path, basis) for group in groups.value))
    if belongs.outcome is FAILS or not (known or frozenset()).isdisjoint({code, _EITHER}):
        return
    yield Hint(code, member.id, _words(code, belongs, asked=known is not None), basis)


def _words(code: HintCode, belongs: Check, *, asked: bool) -> str:
    """What to say, and what to ask first."""
    if belongs.outcome is UNKNOWN:
        return f"有残疾证，可能能领{code.label}；先看清证上的类别和等级。"
    if not asked:
        return f"可能能领{code.label}；先问有没有在领。"
    return f"可以申请{code.label}，到残联或者乡镇办。"
