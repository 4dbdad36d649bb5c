"""Below the form: what was given, what it still owes, and what can be done about one of them."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from app.domain.casework import Relief, ReliefStatus
from app.domain.ids import ReliefId
from app.ui.relief.desk import Standing
from app.ui.relief.table import COLUMNS, number_text, relief_rows
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import Role, Text
from app.ui.widgets.layout import column, row
from app.ui.widgets.table import Table

_LEAST: Final = 7.0
"""Height of the table, in body sizes: its head and a row and a half."""


class ReliefListing(QWidget):
    """A table and the buttons for the line that is chosen in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = Table(COLUMNS, name="已经给过的")
        self.number = Text("", Role.SMALL, Tone.SOFT, wrap=True)
        self.empty = Text("还没有给过。", tone=Tone.SOFT)
        self.card_of = Button("记录", icon="note")
        self.receipt = Button("收条", icon="printer")
        self.approval = Button("审批表", icon="file-text")
        self.supplement = Button("手续交齐了", icon="check")
        line = row()
        line.addWidget(Text("已经给过的", Role.HEADING))
        line.addWidget(self.number, 1)
        for button in (self.card_of, self.receipt, self.approval, self.supplement):
            line.addWidget(button)
        box = column(gap=0.7)
        self.setLayout(box)
        box.addLayout(line)
        box.addWidget(self.empty)
        box.addWidget(self.table, 1)
        self.table.fill(_LEAST)

    def show_standing(self, standing: Standing, chosen: ReliefId | None) -> None:
        """The records, the newest first, with what each still owes."""
        self.table.put(relief_rows(standing.cases, standing.debts))
        self.table.setVisible(bool(standing.cases))
        self.empty.setVisible(not standing.cases)
        ids = [case.id for case in standing.cases]
        if chosen in ids:
            self.table.selectRow(ids.index(chosen))

    def show_chosen(self, case: Relief | None) -> None:
        """What can be done about the line chosen."""
        self.card_of.setEnabled(case is not None)
        self.approval.setEnabled(case is not None and bool(case.amount.fen))
        self.receipt.setEnabled(case is not None and case.paid_at is not None)
        pending = case is not None and case.status is ReliefStatus.PAPERWORK_PENDING
        self.supplement.setEnabled(pending)
        self.number.setText(number_text(case))
