"""What can be asked about 先行救助, as values: to pay, to note who agreed, to make papers up."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from app.domain.casework import EventKind, Relief, ReliefWay
from app.domain.identity import parse_id_number
from app.domain.ids import HouseholdId, PersonId, ReliefId
from app.domain.money import Money
from app.domain.operations import canonical
from app.domain.problem import Refused
from app.domain.relief_area import EventArea
from app.domain.relief_payee import ReliefPayee
from app.domain.relief_words import (
    Afterwards,
    ApprovalWay,
    CheckResult,
    FundSource,
    ReportedBy,
)
from app.domain.roster_cells import read_other_number

NOBODY_KNOWS: Final = "不知道姓名"
"""The name of a payee whose name nobody knows."""
ALL_THERE: Final = "手续都交齐了。"
REFERABLE: Final = frozenset({"F-14", "M-20", "M-21"})
"""Refusals of a payment that somebody above may overrule: the same answers go up instead."""

_RESIDENT_LENGTHS: Final = (15, 18)
"""Of a number like these nothing but a resident's is meant, old or new."""


@dataclass(frozen=True, slots=True)
class Approval:
    """Who above agreed, how, and when (now where nothing is said)."""

    by: str
    how: ApprovalWay
    at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PayRelief:
    """The relief form: to whom, what happened, how much, how. The person may be unknown here.

    `parts` are the sums of staged relief, the first paid now, one a month after that. `parent` is
    what it follows on. `source` None takes the reserve fund where there is one.
    """

    household: HouseholdId | None
    payee_name: str
    event: EventKind
    amount: Money
    way: ReliefWay
    payee: PersonId | None = None
    payee_id_number: str | None = None
    is_unknown: bool = False
    event_note: str = ""
    event_area: EventArea | None = None
    """Where it happened; `event_area_code` says so where it was kept before."""
    event_area_code: str | None = None
    event_place: str = ""
    goods: str = ""
    persons: int | None = None
    found_at: datetime | None = None
    reported_by: ReportedBy | None = None
    reporter: str = ""
    source: FundSource | None = None
    parts: tuple[Money, ...] = ()
    parent: ReliefId | None = None
    approval: Approval | None = None
    known: ReliefId | None = None
    """The record that was noted before anybody had looked: it is gone on with, none is made."""
    apart: str = ""
    """Why it is another matter than what was given that night (不是同一件事)."""
    draft_key: str | None = None

    @property
    def at_once(self) -> Money:
        """What leaves the village with this request."""
        return self.parts[0] if self.parts else self.amount


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeUp:
    """The papers made up after a payment (F17b). `items` are the papers that are there, no others.

    Without `text` and with all of them it says that they are all there.
    """

    text: str = ""
    checked: str = ""
    home_visited_on: date | None = None
    notice_from: date | None = None
    notice_to: date | None = None
    items: tuple[str, ...] = ()
    result: CheckResult = CheckResult.KEPT
    afterwards: Afterwards = Afterwards.NOTHING
    completed_on: date | None = None

    @property
    def told(self) -> str:
        """What F17b says about it."""
        return self.text.strip() or ALL_THERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What may be paid now, out of what, and by which rules.

    `at_once` is the most one payment may take, being made from one token. `fund` is the balance of
    the reserve fund, None where none is open. Without a due day for the papers the county has given
    no term.
    """

    left: Money
    cap: Money | None
    cap_rule: str
    paperwork_due_on: date | None
    paperwork_rule: str
    fund: Money | None = None
    decision_rule: str = ""
    at_once: Money | None = None

    @property
    def most(self) -> Money:
        """The most one payment may take of what is left."""
        return self.left if self.at_once is None else self.at_once


def asked_again(relief: Relief) -> PayRelief:
    """A record that was not paid yet, as the request to pay it."""
    return PayRelief(
        household=relief.household,
        payee_name=relief.payee_name,
        event=relief.event,
        amount=relief.amount,
        way=relief.way,
        payee=relief.payee,
        payee_id_number=relief.payee_id_number,
        is_unknown=relief.is_unknown,
        event_note=relief.event_note,
        event_area_code=relief.event_area_code,
        event_place=relief.event_place,
        goods=relief.goods,
        persons=relief.persons,
        found_at=relief.found_at,
        reported_by=relief.reported_by,
        reporter=relief.reporter,
        source=relief.source,
        parent=relief.parent,
    )


def payment_identity(request: PayRelief, payee: ReliefPayee, on: date, again: int = 0) -> str:
    """What makes a payment this payment: who, what happened, how, how much, on which day.

    `again`: how many of them were taken back before it. SHA-256 in hex; the county refuses a second
    payment with the same identity.
    """
    what = {
        "payee": payee.key,
        "again": again,
        "event": request.event.value,
        "note": request.event_note.strip(),
        "way": request.way.value,
        "amount_fen": request.amount.fen,
        "on": on.isoformat(),
    }
    return hashlib.sha256(b"sa/payment/v2\0" + canonical(what)).hexdigest()


def part_identity(relief: str, seq: int) -> str:
    """The identity of one part of staged relief: each is paid once."""
    what = canonical({"relief": relief, "seq": seq})
    return hashlib.sha256(b"sa/payment-part/v1\0" + what).hexdigest()


def reversal_identity(payment_id: str) -> str:
    """The identity of the entry that takes a payment back: once."""
    return hashlib.sha256(b"sa/payment-reversal/v1\0" + payment_id.encode()).hexdigest()


def asked_of(relief: Relief, request: PayRelief) -> PayRelief:
    """What is asked now about a record that was noted before: whom it is for and what happened
    stand as they were noted."""
    return replace(
        asked_again(relief),
        event_note=request.event_note,
        event_place=request.event_place,
        amount=request.amount,
        way=request.way,
        goods=request.goods,
        reported_by=relief.reported_by or request.reported_by,
        source=request.source,
        parts=request.parts,
        approval=request.approval,
        apart=request.apart,
        known=relief.id,
        draft_key=request.draft_key,
    )


def check_reported(request: PayRelief) -> None:
    """Raises Refused for what cannot even be noted: how much it takes may still be open."""
    if not request.payee_name.strip():
        raise Refused("还没填给谁。", do="请填姓名。", code="F-10", field="payee_name")
    if request.amount.fen < 0:
        raise Refused(
            "金额要大于零。", do="请填给多少，还不知道就空着。", code="F-11", field="amount"
        )


def check_whole(request: PayRelief) -> None:
    """Raises Refused M-70 for parts where nothing is given yet: they would not be remembered."""
    if request.parts:
        raise Refused(
            "分几次给要在给钱的时候定，先记下、转上级都记不住。",
            do="请空着“分月给”再试；上面同意了，从这一笔里点“分月给”。",
            code="M-70",
            field="parts",
        )


def check_payee_number(request: PayRelief, today: date) -> None:
    """Raises Refused I-01…I-05 for a resident's number that is none, R-37 for another's: money
    goes out under it, and the receipt carries it."""
    number = request.payee_id_number
    if number is None:
        return
    try:
        if len(number.strip()) in _RESIDENT_LENGTHS:
            parse_id_number(number, on=today)
        else:
            read_other_number(number)
    except Refused as problem:
        raise Refused(
            problem.what, do=problem.do, code=problem.code, field="payee_id_number"
        ) from problem


def check_asked(request: PayRelief) -> None:
    """Raises Refused for what no payment can do without, whoever allows it."""
    if not request.payee_name.strip():
        raise Refused("还没填给谁。", do="请填姓名。", code="F-10", field="payee_name")
    if request.amount.fen <= 0:
        raise Refused("金额要大于零。", do="请填给多少。", code="F-11", field="amount")
    if request.parts:
        check_parts(request.parts)
        _check_sum(request.parts, request.amount)


def check_parts(parts: tuple[Money, ...]) -> None:
    """Raises Refused M-27 for parts that cannot be paid."""
    if len(parts) < 2 or any(part.fen <= 0 for part in parts):  # noqa: PLR2004  # one is no part
        raise Refused(
            "分几次给要写两个或更多大于零的数。",
            do="请写成“500、300、200”这样，或者空着一次给完。",
            code="M-27",
            field="parts",
        )


def _check_sum(parts: tuple[Money, ...], amount: Money) -> None:
    """Raises Refused M-28 for a sum that is not that of its parts."""
    total = sum(parts, Money(0))
    if total != amount:
        raise Refused(
            f"几次加起来是 {total.grouped()} 元，和一共要给的 {amount.grouped()} 元不一样。",
            do="请改每次的数，让它们加起来正好是总数。",
            code="M-28",
            field="parts",
        )
