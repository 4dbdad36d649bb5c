"""What can be done about one 先行救助 on its page: which fields each deed asks for. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.casework import ReliefStatus
from app.domain.money import Money
from app.domain.relief_case import ReliefCase
from app.domain.relief_states import FOLLOWED, RELIEF, ReliefEvent
from app.domain.relief_words import Afterwards, ApprovalWay, CheckResult, InstalmentStatus
from app.domain.words import Word
from app.services.relief_debts import awaits_decision
from app.services.relief_windows import EARLY
from app.ui.drafting import Readers


class DeedKind(Word):
    """What she can press on the page, in the order it stands there."""

    PAY = "pay", "现在给"
    PAY_IN_PARTS = "pay_in_parts", "分月给"
    PAY_PART = "pay_part", "给下一次"
    APPROVE = "approve", "记下谁同意的"
    VERIFY = "verify", "核实过了"
    REFER = "refer", "转上级批"
    DECLINE = "decline", "不给了"
    NAME = "name", "问到姓名了"
    MAKE_UP = "make_up", "补手续"
    END_EMERGENCY = "end_emergency", "急难缓解了"
    RECOVER = "recover", "收回来一笔"
    WRITE_OFF = "write_off", "追不回了"
    CLOSE = "close", "办结"
    FOLLOW = "follow", "跟进救助"
    RECEIPT = "receipt", "收条是手写的"
    REJECT = "reject", "查出不符，要追回"
    DROP_PART = "drop_part", "下一次不给了"
    REVERSE_PART = "reverse_part", "冲正最近一次"
    REVERSE = "reverse", "冲正"


_EVENTS: Final = {
    DeedKind.PAY: (ReliefEvent.PAY,),
    DeedKind.PAY_IN_PARTS: (ReliefEvent.PAY,),
    DeedKind.APPROVE: (ReliefEvent.APPROVE, ReliefEvent.NOTE_APPROVAL),
    DeedKind.VERIFY: (ReliefEvent.VERIFY,),
    DeedKind.REFER: (ReliefEvent.REFER,),
    DeedKind.DECLINE: (ReliefEvent.DECLINE,),
    DeedKind.NAME: (ReliefEvent.NAME,),
    DeedKind.RECEIPT: (ReliefEvent.RECEIPT,),
    DeedKind.MAKE_UP: (ReliefEvent.SUPPLEMENT,),
    DeedKind.REJECT: (ReliefEvent.REJECT,),
    DeedKind.END_EMERGENCY: (ReliefEvent.END_EMERGENCY,),
    DeedKind.RECOVER: (ReliefEvent.RECOVER,),
    DeedKind.WRITE_OFF: (ReliefEvent.WRITE_OFF,),
    DeedKind.CLOSE: (ReliefEvent.CLOSE,),
    DeedKind.REVERSE: (ReliefEvent.REVERSE,),
}
FIELDS: Final[dict[DeedKind, tuple[str, ...]]] = {
    DeedKind.PAY: (),
    DeedKind.PAY_IN_PARTS: ("parts",),
    DeedKind.PAY_PART: (),
    DeedKind.APPROVE: ("by", "how", "note"),
    DeedKind.VERIFY: ("note",),
    DeedKind.REFER: ("reason",),
    DeedKind.DECLINE: ("reason",),
    DeedKind.NAME: ("payee_name", "payee_id_number"),
    DeedKind.RECEIPT: ("receipt_no",),
    DeedKind.MAKE_UP: (
        "items", "text", "checked", "visited", "posted", "ended", "result", "afterwards",
    ),
    DeedKind.REJECT: ("text", "checked", "visited"),
    DeedKind.END_EMERGENCY: ("on",),
    DeedKind.RECOVER: ("amount", "note"),
    DeedKind.WRITE_OFF: ("by", "reason"),
    DeedKind.CLOSE: (),
    DeedKind.FOLLOW: (),
    DeedKind.DROP_PART: (),
    DeedKind.REVERSE_PART: ("reason",),
    DeedKind.REVERSE: ("reason",),
}  # fmt: skip
"""The fields a deed asks for, in talk order; one without any is done at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedForm:
    """The answers of the deed at hand."""

    by: str = ""
    how: ApprovalWay | None = None
    note: str = ""
    reason: str = ""
    amount: Money | None = None
    parts: str = ""
    on: date | None = None
    text: str = ""
    items: tuple[str, ...] | None = None
    """The papers that are there: nothing is taken for granted."""
    checked: str = ""
    visited: date | None = None
    posted: date | None = None
    ended: date | None = None
    result: CheckResult = CheckResult.KEPT
    afterwards: Afterwards = Afterwards.NOTHING
    payee_name: str = ""
    payee_id_number: str = ""
    receipt_no: str = ""
    apart: str = ""
    """Why it is another matter than what was given that night."""


