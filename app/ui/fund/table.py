"""The ledger's words on its page. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.domain.fund import FundLine, month_of
from app.domain.money import Money
from app.services.fund import FundState
from app.ui.relief.table import plain_yuan
from app.ui.theme.tokens import Tone
from app.ui.widgets.cells import Cell, Column, Row
from app.ui.widgets.entry import short_date

COLUMNS: Final = (
    Column("哪天"),
    Column("什么事", stretch=True),
    Column("进"),
    Column("出"),
    Column("结余"),
    Column("给谁"),
    Column("手续"),
)


def line_rows(lines: Sequence[FundLine]) -> list[Row]:
    """The ledger, the newest first; the key is the entry's id."""
    return [_row(line) for line in reversed(lines)]


def month_text(month: str) -> str:
    """2026年3月."""
    year, number = month.split("-")
    return f"{year}年{int(number)}月"


def months_of(state: FundState, this: str) -> list[str]:
    """The months that have a ledger, the newest first."""
    found = {month_of(line.entry.booked_on) for line in state.lines}
    return sorted(found | ({this} if found else set()), reverse=True)


def balance_note(state: FundState) -> tuple[str, Tone]:
    """What there is to say about the balance."""
    if state.opened_on is None:
        return "还没有备用金。记上第一笔拨来的钱，就开了账。", Tone.SOFT
    if state.is_low:
        return f"低于 {plain_yuan(state.low)} 元了，该请乡镇再拨一些。", Tone.BAD
    closed = f"，{month_text(state.months[-1].month)}以前已月结" if state.months else ""
    return f"低于 {plain_yuan(state.low)} 元时提醒{closed}。", Tone.SOFT


def _row(line: FundLine) -> Row:
    entry = line.entry
    came, amount = entry.kind.sign > 0, f"{plain_yuan(entry.amount)}"
    what = entry.summary + (f"：{entry.reason}" if entry.reason else "")
    status = "" if line.status is None else line.status.label
    cells = (
        Cell(short_date(entry.booked_on)),
        Cell(what),
        Cell(amount if came else "", right=True),
        Cell("" if came else amount, right=True),
        Cell(plain_yuan(line.balance), right=True),
        Cell(line.who),
        Cell(status, tone=Tone.SOFT, chip=bool(status)),
    )
    return Row(entry.id, cells)


def balance_text(balance: Money) -> str:
    """The balance as a figure."""
    return f"{plain_yuan(balance)} 元"
