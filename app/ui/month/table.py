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
    return "，".join(parts) + "。格子里：见＝见到了，空＝没人在家，去＝打算去，漏＝没走到。"


def day_text(day: RoundDay) -> str:
    """A day in its square: the number, and the counts that are not nothing."""
    counts = " ".join(
        f"{short}{day.count(state)}" for state, short in _SHORT.items() if day.count(state)
    )
    rest = "" if day.is_open else " 休"
    return f"{day.on.day}{rest}\n{counts}"


def day_spoken(day: RoundDay) -> str:
    """A day as it is read aloud."""
    counts = "，".join(
        f"{state.label} {day.count(state)} 户" for state in RoundState if day.count(state)
    )
    return f"{short_date(day.on)}，{counts or '没有走访'}{_guess(day)}"


def day_title(day: RoundDay) -> str:
    """The heading above a day's lines."""
    said = f"{date_text(day.on)}　{len(day.lines)} 户" if day.lines else date_text(day.on)
    return f"{said}{_guess(day)}"


def _guess(day: RoundDay) -> str:
    """What is said of a planned day of a year whose calendar has not come."""
    return "" if day.is_known or not day.count(RoundState.PLANNED) else f"（{ESTIMATED}）"


def day_rows(lines: Sequence[RoundLine]) -> list[Row]:
    """One row for each household of a day; the row's key is the line."""
    return [_row(line) for line in lines]


def _row(line: RoundLine) -> Row:
    icon, tone = _LOOKS[line.state]
    cells = (
        Cell(line.state.label, icon, tone),
        Cell(line.who),
        Cell(line.place),
        Cell(line.detail),
    )
    return Row(line, cells)
