"""Writes into the reserve fund, inside the caller's transaction.

Every movement passes through `book`, which is what keeps the fund from ever being overdrawn and a
closed month from being touched, whoever asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from app.domain.clock import Clock
from app.domain.fund import balance_of, fund_of, lowest_from, month_of
from app.domain.ids import ReliefId, new_id
from app.domain.money import Money
from app.domain.problem import Refused
from app.domain.relief_words import EntryKind

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

ENTRY: Final = "reserve_entry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One line to be written. `happened_on` None: the day it is booked on."""

    kind: EntryKind
    amount: Money
    booked_on: date
    summary: str
    voucher_no: str = ""
    reason: str = ""
    happened_on: date | None = None
    relief: ReliefId | None = None
    payment_id: str | None = None
    names: str | None = None


@dataclass(frozen=True, slots=True)
class FundBooks:
    """The fund of this device."""

    clock: Clock

    def fund_id(self, work: UnitOfWork) -> str:
        """The id of this device's purse."""
        return fund_of(work.identity.device_id)

    def balance(self, work: UnitOfWork) -> Money | None:
        """What is in it, or None while none is open here."""
        fund = self.fund_id(work)
        if work.fund.fund(fund) is None:
            return None
        return balance_of(work.fund.entries(fund))

    def book(self, work: UnitOfWork, movement: Movement) -> str:
        """Write one line; its id. Raises Refused when it may not stand in the books."""
        fund = self.fund_id(work)
        self._check(work, fund, movement)
        entry_id = new_id(self.clock.now())
        work.change(
            kind=f"fund.{movement.kind.value}",
            entity=ENTRY,
            entity_id=entry_id,
            subject=fund,
            new=True,
            fields={
                "fund_id": fund,
                "kind": movement.kind,
                "amount_fen": movement.amount,
                "booked_on": movement.booked_on,
                "happened_on": movement.happened_on or movement.booked_on,
                "summary": movement.summary,
                "voucher_no": movement.voucher_no,
                "reason": movement.reason,
                "relief_id": movement.relief,
                "payment_id": movement.payment_id,
                "names_id": movement.names,
                "handler": work.identity.officer_name,
                "recorded_at": self.clock.now(),
            },
        )
        return entry_id

    def _check(self, work: UnitOfWork, fund: str, movement: Movement) -> None:
        if movement.amount.fen <= 0:
            raise Refused("金额要大于零。", do="请填多少钱。", code="M-40", field="amount")
        if movement.booked_on > self.clock.today():
            raise Refused("日期还没到。", do="请填今天或以前的日期。", code="M-42", field="on")
        if month_of(movement.booked_on) <= work.fund.closed_through(fund):
            raise Refused(
                f"{month_of(movement.booked_on)} 已经月结，不能再记。",
                do="请记在还没月结的月份里，写明更正的是哪一笔。",
                code="M-41",
                field="on",
            )
        if movement.kind.sign < 0:
            left = lowest_from(work.fund.entries(fund), movement.booked_on)
            if movement.amount > left:
                raise not_enough(max(left, Money(0)))


def not_enough(left: Money) -> Refused:
    """M-22: the fund does not hold that much."""
    return Refused(
        f"备用金只剩 {left.grouped()} 元，不够这一笔。",
        do="请少给一些，或者先记上新拨来的钱，或者改从临时救助资金里出。",
        code="M-22",
        field="amount",
    )
