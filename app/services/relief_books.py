"""Writes the records of 先行救助, inside the caller's transaction.

A step is a fact of its own, and the status moves with it; a payment enters the reserve fund in the
same breath. Nothing here decides whether it may be: `app.services.relief_checks` has looked before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final

from app.domain.casework import Relief, ReliefStatus
from app.domain.clock import Clock, china_date
from app.domain.ids import ReliefId, new_id
from app.domain.money import Money
from app.domain.problem import Refused
from app.domain.relief_case import Instalment
from app.domain.relief_states import RELIEF, ReliefEvent
from app.domain.relief_words import EntryKind, FundSource, InstalmentStatus
from app.domain.workdays import add_months
from app.services.fund_books import FundBooks, Movement
from app.services.ground_rules import GroundRules
from app.services.relief_asked import Approval, PayRelief, reversal_identity
from app.services.relief_checks import ReliefChecks
from app.services.relief_record import ReliefRecord
from app.services.stamps import next_document_no

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

RECORD: Final = "emergency_relief"
STEP: Final = "relief_step"
PART: Final = "relief_instalment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What was done, when, and what there is to say about it."""

    event: ReliefEvent | None
    at: datetime
    note: str = ""
    amount: Money | None = None
    fields: Mapping[str, object] = field(default_factory=dict)
    """Columns of the record that change with it."""


