"""The year's sweep as table rows: groups on the left, whom nobody has seen yet on the right."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.sweep import Sweep, SweptGroup, SweptHome
from app.ui.theme.tokens import Tone
from app.ui.widgets.cells import Cell, Column, Row
from app.ui.widgets.entry import short_date

GROUPS = (
    Column("组", stretch=True),
    Column("一共"),
    Column("走到了"),
    Column("还没走到"),
)
MISSING = (Column("户主"), Column("门牌", stretch=True))


def group_rows(groups: Sequence[SweptGroup]) -> list[Row]:
    """One row for each group; the row's key is its name."""
    return [_row(group) for group in groups]


def missing_rows(homes: Sequence[SweptHome]) -> list[Row]:
    """One row for each household; the row's key is its id."""
    return [Row(home.household, (Cell(home.who), Cell(home.door))) for home in homes]


def summary(sweep: Sweep) -> str:
    """How far it has come, until when, and who asks for it."""
    if not sweep.households:
        return "还没有家庭，导入名册以后，这里一组一组数走到了几户。"
    left = sweep.households - sweep.seen
    done = "都走到了" if not left else f"还有 {left} 户没走到"
    return (
        f"全村 {sweep.households} 户，上门见到 {sweep.seen} 户，{done}。"
        f"{short_date(sweep.first)}到{short_date(sweep.last)}为一次；打电话不算。依据：{sweep.rule}"
    )


def _row(group: SweptGroup) -> Row:
    left = len(group.missing)
    state = (
        Cell(f"{left} 户", "clock", Tone.WARN, chip=True)
        if left
        else Cell("走完了", "circle-check", Tone.OK, chip=True)
    )
    cells = (
        Cell(group.name),
        Cell(f"{len(group.homes)} 户"),
        Cell(f"{group.seen} 户"),
        state,
    )
    return Row(group.name, cells)
