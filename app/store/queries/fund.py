"""The reserve fund as domain values: its entries, its closed months, and whom the money helped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, RowMapping, Table, select

from app.domain.casework import EventKind, ReliefStatus
from app.domain.fund import FundEntry, FundLine, FundMonth, running
from app.domain.ids import ReliefId
from app.domain.money import Money
from app.domain.operations import OperationState
from app.domain.relief_words import EntryKind
from app.models.base import table_of
from app.models.casework import EmergencyReliefRow
from app.models.fund import ReserveEntryRow, ReserveFundRow, ReserveMonthRow
from app.models.log import OperationRow, OperationStateRow, ServerDocumentRow

_FUND = table_of(ReserveFundRow)
_ENTRY = table_of(ReserveEntryRow)
_MONTH = table_of(ReserveMonthRow)
_RELIEF = table_of(EmergencyReliefRow)
_OPERATION = table_of(OperationRow)
_STATE = table_of(OperationStateRow)
_DOCUMENT = table_of(ServerDocumentRow)
_TAIL: Final = 4


@dataclass(frozen=True, slots=True)
class Fund:
    """A device's purse. `low`: below this it is time to ask for more; None until it was set."""

    id: str
    low: Money | None
    opened_on: date


@dataclass(frozen=True, slots=True)
class FundQueries:
    """Questions about the reserve fund."""

    connection: Connection

    def fund(self, fund: str) -> Fund | None:
        """The fund, or None while it is not open."""
        row = self.connection.execute(select(_FUND).where(_FUND.c.id == fund)).mappings().first()
        if row is None:
            return None
        low = None if row["low_fen"] is None else Money(row["low_fen"])
        return Fund(row["id"], low, row["opened_on"])

    def entries(self, fund: str) -> list[FundEntry]:
        """Every entry, unordered (see `app.domain.fund.in_order`)."""
        query = select(_ENTRY).where(_ENTRY.c.fund_id == fund)
        return [_entry(row) for row in self.connection.execute(query).mappings()]

    def entry(self, entry: str) -> FundEntry | None:
        """One entry, or None."""
        row = self.connection.execute(select(_ENTRY).where(_ENTRY.c.id == entry)).mappings().first()
        return None if row is None else _entry(row)

    def returned(self, fund: str) -> dict[str, str]:
        """Entries the county returned and that were not mended since → why, in its words."""
        return self._returned(_ENTRY, fund)

    def sent_back(self, fund: str) -> dict[str, str]:
        """Months whose closing the county returned: they are open again → why, in its words."""
        ids = self._returned(_MONTH, fund)
        query = select(_MONTH.c.id, _MONTH.c.month).where(_MONTH.c.fund_id == fund)
        rows = self.connection.execute(query.order_by(_MONTH.c.month))
        return {row.month: ids[row.id] for row in rows if row.id in ids}

    def _returned(self, table: Table, fund: str) -> dict[str, str]:
        query = (
            select(_OPERATION.c.entity_id, _STATE.c.state, _STATE.c.verdict)
            .outerjoin(_STATE, _STATE.c.n == _OPERATION.c.n)
            .outerjoin(
                _DOCUMENT,
                (_DOCUMENT.c.entity == _OPERATION.c.entity)
                & (_DOCUMENT.c.entity_id == _OPERATION.c.entity_id),
            )
            .where(_OPERATION.c.entity == table.name, _OPERATION.c.subject == fund)
            .where(_DOCUMENT.c.entity_id.is_(None))
            .order_by(_OPERATION.c.n)
        )
        last = {row.entity_id: row for row in self.connection.execute(query)}
        return {
            record: (row.verdict or {}).get("reason") or ""
            for record, row in last.items()
            if row.state == OperationState.RETURNED
        }

    def of_payment(self, fund: str, payment_id: str) -> FundEntry | None:
        """The entry a payment stands in, or None when it was not made from the fund."""
        query = select(_ENTRY).where(_ENTRY.c.fund_id == fund, _ENTRY.c.payment_id == payment_id)
        row = self.connection.execute(query).mappings().first()
        return None if row is None else _entry(row)

    def months(self, fund: str) -> list[FundMonth]:
        """The closed months, the oldest first; one the county returned is closed no more."""
        query = select(_MONTH).where(_MONTH.c.fund_id == fund).order_by(_MONTH.c.month)
        rows = self.connection.execute(query).mappings().all()
        open_again = self.sent_back(fund) if rows else {}
        return [
            FundMonth(
                fund=row["fund_id"],
                month=row["month"],
                balance=Money(row["balance_fen"]),
                entries=row["entries"],
                closed_at=row["closed_at"],
                closed_by=row["closed_by"],
            )
            for row in rows
            if row["month"] not in open_again
        ]

    def closed_through(self, fund: str) -> str:
        """The last closed month; empty for none."""
        return max((one.month for one in self.months(fund)), default="")

    def lines(self, fund: str) -> list[FundLine]:
        """The whole ledger in order, with the balance after each entry and whom it helped."""
        query = select(_RELIEF).join(_ENTRY, _ENTRY.c.relief_id == _RELIEF.c.id)
        rows = self.connection.execute(query.where(_ENTRY.c.fund_id == fund)).mappings()
        helped = {row["id"]: row for row in rows}
        return [
            _line(entry, balance, helped.get(entry.relief or ""))
            for entry, balance in running(self.entries(fund))
        ]


def _entry(row: RowMapping) -> FundEntry:
    return FundEntry(
        id=row["id"],
        fund=row["fund_id"],
        kind=EntryKind(row["kind"]),
        amount=Money(row["amount_fen"]),
        booked_on=row["booked_on"],
        happened_on=row["happened_on"],
        summary=row["summary"],
        voucher_no=row["voucher_no"],
        reason=row["reason"],
        relief=None if row["relief_id"] is None else ReliefId(row["relief_id"]),
        payment_id=row["payment_id"],
        names=row["names_id"],
        handler=row["handler"],
        recorded_at=row["recorded_at"],
        struck=row["struck_reason"] or "",
    )


def _line(entry: FundEntry, balance: Money, relief: RowMapping | None) -> FundLine:
    if relief is None:
        return FundLine(entry=entry, balance=balance)
    cause = EventKind(relief["event"]).label
    return FundLine(
        entry=entry,
        balance=balance,
        who=relief["payee_name"],
        id_tail=(relief["payee_id_number"] or "")[-_TAIL:],
        cause=f"{cause}：{relief['event_note']}" if relief["event_note"] else cause,
        approver=relief["decided_by"] or "",
        status=ReliefStatus(relief["status"]),
    )
