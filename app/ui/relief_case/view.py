"""The page of one 先行救助: what can be done now, then everything there is to know about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.domain.problem import Problem
from app.ui.relief.table import debt_chip
from app.ui.relief_case.deeds import EXPLAINED, DeedForm, DeedKind
from app.ui.relief_case.desk import CaseView
from app.ui.relief_case.form import DeedFields
from app.ui.relief_case.table import (
    CHAIN,
    PARTS,
    STEPS,
    chain_rows,
    facts_of,
    left_text,
    part_rows,
    step_rows,
    title_text,
)
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.feedback import Bar
from app.ui.widgets.formcard import InnerScroll
from app.ui.widgets.labels import Chip, Role, Text
from app.ui.widgets.layout import Card, Flow, column, empty, row
from app.ui.widgets.page import PageFrame
from app.ui.widgets.places import SaveDialog
from app.ui.widgets.sheets import Sheets
from app.ui.widgets.table import Table

_ROWS = 12
_PRIMARY = frozenset({DeedKind.PAY, DeedKind.PAY_PART, DeedKind.MAKE_UP, DeedKind.CLOSE})


class ReliefCaseView(PageFrame):
    """Says which deed was pressed and which field answered."""

    chosen = Signal(object)
    answered = Signal(str, object)
    confirm_requested = Signal()
    back_requested = Signal()
    chain_opened = Signal(object)
    approval_requested = Signal()
    late_papers_requested = Signal()
    receipt_requested = Signal()
    file_requested = Signal()
    placed = Signal(str)

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__("先行救助的一笔", parent=parent)
        self.chip = Chip("", Tone.SOFT)
        self.said = Bar()
        self.deeds = QWidget()
        self.debts = Text("", wrap=True)
        self.facts = Text("", tone=Tone.SOFT, wrap=True)
        self.parts = Table(PARTS, name="分几次给的")
        self.steps = Table(STEPS, name="办过的")
        self.chain = Table(CHAIN, name="前后几笔")
        self.fields = DeedFields(today)
        self.sheets = Sheets()
        self.approval = Button("审批表", icon="printer")
        self.late = Button("补手续表", icon="printer")
        self.receipt = Button("收条", icon="printer")
        self.buttons: list[Button] = []
        self._lay_out()
        self._connect()

    def show_case(self, seen: CaseView, deeds: Sequence[DeedKind]) -> None:
        """The record, what it owes, and a button for each deed."""
        case = seen.case
        self.title.setText(title_text(case))
        self.chip.say(*debt_chip(case.relief, seen.debts))
        owed = [f"{debt}（{debt.rule}）" if debt.rule else str(debt) for debt in seen.debts]
        self.debts.setText("\n".join([*owed, left_text(case)]).strip())
        self.debts.setVisible(bool(self.debts.text()))
        self.debts.set_tone(Tone.BAD if any(d.overdue for d in seen.debts) else Tone.TEXT)
        self.facts.setText("\n".join(f"{label}：{text}" for label, text in facts_of(case)))
        for table, rows in (
            (self.parts, part_rows(case.instalments)),
            (self.steps, step_rows(case)),
            (self.chain, chain_rows(case)),
        ):
            table.put(rows)
            table.fit_rows(_ROWS)
            table.setVisible(bool(rows))
        self.receipt.setEnabled(case.given.fen > 0)
        self._show_deeds(deeds)

    def ask(self, deed: DeedKind, fields: Sequence[str], form: DeedForm) -> None:
        """The fields of one deed instead of the record."""
        self.problem.hide()
        self.said.hide()
        self.deeds.hide()
        self.sheets.bring(self.fields)
        self.fields.explain(EXPLAINED.get(deed, ""))
        self.fields.ask(deed.label, fields, form)

    def show_record(self) -> None:
        """The record again."""
        self.problem.hide()
        self.sheets.bring(self.record)
        self.deeds.show()
        if self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, headline: str) -> None:
        """What was done."""
        self.said.say(headline, tone=Tone.OK, icon="circle-check")
        self.said.action.hide()

    def tell_paper(self, detail: str, *, to_file: bool) -> None:
        """What became of the paper; a file is offered where no printer took it."""
        headline = self.said.headline.text() if self.said.isVisible() else "单据"
        self.said.say(headline, detail, tone=Tone.OK, icon="circle-check")
        self.said.action.setVisible(to_file)

    def ask_place(self, name: str) -> None:
        """Ask where to put the PDF; the answer comes as `placed`."""
        dialog = SaveDialog(self, title="存成 PDF", name=name, kinds="PDF (*.pdf)")
        dialog.placed.connect(self.placed)
        dialog.open()

    def show_problem(self, problem: Problem) -> None:
        """On top of the page, and at its field where it has one."""
        self.problem.show_problem(problem)
        self.fields.show_problem(problem)

    def lock(self) -> None:
        """Take no input while it is written."""
        self.deeds.setEnabled(False)
        self.fields.setEnabled(False)

    def unlock(self) -> None:
        """Take input again."""
        self.deeds.setEnabled(True)
        self.fields.setEnabled(True)

    def _show_deeds(self, deeds: Sequence[DeedKind]) -> None:
        empty(self._flow)
        self.buttons = []
        for deed in deeds:
            button = Button(deed.label, kind=Kind.PRIMARY if deed in _PRIMARY else Kind.PLAIN)
            button.clicked.connect(partial(self.chosen.emit, deed))
            self._flow.addWidget(button)
            self.buttons.append(button)
        self.nothing.setVisible(not deeds)
        if self.buttons and self.sheets.isVisible() and not self.fields.isVisible():
            self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def fit(self, *, low: bool, narrow: bool) -> None:
        """What is owed stands below the title, too."""
        del low
        self.chip.setVisible(not narrow)

    def _lay_out(self) -> None:
        self.after_title(self.chip)
        for button in (self.receipt, self.approval, self.late):
            self.head.addWidget(button)
        self.said.offer("存成 PDF")
        self.said.hide()
        self._flow = Flow(self.deeds)
        self.nothing = Text("这一笔已经办完了，没有要做的。", tone=Tone.SOFT)
        now = Card()
        now.body.addWidget(self.debts)
        now.body.addWidget(self.deeds)
        now.body.addWidget(self.nothing)
        content = QWidget()
        box = column(gap=0.6)
        content.setLayout(box)
        box.addWidget(self.facts)
        for heading, table in (
            ("", self.parts),
            ("", self.chain),
            ("办过的", self.steps),
        ):
            if heading:
                box.addWidget(Text(heading, Role.HEADING))
            box.addWidget(table)
        box.addStretch(1)
        self.record = Card()
        self.record.body.addWidget(InnerScroll(content), 1)
        self.sheets.add(self.record)
        self.sheets.add(self.fields)
        self.body.addWidget(self.said)
        self.body.addWidget(now)
        line = row()
        line.addWidget(self.sheets, 1)
        self.body.addLayout(line, 1)

    def _connect(self) -> None:
        self.fields.answered.connect(self.answered)
        self.fields.confirm_requested.connect(self._confirm)
        self.fields.back_requested.connect(self.back_requested)
        self.chain.opened.connect(self.chain_opened)
        self.approval.clicked.connect(self.approval_requested)
        self.late.clicked.connect(self.late_papers_requested)
        self.receipt.clicked.connect(self.receipt_requested)
        self.said.action.clicked.connect(self.file_requested)

    @Slot()
    def _confirm(self) -> None:
        self.confirm_requested.emit()
