"""Packages of papers: what one purpose takes, in the order it is read out, signed and bound.

Composition, order and attachments follow domain.md §3.23 and the forms' own entries (§3.1–3.21). A
paper may be in several packages; what is asked for nowhere is not in one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.domain.application_events import ApplicationEvent
from app.domain.application_states import APPLICATION
from app.domain.ids import HouseholdId
from app.domain.procedure import MaterialState
from app.domain.words import Word
from app.services.application_materials import checklist_of

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork


class Purpose(Word):
    """What papers are printed for."""

    READY = "ready", "能打的"
    APPLYING = "applying", "申请一套"
    DECIDING = "deciding", "评议公示"
    RELIEF = "relief", "先行救助"
    VISITING = "visiting", "走访"
    CHANGING = "changing", "渐退增减"
    CARING = "caring", "特困照料"
    REFERRING = "referring", "转介备案"
    FILE = "file", "一户一档"
    BLANK = "blank", "空白走访表"


@dataclass(frozen=True, slots=True)
class Package:
    """The forms of one purpose in their order, and what is handed in beside them."""

    forms: tuple[str, ...]
    attached: tuple[str, ...] = ()
    by_case: frozenset[str] = frozenset()
    """Forms not every case takes: they are in the list only where they can be made."""
    asked_for: frozenset[str] = frozenset()
    """Forms that are not ticked from the start: a larger notice, a paper that comes later."""


PACKAGES: Final[Mapping[Purpose, Package]] = {
    Purpose.APPLYING: Package(
        ("F01", "F02", "F03", "F26", "F25", "F04", "F05", "F11", "F12"),
        ("户口本复印件", "身份证复印件"),
        by_case=frozenset({"F26", "F25", "F04", "F11", "F12"}),
        asked_for=frozenset({"F04"}),
    ),
    Purpose.DECIDING: Package(
        ("F09", "F06", "F07", "F07A3", "F08", "F08A3", "F10", "F27"),
        ("张贴公示的照片",),
        by_case=frozenset({"F07A3", "F08A3", "F10", "F27"}),
        asked_for=frozenset({"F07A3", "F08A3"}),
    ),
    Purpose.RELIEF: Package(
        ("F17a", "SJ", "F17b", "F16"),
        ("急难事由证明", "一卡通（银行卡）复印件", "公示照片"),
        asked_for=frozenset({"F16"}),
    ),
    Purpose.VISITING: Package(("F15", "F15B"), ("走访照片",), asked_for=frozenset({"F15B"})),
    Purpose.CHANGING: Package(("F20", "F27", "F21"), by_case=frozenset({"F27"})),
    Purpose.CARING: Package(("F11", "F12", "F13", "F14"), ("照料人身份证复印件", "义务人情况证明")),
    Purpose.BLANK: Package(
        ("F15B", "F01B", "F02B", "F03B", "F17aB"),
        asked_for=frozenset({"F01B", "F02B", "F03B", "F17aB"}),
    ),
    Purpose.REFERRING: Package(("F19", "F22"), ("本人同意", "身份证复印件")),
}
_COVER: Final = "F28"
_BEGINNINGS: Final = {
    "F01": Purpose.APPLYING,
    "F17a": Purpose.RELIEF,
    "F15": Purpose.VISITING,
    "F20": Purpose.CHANGING,
    "F21": Purpose.CHANGING,
    "F13": Purpose.CARING,
    "F19": Purpose.REFERRING,
}
"""Papers that stand for what was done: the one that was done last is what is printed now."""
_INSTANT: Final = 13
"""Characters of an id that tell when it was made, to the millisecond."""


def in_package(purpose: Purpose, ready: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """The forms of `purpose` in their order.

    `known` are all a household can ever have, `ready` those that can be made now, the village's own
    among them. A file is bound behind its cover (一户一档).
    """
    if purpose is Purpose.READY:
        return tuple(ready)
    if purpose is Purpose.FILE:
        return tuple(sorted((one for one in ready if one in known), key=lambda one: one != _COVER))
    package = PACKAGES[purpose]
    always = frozenset(known) - package.by_case
    return tuple(one for one in package.forms if one in ready or one in always)


def ticked_in(purpose: Purpose, forms: Iterable[str]) -> frozenset[str]:
    """Which of the ready `forms` of a purpose are ticked from the start.

    Of a file only its cover is: what is bound behind it are the papers that were signed.
    """
    if purpose is Purpose.FILE:
        return frozenset({_COVER}).intersection(forms)
    return frozenset(forms) - PACKAGES[purpose].asked_for


def purpose_of(forms: Iterable[str]) -> Purpose:
    """The purpose that asked-for papers belong to: the first that has them all, or has most."""
    wanted = frozenset(forms)
    return max(PACKAGES, key=lambda one: len(wanted.intersection(PACKAGES[one].forms)))


def purpose_now(newest: Mapping[str, str]) -> Purpose:
    """What a household's papers are wanted for: what was recorded last, by the time in its id.

    `newest` is form → what it would be about. Things recorded together are all offered.
    """
    begun = {form: newest[form][:_INSTANT] for form in _BEGINNINGS if form in newest}
    last = max(begun.values(), default="")
    found = [_BEGINNINGS[form] for form, at in begun.items() if at == last]
    return found[0] if len(found) == 1 else Purpose.READY


def attachments_of(work: UnitOfWork, household: HouseholdId) -> dict[Purpose, tuple[str, ...]]:
    """What is handed in beside the papers of each purpose, with what has come in of it.

    An application under way has a checklist of its own, which says more than the list of the form.
    """
    said = {purpose: package.attached for purpose, package in PACKAGES.items()}
    for application in work.casework.applications_of(household):
        if APPLICATION.may(application.status, ApplicationEvent.WITHDRAW):
            said[Purpose.APPLYING] = tuple(
                f"{one.name}（{one.state.label}）"
                for one in checklist_of(work, application)
                if one.state is not MaterialState.NOT_NEEDED
            )
            break
    return said
