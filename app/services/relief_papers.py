"""What the papers of 先行救助 and of the fund say: approval, receipt, late papers, ledger."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from app.domain.casework import Relief
from app.domain.fund import FundPage, fund_of, month_of
from app.domain.households import Household
from app.domain.ids import ReliefId
from app.domain.relief_states import PAID_OUT

if TYPE_CHECKING:
    from app.documents.content import FormContent
    from app.documents.fund_ledger import FundLedger
    from app.store.unit_of_work import UnitOfWork

_RECEIPT: Final = "SJ"
_LATE_PAPERS: Final = "F17b"


def was_given(record: Any) -> bool:  # noqa: ANN401  # the kind says of which record
    """Whether there is something to receipt."""
    return record.status in PAID_OUT


def relief_of(work: UnitOfWork, subject: ReliefId) -> Relief | None:
    """The record, or one part of staged relief as a payment of its own; None for neither."""
    found = work.casework.relief(subject)
    if found is not None:
        return found
    part = work.relief.instalment(subject)
    whole = None if part is None else work.casework.relief(part.relief)
    if part is None or whole is None or part.document_no is None:
        return None
    return replace(
        whole,
        id=ReliefId(part.id),
        document_no=part.document_no,
        amount=part.amount,
        paid_at=part.paid_at,
        handler=part.handler,
    )


def content_of(
    work: UnitOfWork, code: str, relief: Relief, household: Household | None
) -> FormContent:
    """What one paper about a record says."""
    from app.documents.forms import f17a, f17b, receipt

    unit = work.identity.village_name
    address = "" if household is None else household.whole_address
    phone = None if household is None else household.phone
    if code == _RECEIPT:
        return receipt.content_of(relief, payer=unit, address=address, phone=phone)
    parts = work.relief.instalments(relief.id)
    if code == _LATE_PAPERS:
        made = work.relief.supplements(relief.id)
        paid = [part.paid_at for part in parts if part.paid_at is not None]
        return f17b.content_of(
            relief,
            unit=unit,
            made=made[-1] if made else None,
            given_at=min(paid, default=None),
        )
    before = None if relief.parent is None else work.casework.relief(relief.parent)
    return f17a.content_of(
        relief,
        unit=unit,
        event_place=unit,
        address=address,
        phone=phone,
        parts=parts,
        follows="" if before is None else before.document_no,
    )


def fund_page(work: UnitOfWork, month: str) -> FundPage | None:
    """A month of this device's fund that has a ledger; None for one without."""
    fund = fund_of(work.identity.device_id)
    booked = any(month_of(one.booked_on) <= month for one in work.fund.entries(fund))
    return FundPage(month=month) if booked else None


def fund_ledger(work: UnitOfWork, page: FundPage) -> FundLedger:
    """The month as F18 prints it."""
    from app.documents.fund_ledger import ledger_of

    fund = fund_of(work.identity.device_id)
    closed = [one for one in work.fund.months(fund) if one.month >= page.month]
    return ledger_of(
        [line for line in work.fund.lines(fund) if not line.entry.struck],
        page.month,
        unit=work.identity.village_name,
        closed_by=closed[0].closed_by if closed else "",
    )
