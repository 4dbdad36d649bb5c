"""The ledger's words on its page. No Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


def line_rows(lines: Sequence[FundLine], returned: Mapping[str, str] | None = None) -> list[Row]:
    """The ledger, the newest first; the key is the entry's id. `returned`: why the county did."""
    why = returned or {}
    return [_row(line, why.get(line.entry.id)) for line in reversed(lines)]


def month_text(month: str) -> str:
    """2026年3月."""
    year, number = month.split("-")
    return f"{year}年{int(number)}月"


def months_of(state: FundState) -> list[str]:
    """The months that have a ledger, the newest first; an empty sheet is no ledger."""
    return sorted({month_of(line.entry.booked_on) for line in state.lines}, reverse=True)


def balance_note(state: FundState) -> tuple[str, Tone]:
    """What there is to say about the balance."""
    if state.opened_on is None:
        return "还没有备用金。记上第一笔拨来的钱，就开了账。", Tone.SOFT
    for month, why in state.sent_back.items():
        next_step = "先改好退回的那几笔，再月结一次" if state.returned else "对过账，再月结一次"
        return f"{month_text(month)}的月结县里退回了：{why}{next_step}。", Tone.BAD
    if state.low is None:
        return "低于多少要提醒，还没定：问问乡镇，按“低于多少提醒”填上。", Tone.WARN
    if state.is_low:
        return f"低于 {plain_yuan(state.low)} 元了，该请乡镇再拨一些。", Tone.BAD
    closed = f"，到{month_text(state.months[-1].month)}为止都月结了" if state.months else ""
    return f"低于 {plain_yuan(state.low)} 元时提醒{closed}。", Tone.SOFT


def closing_text(state: FundState) -> str:
    """What closing the oldest open month will do, and on what it ends."""
    month = state.open_months[0]
    within = [line for line in state.lines if month_of(line.entry.booked_on) == month]
    before = [line for line in state.lines if month_of(line.entry.booked_on) <= month]
    came, went = (
        sum((one.entry.delta * sign for one in within if one.entry.delta.fen * sign > 0), Money(0))
        for sign in (1, -1)
    )
    ends = before[-1].balance if before else Money(0)
    return (
        f"{month_text(month)}：{len(within)} 笔，进 {plain_yuan(came)} 元，"
        f"出 {plain_yuan(went)} 元，月底结余 {plain_yuan(ends)} 元。"
        "月结以后，这个月和以前的账都不能再记、不能再改，撤不回来；"
        "错了只能在后面的月份里记更正。对过账、数对得上，再按“记下”。"
    )


def _row(line: FundLine, returned: str | None) -> Row:
    entry = line.entry
    came, amount = entry.kind.sign > 0, f"{plain_yuan(entry.amount)}"
    what = entry.summary + (f"：{entry.reason}" if entry.reason else "")
    status, tone = "" if line.status is None else line.status.label, Tone.SOFT
    if returned is not None:
        status, tone = f"县里退回：{returned}", Tone.BAD
    elif entry.struck:
        status = f"已冲正：{entry.struck}"
    cells = (
        Cell(short_date(entry.booked_on)),
        Cell(what),
        Cell(amount if came else "", right=True),
        Cell("" if came else amount, right=True),
        Cell(plain_yuan(line.balance), right=True),
        Cell(line.who),
        Cell(status, tone=tone, chip=bool(status)),
    )
    return Row(entry.id, cells)


def balance_text(balance: Money) -> str:
    """The balance as a figure."""
    return f"{plain_yuan(balance)} 元"
