"""校准打印机: a button for the page, four fields for what was measured, what it says."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from app.domain.problem import Problem
from app.ui.printing.calibration_words import ASKED, Verdict
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.feedback import Bar
from app.ui.widgets.form import FormRows
from app.ui.widgets.formcard import FormCard
from app.ui.widgets.inputs import PlainEntry
from app.ui.widgets.labels import Role, Text
from app.ui.widgets.layout import row
from app.ui.widgets.page import PageFrame
from app.ui.widgets.select import Select

_MEASURE = "打出来的线用尺子量，量到半毫米就够。单位都是毫米。"
_NO_PRINTER = (
    "这台电脑还没有装打印机：请管理员装好，再打开这一页。"
    "没有打印机也能办事，表在“打印”里存成 PDF，拿到镇上打。"
)


class CalibrationView(PageFrame):
    """Says which printer, and what was measured."""

    print_requested = Signal(str)
    measured = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("校准打印机", parent=parent)
        self.printer = Select(name="打印机")
        self.printer.setObjectName("printer")
        self.print = Button("打一张校准页", icon="printer")
        self.lead = Text(_MEASURE, Role.SMALL, Tone.SOFT, wrap=True)
        self.rows = FormRows()
        self.fields = {name: PlainEntry() for name in ASKED}
        self.verdict = Bar()
        self.done = Button("看准不准", icon="check", kind=Kind.PRIMARY, keys=("Ctrl+Return",))
        self._lay_out()
        self.print.clicked.connect(self._print)
        self.done.clicked.connect(self._measure)

    def show_printers(self, names: Sequence[str]) -> None:
        """The printers there are; without one there is nothing to calibrate."""
        self.printer.clear()
        self.printer.addItems(list(names))
        self.print.setEnabled(bool(names))
        self.print.say("打一张校准页" if names else "没有打印机")
        self.printer.setVisible(bool(names))
        self.lead.setText(_MEASURE if names else _NO_PRINTER)
        for part in (self.rows, self.done):
            part.setVisible(bool(names))

    def show_verdict(self, verdict: Verdict) -> None:
        """What was measured says this."""
        self.problem.hide()
        for field in self.fields.values():
            self.rows.clear(field)
        tone, icon = (Tone.OK, "circle-check") if verdict.is_good else (Tone.WARN, "alert-triangle")
        first, *rest = verdict.sentences
        self.verdict.say(first, "".join(rest), tone=tone, icon=icon)

    def say(self, text: str) -> None:
        """What was done."""
        self.verdict.say(text, tone=Tone.OK, icon="circle-check")

    def show_problem(self, problem: Problem) -> None:
        """On top of the page, and at its field."""
        self.problem.show_problem(problem)
        field = self.fields.get(problem.field or "")
        if field is not None:
            self.rows.show_problem(field, problem)

    def _lay_out(self) -> None:
        card = FormCard()
        line = row()
        line.addWidget(self.printer, 1)
        line.addWidget(self.print)
        card.form.addLayout(line)
        card.form.addWidget(self.lead)
        for name, (label, expected) in ASKED.items():
            self.fields[name].setObjectName(name)
            self.rows.add(label, self.fields[name], hint=f"应当是 {expected} 毫米")
        card.form.addWidget(self.rows)
        card.form.addWidget(self.verdict)
        self.verdict.hide()
        card.form.addStretch(1)
        card.foot.addStretch(1)
        card.foot.addWidget(self.done)
        self.body.addWidget(card, 1)

    @Slot()
    def _print(self) -> None:
        self.print_requested.emit(self.printer.currentText())

    @Slot()
    def _measure(self) -> None:
        self.measured.emit({name: field.text() for name, field in self.fields.items()})
