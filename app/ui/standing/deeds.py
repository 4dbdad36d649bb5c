"""What can be done about a household on the page of reviews and 渐退, and what each deed asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.grace_states import GraceEvent, GraceStatus
from app.domain.money import Money
from app.domain.standing import BenefitKind, CaseClass, CertificateKind, EndsBy, ReviewResult
from app.domain.words import Word
from app.services.standing_book import StandingFile
from app.ui.drafting import Readers


class DeedKind(Word):
    """What she can press on the page, in the order it stands there."""

    PROPOSE = "propose", "提议渐退"
    APPROVE = "approve", "记批准"
    SCHEDULE = "schedule", "记每月发几成"
    BEGIN = "begin", "开始渐退"
    END = "end", "记期满"
    EXIT = "exit", "退出低保"
    REINSTATE = "reinstate", "恢复保障"
    REVIEW = "review", "记一次复核"
    ADD = "add", "增员"
    REMOVE = "remove", "减员"
    RECEIVE = "receive", "记一项待遇"
    CERTIFY = "certify", "记证件期限"
    STOP = "stop", "停这项待遇"
    CANCEL = "cancel", "取消渐退"


EVENTS: Final = {
    DeedKind.APPROVE: GraceEvent.APPROVE,
    DeedKind.SCHEDULE: GraceEvent.SCHEDULE,
    DeedKind.BEGIN: GraceEvent.BEGIN,
    DeedKind.END: GraceEvent.END,
    DeedKind.EXIT: GraceEvent.EXIT,
    DeedKind.REINSTATE: GraceEvent.REINSTATE,
    DeedKind.CANCEL: GraceEvent.CANCEL,
}
_WORD: Final = ("happened_on", "told_by", "paper_no")
_FIELDS: Final[dict[DeedKind, tuple[str, ...]]] = {
    DeedKind.PROPOSE: ("reason",),
    DeedKind.APPROVE: _WORD,
    DeedKind.SCHEDULE: ("shares",),
    DeedKind.BEGIN: (),
    DeedKind.END: (),
    DeedKind.EXIT: _WORD,
    DeedKind.REINSTATE: ("note", *_WORD),
    DeedKind.REVIEW: ("result", "case_class", "happened_on", "note"),
    DeedKind.ADD: ("name", "reason", "happened_on"),
    DeedKind.REMOVE: ("name", "reason", "happened_on"),
    DeedKind.RECEIVE: ("kind", "name", "amount", "since", "ends_on", "ends_by"),
    DeedKind.CERTIFY: ("certificate", "name", "valid_to"),
    DeedKind.STOP: ("reason", "happened_on"),
    DeedKind.CANCEL: ("note", *_WORD),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedForm:
    """The answers of the deed at hand; a day nobody gave is today."""

    happened_on: date | None = None
    told_by: str = ""
    paper_no: str = ""
    note: str = ""
    reason: str = ""
    shares: str = ""
    result: ReviewResult = ReviewResult.NO_CHANGE
    case_class: CaseClass | None = None
    name: str = ""
    kind: BenefitKind = BenefitKind.DISABILITY_LIVING
    amount: Money | None = None
    since: date | None = None
    ends_on: date | None = None
    ends_by: EndsBy | None = None
    certificate: CertificateKind = CertificateKind.DISABILITY
    valid_to: date | None = None


READERS: Final[Readers] = {
    "happened_on": date.fromisoformat,
    "result": ReviewResult,
    "case_class": CaseClass,
    "kind": BenefitKind,
    "amount": Money,
    "since": date.fromisoformat,
    "ends_on": date.fromisoformat,
    "ends_by": EndsBy,
    "certificate": CertificateKind,
    "valid_to": date.fromisoformat,
}
"""How the answers of a draft are read back."""


def asked_for(file: StandingFile, deed: DeedKind) -> tuple[str, ...]:
    """The fields of `deed`, in talk order; one without any is done at once."""
    grace = file.grace
    if deed is DeedKind.APPROVE and grace is not None and grace.is_open:
        return (*_WORD, "shares")
    if deed is DeedKind.CANCEL and grace is not None and grace.status is GraceStatus.PROPOSED:
        return ("note",)
    return _FIELDS[deed]


def deeds_of(file: StandingFile, today: date) -> tuple[DeedKind, ...]:
    """What can be done today, in the order of the page: a step whose day has not come is none, and
    taking up the benefit again comes last as long as the 渐退 runs as it was agreed."""
    early = not_yet(file, today)
    found = [deed for deed in DeedKind if deed is not early and _is_possible(file, deed)]
    running = file.grace is not None and file.grace.status is GraceStatus.RUNNING
    return tuple(sorted(found, key=lambda deed: running and deed is DeedKind.REINSTATE))


def not_yet(file: StandingFile, today: date) -> DeedKind | None:
    """The next step of a 渐退 where it has to wait for its day."""
    grace = file.grace
    if grace is None:
        return None
    if grace.status is GraceStatus.APPROVED and today < grace.start_month:
        return DeedKind.BEGIN
    if grace.status is GraceStatus.RUNNING and grace.ends_on is not None:
        return DeedKind.END if today <= grace.ends_on else None
    return None


def _is_possible(file: StandingFile, deed: DeedKind) -> bool:
    if deed in EVENTS:
        return EVENTS[deed] in file.events
    if deed is DeedKind.PROPOSE:
        return file.may_propose
    # a benefit is stopped from its own line
    return deed is not DeedKind.STOP
