"""What is asked of some people only: what they cannot do themselves, what they receive already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from app.domain.households import Category, IncomeKind
from app.domain.people import Labour, SelfCare
from app.rules.facts import Member
from app.ui.assessment.blocks import (
    NOTHING,
    YES_NO,
    Field,
    Kind,
    Value,
    picks_of,
    picks_said,
    said,
    text_of,
    truth_of,
)

ELDERLY_FROM: Final = 60
GROWN_FROM: Final = 18
"""Ages at which care and benefits are worth a question; the rules decide by themselves."""
DIBAO: Final = Category.DIBAO.value
_ABLE: Final = (NOTHING, "都能自己做")
_ACTS: Final = (_ABLE, *((act.value, act.label) for act in SelfCare))
_BENEFITS: Final = (
    (NOTHING, "都没有"),
    (DIBAO, "低保"),
    (Category.TEKUN.value, "特困"),
    ("disability_living", "残疾生活补贴"),
    ("disability_care", "残疾护理补贴"),
    (IncomeKind.ORPHAN_ALLOWANCE.value, "孤儿、无人抚养"),
    (IncomeKind.ELDERLY_ALLOWANCE.value, "高龄津贴"),
    (IncomeKind.VETERAN_BENEFIT.value, "优待抚恤"),
    (Category.MARGINAL.value, "低保边缘"),
)
_CODES: Final = frozenset(code for code, _text in _BENEFITS[1:])
_RARE: Final = (
    ("excused", "excused_from_work", "没上班，有没有正当理由", "照料老人孩子、怀孕哺乳这些"),
    ("back_at_work", "back_at_work", "疫情以后有没有返岗复工", ""),
    ("labour_loss", "labour_loss", "扶贫部门有没有认定丧失劳动能力", "靠产业就业也脱不了贫的"),
    ("monitored", "monitored", "是不是防返贫监测对象", "乡镇、村里认定的"),
)
"""By question and fact, asked where an answer waits for it."""
_RUNG: Final = Category.MARGINAL.value
"""What everybody of a household on that list has, and what alone asks nobody more keys."""
_HELD: Final = {Category.DIBAO: DIBAO, Category.TEKUN: Category.TEKUN.value}
"""What everybody of a household receives that the county has recognised as such."""


def care_fields(
    member: Member, given: Mapping[str, Value], age: int | None, wanted: frozenset[str]
) -> tuple[Field, ...]:
    """The questions; `wanted` names the facts of this member an answer waits for."""
    frail = (
        (age is not None and age >= ELDERLY_FROM)
        or truth_of(given, "disabled") is True
        or truth_of(given, "illness") is True
        or text_of(given, "labour") == Labour.NONE
    )
    dependent = frail or (age is not None and age < GROWN_FROM)
    return (
        Field(
            key="care",
            label="哪些自己做不了",
            kind=Kind.SEVERAL,
            options=_ACTS,
            shown=frail or "self_care" in wanted,
            needed=False,
        ),
        Field(
            key="receives",
            label="现在享受什么",
            kind=Kind.SEVERAL,
            options=_BENEFITS,
            shown=dependent or _has_own(member) or "receives" in wanted or _has(given),
            needed=False,
        ),
        *_rare_fields(given, wanted),
    )


def _rare_fields(given: Mapping[str, Value], wanted: frozenset[str]) -> Iterable[Field]:
    """What is asked only where a rule of the pack looks at it."""
    for key, fact, label, hint in _RARE:
        yield Field(
            key=key,
            label=label,
            options=YES_NO,
            hint=hint,
            shown=fact in wanted or text_of(given, key) != "",
            needed=False,
        )


def care_known(member: Member, category: Category | None) -> dict[str, Value]:
    """What is on record; what the county has recognised the household as fills in the rest."""
    held = _HELD.get(category) if category is not None else None
    receives = picks_said(_listed(member))
    if receives is None and member.receives is None and held is not None:
        receives = held
    return {
        "care": picks_said(_unable(member)),
        "receives": receives,
        "excused": said(member.excused_from_work),
        "back_at_work": said(member.back_at_work),
        "labour_loss": said(member.labour_loss),
        "monitored": said(member.monitored),
    }


def with_care(member: Member, given: Mapping[str, Value]) -> Member:
    """The member with what was said; what the questions have no room for stays as recorded."""
    unable, receives = picks_of(given, "care"), picks_of(given, "receives")
    if unable is not None and unable != _unable(member):
        member = replace(member, self_care={act: act.value not in unable for act in SelfCare})
    if receives is not None and receives != _listed(member):
        others = tuple(code for code in member.receives or () if code not in _CODES)
        member = replace(member, receives=(*receives, *others) if receives else ())
    is_able = text_of(given, "labour") == Labour.ABLE
    return replace(
        member,
        excused_from_work=truth_of(given, "excused"),
        back_at_work=truth_of(given, "back_at_work"),
        labour_loss=None if is_able else truth_of(given, "labour_loss"),
        monitored=truth_of(given, "monitored"),
    )


def receives_dibao(given: Mapping[str, Value]) -> bool:
    """Whether somebody is paid 低保 now."""
    return DIBAO in (picks_of(given, "receives") or ())


def _has_own(member: Member) -> bool:
    """Whether something is on record beside the household's rung, for which nobody is asked."""
    return bool(frozenset(member.receives or ()) - {_RUNG})


def _has(given: Mapping[str, Value]) -> bool:
    return text_of(given, "receives") not in ("", NOTHING, _RUNG)


def _unable(member: Member) -> tuple[str, ...] | None:
    """The acts somebody saw that cannot be done; None while some were not looked at."""
    if member.self_care is None:
        return None
    unable = tuple(act.value for act in SelfCare if member.self_care.get(act) is False)
    return unable if unable or len(member.self_care) == len(SelfCare) else None


def _listed(member: Member) -> tuple[str, ...] | None:
    """Those of the benefits on record that can be switched on here."""
    if member.receives is None:
        return None
    listed = tuple(code for code, _text in _BENEFITS[1:] if code in member.receives)
    return listed if listed or not member.receives else None
