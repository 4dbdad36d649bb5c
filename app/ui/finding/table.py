"""What a new standard changes, as rows and words. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.domain.households import Category
from app.domain.money import Money
from app.domain.reassessment import Change, Reassessed, Reassessment
from app.ui.finding.search import SearchState
from app.ui.theme.tokens import Tone
from app.ui.widgets.cells import Cell, Column, Row
from app.ui.widgets.entry import date_text

COLUMNS: Final = (
    Column("会怎样"),
    Column("户主"),
    Column("住址"),
    Column("以前看"),
    Column("新标准看"),
    Column("还要问什么", stretch=True),
)
TOLD: Final = (Change.NEWLY_MEETS, Change.NO_LONGER, Change.AMOUNT, Change.ASK)
_LOOKS: Final = {
    Change.NEWLY_MEETS: ("circle-check", Tone.OK),
    Change.NO_LONGER: ("alert-triangle", Tone.WARN),
    Change.AMOUNT: ("cash", Tone.PRIMARY),
    Change.ASK: ("info-circle", Tone.INFO),
    Change.SAME: ("minus", Tone.SOFT),
}
_NOTHING: Final = "够不上"


def found_rows(found: Sequence[Reassessed]) -> list[Row]:
    """One row for each household; its key is the household."""
    return [_row(one) for one in found]


def headline(run: Reassessment) -> str:
    """Which standard the village was held against."""
    return (
        f"按“{run.pack_title}”{run.pack_version} 版（{date_text(run.since)} 起的规定）"
        f"看了 {run.done} 户"
    )


def counts(run: Reassessment) -> str:
    """How many of each kind, in one breath."""
    told = [f"{change.label} {run.counts.get(change, 0)} 户" for change in TOLD]
    return "，".join(told) + "。最后以乡镇审核、县民政局确认为准。"


def progress_text(state: SearchState) -> str:
    """What is going on."""
    if not state.total:
        return "县里换了新标准，正在一户一户重新看……"
    return f"县里换了新标准，正在一户一户重新看：{state.done}／{state.total}"


def stopped_text(state: SearchState) -> str:
    """Where it was stopped."""
    return f"政策找人停在第 {state.done} 户，共 {state.total} 户。找到的都在，接着找就行。"


def _row(one: Reassessed) -> Row:
    icon, tone = _LOOKS[one.change]
    ask = "；".join(one.ask) or ("已经重新测过" if one.is_tested_since else "去测一次")
    cells = (
        Cell(one.change.label, icon, tone),
        Cell(one.who),
        Cell(one.place),
        Cell(_outcome(one.before, one.before_month)),
        Cell(_outcome(one.after, one.after_month)),
        Cell(ask),
    )
    return Row(one.household, cells)


def _outcome(rung: Category | None, month: Money | None) -> str:
    name = _NOTHING if rung is None else rung.label
    return name if month is None else f"{name} {month.grouped().removesuffix('.00')} 元"
