"""先行救助: money or goods in a hand today, the paperwork owed from that moment.

The village pays only inside a spending quota the county has signed (security R49), out of a fund
that is never overdrawn, and under the caps of its policy pack; the same payment typed twice is one
payment (R48). What it may not give goes up with the same answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from app.domain.casework import Relief, ReliefStatus
from app.domain.clock import Clock, china_date
from app.domain.ids import HouseholdId, ReliefId
from app.domain.money import Money
from app.domain.problem import Refused
from app.domain.relief_case import Instalment, ReliefCase
from app.domain.relief_states import RELIEF, ReliefEvent
from app.domain.relief_words import (
    ApprovalWay,
    InstalmentStatus,
)
from app.services.estimates import relief_now
from app.services.ground_rules import GroundRules
from app.services.relief_asked import (
    REFERABLE,
    Allowance,
    PayRelief,
    asked_again,
    asked_of,
    check_asked,
    check_payee_number,
    check_reported,
    check_whole,
    part_identity,
)
from app.services.relief_beside import application_beside
from app.services.relief_books import ReliefBooks, Step, books_of
from app.services.relief_checks import Helped, ReliefChecks
from app.services.relief_debts import IN_HAND, Debt, debts_of
from app.services.relief_record import said
from app.services.relief_steps import ReliefSteps
from app.services.relief_told import ReliefTold
from app.services.relief_windows import check_part_turn
from app.services.work import Begin

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

LISTED: Final = 200
SUPPLEMENT: Final = "late_supplement"


@dataclass(frozen=True, slots=True)
class ReliefCases:
    """Use cases for 先行救助. Call from the store thread only."""

    begin: Begin
    clock: Clock
    rules: GroundRules

    @property
    def steps(self) -> ReliefSteps:
        """What is done about a record after it was made."""
        return ReliefSteps(self.begin, self.clock, self.books)

    @property
    def told(self) -> ReliefTold:
        """What is learnt of a record later, and does not move it."""
        return ReliefTold(self.begin, self.clock, self.books)

    @property
    def books(self) -> ReliefBooks:
        """What writes."""
        return books_of(self.clock, self.rules)

    @property
    def checks(self) -> ReliefChecks:
        """What is looked at before money leaves."""
        return self.books.checks

    def allowance(
        self, household: HouseholdId | None = None, persons: int | None = None
    ) -> Allowance:
        """What the form shows beside the amount; the less is known, the lower the cap."""
        now = self.clock.now()
        with self.begin() as work:
            quotas = work.casework.quotas()
            found = None if household is None else work.households.get(household)
            helped = Helped(None, persons, None)
            if found is not None:
                helped = Helped(found, persons or max(len(found.members), 1), found.area)
            cap = self.checks.cap(work, helped)
            paperwork = self.rules.paperwork(work, china_date(now))
            decision = self.rules.emergency_decision(work, now)
            fund = self.books.fund.balance(work)
        valid = [quota.left for quota in self.checks.valid(quotas)]
        return Allowance(
            left=sum(valid, Money(0)),
            at_once=max(valid, default=Money(0)),
            cap=cap.amount,
            cap_rule=cap.rule,
            paperwork_due_on=paperwork.due_on,
            paperwork_rule=paperwork.rule,
            fund=fund,
            decision_rule=decision.explanation,
        )

    def village(self) -> str:
        """What the county calls the village; several are joined by 、."""
        with self.begin() as work:
            return work.identity.village_name

    def pay(self, request: PayRelief) -> Relief:
        """Record one payment as made now. Raises Refused when it may not be made."""
        check_asked(request)
        now = self.clock.now()
        check_payee_number(request, china_date(now))
        with self.begin() as work:
            request = replace(request, source=self.checks.source(work, request.source))
            noted = self._noted(work, request)
            if noted is not None:
                request = asked_of(noted, request)
            else:
                self.checks.entered(work, request)
            self.checks.follow_on(work, request, "" if noted is None else noted.decided_by)
            self.checks.parts(work, request)
            self.checks.alive(work, request)
            payment_id = self.checks.once(work, request, now)
            self.checks.limits(work, request, self.checks.helped(work, request))
            self.checks.not_given_in_other_words(work, request)
            steps = self._payment(work, request, payment_id, now)
            if noted is None:
                paid = self._pay_new(work, request, payment_id, steps)
            else:
                paid = self._pay_noted(work, noted, request, payment_id, steps)
            if request.draft_key is not None:
                work.local.drop_draft(request.draft_key)
            work.commit(money=True)
        return paid

    def refer(self, request: PayRelief, reason: str = "") -> Relief:
        """Send the same answers up instead of paying (转上级). `reason` None-like: what forbids it.

        Raises Refused when what is asked is no relief at all, M-67 or M-68 where nobody is left to
        take it, F-19 when the same went up before, M-70 for parts: how it is given is said when it
        is given.
        """
        check_asked(request)
        check_whole(request)
        now = self.clock.now()
        check_payee_number(request, china_date(now))
        with self.begin() as work:
            request = replace(request, source=self.checks.source(work, request.source))
            noted = self._noted(work, request)
            if noted is not None:
                request = asked_of(noted, request)
            else:
                self.checks.entered(work, request)
            self.checks.alive(work, request)
            self.checks.told_before(work, request)
            reason = reason.strip() or self._obstacle(work, request)
            told = {} if noted is None else said(request)
            step = Step(
                event=ReliefEvent.REFER,
                at=now,
                note=reason,
                fields=told | {"referral_reason": reason},
            )
            if noted is None:
                referred = self.books.enter(work, request, step)
            else:
                referred = self.books.move(work, noted, step)
            if request.draft_key is not None:
                work.local.drop_draft(request.draft_key)
            work.commit()
        return referred

    def report(self, request: PayRelief) -> Relief:
        """Note an emergency somebody told of, before anybody has looked; its sum may be nought.

        Raises Refused F-10, F-11, F-16, F-17, F-18, M-50, M-67, M-68, M-70, M-75.
        """
        check_reported(request)
        check_whole(request)
        with self.begin() as work:
            request = replace(request, source=self.checks.source(work, request.source))
            self.checks.entered(work, request)
            self.checks.alive(work, request)
            self.checks.not_noted_today(work, request)
            reported = self.books.enter(work, request)
            if request.draft_key is not None:
                work.local.drop_draft(request.draft_key)
            work.commit()
        return reported

    def pay_known(
        self, relief_id: ReliefId, parts: tuple[Money, ...] = (), *, apart: str = ""
    ) -> Relief:
        """Pay what was reported, verified or agreed to. Raises Refused when it may not be paid.

        What somebody above agreed to is under no cap of the village any more; quota and fund bind.
        `parts` are the sums it is given in, the first now (一次审批、分阶段): one approval stands
        for all of them; `apart` says why it is another matter than what was given that night.
        Raises Refused M-27, M-28, M-56 for parts that cannot be.
        """
        now = self.clock.now()
        with self.begin() as work:
            relief = self.books.find(work, relief_id)
            RELIEF.after(relief.status, ReliefEvent.PAY)
            request = replace(asked_again(relief), parts=parts, apart=apart, known=relief.id)
            check_asked(request)
            self.checks.parts(work, request)
            self.checks.follow_on(work, request, relief.decided_by)
            self.checks.alive(work, request)
            payment_id = self.checks.once(work, request, now)
            self.checks.not_paid_before(work, request)
            if relief.status is not ReliefStatus.APPROVED_FAST:
                self.checks.limits(work, request, self.checks.helped(work, request))
            self.checks.not_given_in_other_words(work, request)
            given, *rest = self._payment(work, request, payment_id, now)
            owes = () if relief.decided_how is ApprovalWay.WRITTEN else rest
            paid = self.books.move(work, relief, given, *owes)
            self._hand_over(work, paid, parts, payment_id)
            work.commit(money=True)
        return paid

    def pay_part(self, relief_id: ReliefId, part_id: str) -> Instalment:
        """Pay the next part of staged relief now.

        Raises Refused M-29, M-24, M-63 before its turn or its day, F-15, M-22.
        """
        with self.begin() as work:
            relief = self.books.find(work, relief_id)
            parts = work.relief.instalments(relief_id)
            part = next((one for one in parts if one.id == part_id), None)
            if part is None or part.status is not InstalmentStatus.PLANNED:
                raise Refused("这一次已经给过或不给了。", do="请看看下一次。", code="M-29")
            if relief.status not in IN_HAND:
                raise Refused(
                    f"这笔救助现在是“{relief.status.label}”，不能接着给。",
                    do="请在这一笔的记录里看它办到哪一步。",
                    code="M-24",
                )
            check_part_turn(tuple(parts), part, self.clock.today())
            self.checks.alive(work, asked_again(relief))
            self.books.pay_part(work, relief, part, self._part_payment(parts, part))
            paid = work.relief.instalment(part_id)
            work.commit(money=True)
        return paid or part

    def get(self, relief_id: ReliefId) -> Relief:
        """One record. Raises Refused F-12 when there is none."""
        with self.begin() as work:
            return relief_now(work, self.rules, self.books.find(work, relief_id))

    def case(self, relief_id: ReliefId) -> ReliefCase:
        """One record with everything about it. Raises Refused F-12 when there is none."""
        with self.begin() as work:
            relief = relief_now(work, self.rules, self.books.find(work, relief_id))
            return ReliefCase(
                relief=relief,
                steps=tuple(work.relief.steps(relief_id)),
                instalments=tuple(work.relief.instalments(relief_id)),
                supplements=tuple(work.relief.supplements(relief_id)),
                chain=tuple(work.relief.chain(relief)),
                reversal=work.relief.reversal_of(relief_id),
                application=application_beside(work, relief),
            )

    def debts(self, relief_id: ReliefId) -> tuple[Debt, ...]:
        """What one record still owes now. Raises Refused F-12 when there is none."""
        with self.begin() as work:
            relief = self.books.find(work, relief_id)
            return self._debts(work, relief)

    def listed(self) -> list[tuple[Relief, tuple[Debt, ...]]]:
        """Records with what they owe, the newest first."""
        with self.begin() as work:
            return [(one, self._debts(work, one)) for one in work.casework.all_relief(LISTED)]

    def all(self) -> list[Relief]:
        """Records, the newest first, without the entries that reverse one."""
        with self.begin() as work:
            return work.casework.all_relief(LISTED)

    def _debts(self, work: UnitOfWork, relief: Relief) -> tuple[Debt, ...]:
        parts = work.relief.instalments(relief.id) if relief.is_staged else []
        return debts_of(work, self.rules, relief, parts, self.clock.now())

    def _pay_new(
        self, work: UnitOfWork, request: PayRelief, payment_id: str, steps: list[Step]
    ) -> Relief:
        relief = self.books.enter(work, request, *steps)
        self._hand_over(work, relief, request.parts, payment_id)
        return relief

    def _hand_over(
        self, work: UnitOfWork, relief: Relief, parts: tuple[Money, ...], payment_id: str
    ) -> None:
        """Book what leaves the village now: all of it, or the first of `parts`, each planned."""
        if not parts:
            self.books.booked(work, relief)
            return
        first = self.books.plan(work, relief, parts)[0]
        self.books.pay_part(work, relief, first, payment_id)

    def _pay_noted(
        self,
        work: UnitOfWork,
        noted: Relief,
        request: PayRelief,
        payment_id: str,
        steps: list[Step],
    ) -> Relief:
        """Pay what was noted before anybody had looked."""
        first, *rest = steps
        first = replace(first, fields={**said(request), **first.fields})
        paid = self.books.move(work, noted, first, *rest)
        self._hand_over(work, paid, request.parts, payment_id)
        return paid

    def _payment(
        self, work: UnitOfWork, request: PayRelief, payment_id: str, now: datetime
    ) -> list[Step]:
        """The steps a payment takes at once: given, owing its papers, agreed to where it was.

        Raises Refused M-76, F-15.
        """
        apart = self.checks.apart(work, request)
        paid: Mapping[str, object] = {"is_staged": True}
        if not request.parts:
            paid = self.books.payment(work, request.amount, payment_id)
        steps = [
            Step(event=ReliefEvent.PAY, at=now, amount=request.at_once, fields={**paid, **apart}),
            Step(event=ReliefEvent.OWE, at=now, fields=self.books.owed(work, now)),
        ]
        if request.approval is not None:
            agreed = self.books.agreed(work, request.approval, request.found_at or now, request)
            steps.append(
                Step(
                    event=ReliefEvent.NOTE_APPROVAL,
                    at=request.approval.at or now,
                    note=f"{request.approval.by}，{request.approval.how.label}",
                    fields=agreed,
                )
            )
        return steps

    def _noted(self, work: UnitOfWork, request: PayRelief) -> Relief | None:
        """The record the request goes on with, if one was noted before. Raises Refused F-12, M-24
        where it was agreed to, given or refused meanwhile.
        """
        if request.known is None:
            return None
        relief = self.books.find(work, request.known)
        RELIEF.after(relief.status, ReliefEvent.PAY)
        if relief.status is ReliefStatus.APPROVED_FAST:
            raise Refused(
                f"这一件上面已经同意给 {relief.amount.grouped()} 元。",
                do="请在这一笔的记录里点“现在给”，照同意的数给。",
                code="M-24",
                field="amount",
            )
        return relief

    def _part_payment(self, parts: list[Instalment], part: Instalment) -> str:
        """The identity of a later part, made from the first one's."""
        return part_identity(parts[0].payment_id or parts[0].id, part.seq)

    def _obstacle(self, work: UnitOfWork, request: PayRelief) -> str:
        """Why the village may not give it; empty when it might."""
        try:
            self.checks.limits(work, request, self.checks.helped(work, request))
        except Refused as refused:
            if refused.code not in REFERABLE:
                raise
            return refused.what
        return ""