APART: Final = "apart"
_PAYING: Final = frozenset({DeedKind.PAY, DeedKind.PAY_IN_PARTS})
EXPLAINED: Final[dict[DeedKind, str]] = {
    DeedKind.PAY_IN_PARTS: "今天给第一次，以后每月给一次，到日子排进今日工作；"
    "几次加起来正好是同意的数。",
    DeedKind.NAME: "记下以后，审批表、补手续表、收条、台账上都写这个姓名；只能记一次。",
    DeedKind.RECEIPT: "打不出收条时，用收据本写一张，请领款人签字，把本子上的号记在这里。",
    DeedKind.MAKE_UP: "交了哪样，就在哪样上打勾，没打勾的不算。"
    "记下以后这笔的手续就算补完，改不回来；错了只能冲正。",
    DeedKind.REJECT: "手续是补过的，后来查出不符合：写清楚查到什么，这一笔就转成追回。",
    DeedKind.WRITE_OFF: "镇里同意不再追了才记。这笔钱不回到备用金里；改不回来。",
    DeedKind.REVERSE: "冲正以后，这笔钱在账上退回来，原来那一笔和原因都留着；改不回来。",
}
"""What will happen, said before it does."""

READERS: Final[Readers] = {
    "how": ApprovalWay,
    "amount": Money,
    "on": date.fromisoformat,
    "items": tuple,
    "visited": date.fromisoformat,
    "posted": date.fromisoformat,
    "ended": date.fromisoformat,
    "result": CheckResult,
    "afterwards": Afterwards,
}
"""How the answers of a draft are read back."""


def asked_for(case: ReliefCase, deed: DeedKind) -> tuple[str, ...]:
    """The fields of `deed`; what was not paid yet may be agreed to with another sum."""
    fields = FIELDS[deed]
    waits = RELIEF.may(case.relief.status, ReliefEvent.APPROVE)
    if deed is DeedKind.APPROVE and waits:
        return ("by", "how", "amount", "note")
    return fields


def told_for(case: ReliefCase, deed: DeedKind, form: DeedForm) -> tuple[str, ...]:
    """The fields of `deed`, and what was already said beside them: it goes with what is paid."""
    fields = asked_for(case, deed)
    return (*fields, APART) if form.apart and deed in _PAYING else fields


def deeds_of(case: ReliefCase, today: date) -> tuple[DeedKind, ...]:
    """What can be done today, in the order of the page; a part comes when its day does."""
    early = any(
        part.status is InstalmentStatus.PLANNED and part.planned_on - today > EARLY
        for part in case.instalments[: _first_planned(case) + 1]
    )
    return tuple(
        deed
        for deed in DeedKind
        if _is_possible(case, deed) and not (early and deed is DeedKind.PAY_PART)
    )


def _first_planned(case: ReliefCase) -> int:
    """Where the next part stands; past the last where all are given."""
    planned = [part.status is InstalmentStatus.PLANNED for part in case.instalments]
    return planned.index(True) if any(planned) else len(planned)


def _is_possible(case: ReliefCase, deed: DeedKind) -> bool:
    status, events = case.relief.status, _EVENTS.get(deed, ())
    if _is_said(case, deed) or (deed is DeedKind.CLOSE and not _is_settled(case)):
        return False
    if deed is DeedKind.PAY_IN_PARTS and status is not ReliefStatus.APPROVED_FAST:
        return False
    if deed is DeedKind.REJECT and RELIEF.may(status, ReliefEvent.SUPPLEMENT):
        return False  # the papers themselves say how it came out
    if events:
        return any(RELIEF.may(status, event) for event in events)
    states = {part.status for part in case.instalments}
    if deed is DeedKind.FOLLOW:
        return status in FOLLOWED
    if deed is DeedKind.PAY_PART:
        return InstalmentStatus.PLANNED in states and status in _GIVING
    if deed is DeedKind.DROP_PART:
        return InstalmentStatus.PLANNED in states
    return InstalmentStatus.PAID in states and RELIEF.may(status, ReliefEvent.REVERSE)


def _is_said(case: ReliefCase, deed: DeedKind) -> bool:
    """Whether what the deed would say is known already, or is about nothing."""
    relief = case.relief
    said = {
        DeedKind.APPROVE: relief.decided_at is not None,
        DeedKind.END_EMERGENCY: relief.emergency_over_on is not None,
        DeedKind.NAME: not relief.is_unknown,
        DeedKind.RECEIPT: not case.given.fen,
    }
    return said.get(deed, False)


def _is_settled(case: ReliefCase) -> bool:
    """Whether it may be ended: somebody above has answered, and nothing is left to be given."""
    planned = any(part.status is InstalmentStatus.PLANNED for part in case.instalments)
    return not planned and not awaits_decision(case.relief)


_GIVING: Final = frozenset(
    {ReliefStatus.PAID, ReliefStatus.PAPERWORK_PENDING, ReliefStatus.SUPPLEMENTED}
)
