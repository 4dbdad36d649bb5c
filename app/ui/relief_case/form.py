"""The fields of the deed at hand: one row each, shown as the deed asks for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.problem import Problem
from app.domain.relief_case import LATE_PAPERS
from app.domain.relief_words import Afterwards, ApprovalWay, CheckResult
from app.ui.relief_case.deeds import DeedForm, DeedKind
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.choices import ChoiceRow
from app.ui.widgets.figures import DateEdit, MoneyEdit
from app.ui.widgets.form import FormRows
from app.ui.widgets.formcard import FormCard
from app.ui.widgets.inputs import LineEdit
from app.ui.widgets.labels import Role, Text
from app.ui.widgets.several import SeveralRow

_NO_PAPERS: Final = (("", "都没有"), *((paper, paper) for paper in LATE_PAPERS))


class DeedFields(FormCard):
    """`answered(str, object)`, `confirm_requested`, `back_requested`."""

    answered = Signal(str, object)
    confirm_requested = Signal()
    back_requested = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.heading = Text("", Role.HEADING)
        self.rows = FormRows()
        self.by = LineEdit(hint="姓名")
        self.how = ChoiceRow.of_words(ApprovalWay)
        self.amount = MoneyEdit()
        self.note = LineEdit(hint="想补一句就写，可不填")
        self.reason = LineEdit(hint="写一句为什么，会留在记录里")
        self.on = DateEdit(today=today)
        self.text = LineEdit(hint="怎么回事、怎么补的")
        self.items = SeveralRow(_NO_PAPERS)
        self.checked = LineEdit(hint="核对回来怎么说，可不填")
        self.visited = DateEdit(today=today)
        self.posted = DateEdit(today=today)
        self.ended = DateEdit(today=today, past=False)
        self.result = ChoiceRow.of_words(CheckResult)
        self.afterwards = ChoiceRow.of_words(Afterwards)
        self.back = Button("先不做", icon="arrow-back-up")
        self.confirm = Button("记下", icon="check", kind=Kind.PRIMARY, keys=("Ctrl+Return",))
        self._fields: dict[str, QWidget] = {}
        self._lay_out()
        self._connect()

    def ask(self, deed: DeedKind, fields: Sequence[str], form: DeedForm) -> None:
        """Show the fields of `deed`, filled with `form`, and put the cursor into the first."""
        self.heading.setText(deed.label)
        self._put(form)
        for name, field in self._fields.items():
            self.rows.show_row(field, shown=name in fields)
            self.rows.clear(field)
        self._fields[fields[0]].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, problem: Problem) -> None:
        """At the field that is to be mended, where it is one of these."""
        field = self._fields.get(problem.field or "")
        if field is not None and field.isVisible():
            self.rows.show_problem(field, problem)
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            self.show_field(field)

    def commit(self) -> None:
        """The field at hand counts as typed, though it was not left."""
        field = QApplication.focusWidget()
        if isinstance(field, LineEdit) and self.isAncestorOf(field):
            field.commit()

    def _put(self, form: DeedForm) -> None:
        for line, text in (
            (self.by, form.by),
            (self.note, form.note),
            (self.reason, form.reason),
            (self.text, form.text),
            (self.checked, form.checked),
        ):
            line.put(text)
        for choice, value in (
            (self.how, form.how),
            (self.result, form.result),
            (self.afterwards, form.afterwards),
        ):
            choice.put(value)
        self.items.put(form.items)
        self.amount.set_money(form.amount)
        for edit, day in (
            (self.on, form.on),
            (self.visited, form.visited),
            (self.posted, form.posted),
            (self.ended, form.ended),
        ):
            edit.set_day(day)

    def _lay_out(self) -> None:
        named: tuple[tuple[str, str, QWidget], ...] = (
            ("by", "谁同意的", self.by),
            ("how", "怎么同意的", self.how),
            ("amount", "多少（元）", self.amount),
            ("on", "哪一天", self.on),
            ("reason", "为什么", self.reason),
            ("text", "补充说明", self.text),
            ("items", "补了哪些", self.items),
            ("checked", "核对结果", self.checked),
            ("visited", "哪天入户", self.visited),
            ("posted", "公示从", self.posted),
            ("ended", "公示到", self.ended),
            ("result", "结论", self.result),
            ("afterwards", "后面怎么办", self.afterwards),
            ("note", "补一句", self.note),
        )
        for name, label, field in named:
            field.setObjectName(f"deed-{name}")
            self.rows.add(label, field)
            self._fields[name] = field
        self.form.addWidget(self.heading)
        self.form.addWidget(self.rows)
        self.form.addStretch(1)
        self.foot.addWidget(self.back)
        self.foot.addStretch(1)
        self.foot.addWidget(self.confirm)

    def _connect(self) -> None:
        for name, field in self._fields.items():
            if isinstance(field, ChoiceRow):
                field.chosen.connect(partial(self.answered.emit, name))
            elif isinstance(field, MoneyEdit | DateEdit):
                field.changed.connect(partial(self.answered.emit, name))
            elif isinstance(field, LineEdit):
                field.committed.connect(partial(self.answered.emit, name))
        self.back.clicked.connect(self.back_requested)
        self.confirm.clicked.connect(self.confirm_requested)
