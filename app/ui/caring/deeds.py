"""What can be done about care agreements, the watch list, cases and complaints; what is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.care_states import CareEvent
from app.domain.caring import AbilityKind, CareEnd, Complaint, ComplaintChannel, Have, WatchCause
from app.domain.case_plan_states import CaseEvent
from app.domain.money import Money
from app.domain.people import SelfCare
from app.domain.watch_states import WatchEvent
from app.domain.words import Word
from app.services.caring_book import CaringFile, is_in_hand
from app.ui.drafting import Readers


class Start(Word):
    """Deeds that begin something, and the answer to a complaint."""

    ANSWER = "answer", "记答复"
    DRAFT = "draft", "写照料协议"
    NOTICE = "notice", "备案监测"
    OPEN_CASE = "open_case", "开个案"
    COMPLAIN = "complain", "记一件投诉"
    ASSESS = "assess", "记自理能力评估"


Deed = Start | CareEvent | WatchEvent | CaseEvent
_WORD: Final = ("happened_on", "told_by", "paper_no")
_SAID: Final = ("note", "happened_on")
_CARER: Final = ("carer", "carer_phone", "carer_relation", "carer_id_number", "carer_address")
_CASE: Final = ("note", "by_whom", "due_on", "happened_on")
_FIELDS: Final[dict[Deed, tuple[str, ...]]] = {
    Start.DRAFT: ("name", *_CARER, "fee", "services", "starts_on", "ends_on"),
    Start.NOTICE: ("cause", *_SAID),
    Start.OPEN_CASE: ("need", "due_on", "happened_on"),
    Start.COMPLAIN: ("channel", "who", "content", "happened_on"),
    Start.ASSESS: (
        "name",
        "unable",
        "assessor",
        "other_assessor",
        "ability_kind",
        "finding",
        "happened_on",
    ),
    Start.ANSWER: ("answer", "happened_on"),
    CareEvent.SIGN: ("happened_on",),
    CareEvent.BEGIN: ("happened_on",),
    CareEvent.CHECK: ("has_standard", "has_plan", "happened_on"),
    CareEvent.RENEW: ("ends_on", "happened_on"),
    CareEvent.REPLACE: (*_CARER, "ends_on", *_SAID),
    CareEvent.TERMINATE: ("ended_by", *_SAID),
    CareEvent.CLOSE: ("happened_on",),
    CareEvent.DROP: _SAID,
    WatchEvent.VERIFY: _SAID,
    WatchEvent.LIST: _WORD,
    WatchEvent.COMPARE: _SAID,
    WatchEvent.OBSERVE: _WORD,
    WatchEvent.REOPEN: _SAID,
    WatchEvent.REMOVE: _WORD,
    WatchEvent.PROMOTE: _SAID,
    WatchEvent.DISMISS: _SAID,
    CaseEvent.DONE: _CASE,
    CaseEvent.SKIP: _CASE,
    CaseEvent.NOTE: _CASE,
    CaseEvent.CLOSE: _SAID,
    CaseEvent.DROP: _SAID,
    CaseEvent.REOPEN: _CASE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaringForm:
    """The answers of the deed at hand; a day nobody gave is today."""

    name: str = ""
    carer: str = ""
    carer_phone: str = ""
    carer_relation: str = ""
    carer_id_number: str = ""
    carer_address: str = ""
    fee: Money | None = None
    services: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    has_standard: Have | None = None
    has_plan: Have | None = None
    ended_by: CareEnd | None = None
    unable: tuple[SelfCare, ...] | None = None
    assessor: str = ""
    other_assessor: str = ""
    ability_kind: AbilityKind | None = None
    finding: str = ""
    cause: WatchCause | None = None
    channel: ComplaintChannel = ComplaintChannel.PHONE
    who: str = ""
    content: str = ""
    answer: str = ""
    need: str = ""
    by_whom: str = ""
    due_on: date | None = None
    note: str = ""
    happened_on: date | None = None
    told_by: str = ""
    paper_no: str = ""


READERS: Final[Readers] = {
    "fee": Money,
    "starts_on": date.fromisoformat,
    "ends_on": date.fromisoformat,
    "has_standard": Have,
    "has_plan": Have,
    "ended_by": CareEnd,
    "unable": lambda acts: tuple(map(SelfCare, acts)),
    "ability_kind": AbilityKind,
    "cause": WatchCause,
    "channel": ComplaintChannel,
    "due_on": date.fromisoformat,
    "happened_on": date.fromisoformat,
}
"""How the answers of a draft are read back."""


def deed_named(name: str) -> Deed | None:
    """The deed a draft is about; None for one there is no more."""
    known: dict[str, Deed] = {f"{type(one).__name__}.{one.value}": one for one in _FIELDS}
    return known.get(name)


def name_of(deed: Deed) -> str:
    """As a draft names it: events of agreements and of the watch list share some words."""
    return f"{type(deed).__name__}.{deed.value}"


def asked_for(deed: Deed) -> tuple[str, ...]:
    """The fields of `deed`, in talk order."""
    return _FIELDS[deed]


def deeds_of(file: CaringFile | None) -> tuple[Deed, ...]:
    """What can be done now: about the record in front first; None is the list."""
    if file is None:
        return (Start.COMPLAIN,)
    found: list[Deed] = list(file.events)
    if isinstance(file.at, Complaint) and is_in_hand(file.at):
        found.append(Start.ANSWER)
    if file.household is not None:
        found += [Start.DRAFT, Start.NOTICE, Start.OPEN_CASE, Start.COMPLAIN, Start.ASSESS]
    return tuple(found)
