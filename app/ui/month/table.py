"""A month of visits in words: what a day says, and the lines of the day at hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.domain.month_round import MonthRound, RoundDay, RoundLine, RoundState
from app.rules.deadlines import ESTIMATED
from app.ui.theme.tokens import Tone
from app.ui.widgets.cells import Cell, Column, Row
from app.ui.widgets.entry import date_text, short_date

COLUMNS = (
    Column("怎么样"),
    Column("户主"),
    Column("住址"),
    Column("说了什么、为什么去", stretch=True),
)
STATE = 0
"""Spared where the letters are large: the name and the words say it, too."""
PLACE = 2
"""The column that can be spared: the household's page says it, too."""
_LOOKS = {
    RoundState.SEEN: ("circle-check", Tone.OK),
    RoundState.TRIED: ("home", Tone.WARN),
    RoundState.PLANNED: ("walk", Tone.PRIMARY),
    RoundState.MISSED: ("alert-triangle", Tone.BAD),
}
_SHORT = {
    RoundState.SEEN: "见",
    RoundState.TRIED: "空",
    RoundState.PLANNED: "去",
    RoundState.MISSED: "漏",
}


def month_title(first: date) -> str:
    """The month as a heading."""
    return f"{first.year}年{first.month}月的走访"


def summary(month: MonthRound) -> str:
    """How the month stands, in one line."""
    parts = [f"见到 {month.seen} 户"]
    if month.planned:
        parts.append(f"还要去 {month.planned} 户（{month.plan}）")
    if month.missed:
        parts.append(f"没走到 {month.missed} 户")
    if month.unknown:
        parts.append(f"另有 {month.unknown} 户那时属于哪一类，这台电脑里没有记录，没算漏走")
    return "，".join(parts) + "。格子里：见＝见到了，空＝没人在家，去＝打算去，漏＝没走到。"


def brief_summary(month: MonthRound) -> str:
    """The same where the letters are large; the plan is in the squares, the guess at its day."""
    parts = [f"见到 {month.seen} 户"]
    if month.planned:
        parts.append(f"去 {month.planned} 户")
    if month.missed:
        parts.append(f"漏 {month.missed} 户")
    if month.unknown:
        parts.append(f"{month.unknown} 户没有那时的记录")
    return "，".join(parts) + "。见＝见到，空＝没人在家，去＝打算去，漏＝没走到。"


def day_texts(day: RoundDay) -> tuple[str, ...]:
    """A day in its square, the fullest first, for as much room as there is: the number with the
    counts that are not nothing, in one line or in two; with what was missed or is to do alone."""
    counts = [f"{short}{day.count(state)}" for state, short in _SHORT.items() if day.count(state)]
    head = f"{day.on.day}" if day.is_open else f"{day.on.day} 休"
    half = -(-len(counts) // 2)
    first, second = "".join(counts[:half]), "".join(counts[half:])
    return (
        f"{head}\n{' '.join(counts)}",
        f"{head}\n{''.join(counts)}",
        f"{head}\n{first}\n{second}",
        f"{head} {first}\n{second}",
        *_briefest(day, head, counts),
    )


def _briefest(day: RoundDay, head: str, counts: Sequence[str]) -> tuple[str, ...]:
    """What was missed, or is to do, alone: in two lines, in one, or that there is something."""
    if not counts:
        return (head,)
    more = "…" if len(counts) > 1 else ""
    return f"{head}\n{counts[-1]}{more}", f"{day.on.day} {counts[-1]}{more}", f"{day.on.day}…"


def day_spoken(day: RoundDay) -> str:
    """A day as it is read aloud."""
    counts = "，".join(
        f"{state.label} {day.count(state)} 户" for state in RoundState if day.count(state)
    )
    return f"{short_date(day.on)}，{counts or '没有走访'}{_guess(day)}"


def day_title(day: RoundDay, *, brief: bool = False) -> str:
    """The heading above a day's lines; a brief one leaves year and weekday to the month."""
    on = short_date(day.on) if brief else date_text(day.on)
    said = f"{on}　{len(day.lines)} 户" if day.lines else on
    return f"{said}{_guess(day)}"


def _guess(day: RoundDay) -> str:
    """What is said of a planned day of a year whose calendar has not come."""
    return "" if day.is_known or not day.count(RoundState.PLANNED) else f"（{ESTIMATED}）"


def day_rows(lines: Sequence[RoundLine], *, brief: bool = False) -> list[Row]:
    """One row for each household of a day; the row's key is the line. A brief one says how it
    stands beside the name and before the words, so that its first column can be spared."""
    return [_row(line, brief=brief) for line in lines]


def _row(line: RoundLine, *, brief: bool) -> Row:
    icon, tone = _LOOKS[line.state]
    state, detail = line.state.label, line.detail
    cells = (
        Cell(state, icon, tone),
        Cell(line.who, icon, tone) if brief else Cell(line.who),
        Cell(line.place),
        Cell(f"{state}：{detail}") if brief else Cell(detail),
    )
    return Row(line, cells)


def whole_line(line: RoundLine) -> str:
    """One household of a day in full."""
    return f"{line.who}，{line.state.label}：{line.detail}"
