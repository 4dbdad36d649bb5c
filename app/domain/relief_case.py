"""What belongs to one 先行救助 beside the record itself: its steps, its parts, its late papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from app.domain.casework import Application, Relief, ReliefStatus
from app.domain.ids import ReliefId
from app.domain.money import Money
from app.domain.relief_states import ReliefEvent
from app.domain.relief_words import Afterwards, CheckResult, InstalmentStatus

LATE_PAPERS: Final = (
    "申请书（本人按手印）",
    "入户调查表（两人签字）",
    "票据、照片、证明",
    "乡镇补审意见",
)
"""What a payment made first still owes (domain.md §3.16, F17b)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliefStep:
    """One thing that was done about it, and by whom. Never changed."""

    id: str
    relief: ReliefId
    event: ReliefEvent | None
    """None for the beginning of the record."""
    status: ReliefStatus
    happened_at: datetime
    who: str
    note: str
    amount: Money | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalment:
    """One part of staged relief (一次审批、分阶段): planned, then paid with its own payment id."""

    id: str
    relief: ReliefId
    seq: int
    planned_on: date
    amount: Money
    status: InstalmentStatus
    document_no: str | None
    paid_at: datetime | None
    payment_id: str | None
    quota_id: str | None
    handler: str
    reverses: str | None = None
    reversal_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LateSupplement:
    """The papers made up afterwards (F17b). Written once; a better one is a new one."""

    id: str
    relief: ReliefId
    text: str
    checked: str
    home_visited_on: date | None
    notice_from: date | None
    notice_to: date | None
    items: tuple[str, ...]
    result: CheckResult
    afterwards: Afterwards
    completed_on: date
    handler: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliefCase:
    """One 先行救助 with everything about it, the oldest first."""

    relief: Relief
    steps: tuple[ReliefStep, ...]
    instalments: tuple[Instalment, ...]
    supplements: tuple[LateSupplement, ...]
    chain: tuple[Relief, ...]
    """What it follows on and what follows on it, itself included."""
    reversal: Relief | None = None
    """The entry that took it back."""
    application: Application | None = None
    """The application of the household that was under way when the emergency was found."""

    @property
    def recovered(self) -> Money:
        """What has been paid back so far."""
        back = {ReliefEvent.RECOVER, ReliefEvent.RECOVER_ALL}
        sums = [step.amount for step in self.steps if step.event in back and step.amount]
        return sum(sums, Money(0))

    @property
    def receipts_by_hand(self) -> tuple[str, ...]:
        """Which receipts were written by hand, as they were told."""
        return tuple(step.note for step in self.steps if step.event is ReliefEvent.RECEIPT)

    @property
    def given(self) -> Money:
        """What was really given: the sum, or the parts paid so far."""
        if not self.relief.is_staged:
            return self.relief.amount if self.relief.paid_at else Money(0)
        paid = [one.amount for one in self.instalments if one.status is InstalmentStatus.PAID]
        return sum(paid, Money(0))
