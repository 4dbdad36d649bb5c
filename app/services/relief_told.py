"""What is learnt of 先行救助 after it was written: who a stranger was, and the number of a receipt
that was written by hand because nothing could be printed.

Each is one step in the record, so that what was said before stays to be read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from app.domain.casework import Relief
from app.domain.clock import Clock
from app.domain.ids import ReliefId
from app.domain.problem import Refused
from app.domain.relief_states import ReliefEvent
from app.domain.relief_words import InstalmentStatus
from app.domain.roster_cells import half_width
from app.services.relief_asked import (
    NOBODY_KNOWS,
    asked_again,
    check_payee_number,
    check_reported,
)
from app.services.relief_books import ReliefBooks, Step
from app.services.work import Begin

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

_LONGEST: Final = 40
"""As long as the number of a receipt book may be, in characters."""


@dataclass(frozen=True, slots=True)
class ReliefTold:
    """Use cases for what is said later. Call from the store thread only."""

    begin: Begin
    clock: Clock
    books: ReliefBooks

    def name_payee(self, relief_id: ReliefId, name: str, number: str = "") -> Relief:
        """Who it was whose name nobody knew: the papers carry it from now on, and later payments
        find it.

        Raises Refused M-82 where the name was known, F-10 without one, I-01…I-05 or R-37 for a
        number that is none, M-24.
        """
        with self.begin() as work:
            relief = self.books.find(work, relief_id)
            if not relief.is_unknown:
                raise Refused(
                    "这一笔的姓名已经记着了，不能再改。",
                    do="记错了人，请冲正后重新登记。",
                    code="M-82",
                    field="payee_name",
                )
            known = "" if name.strip() == NOBODY_KNOWS else name.strip()
            request = replace(
                asked_again(relief),
                payee_name=known,
                payee_id_number=half_width(number).strip().upper() or relief.payee_id_number,
                is_unknown=False,
            )
            check_reported(request)
            check_payee_number(request, self.clock.today())
            step = Step(
                event=ReliefEvent.NAME,
                at=self.clock.now(),
                note=f"原来{relief.payee_name}，问到是{known}",
                fields={
                    "payee_name": known,
                    "payee_id_number": request.payee_id_number,
                    "is_unknown": False,
                },
            )
            moved = self.books.move(work, relief, step)
            work.commit()
        return moved

    def receipt_by_hand(self, relief_id: ReliefId, number: str) -> Relief:
        """The number, in the receipt book, of the receipt for what was given last.

        Raises Refused M-83 without a number or with more than one, M-84 where nothing is out, M-24.
        """
        told = number.strip()
        with self.begin() as work:
            relief = self.books.find(work, relief_id)
            if not told or len(told) > _LONGEST:
                raise Refused(
                    "还没写收据本上的号，或者写得太长。",
                    do="请照着收据本上印的号写，只写一张的。",
                    code="M-83",
                    field="receipt_no",
                )
            which = self._given_last(work, relief)
            step = Step(
                event=ReliefEvent.RECEIPT, at=self.clock.now(), note=f"{which}收据号 {told}"
            )
            moved = self.books.move(work, relief, step)
            work.commit()
        return moved

    def _given_last(self, work: UnitOfWork, relief: Relief) -> str:
        """Which part was given last, in words; nothing of what is given at once."""
        if not relief.is_staged:
            return ""
        paid = [
            part
            for part in work.relief.instalments(relief.id)
            if part.status is InstalmentStatus.PAID
        ]
        if not paid:
            raise Refused(
                "这一笔现在没有给出去的钱，没有收条。",
                do="给了下一次，再记收据号。",
                code="M-84",
                field="receipt_no",
            )
        return f"第 {paid[-1].seq} 次，"