@dataclass(frozen=True, slots=True)
class ReliefBooks:
    """Writes. Call inside a unit of work."""

    clock: Clock
    rules: GroundRules
    checks: ReliefChecks
    fund: FundBooks

    def enter(self, work: UnitOfWork, request: PayRelief, *steps: Step) -> Relief:
        """A new record, taken through `steps` at once.

        Raises Refused M-24 for steps that are not legal, M-25 or M-26 for goods that do not add up.
        """
        now = self.clock.now()
        relief = ReliefId(new_id(now))
        helped = self.checks.helped(work, request)
        record = ReliefRecord(self.clock, self.rules, self.checks)
        fields = record.fields(work, request, helped)
        first = Step(event=None, at=request.found_at or now, note=request.reporter)
        taken, status = [(ReliefStatus.REPORTED, first)], ReliefStatus.REPORTED
        for step in steps:
            status = RELIEF.after(status, _event_of(step))
            taken.append((status, step))
            fields |= step.fields
        subject = request.household or relief
        work.change(
            kind=f"relief.{status.value}",
            entity=RECORD,
            entity_id=relief,
            subject=subject,
            new=True,
            fields=fields | {"status": status},
        )
        for each, step in taken:
            self._note(work, relief, subject, each, step)
        return self._read(work, relief)

    def find(self, work: UnitOfWork, relief_id: ReliefId) -> Relief:
        """One record. Raises Refused F-12 when there is none."""
        found = work.casework.relief(relief_id)
        if found is None:
            raise Refused("找不到这笔先行救助。", do="请回到列表。", code="F-12")
        return found

    def agreed(
        self, work: UnitOfWork, approval: Approval, since: datetime, about: PayRelief
    ) -> dict[str, object]:
        """Who agreed to what was asked, as columns.

        Raises Refused M-35 as `agreeing` does, M-36 for a time that cannot be.
        """
        by = self.agreeing(work, approval.by, about)
        at = approval.at or self.clock.now()
        if not since <= at <= self.clock.now():
            raise Refused(
                "同意的时间要在发现以后、现在以前。", do="请改一下时间。", code="M-36", field="at"
            )
        return {"decided_at": at, "decided_by": by, "decided_how": approval.how}

    def agreeing(self, work: UnitOfWork, name: str, about: PayRelief) -> str:
        """The name of who agreed.

        Raises Refused M-35 without one, or with one of those it is not for to agree: who writes it
        down, who is paid, their household.
        """
        by = name.strip()
        if not by:
            raise Refused("还没写谁同意的。", do="请写姓名。", code="M-35", field="by")
        home = None if about.household is None else work.households.get(about.household)
        own = {one.person.name for one in home.members} if home is not None else set()
        if by in own | {work.identity.officer_name, about.payee_name.strip()}:
            raise Refused(
                "同意的人不能是记这笔的人，也不能是领钱的这一户。",
                do="请写镇里是谁同意的；只是同名，就在名字后面写上单位。",
                code="M-35",
                field="by",
            )
        return by

    def move(self, work: UnitOfWork, relief: Relief, *steps: Step) -> Relief:
        """Take the steps one after another.

        Raises Refused M-24 for one that is not legal, M-57 for a payment the county counts already.
        """
        if work.relief.is_double(relief.id):
            raise Refused(
                "这笔钱另一台电脑也记了，县里只算那一笔，这一条不能再往下办。",
                do="请打电话给县里，核对钱给了一次还是两次。",
                code="M-57",
            )
        status, subject = relief.status, relief.household or relief.id
        fields: dict[str, object] = {}
        for step in steps:
            status = RELIEF.after(status, _event_of(step))
            fields |= {**step.fields, "status": status}
            self._note(work, relief.id, subject, status, step)
        work.change(
            kind=f"relief.{steps[-1].event}",
            entity=RECORD,
            entity_id=relief.id,
            subject=subject,
            fields=fields,
        )
        return self._read(work, relief.id)

    def plan(self, work: UnitOfWork, relief: Relief, parts: tuple[Money, ...]) -> list[Instalment]:
        """Write the parts of staged relief down: the first now, each other a month later."""
        now = self.clock.now()
        for seq, part in enumerate(parts, start=1):
            work.change(
                kind="relief.planned",
                entity=PART,
                entity_id=new_id(now),
                subject=relief.household or relief.id,
                new=True,
                fields={
                    "relief_id": relief.id,
                    "seq": seq,
                    "planned_on": add_months(china_date(now), seq - 1),
                    "amount_fen": part,
                    "status": InstalmentStatus.PLANNED,
                    "handler": work.identity.officer_name,
                },
            )
        return work.relief.instalments(relief.id)

    def pay_part(self, work: UnitOfWork, relief: Relief, part: Instalment, payment_id: str) -> None:
        """One part leaves the village. Raises Refused when quota or fund do not allow it."""
        quota = self.checks.quota(work, part.amount)
        now = self.clock.now()
        number = next_document_no(work, now)
        work.change(
            kind="relief.part_paid",
            entity=PART,
            entity_id=part.id,
            subject=relief.household or relief.id,
            fields={
                "status": InstalmentStatus.PAID,
                "document_no": number,
                "paid_at": now,
                "payment_id": payment_id,
                "quota_id": quota.id,
                "handler": work.identity.officer_name,
            },
        )
        self._spend(work, relief, part.amount, payment_id, number)

    def payment(self, work: UnitOfWork, amount: Money, payment_id: str) -> dict[str, object]:
        """What the record says once its whole sum is paid now; the fund is booked by `booked`.

        Raises Refused F-15 when the quota does not allow it.
        """
        quota = self.checks.quota(work, amount)
        return {"paid_at": self.clock.now(), "payment_id": payment_id, "quota_id": quota.id}

    def booked(self, work: UnitOfWork, relief: Relief) -> None:
        """Enter the payment of a record in the fund, after the record says it is paid.

        Raises Refused M-22 when the fund does not hold as much.
        """
        if relief.payment_id is not None:
            self._spend(work, relief, relief.amount, relief.payment_id, relief.document_no)

    def owed(self, work: UnitOfWork, at: datetime) -> dict[str, object]:
        """The debt of papers that begins with a payment at `at`."""
        paperwork = self.rules.paperwork(work, china_date(at))
        return {"paperwork_due_on": paperwork.due_on, "paperwork_rule": paperwork.rule}

    def reverse(self, work: UnitOfWork, relief: Relief, reason: str) -> None:
        """The entry that takes a whole payment back: quota and fund have it again."""
        if relief.payment_id is None:
            return
        now = self.clock.now()
        row = work.relief.fields(relief.id)
        number = next_document_no(work, now)
        fields = row | {
            "document_no": number,
            "payment_id": reversal_identity(relief.payment_id),
            "paid_at": now,
            "status": ReliefStatus.REVERSED,
            "reverses_id": relief.id,
            "reversal_reason": reason,
            "apart_from_id": None,
            "apart_reason": None,
            "paperwork_due_on": None,
            "paperwork_done_on": None,
        }
        work.change(
            kind="relief.reversed",
            entity=RECORD,
            entity_id=new_id(now),
            subject=relief.household or relief.id,
            new=True,
            fields=fields,
        )
        self._give_back(work, relief, relief.payment_id, number, reason)

    def reverse_part(self, work: UnitOfWork, relief: Relief, part: Instalment, reason: str) -> None:
        """The same for one part of staged relief."""
        if part.payment_id is None:
            return
        now = self.clock.now()
        number = next_document_no(work, now)
        subject = relief.household or relief.id
        work.change(
            kind="relief.part_reversed",
            entity=PART,
            entity_id=new_id(now),
            subject=subject,
            new=True,
            fields={
                "relief_id": relief.id,
                "seq": part.seq,
                "planned_on": part.planned_on,
                "amount_fen": part.amount,
                "status": InstalmentStatus.REVERSED,
                "document_no": number,
                "paid_at": now,
                "payment_id": reversal_identity(part.payment_id),
                "quota_id": part.quota_id,
                "handler": work.identity.officer_name,
                "reverses_id": part.id,
                "reversal_reason": reason,
            },
        )
        self.end_part(work, relief, part, InstalmentStatus.REVERSED)
        self._give_back(work, relief, part.payment_id, number, reason)

    def end_part(
        self, work: UnitOfWork, relief: Relief, part: Instalment, status: InstalmentStatus
    ) -> None:
        """A part is reversed, or is not paid at all."""
        work.change(
            kind=f"relief.part_{status.value}",
            entity=PART,
            entity_id=part.id,
            subject=relief.household or relief.id,
            fields={"status": status},
        )

    def _read(self, work: UnitOfWork, relief: ReliefId) -> Relief:
        found = work.casework.relief(relief)
        if found is None:
            raise LookupError("the record just written cannot be read")
        return found

    def _spend(
        self, work: UnitOfWork, relief: Relief, amount: Money, payment_id: str, number: str
    ) -> None:
        if relief.source is FundSource.RESERVE:
            self.fund.book(
                work,
                Movement(
                    kind=EntryKind.OUT,
                    amount=amount,
                    booked_on=self.clock.today(),
                    summary=f"先行救助（{relief.event.label}）",
                    voucher_no=number,
                    relief=relief.id,
                    payment_id=payment_id,
                ),
            )

    def _give_back(
        self, work: UnitOfWork, relief: Relief, payment_id: str, number: str, reason: str
    ) -> None:
        original = work.fund.of_payment(self.fund.fund_id(work), payment_id)
        if original is not None:
            self.fund.book(
                work,
                Movement(
                    kind=EntryKind.REVERSED,
                    amount=original.amount,
                    booked_on=self.clock.today(),
                    summary=f"冲正先行救助 {original.voucher_no}",
                    voucher_no=number,
                    reason=reason,
                    relief=relief.id,
                    payment_id=reversal_identity(payment_id),
                    names=original.id,
                ),
            )

    def _note(
        self,
        work: UnitOfWork,
        relief: ReliefId,
        subject: str,
        status: ReliefStatus,
        step: Step,
    ) -> None:
        now = self.clock.now()
        work.change(
            kind="relief.step",
            entity=STEP,
            entity_id=new_id(now),
            subject=subject,
            new=True,
            fields={
                "relief_id": relief,
                "seq": work.relief.step_count(relief) + 1,
                "event": step.event,
                "status": status,
                "happened_at": step.at,
                "who": work.identity.officer_name,
                "note": step.note,
                "amount_fen": step.amount,
                "recorded_at": now,
            },
        )


def _event_of(step: Step) -> ReliefEvent:
    if step.event is None:
        raise ValueError("only the first step of a record has no event")
    return step.event


def books_of(clock: Clock, rules: GroundRules) -> ReliefBooks:
    """The books of this device with the checks and the fund that go with them."""
    fund = FundBooks(clock)
    return ReliefBooks(clock, rules, ReliefChecks(rules, clock, fund), fund)
