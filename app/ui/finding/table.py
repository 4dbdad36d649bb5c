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
from app.ui.widgets.entry import plain_date

COLUMNS: Final = (
    Column("会怎样"),
    Column("户主"),
    Column("住址", spare=True),
    Column("以前看", spare=True),
    Column("新标准看"),
    Column("还要问什么", stretch=True),
)
PLACE: Final = 2
"""Which of them is the address, spared first where there is little room."""
TOLD: Final = (Change.NEWLY_MEETS, Change.NO_LONGER, Change.AMOUNT, Change.ASK)
_LOOKS: Final = {
    Change.NEWLY_MEETS: ("circle-check", Tone.OK),
    Change.NO_LONGER: ("alert-triangle", Tone.WARN),
    Change.AMOUNT: ("cash", Tone.PRIMARY),
    Change.ASK: ("info-circle", Tone.INFO),
    Change.SAME: ("minus", Tone.SOFT),
}
_NOTHING: Final = "够不上"
_OPEN: Final = "还看不出来"
_MOST_ASKED: Final = 2


def found_rows(found: Sequence[Reassessed]) -> list[Row]:
    """One row for each household; its key is the household."""
    return [_row(one) for one in found]


def headline(run: Reassessment) -> str:
    """Which standard the village was held against."""
    return (
        f"按“{run.pack_title}”{run.pack_version} 版（{plain_date(run.since)}起的规定）"
        f"看了 {run.done} 户"
    )


def counts(run: Reassessment) -> str:
    """How many of each kind, in one breath, and whose word comes last."""
    told = [f"{change.label} {run.counts.get(change, 0)} 户" for change in TOLD]
    return f"{'，'.join(told)}。{run.last_word}"


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
    cells = (
        Cell(one.change.label, icon, tone),
        Cell(one.who),
        Cell(one.place),
        Cell(_outcome(one.change, one.before, one.before_month)),
        Cell(_outcome(one.change, one.after, one.after_month)),
        Cell(_ask(one)),
    )
    return Row(one.household, cells, spoken=_spoken(one))


def _ask(one: Reassessed) -> str:
    """What comes first, and how many more; the talk asks for all of them."""
    if not one.ask:
        return "已经重新测过" if one.is_tested_since else "去测一次"
    first = "；".join(one.ask[:_MOST_ASKED])
    return first if len(one.ask) <= _MOST_ASKED else f"{first}等 {len(one.ask)} 样"


def _spoken(one: Reassessed) -> str:
    """The whole row, nothing shortened."""
    before = _outcome(one.change, one.before, one.before_month)
    after = _outcome(one.change, one.after, one.after_month)
    asked = "；".join(one.ask) or _ask(one)
    return f"{one.who}，{one.place}，{one.change.label}，以前看{before}，新标准看{after}，{asked}"


def _outcome(change: Change, rung: Category | None, month: Money | None) -> str:
    """Where something is still to be asked, no rung is not a no."""
    nothing = _OPEN if change is Change.ASK else _NOTHING
    name = nothing if rung is None else rung.label
    return name if month is None else f"{name} {month.grouped().removesuffix('.00')} 元"
