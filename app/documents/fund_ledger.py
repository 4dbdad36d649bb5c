"""The reserve fund's ledger as rows of a month: what F18 prints and what its sheet holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.documents import values
from app.domain.fund import FundLine, month_of
from app.domain.money import Money

HEADS: Final = (
    "日期", "凭证号", "摘要", "拨入", "支出", "结余", "对象", "证件尾号", "事由", "领款人签名",
    "经办", "审批", "手续",
)  # fmt: skip
"""The columns of F18 (domain.md §3.17)."""
MONEY: Final = frozenset({"拨入", "支出", "结余"})
WIDTHS: Final = (15, 44, 25, 20, 20, 21, 18, 12, 25, 23, 15, 15, 16)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One line as it is read; sums that are not there are None."""

    on: date
    voucher: str
    summary: str
    came: Money | None
    went: Money | None
    balance: Money
    who: str
    id_tail: str
    cause: str
    handler: str
    approver: str
    papers: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FundLedger:
    """One month: the balance it began with, its lines, and where it stands."""

    unit: str
    month: str
    opening: Money
    lines: tuple[LedgerLine, ...]
    closed_by: str
    """Who closed the month; empty while it is open."""

    @property
    def closing(self) -> Money:
        """The balance at the end."""
        return self.lines[-1].balance if self.lines else self.opening

    @property
    def came(self) -> Money:
        """What came in."""
        return sum((line.came for line in self.lines if line.came), Money(0))

    @property
    def went(self) -> Money:
        """What went out."""
        return sum((line.went for line in self.lines if line.went), Money(0))


def ledger_of(
    lines: Iterable[FundLine], month: str, *, unit: str, closed_by: str = ""
) -> FundLedger:
    """The month of a ledger whose running balances are known."""
    opening, found = Money(0), []
    for line in lines:
        at = month_of(line.entry.booked_on)
        if at < month:
            opening = line.balance
        elif at == month:
            found.append(_line(line))
    return FundLedger(
        unit=unit, month=month, opening=opening, lines=tuple(found), closed_by=closed_by
    )


def texts_of_line(line: LedgerLine) -> tuple[str, ...]:
    """A line as texts, in the order of `HEADS`; the place to sign stays empty."""
    return (
        f"{line.on.month}月{line.on.day}日", line.voucher, line.summary, values.yuan(line.came),
        values.yuan(line.went), values.yuan(line.balance), line.who, line.id_tail, line.cause, "",
        line.handler, line.approver, line.papers,
    )  # fmt: skip


def _line(line: FundLine) -> LedgerLine:
    entry = line.entry
    came = entry.kind.sign > 0
    summary = entry.summary + (f"：{entry.reason}" if entry.reason else "")
    return LedgerLine(
        on=entry.booked_on,
        voucher=entry.voucher_no,
        summary=summary,
        came=entry.amount if came else None,
        went=None if came else entry.amount,
        balance=line.balance,
        who=line.who,
        id_tail=line.id_tail,
        cause=line.cause,
        handler=entry.handler,
        approver=line.approver,
        papers="" if line.status is None else line.status.label,
    )
