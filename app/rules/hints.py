"""What else an answer should make somebody look into: hints decide nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from app.domain.clock import day_words
from app.domain.households import Category
from app.domain.workdays import add_months
from app.rules.assessment import RungAnswer, better_open
from app.rules.child_hints import child_hints
from app.rules.conflicts import conflict_hints, payment_hints
from app.rules.disability_hints import disability_hints
from app.rules.facts import Member
from app.rules.grounds import FAILS, MEETS, Outcome, any_of
from app.rules.means import Means
from app.rules.notes import Hint, HintCode
from app.rules.parameters import (
    CHECK_CEILING,
    DISABILITY_CARE_GROUPS,
    LEAK_CHECK,
    RIGID_VALIDITY,
    TAG_RETAINED,
)
from app.rules.person_groups import in_group
from app.rules.received import all_received

_MOST: Final = 3
"""Reasons said; the rung itself has them all."""
_LEAK: Final = "重残或者重病，眼下什么救助都没有享受：报乡镇排查，防止漏保。"
_ASK_LEAK: Final = "重残或者重病，还没问眼下享受什么救助：先问，什么都没有的报乡镇排查。"
_LOOK_LEAK: Final = "有残疾证，还没看清类别和等级：是重残又什么救助都没有的，报乡镇排查。"
_CEILINGS: Final = {"minimum_wage": "最低工资标准", "standard": "低保标准"}


def hints_of(means: Means, rungs: Sequence[RungAnswer], suggested: Category | None) -> list[Hint]:
    """Every hint about a case whose rungs ended as `rungs`."""
    met = frozenset(answer.rung for answer in rungs if answer.outcome is MEETS)
    chosen = next((answer for answer in rungs if answer.rung is suggested), None)
    return [
        *_better_open(rungs, suggested),
        *disability_hints(means, rungs),
        *child_hints(means),
        *_monitoring_tag(means, suggested),
        *conflict_hints(means, chosen),
        *payment_hints(means, rungs),
        *_leaks(means),
        *_rigid_validity(means, met),
        *_check_ceiling(means),
    ]


def _better_open(rungs: Sequence[RungAnswer], suggested: Category | None) -> Iterable[Hint]:
    """What has to be settled before the suggestion is the last word."""
    if suggested is None:
        return
    for answer in better_open(rungs, suggested):
        why = "".join(reason.text for reason in answer.reasons[:_MOST])
        text = f"“{answer.rung.label}”比“{suggested.label}”靠前，还定不了，先问清楚：{why}"
        yield Hint(HintCode.BETTER_OPEN, None, text, answer.reasons[0].basis)


def _monitoring_tag(means: Means, suggested: Category | None) -> Iterable[Hint]:
    """The tag stays beside the category (国办发〔2023〕39号 pattern)."""
    found = means.terms.find(TAG_RETAINED)
    if suggested is None or found is None or not found.value:
        return
    for member in means.facts.household.members:
        if member.monitored:
            text = f"是防返贫监测对象：按{suggested.label}申请，监测标注照样保留。"
            yield Hint(HintCode.MONITORING_TAG, member.id, text, found.basis)


def _leaks(means: Means) -> Iterable[Hint]:
    """Somebody gravely disabled or ill, without any benefit as far as anybody asked (防漏保)."""
    rule, household = means.terms.find(LEAK_CHECK), means.facts.household
    if rule is None or not rule.value:
        return
    marked = [member for member in household.members if member.serious_illness or member.disabled]
    ended = [(member, _grave(means, member)) for member in marked]
    grave = [(member, how) for member, how in ended if how is not FAILS]
    if not grave:
        return
    received = all_received(means)
    if any(codes and Category.DIBAO.value in codes for codes in received.values()):
        return
    for member, how in grave:
        codes = received[member.id]
        if not codes:
            text = _LEAK if codes is not None else _ASK_LEAK
            text = text if how is MEETS else _LOOK_LEAK
            yield Hint(HintCode.LEAK, member.id, text, rule.basis)


def _grave(means: Means, member: Member) -> Outcome:
    """Whether somebody ill or disabled is seriously ill, or disabled as the care subsidy asks;
    unknown where a certificate was not looked at closely."""
    if member.serious_illness:
        return MEETS
    groups = means.terms.find(DISABILITY_CARE_GROUPS)
    if groups is None:
        return FAILS
    path = means.facts.household.path(member)
    return any_of(*(in_group(group, member, path, "") for group in groups.value)).outcome


def _rigid_validity(means: Means, met: frozenset[Category]) -> Iterable[Hint]:
    """Until when 刚性支出 would stand if it were recognised on the day of the test."""
    found = means.terms.find(RIGID_VALIDITY)
    if Category.RIGID_EXPENDITURE not in met or found is None:
        return
    until = add_months(means.on, found.value)
    text = f"刚性支出的认定管 {found.value} 个月：当天认定的话，到{day_words(until)}要重新看。"
    yield Hint(HintCode.RIGID_VALIDITY, None, text, found.basis)


def _check_ceiling(means: Means) -> Iterable[Hint]:
    """The ceiling of the income check, which no source says how to apply: the county looks."""
    found = means.terms.find(CHECK_CEILING)
    if found is None:
        text = "核对收入有没有上限、按什么定，县里还没给：由县里核对。"
        yield Hint(HintCode.CHECK_CEILING, None, text, means.terms.basis_of(CHECK_CEILING))
    elif found.value is not None:
        text = f"核对收入的上限按{_CEILINGS[found.value]}，怎样用这里没有算：由县里核对。"
        yield Hint(HintCode.CHECK_CEILING, None, text, found.basis)
