"""The card of the settings page for passphrase and recovery sheet."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from app.domain.problem import Problem
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button
from app.ui.widgets.feedback import Bar
from app.ui.widgets.form import FormRows
from app.ui.widgets.labels import Role, Text
from app.ui.widgets.layout import Card, row
from app.ui.widgets.recovery import RecoverySheet
from app.ui.widgets.secret import SecretEdit

_FIELDS = {"passphrase": "new", "again": "again"}
"""Which input a problem of this field belongs to; V-01 names the passphrase in force."""
_WRONG = "V-01"


class AccessCard(Card):
    """`change_requested(current, new, again)`, `sheet_requested(passphrase)`, `print_requested`,
    `sheet_confirmed`."""

    change_requested = Signal(str, str, str)
    sheet_requested = Signal(str)
    print_requested = Signal()
    sheet_confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("口令和恢复纸", parent)
        self.current = SecretEdit(name="现在的口令")
        self.new = SecretEdit(name="新口令", hint="至少 12 个字符，或者 4 个不相干的词")
        self.again = SecretEdit(name="新口令再输一遍")
        self.change = Button("换口令", icon="key")
        self.proof = SecretEdit(name="做恢复纸要输的口令")
        self.draw = Button("做一张新的恢复纸", icon="shield-lock")
        self.rows = FormRows()
        self.said = Bar()
        self._sheet_at = 0
        self._connect()
        self._lay_out()

    @cached_property
    def sheet(self) -> RecoverySheet:
        """The new sheet, made when somebody asks for one."""
        sheet = RecoverySheet()
        sheet.print_requested.connect(self.print_requested)
        sheet.confirmed.connect(self.sheet_confirmed)
        self.body.insertWidget(self._sheet_at, sheet)
        return sheet

    def busy(self, text: str) -> None:
        """A key is being derived."""
        self._clear()
        self.setEnabled(False)
        self.said.say(text, tone=Tone.INFO, icon="key")

    def ready(self) -> None:
        """It is over."""
        self.setEnabled(True)
        self.said.hide()

    def empty(self) -> None:
        """Forget what was typed."""
        for field in (self.current, self.new, self.again, self.proof):
            field.put("")
        self._clear()

    def show_sheet(self, code: str) -> None:
        """The new code, or none."""
        if code:
            self.sheet.put(code)
            self.sheet.show()
            self.sheet.copied.setFocus()
        elif "sheet" in self.__dict__:
            self.sheet.hide()

    def say(self, text: str, detail: str) -> None:
        """What was done."""
        self.said.say(text, detail, tone=Tone.OK, icon="circle-check")

    def show_problem(self, problem: Problem) -> None:
        """In the bar, and at the input it is about."""
        rest = f"{problem.safe}{problem.do}（编号 {problem.code}）"
        self.said.say(problem.what, rest, tone=Tone.BAD, icon="alert-triangle")
        if problem.code == _WRONG:
            wrong = self.current if self.current.text() else self.proof
            wrong.setFocus()
            wrong.selectAll()
        elif problem.field in _FIELDS:
            field = self.new if _FIELDS[problem.field] == "new" else self.again
            self.rows.show_problem(field, problem)
            field.setFocus()
            field.selectAll()

    def _clear(self) -> None:
        for field in (self.new, self.again):
            self.rows.clear(field)

    def _connect(self) -> None:
        self.current.returnPressed.connect(self.new.setFocus)
        self.new.returnPressed.connect(self.again.setFocus)
        self.again.returnPressed.connect(self._change)
        self.change.clicked.connect(self._change)
        self.proof.returnPressed.connect(self._draw)
        self.draw.clicked.connect(self._draw)

    def _lay_out(self) -> None:
        self.rows.add("现在的口令", self.current)
        self.rows.add("新口令", self.new)
        self.rows.add("再输一遍", self.again)
        self.body.addWidget(self.said)
        self.body.addWidget(self.rows)
        line = row()
        line.addStretch(1)
        line.addWidget(self.change)
        self.body.addLayout(line)
        lead = "恢复纸丢了，或者给别人看过，就做一张新的。填回两组以后新的才生效，旧的同时作废。"
        self.body.addWidget(Text(lead, Role.SMALL, Tone.SOFT, wrap=True))
        second = row()
        label = Text("现在的口令")
        label.setBuddy(self.proof)
        second.addWidget(label)
        second.addWidget(self.proof, 1)
        second.addWidget(self.draw)
        self.body.addLayout(second)
        self._sheet_at = self.body.count()

    @Slot()
    def _change(self) -> None:
        self.change_requested.emit(self.current.text(), self.new.text(), self.again.text())

    @Slot()
    def _draw(self) -> None:
        self.sheet_requested.emit(self.proof.text())
