"""What one relief record's page asks of the services, each in one job for the store. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.domain.casework import Relief
from app.domain.ids import ReliefId
from app.domain.money import Money
from app.domain.problem import Refused
from app.domain.relief_case import Instalment, ReliefCase
from app.domain.relief_words import CheckResult, InstalmentStatus
from app.services.drafts import Drafts
from app.services.relief import ReliefCases
from app.services.relief_asked import Approval, MakeUp, check_parts
from app.services.relief_debts import Debt
from app.services.work import finishing
from app.ui.relief.form import read_parts
from app.ui.relief_case.deeds import DeedForm, DeedKind, deeds_of


@dataclass(frozen=True, slots=True)
class CaseView:
    """One record with what it still owes."""

    case: ReliefCase
    debts: tuple[Debt, ...]
    deeds: tuple[DeedKind, ...]
    """What can be done about it today."""
    draft: Mapping[str, Any] | None = None
    """The deed that was being filled in when the program ended."""


@dataclass(frozen=True, slots=True)
class Done:
    """What stands after a deed; `receipt` is what its receipt is about, "" for none."""

    seen: CaseView
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class CaseDesk:
    """Jobs of the page. Call from the store thread only."""

    relief: ReliefCases

    def see(self, relief: ReliefId) -> CaseView:
        """One record. Raises Refused when there is none."""
        case = self.relief.case(relief)
        draft = self.drafts.get(draft_key(case.relief))
        deeds = deeds_of(case, self.relief.clock.today())
        return CaseView(case, self.relief.debts(relief), deeds, draft)

    @property
    def drafts(self) -> Drafts:
        """Deeds half filled in."""
        return Drafts(self.relief.begin)

    def keep(self, relief: Relief, fields: Mapping[str, Any]) -> None:
        """Keep what was answered so far."""
        self.drafts.keep(draft_key(relief), fields)

    def drop(self, relief: Relief) -> None:
        """The deed is not done after all."""
        self.drafts.drop(draft_key(relief))

    def do(self, relief: ReliefId, deed: DeedKind, form: DeedForm) -> Done:
        """Do it; its form is forgotten in the same transaction. Raises Refused when it cannot be
        done so."""
        begin = finishing(self.relief.begin, draft_key(self.relief.get(relief)))
        cases = replace(self.relief, begin=begin)
        steps = cases.steps
        receipt = ""
        simple: dict[DeedKind, Callable[[], object]] = {
            DeedKind.VERIFY: lambda: steps.verify(relief, form.note),
            DeedKind.REFER: lambda: steps.refer_known(relief, form.reason),
            DeedKind.DECLINE: lambda: steps.decline(relief, form.reason),
            DeedKind.APPROVE: lambda: steps.approve(relief, _approval(form), form.amount),
            DeedKind.NAME: lambda: cases.told.name_payee(
                relief, form.payee_name, form.payee_id_number
            ),
            DeedKind.RECEIPT: lambda: cases.told.receipt_by_hand(relief, form.receipt_no),
            DeedKind.MAKE_UP: lambda: steps.make_up(relief, _made_up(form)),
            DeedKind.REJECT: lambda: steps.make_up(
                relief, replace(_made_up(form), result=CheckResult.RECOVER)
            ),
            DeedKind.END_EMERGENCY: lambda: steps.end_emergency(
                relief, form.on or self.relief.clock.today()
            ),
            DeedKind.RECOVER: lambda: steps.recover(relief, form.amount or Money(0), form.note),
            DeedKind.WRITE_OFF: lambda: steps.write_off(relief, form.by, form.reason),
            DeedKind.CLOSE: lambda: steps.close(relief),
            DeedKind.DROP_PART: lambda: steps.drop_part(relief, self._next(relief).id),
            DeedKind.REVERSE_PART: lambda: steps.reverse_part(
                relief, self._last(relief).id, form.reason
            ),
            DeedKind.REVERSE: lambda: steps.reverse(relief, form.reason),
        }
        if deed is DeedKind.PAY:
            receipt = cases.pay_known(relief, apart=form.apart).id
        elif deed is DeedKind.PAY_IN_PARTS:
            cases.pay_known(relief, _parts(form), apart=form.apart)
            receipt = self._last(relief).id
        elif deed is DeedKind.PAY_PART:
            receipt = cases.pay_part(relief, self._next(relief).id).id
        else:
            simple[deed]()
        return Done(self.see(relief), receipt)

    def _next(self, relief: ReliefId) -> Instalment:
        """The first part still to be given. Raises Refused M-52 when there is none."""
        return self._part(relief, InstalmentStatus.PLANNED, at=0)

    def _last(self, relief: ReliefId) -> Instalment:
        """The part given last. Raises Refused M-52 when there is none."""
        return self._part(relief, InstalmentStatus.PAID, at=-1)

    def _part(self, relief: ReliefId, status: InstalmentStatus, *, at: int) -> Instalment:
        parts = [one for one in self.relief.case(relief).instalments if one.status is status]
        if not parts:
            raise Refused("没有这样的一次。", do="请再看看。", code="M-52")
        return parts[at]


def draft_key(relief: Relief) -> str:
    """Ends in the household, so that it goes when the household is handed over."""
    return f"relief_case:{relief.id}:{relief.household or 'new'}"


def _approval(form: DeedForm) -> Approval:
    """Raises Refused M-53 where it was not said how."""
    if form.how is None:
        raise Refused("还没选怎么同意的。", do="请按数字选一个。", code="M-53", field="how")
    return Approval(form.by, form.how, note=form.note)


def _parts(form: DeedForm) -> tuple[Money, ...]:
    """Raises Refused M-01 for what is no sum, M-27 without any."""
    parts = read_parts(form.parts)
    check_parts(parts)
    return parts


def _made_up(form: DeedForm) -> MakeUp:
    return MakeUp(
        text=form.text,
        checked=form.checked,
        home_visited_on=form.visited,
        notice_from=form.posted,
        notice_to=form.ended,
        items=form.items or (),
        result=form.result,
        afterwards=form.afterwards,
    )
