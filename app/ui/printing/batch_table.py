"""The words of a batch. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.services.batches import WHOLE_VILLAGE, BatchHome, BatchPlan
from app.services.paper_lacks import in_words
from app.ui.printing.table import amount_text
from app.ui.theme.tokens import Tone
from app.ui.widgets.cells import Cell, Column, Row

HEADS: Final = [Column("户"), Column("打哪些", stretch=True), Column("缺什么", stretch=True)]
_MUCH: Final = 60
"""Sheets after which paper and ink are worth a look: more than half of a small printer's tray."""
_NOTHING: Final = "没有要打的"


def group_options(groups: Sequence[str]) -> list[tuple[str, str]]:
    """The 组 and the whole village, as the list names them."""
    return [*((one, one) for one in groups), (WHOLE_VILLAGE, "全村")]


def home_rows(homes: Sequence[BatchHome]) -> list[Row]:
    """One line a household: those that get nothing say why."""
    return [Row(one.line.id, (Cell(one.called), _papers(one), _missing(one))) for one in homes]


def plan_text(plan: BatchPlan, *, duplex: bool) -> str:
    """How many households and how much paper: 46 户，共 84 页，双面 42 张."""
    getting = plan.getting
    if not getting:
        return f"这些户现在都{_NOTHING}。"
    pages, sheets = sum(one.pages for one in getting), sum(one.sheets for one in getting)
    left = len(plan.homes) - len(getting)
    rest = f"；{left} 户{_NOTHING}" if left else ""
    return f"{len(getting)} 户，{amount_text(pages, sheets, duplex=duplex)}{rest}"


def ink_text(plan: BatchPlan, *, duplex: bool) -> str:
    """A word about paper and ink before a big batch, or nothing."""
    sheets = sum(one.sheets if duplex else one.pages for one in plan.getting)
    return f"要 {sheets} 张纸，打之前看看纸和墨够不够。" if sheets >= _MUCH else ""


def _papers(home: BatchHome) -> Cell:
    if not home.papers:
        return Cell(_NOTHING, tone=Tone.SOFT)
    return Cell("、".join(one.title for one in home.papers))


def _missing(home: BatchHome) -> Cell:
    return Cell(in_words(home.missing), tone=Tone.WARN if home.papers else Tone.SOFT)
