"""The reserve fund at the county: the purse of one device, never below nothing, closed by month.

A line that takes money out must name a payment the county has entered, and each payment stands in
the purse once. The device's own row is held while a batch is entered, so its purse is counted by
nobody else at that moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, func, insert, select

from app.domain.fund import MONTH, fund_of, month_id, month_of
from app.domain.relief_words import EntryKind
from county_server.authority import Returned
from county_server.tables import fund_entry, fund_month, payment

FUND: Final = "reserve_fund"
ENTRY: Final = "reserve_entry"
CLOSED: Final = "reserve_month"
KINDS: Final = frozenset({FUND, ENTRY, CLOSED})
_OF_A_PAYMENT: Final = frozenset({EntryKind.OUT, EntryKind.REVERSED})


@dataclass(slots=True)
class Purse:
    """The fund of one device, within one transaction."""

    connection: Connection
    device_id: str

    def enter(self, entity: str, entity_id: str, body: Mapping[str, Any], on: date) -> None:
        """Enter a new record of the fund; `on` is the day it was recorded. Raises Returned."""
        fund = fund_of(self.device_id)
        owner = entity_id if entity == FUND else body.get("fund_id")
        if owner != fund:
            raise Returned("备用金只能由管它的那台电脑记。", None if entity == FUND else "fund_id")
        if entity == ENTRY:
            self._enter_line(fund, entity_id, body, on)
        elif entity == CLOSED:
            self._close(fund, entity_id, body, on)

    def balance(self, through: str | None = None) -> int:
        """Fen in the purse now, or at the end of a month."""
        signed = func.coalesce(func.sum(fund_entry.c.delta_fen), 0)
        query = select(signed).where(fund_entry.c.fund_id == fund_of(self.device_id))
        if through is not None:
            query = query.where(fund_entry.c.month <= through)
        return int(self.connection.execute(query).scalar_one())

    def _enter_line(self, fund: str, entry_id: str, body: Mapping[str, Any], on: date) -> None:
        if body.get("struck_reason"):
            return  # returned before, and struck at the laptop since: it moved nothing
        kind, amount = _kind_of(body), body.get("amount_fen")
        if type(amount) is not int or amount <= 0:
            raise Returned("备用金的金额要大于零。", "amount_fen")
        month = month_of(_day_of(body, on))
        if month <= self._closed_through(fund):
            raise Returned("这个月已经月结，请改记在还没月结的月份里。", "booked_on")
        payment_id = body.get("payment_id")
        if kind in _OF_A_PAYMENT:
            self._check_payment(payment_id, amount, is_reversal=kind is EntryKind.REVERSED)
        elif payment_id is not None:
            raise Returned("这一笔不是给付，不该有付款编号。", "payment_id")
        if kind is EntryKind.RECOVERED:
            self._check_recovered(str(body.get("relief_id")), amount)
        delta = amount * kind.sign
        if self.balance() + delta < 0:
            raise Returned("备用金不够这一笔。", "amount_fen")
        self.connection.execute(
            insert(fund_entry),
            {
                "entry_id": entry_id,
                "fund_id": fund,
                "device_id": self.device_id,
                "kind": kind.value,
                "delta_fen": delta,
                "month": month,
                "payment_id": payment_id,
                "relief_id": body.get("relief_id"),
            },
        )

    def _check_payment(self, payment_id: object, amount: int, *, is_reversal: bool) -> None:
        """Raises Returned unless the county has this payment of this device and sum, unbooked."""
        found = self.connection.execute(
            select(payment).where(payment.c.payment_id == payment_id)
        ).first()
        if found is None or found.device_id != self.device_id or found.amount_fen != amount:
            raise Returned("备用金的这一笔对不上县里收到的给付。", "payment_id")
        if (found.reverses_id is not None) != is_reversal:
            raise Returned("备用金的这一笔和给付的方向不一致。", "kind")
        again = select(fund_entry.c.entry_id).where(fund_entry.c.payment_id == payment_id)
        if self.connection.execute(again).first() is not None:
            raise Returned("这笔给付已经记进备用金了。", "payment_id")

    def _check_recovered(self, relief_id: str, amount: int) -> None:
        """Raises Returned when more comes back than went out for this relief."""
        query = select(func.coalesce(func.sum(fund_entry.c.delta_fen), 0)).where(
            fund_entry.c.relief_id == relief_id, fund_entry.c.device_id == self.device_id
        )
        if int(self.connection.execute(query).scalar_one()) + amount > 0:
            raise Returned("追回的比给出去的多。", "amount_fen")

    def _close(self, fund: str, record_id: str, body: Mapping[str, Any], on: date) -> None:
        month = body.get("month")
        if not isinstance(month, str) or not MONTH.fullmatch(month):
            raise Returned("月结的月份写法不对。", "month")
        if record_id != month_id(fund, month) or month >= month_of(on):
            raise Returned("这个月还不能月结。", "month")
        if month <= self._closed_through(fund):
            raise Returned("这个月已经月结过了。", "month")
        if body.get("balance_fen") != self.balance(month):
            raise Returned("月结的结余和县里算的不一样。", "balance_fen")
        self.connection.execute(insert(fund_month), {"fund_id": fund, "month": month})

    def _closed_through(self, fund: str) -> str:
        query = select(func.max(fund_month.c.month)).where(fund_month.c.fund_id == fund)
        return self.connection.execute(query).scalar_one_or_none() or ""


def _kind_of(body: Mapping[str, Any]) -> EntryKind:
    """What the line does. Raises Returned for a word the county does not know."""
    try:
        return EntryKind(str(body.get("kind")))
    except ValueError as error:
        raise Returned("县里的程序还不认识这种记账，请告诉县里升级。", "kind") from error


def _day_of(body: Mapping[str, Any], on: date) -> date:
    """The day in the books. Raises Returned for one that cannot be, or lies ahead."""
    try:
        day = date.fromisoformat(str(body.get("booked_on")))
    except ValueError as error:
        raise Returned("记账日期写法不对。", "booked_on") from error
    if day > on:
        raise Returned("记账日期晚于记录当天。", "booked_on")
    return day
