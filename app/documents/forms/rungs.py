"""The kinds of assistance a form asks for, as tick boxes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from app.documents.cells import Cell, ticks
from app.domain.households import Category

RUNGS: Final = {
    Category.DIBAO: "最低生活保障",
    Category.MARGINAL: "低保边缘家庭",
    Category.RIGID_EXPENDITURE: "刚性支出困难家庭",
    Category.TEKUN: "特困人员",
    Category.SINGLE_PERSON: "单人保",
}
"""As official papers name them, in F01's order."""


def rung_ticks(requested: Iterable[Category], span: int = 1) -> Cell:
    """Every kind, ticked where it is asked for."""
    return ticks(RUNGS.values(), {RUNGS[rung] for rung in requested if rung in RUNGS}, span)
