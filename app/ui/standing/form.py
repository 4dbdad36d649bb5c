"""The fields of the deed at hand: one row each, shown as the deed asks for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.problem import Problem
from app.domain.standing import BenefitKind, CaseClass, EndsBy, ReviewResult
from app.ui.standing.deeds import DeedForm, DeedKind
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.choices import ChoiceRow
from app.ui.widgets.figures import DateEdit, MoneyEdit
from app.ui.widgets.form import FormRows
from app.ui.widgets.formcard import FormCard
from app.ui.widgets.inputs import LineEdit
from app.ui.widgets.labels import Role, Text

_SAME: Final = {"names": "name"}
"""A refusal's name for a field → ours."""


class DeedFields(FormCard):
    """`answered(str, object)`, `confirm_requested`, `back_requested`."""

    answered = Signal(str, object)
    confirm_requested = Signal()
    back_requested = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.heading = Text("", Role.HEADING)
        self.rows = FormRows()
        self.result = ChoiceRow.of_words(ReviewResult)
        self.case_class = ChoiceRow.of_words(CaseClass)
        self.kind = ChoiceRow.of_words(BenefitKind)
        self.name = LineEdit(hint="姓名；整户享受的空着")
        self.amount = MoneyEdit()
        self.since = DateEdit(today=today)
        self.ends_on = DateEdit(today=today, past=False)
        self.ends_by = ChoiceRow.of_words(EndsBy)
        self.reason = LineEdit(hint="写一句，会留在记录里")
        self.note = LineEdit(hint="写一句")
        self.happened_on = DateEdit(today=today)
        self.told_by = LineEdit(hint="哪个单位、谁")
        self.paper_no = LineEdit(hint="照文书上的编号抄")
        self.shares = LineEdit(hint="照这样写：3个月100%，3个月50%")
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
        name = problem.field or ""
        field = self._fields.get(_SAME.get(name, name))
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
            (self.name, form.name),
            (self.reason, form.reason),
            (self.note, form.note),
            (self.told_by, form.told_by),
            (self.paper_no, form.paper_no),
            (self.shares, form.shares),
        ):
            line.put(text)
        for choice, value in (
            (self.result, form.result),
            (self.case_class, form.case_class),
            (self.kind, form.kind),
            (self.ends_by, form.ends_by),
        ):
            choice.put(value)
        self.amount.set_money(form.amount)
        for edit, day in (
            (self.since, form.since),
            (self.ends_on, form.ends_on),
            (self.happened_on, form.happened_on),
        ):
            edit.set_day(day)

    def _lay_out(self) -> None:
        named: tuple[tuple[str, str, QWidget], ...] = (
            ("result", "看下来怎样", self.result),
            ("case_class", "哪一类", self.case_class),
            ("kind", "什么待遇", self.kind),
            ("name", "谁", self.name),
            ("amount", "每月（元）", self.amount),
            ("since", "从哪天", self.since),
            ("ends_on", "到哪天", self.ends_on),
            ("ends_by", "为什么到期", self.ends_by),
            ("reason", "为什么", self.reason),
            ("note", "说明", self.note),
            ("happened_on", "哪一天", self.happened_on),
            ("told_by", "谁定的", self.told_by),
            ("paper_no", "文书编号", self.paper_no),
            ("shares", "每月发几成", self.shares),
        )
        for name, label, field in named:
            field.setObjectName(f"standing-{name}")
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
