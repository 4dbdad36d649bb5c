"""What is done about 先行救助 after it was noted: looked into, agreed to, made up, got back, ended.

Each is one event of `app.domain.relief_states`, one step in the record and one transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from app.domain.casework import Relief, ReliefStatus
from app.domain.clock import Clock, china_date
from app.domain.fund import month_of
from app.domain.ids import ReliefId, new_id
from app.domain.money import Money
from app.domain.problem import Refused
from app.domain.relief_case import Instalment, ReliefCase
from app.domain.relief_states import RELIEF, ReliefEvent
from app.domain.relief_words import CheckResult, EntryKind, FundSource, InstalmentStatus
from app.services.fund_books import Movement
from app.services.relief_asked import Approval, MakeUp, asked_again, check_asked
from app.services.relief_books import ReliefBooks, Step
from app.services.relief_debts import awaits_decision
from app.services.relief_windows import check_made_up, given_on
from app.services.work import Begin

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

SUPPLEMENT: Final = "late_supplement"
_GOT_BACK: Final = frozenset({ReliefEvent.RECOVER, ReliefEvent.RECOVER_ALL, ReliefEvent.WRITE_OFF})
"""What came back, or never will, is not taken back a second time."""
_ENDED: Final = frozenset({ReliefStatus.REVERSED, ReliefStatus.DECLINED})


@dataclass(frozen=True, slots=True)
class ReliefSteps:
    """Use cases for what follows. Call from the store thread only."""

    begin: Begin
    clock: Clock
    books: ReliefBooks

    def verify(self, relief_id: ReliefId, note: str = "") -> Relief:
        """Somebody went and looked: it is so. Raises Refused M-24."""
        return self._move(relief_id, ReliefEvent.VERIFY, note)

    def decline(self, relief_id: ReliefId, reason: str) -> Relief:
        """It is not so, or somebody above said no. Raises Refused M-33 without a reason, M-24."""
        return self._move(relief_id, ReliefEvent.DECLINE, _reason(reason))

    def refer_known(self, relief_id: ReliefId, reason: str) -> Relief:
        """Send what was reported up.

        Raises Refused M-33 without a reason, F-11 without a sum, M-67 or M-68 where nobody is left
        to take it, M-24.
        """
        told = _reason(reason)
        with self.begin() as work:
            request = asked_again(self.books.find(work, relief_id))
            check_asked(request)
            self.books.checks.alive(work, request)
        return self._move(relief_id, ReliefEvent.REFER, told, {"referral_reason": told})

    def approve(
        self, relief_id: ReliefId, approval: Approval, amount: Money | None = None
    ) -> Relief:
        """Note who above agreed. What was not paid yet may then be paid, `amount` where it differs.

        What was not sent up is the township's to agree to: no more a head and together than it may,
        and not the same cause again this year. Raises Refused F-14, M-20, M-21 for such, M-35
        without a name, M-36 for a time that cannot be, F-11 without a sum, M-37 the second time,
        M-24.
        """
        with self.begin() as work:
            relief = self.books.find(work, relief_id)
            fields = self.books.agreed(work, approval, relief.found_at, asked_again(relief))
            waits = RELIEF.may(relief.status, ReliefEvent.APPROVE)
            agreed = _agreed_sum(relief, amount) if waits else None
            if agreed is not None:
                fields["amount_fen"] = agreed
            if agreed is not None and relief.status is ReliefStatus.VERIFIED:
                request = replace(asked_again(relief), amount=agreed, approval=approval)
                self.books.checks.limits(work, request, self.books.checks.helped(work, request))
            event = ReliefEvent.APPROVE if waits else ReliefEvent.NOTE_APPROVAL
            if not waits and relief.decided_at is not None:
                raise Refused("已经记过谁同意的。", do="记错了，请冲正后重新登记。", code="M-37")
            note = f"{approval.by}，{approval.how.label}" + (
                f"。{approval.note}" if approval.note else ""
            )
            at = approval.at or self.clock.now()
            moved = self.books.move(
                work, relief, Step(event=event, at=at, note=note, amount=agreed, fields=fields)
            )
            work.commit()
        return moved

    def end_emergency(self, relief_id: ReliefId, on: date) -> Relief:
        """The emergency is over since `on`: where the pack says so, the papers are due from then.

        Said once. Raises Refused M-49 for a day that cannot be, M-64 the second time, M-24.
        """
        with self.begin() as work:
            relief = self.books.find(work, relief_id)
            RELIEF.after(relief.status, ReliefEvent.END_EMERGENCY)
            if relief.emergency_over_on is not None:
                raise Refused(
                    "急难缓解的日子已经记过了，不能再改。",
                    do="记错了，请冲正后重新登记。",
                    code="M-64",
                )
            paid_on = given_on(self._case(work, relief))
            if not paid_on <= on <= self.clock.today():
                raise Refused(
                    "急难缓解的日子要在给钱以后、今天以前。",
                    do="请改一下日期。",
                    code="M-49",
                    field="on",
                )
            due = self.books.rules.paperwork(work, paid_on, on)
            step = Step(
                event=ReliefEvent.END_EMERGENCY,
                at=self.clock.now(),
                fields={
                    "emergency_over_on": on,
                    "paperwork_due_on": due.due_on,
                    "paperwork_rule": due.rule,
                },
            )
            moved = self.books.move(work, relief, step)
            work.commit()
        return moved

    def make_up(self, relief_id: ReliefId, made: MakeUp) -> Relief:
        """Record the papers made up (F17b): kept, or to be got back (追回).

        What was to be got back may turn out to be in order, while none of it has come. Raises
        Refused M-30 without a word where one is wanted, M-31 without any paper, M-61 for days that
        cannot be, M-69 where nothing is out, M-77 where some of it has come back, M-24.
        """
        kept = made.result is CheckResult.KEPT
        on = made.completed_on or self.clock.today()
        now = self.clock.now()
        with self.begin() as work:
            relief = self.books.find(work, relief_id)
            case = self._case(work, relief)
            check_made_up(made, case, self.clock.today())
            if not kept and not case.given.fen:
                raise Refused(
                    "这一笔的钱已经全部冲正，没有什么要追回的。",
                    do="请写成“手续已补”，再办结；或者把这一笔也冲正。",
                    code="M-69",
                    field="result",
                )
            if kept and case.recovered.fen:
                raise Refused(
                    f"已经收回来 {case.recovered.grouped()} 元，不能再改成属实。",
                    do="收回来的不该收，请问镇里怎么退给他。",
                    code="M-77",
                    field="result",
                )
            step = Step(
                event=ReliefEvent.SUPPLEMENT if kept else ReliefEvent.REJECT,
                at=now,
                note=made.told,
                fields={"paperwork_done_on": on} if kept else {},
            )
            moved = self.books.move(work, relief, step)
            work.change(
                kind="relief.made_up",
                entity=SUPPLEMENT,
                entity_id=new_id(now),
                subject=relief.household or relief.id,
                new=True,
                on=on,
                fields={
                    "relief_id": relief.id,
                    "text": made.told,
                    "checked": made.checked.strip(),
                    "home_visited_on": made.home_visited_on,
                    "notice_from": made.notice_from,
                    "notice_to": made.notice_to,
                    "items": list(made.items),
                    "result": made.result,
                    "afterwards": made.afterwards,
                    "completed_on": on,
                    "handler": work.identity.officer_name,
                },
            )
            work.commit()
        return moved

    def recover(self, relief_id: ReliefId, amount: Money, note: str = "") -> Relief:
        """Money that came back; what came from the fund goes into it again.

        Raises Refused M-32 for more than is owed, M-24.
        """
        now = self.clock.now()
        with self.begin() as work:
            relief = self.books.find(work, relief_id)
            RELIEF.after(relief.status, ReliefEvent.RECOVER)
            left = self._owing(work, relief)
            if not 0 < amount.fen <= left.fen:
                raise Refused(
                    f"还要追回 {left.grouped()} 元，填的数不对。",
                    do="请填收回来的钱，不能比这个多。",
                    code="M-32",
                    field="amount",
                )
            event = ReliefEvent.RECOVER_ALL if amount == left else ReliefEvent.RECOVER
            step = Step(event=event, at=now, note=note.strip(), amount=amount)
            moved = self.books.move(work, relief, step)
            if relief.source is FundSource.RESERVE:
                self.books.fund.book(
                    work,
                    Movement(
                        kind=EntryKind.RECOVERED,
                        amount=amount,
                        booked_on=self.clock.today(),
                        summary=f"追回先行救助 {relief.document_no}",
                        voucher_no=relief.document_no,
                        relief=relief.id,
                    ),
                )
            work.commit(money=True)
        return moved

    def write_off(self, relief_id: ReliefId, by: str, reason: str) -> Relief:
        """What cannot be got back is not asked for any more: the township agreed, and said why.

        The fund stays without it. Raises Refused M-33 without a reason, M-35 without who agreed,
        M-24.
        """
        told = _reason(reason)
        with self.begin() as work:
            relief = self.books.find(work, relief_id)
            agreed = self.books.agreeing(work, by, asked_again(relief))
            step = Step(
                event=ReliefEvent.WRITE_OFF, at=self.clock.now(), note=f"{agreed}同意不再追：{told}"
            )
            moved = self.books.move(work, relief, step)
            work.commit()
        return moved

    def close(self, relief_id: ReliefId) -> Relief:
        """Nothing is left to do.

        Raises Refused M-38 while a part is still to be paid, M-74 while nobody above has agreed,
        M-24.
        """
        with self.begin() as work:
            relief = self.books.find(work, relief_id)
            RELIEF.after(relief.status, ReliefEvent.CLOSE)
            parts = work.relief.instalments(relief_id)
            if any(part.status is InstalmentStatus.PLANNED for part in parts):
                raise Refused(
                    "还有没给的，不能办结。", do="请给完，或者把不给的那几次去掉。", code="M-38"
                )
            if awaits_decision(relief):
                raise Refused(
                    "上面批没批，还没有记，先不能办结。",
                    do="同意了，请记下谁同意的，再办结；不同意，请冲正，或者记成要追回。",
                    code="M-74",
                )
            moved = self.books.move(
                work, relief, Step(event=ReliefEvent.CLOSE, at=self.clock.now())
            )
            work.commit()
        return moved

    def drop_part(self, relief_id: ReliefId, part_id: str) -> None:
        """A part that was planned is not given after all. Raises Refused M-29."""
        with self.begin() as work:
            relief = self.books.find(work, relief_id)
            part = _part(work, relief_id, part_id, InstalmentStatus.PLANNED)
            if part is None:
                raise Refused("这一次已经给过或不给了。", do="请看看下一次。", code="M-29")
            self.books.end_part(work, relief, part, InstalmentStatus.CANCELLED)
            work.commit()

    def reverse(self, relief_id: ReliefId, reason: str) -> Relief:
        """冲正: a reversing entry takes it back, quota and fund have it again; nothing is erased.

        Raises Refused M-33 without a reason, M-65 for one that is closed and stands in a closed
        month, M-24 where it cannot be taken back any more, M-81 while others follow on it.
        """
        told = _reason(reason)
        with self.begin() as work:
            relief = self.books.find(work, relief_id)
            step = Step(event=ReliefEvent.REVERSE, at=self.clock.now(), note=told)
            RELIEF.after(relief.status, ReliefEvent.REVERSE)
            self._require_open(work, relief)
            _require_last(work, relief)
            self.books.reverse(work, relief, told)
            for part in work.relief.instalments(relief_id):
                if part.status is InstalmentStatus.PAID:
                    self.books.reverse_part(work, relief, part, told)
                elif part.status is InstalmentStatus.PLANNED:
                    self.books.end_part(work, relief, part, InstalmentStatus.CANCELLED)
            moved = self.books.move(work, relief, step)
            work.commit(money=True)
        return moved

    def reverse_part(self, relief_id: ReliefId, part_id: str, reason: str) -> None:
        """冲正 of one part of staged relief. Raises Refused M-33, M-34, M-65, M-24."""
        told = _reason(reason)
        with self.begin() as work:
            relief = self.books.find(work, relief_id)
            RELIEF.after(relief.status, ReliefEvent.REVERSE)
            self._require_open(work, relief)
            part = _part(work, relief_id, part_id, InstalmentStatus.PAID)
            if part is None:
                raise Refused("这一次没有给过，不用冲正。", do="请看看是哪一次。", code="M-34")
            self.books.reverse_part(work, relief, part, told)
            work.commit(money=True)

    def _move(
        self,
        relief_id: ReliefId,
        event: ReliefEvent,
        note: str,
        fields: Mapping[str, object] | None = None,
    ) -> Relief:
        with self.begin() as work:
            relief = self.books.find(work, relief_id)
            step = Step(event=event, at=self.clock.now(), note=note.strip(), fields=fields or {})
            moved = self.books.move(work, relief, step)
            work.commit()
        return moved

    def _owing(self, work: UnitOfWork, relief: Relief) -> Money:
        """What is still to come back."""
        case = self._case(work, relief)
        return case.given - case.recovered

    def _case(self, work: UnitOfWork, relief: Relief) -> ReliefCase:
        """The record with its steps and parts."""
        return ReliefCase(
            relief=relief,
            steps=tuple(work.relief.steps(relief.id)),
            instalments=tuple(work.relief.instalments(relief.id)),
            supplements=(),
            chain=(),
        )

    def _require_open(self, work: UnitOfWork, relief: Relief) -> None:
        """Raises Refused M-65 for a closed record with a payment in a month of the fund that is
        closed: both ends were agreed to. M-78 for one of which money came back or never will.
        """
        if any(step.event in _GOT_BACK for step in work.relief.steps(relief.id)):
            raise Refused(
                "这一笔追回过，或者已经不追了，不能再冲正。",
                do="还有错，请在备用金里记“更正”，写明是哪一笔。",
                code="M-78",
            )
        if relief.status is not ReliefStatus.CLOSED or relief.source is not FundSource.RESERVE:
            return
        frozen = work.fund.closed_through(self.books.fund.fund_id(work))
        case = self._case(work, relief)
        days = [part.paid_at for part in case.instalments if part.status is InstalmentStatus.PAID]
        paid = [month_of(china_date(at)) for at in (*days, relief.paid_at) if at is not None]
        if paid and min(paid) <= frozen:
            raise Refused(
                f"这一笔已经办结，那个月（{min(paid)}）的备用金也月结了，不能再冲正。",
                do="收回来了钱，请在备用金里记“更正”，写明是哪一笔。",
                code="M-65",
            )


def _require_last(work: UnitOfWork, relief: Relief) -> None:
    """What follows on it stands on it: the newest goes first. Raises Refused M-81."""
    after = [one for one in work.relief.following(relief.id) if one.status not in _ENDED]
    if after:
        numbers = "、".join(one.document_no for one in after)
        raise Refused(
            f"后面还有从这一笔跟进的救助（{numbers}），先不能冲正这一笔。",
            do="请先冲正跟进的那一笔，再来冲正这一笔。",
            code="M-81",
        )


def _part(
    work: UnitOfWork, relief_id: ReliefId, part_id: str, status: InstalmentStatus
) -> Instalment | None:
    """A part of this record and no other, where it stands so."""
    part = work.relief.instalment(part_id)
    is_it = part is not None and (part.relief, part.status) == (relief_id, status)
    return part if is_it else None


def _agreed_sum(relief: Relief, amount: Money | None) -> Money:
    """How much may be given. Raises Refused F-11 for nothing: nobody could pay that any more."""
    agreed = relief.amount if amount is None else amount
    if agreed.fen <= 0:
        raise Refused("金额要大于零。", do="请填同意给多少。", code="F-11", field="amount")
    return agreed


def _reason(reason: str) -> str:
    """The reason in a word. Raises Refused M-33 for none."""
    if not reason.strip():
        raise Refused("还没写原因。", do="请写一句为什么。", code="M-33", field="reason")
    return reason.strip()
