"""Before a talk: whose means are to be tested, and which talks are unfinished."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from app.domain.households import HouseholdLine
from app.ui.runner import Runner
from app.ui.theme.tokens import Tone
from app.ui.widgets.cells import Cell, Column, Row
from app.ui.widgets.labels import Role, Text
from app.ui.widgets.layout import Card
from app.ui.widgets.picker import Find, HouseholdPicker
from app.ui.widgets.table import Table

_COLUMNS: Final = (
    Column("户主"),
    Column("住址"),
    Column("几口人"),
    Column("现在是", stretch=True),
)
_MOST: Final = 8


class Chooser(Card):
    """`field` finds a household; `table` opens an unfinished talk."""

    def __init__(self, *, find: Find, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__("给谁家测算？", parent)
        self.field = HouseholdPicker(find=find, runner=runner, name="给谁家测算")
        self.words = Text(
            "一次把收入、支出、财产问清楚，低保、低保边缘、单人保一起看。",
            tone=Tone.SOFT,
            wrap=True,
        )
        self.unfinished = Text("没问完的", Role.STRONG)
        self.table = Table(_COLUMNS, name="没问完的测算")
        for part in (self.field, self.words, self.unfinished, self.table):
            self.body.addWidget(part)
        self.body.addStretch(1)

    def show_waiting(self, waiting: Sequence[HouseholdLine]) -> None:
        """Fill the list of unfinished talks."""
        self.field.clear_search()
        self.table.put(
            [
                Row(
                    line.id,
                    (
                        Cell(line.head_name),
                        Cell(line.place),
                        Cell(f"{line.members}", right=True),
                        Cell(line.category.label, "id-badge-2", Tone.INFO, chip=True),
                    ),
                )
                for line in waiting
            ]
        )
        self.table.fit_rows(_MOST)
        self.unfinished.setVisible(bool(waiting))
        self.table.setVisible(bool(waiting))
