"""先行救助: money or goods in a hand today, the paperwork owed from that moment.

The village pays only inside a spending quota the county has signed (security R49) and under the
caps of its policy pack; the same payment typed twice is one payment (R48).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from app.domain.casework import EventKind, Relief, ReliefStatus, ReliefWay
from app.domain.clock import Clock, china_date
from app.domain.households import Area
from app.domain.ids import HouseholdId, PersonId, ReliefId, new_id
from app.domain.money import Money
from app.domain.operations import canonical
from app.domain.problem import Refused
from app.services.ground_rules import Cap, GroundRules, Paperwork
from app.services.stamps import next_document_no
from app.services.work import Begin

if TYPE_CHECKING:
    from app.store.queries.casework import Quota
    from app.store.unit_of_work import UnitOfWork

LISTED: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PayRelief:
    """The relief form: to whom, what happened, how much, how. The person may be unknown here."""

    household: HouseholdId | None
    payee_name: str
    event: EventKind
    amount: Money
    way: ReliefWay
    payee: PersonId | None = None
    payee_id_number: str | None = None
    event_note: str = ""
    event_area_code: str | None = None
    goods: str = ""
    persons: int | None = None
    found_at: datetime | None = None
    draft_key: str | None = None


@dataclass(frozen=True, slots=True)
class Allowance:
    """What may be paid now: the rest of the quota, the cap of one payment, and their rules."""

    left: Money
    cap: Money | None
    cap_rule: str
    paperwork_due_on: date
    paperwork_rule: str


@dataclass(frozen=True, slots=True)
class ReliefCases:
    """Use cases for 先行救助. Call from the store thread only."""

    begin: Begin
    clock: Clock
    rules: GroundRules

    def allowance(
        self, household: HouseholdId | None = None, persons: int | None = None
    ) -> Allowance:
        """What the form shows beside the amount; the less is known, the lower the cap."""
        with self.begin() as work:
            quotas = work.casework.quotas()
            helped, area = self._helped(work, household, persons)
            cap = self.rules.relief_cap(work, persons=helped, area=area)
            paperwork = self.rules.paperwork(work, self.clock.today())
        left = sum((q.left for q in self._valid(quotas)), Money(0))
        return Allowance(left, cap.amount, cap.rule, paperwork.due_on, paperwork.rule)

    def pay(self, request: PayRelief) -> Relief:
        """Record one payment as made now. Raises Refused when it may not be made."""
        if not request.payee_name.strip():
            raise Refused("还没填给谁。", do="请填姓名。", code="F-10", field="payee_name")
        if request.amount.fen <= 0:
            raise Refused("金额要大于零。", do="请填给多少。", code="F-11", field="amount")
        now = self.clock.now()
        relief_id = ReliefId(new_id(now))
        with self.begin() as work:
            persons, area = self._helped(work, request.household, request.persons)
            cap = self.rules.relief_cap(work, persons=persons, area=area)
            quota = self._quota(work, request.amount, cap)
            paperwork = self.rules.paperwork(work, china_date(now))
            fields = self._fields(work, request, persons or 1, quota, paperwork, now)
            fields |= self._under(work, cap)
            work.change(
                kind="relief.paid",
                entity="emergency_relief",
                entity_id=relief_id,
                subject=request.household or relief_id,
                new=True,
                fields=fields,
            )
            if request.draft_key is not None:
                work.local.drop_draft(request.draft_key)
            paid = work.casework.relief(relief_id)
            work.commit(money=True)
        if paid is None:
            raise LookupError("the payment just written cannot be read")
        return paid

    def get(self, relief_id: ReliefId) -> Relief:
        """One payment. Raises Refused when there is none."""
        with self.begin() as work:
            found = work.casework.relief(relief_id)
        if found is None:
            raise Refused("找不到这笔先行救助。", do="请回到列表。", code="F-12")
        return found

    def all(self) -> list[Relief]:
        """Payments, the newest first."""
        with self.begin() as work:
            return work.casework.all_relief(LISTED)

    def supplement(self, relief_id: ReliefId, on: date) -> None:
        """Record that the paperwork of a payment was handed in on `on`."""
        relief = self.get(relief_id)
        with self.begin() as work:
            work.change(
                kind="relief.supplemented",
                entity="emergency_relief",
                entity_id=relief_id,
                subject=relief.household or relief_id,
                on=on,
                fields={"status": ReliefStatus.SUPPLEMENTED, "paperwork_done_on": on},
            )
            work.commit()

    def _fields(
        self,
        work: UnitOfWork,
        request: PayRelief,
        persons: int,
        quota: Quota,
        paperwork: Paperwork,
        now: datetime,
    ) -> dict[str, object]:
        """Every column of a payment made now."""
        identity = work.identity
        payment_id = payment_identity(request, china_date(now))
        if work.casework.has_payment(payment_id):
            raise Refused(
                "今天已经给这个人登记过同样的一笔。",
                do="确实又给了一笔，请在事由里写清楚再登记。",
                code="F-13",
                field="amount",
            )
        return {
            "document_no": next_document_no(work, now),
            "household_id": request.household,
            "payee_person_id": request.payee,
            "payee_name": request.payee_name.strip(),
            "payee_id_number": request.payee_id_number,
            "event": request.event,
            "event_note": request.event_note.strip(),
            "event_area_code": request.event_area_code or identity.village_code,
            "amount_fen": request.amount,
            "way": request.way,
            "goods": request.goods.strip(),
            "persons": persons,
            "status": ReliefStatus.PAPERWORK_PENDING,
            "found_at": request.found_at or now,
            "paid_at": now,
            "payment_id": payment_id,
            "quota_id": quota.id,
            "paperwork_due_on": paperwork.due_on,
            "paperwork_rule": paperwork.rule,
            "handler": identity.officer_name,
        }

    def _helped(
        self, work: UnitOfWork, household: HouseholdId | None, persons: int | None
    ) -> tuple[int | None, Area | None]:
        """How many people the payment is for and whose standard applies, as far as is known."""
        found = None if household is None else work.households.get(household)
        if found is None:
            return persons, None
        return persons or max(len(found.members), 1), found.area

    def _under(self, work: UnitOfWork, cap: Cap) -> dict[str, object]:
        """The rules it is paid by: its papers say the same after a new standard has come."""
        pack = self.rules.pack(work)
        self.rules.old_packs.keep(work, pack)
        return {"cap_fen": cap.amount, "cap_rule": cap.rule, "pack_sha256": pack.sha256}

    def _quota(self, work: UnitOfWork, amount: Money, cap: Cap) -> Quota:
        """The token this payment is made from. Raises Refused when none allows it."""
        if cap.amount is not None and amount > cap.amount:
            raise Refused(
                f"超过了村里能先给的上限 {cap.amount.grouped()} 元（{cap.rule}）。",
                do="请少给一些，或者转乡镇办理。",
                code="F-14",
                field="amount",
            )
        for quota in self._valid(work.casework.quotas()):
            if quota.left >= amount:
                return quota
        raise Refused(
            "县里给本机的先行救助额度不够这一笔。",
            do="请少给一些，或者联系县里追加额度。",
            code="F-15",
            field="amount",
        )

    def _valid(self, quotas: list[Quota]) -> list[Quota]:
        """Tokens still in force today."""
        return [quota for quota in quotas if quota.not_after >= self.clock.today()]


def payment_identity(request: PayRelief, on: date) -> str:
    """What makes a payment this payment: who, what happened, how, how much, on which day.

    SHA-256 in hex; the county refuses a second payment with the same identity.
    """
    what = {
        "payee": request.payee or request.payee_id_number or request.payee_name.strip(),
        "household": request.household,
        "event": request.event.value,
        "note": request.event_note.strip(),
        "way": request.way.value,
        "amount_fen": request.amount.fen,
        "on": on.isoformat(),
    }
    return hashlib.sha256(b"sa/payment/v1\0" + canonical(what)).hexdigest()
