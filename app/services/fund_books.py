"""Writes into the reserve fund, inside the caller's transaction.

Every movement passes through `book`, which is what keeps the fund from ever being overdrawn and a
closed month from being touched, whoever asks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from app.domain.casework import ReliefStatus
from app.domain.clock import Clock, month_words
from app.domain.fund import FundEntry, balance_of, fund_of, lowest_from, month_of, running
from app.domain.ids import ReliefId, new_id
from app.domain.money import Money
from app.domain.problem import Refused
from app.domain.relief_words import EntryKind
from app.domain.workdays import add_months

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

ENTRY: Final = "reserve_entry"
_KEPT_MONTHS: Final = 36
"""A day further back is a slip of the year: the book would open with months nobody can close."""
_BY_HAND: Final = frozenset({EntryKind.IN, EntryKind.ADJUST_UP, EntryKind.ADJUST_DOWN})
"""What she books herself; the rest is written by 先行救助 with its payment."""


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
        """What may be spent of it, or None while none is open here."""
        fund = self.fund_id(work)
        if work.fund.fund(fund) is None:
            return None
        return balance_of(self._sure(work, fund))

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

    def require_new(self, work: UnitOfWork, movement: Movement) -> None:
        """Money that came in comes in once: what is told in the same words was told already.

        Raises Refused M-79.
        """
        said = (movement.amount, movement.booked_on, movement.summary, movement.voucher_no)
        for one in work.fund.entries(self.fund_id(work)):
            known = (one.amount, one.booked_on, one.summary, one.voucher_no)
            if one.kind is EntryKind.IN and not one.struck and known == said:
                raise Refused(
                    f"{one.booked_on.month}月{one.booked_on.day}日已经记过同样的一笔拨入"
                    f" {one.amount.grouped()} 元，这一笔没有记。",
                    do="确实拨了两次，请写清凭证号或者说明再记。",
                    code="M-79",
                    field="voucher_no",
                )

    def require_standing(self, work: UnitOfWork, entry: FundEntry) -> None:
        """Raises Refused M-80 for an entry that was taken back as a whole: it is right already."""
        taken_back = any(
            one.kind is EntryKind.REVERSED and one.names == entry.id
            for one in work.fund.entries(entry.fund)
        )
        if entry.struck or taken_back:
            raise Refused(
                "这一笔已经冲正过了，不用再更正。",
                do="台账里还是不对，请不选那一笔，只写原因。",
                code="M-80",
                field="names",
            )

    def redate(self, work: UnitOfWork, entry_id: str, on: date) -> None:
        """Book what the county returned on another day; it is sent again as a whole.

        Raises Refused M-59 for what was not returned, M-60 for the same day, M-41, M-42, M-22.
        """
        entry = self._returned(work, entry_id)
        if on == entry.booked_on:
            raise Refused("日期和原来一样。", do="请填改成哪一天。", code="M-60", field="on")
        self._check_day(work, entry.fund, on)
        self._mend(work, replace(entry, booked_on=on), "fund.redated", {"booked_on": on})

    def strike(self, work: UnitOfWork, entry_id: str, reason: str) -> None:
        """冲正: what the county returned counts no more, and stays in the books with why.

        Raises Refused M-59 for what was not returned, M-58 for what 先行救助 wrote (but where the
        county settled that nothing was given), M-41, M-22.
        """
        entry = self._returned(work, entry_id)
        if entry.kind not in _BY_HAND and not _was_none(work, entry):
            raise Refused(
                "这一笔是先行救助记的，不能单独冲正。",
                do="请到那笔先行救助里冲正；日期不对，就改日期再报。",
                code="M-58",
            )
        self._mend(work, replace(entry, struck=reason), "fund.struck", {"struck_reason": reason})

    def _returned(self, work: UnitOfWork, entry_id: str) -> FundEntry:
        """What may be mended. Raises Refused M-59, M-41."""
        fund = self.fund_id(work)
        entry = work.fund.entry(entry_id)
        if entry is None or entry_id not in work.fund.returned(fund):
            raise Refused(
                "这一笔县里没有退回，不能改。",
                do="请在台账里选中县里退回的那一笔；别的错，请用“更正”。",
                code="M-59",
            )
        self._check_day(work, fund, entry.booked_on)
        return entry

    def _mend(
        self, work: UnitOfWork, mended: FundEntry, kind: str, fields: dict[str, object]
    ) -> None:
        """Write it, where the fund still never falls below nothing. Raises Refused M-22."""
        others = [one for one in work.fund.entries(mended.fund) if one.id != mended.id]
        lowest = min(balance for _entry, balance in running([*others, mended]))
        if lowest < Money(0):
            raise Refused(
                "这样改，备用金有一天就不够了。",
                do="请先记上那以前拨来的钱，或者改成别的日子。",
                code="M-22",
                field="on",
            )
        work.change(
            kind=kind, entity=ENTRY, entity_id=mended.id, subject=mended.fund, fields=fields
        )

    def _check_day(self, work: UnitOfWork, fund: str, on: date) -> None:
        """Raises Refused M-41 in a closed month, M-42 for a day to come or long gone."""
        if on > self.clock.today():
            raise Refused("日期还没到。", do="请填今天或以前的日期。", code="M-42", field="on")
        if on < add_months(self.clock.today(), -_KEPT_MONTHS):
            raise Refused("日期太早了，是三年以前的。", do="请核对年份。", code="M-42", field="on")
        if month_of(on) <= work.fund.closed_through(fund):
            raise Refused(
                f"{month_words(on)}已经月结，不能再记。",
                do="请记在还没月结的月份里，写明更正的是哪一笔。",
                code="M-41",
                field="on",
            )

    def _sure(self, work: UnitOfWork, fund: str) -> list[FundEntry]:
        """The entries without money in that the county returned: until it is mended the county
        does not count it, and would return what was paid out of it."""
        returned = work.fund.returned(fund)
        entries = work.fund.entries(fund)
        return [one for one in entries if one.id not in returned or one.kind.sign < 0]

    def _check(self, work: UnitOfWork, fund: str, movement: Movement) -> None:
        if movement.amount.fen <= 0:
            raise Refused("金额要大于零。", do="请填多少钱。", code="M-40", field="amount")
        self._check_day(work, fund, movement.booked_on)
        if movement.kind.sign < 0:
            left = lowest_from(self._sure(work, fund), movement.booked_on)
            if movement.amount > left:
                raise not_enough(max(left, Money(0)))


def _was_none(work: UnitOfWork, entry: FundEntry) -> bool:
    """Whether the payment a line is of was settled to be none: the other laptop's was the one."""
    relief = None if entry.relief is None else work.casework.relief(entry.relief)
    return (
        relief is not None and relief.status is ReliefStatus.REVERSED and relief.payment_id is None
    )


def not_enough(left: Money) -> Refused:
    """M-22: the fund does not hold that much."""
    return Refused(
        f"备用金只剩 {left.grouped()} 元，不够这一笔。",
        do="请少给一些，或者先记上新拨来的钱，或者改从临时救助资金里出。",
        code="M-22",
        field="amount",
    )
