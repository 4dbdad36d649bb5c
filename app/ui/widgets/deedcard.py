"""The fields of the deed at hand: one row each, shown as the deed asks for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.problem import Problem
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.choices import ChoiceRow
from app.ui.widgets.figures import DateEdit, MoneyEdit
from app.ui.widgets.form import FormRows
from app.ui.widgets.formcard import FormCard
from app.ui.widgets.inputs import LineEdit, TextEdit
from app.ui.widgets.labels import Role, Text
from app.ui.widgets.several import SeveralRow


class Question(NamedTuple):
    """One field: its name in the form and in refusals, what it is called, where it is answered."""

    name: str
    label: str
    field: QWidget


class DeedCard(FormCard):
    """`answered(str, object)`, `confirm_requested`, `back_requested`.

    `page` begins the object names, by which the window finds the field again after a lock.
    `aliases` are names by which refusals may call a field otherwise.
    """

    answered = Signal(str, object)
    confirm_requested = Signal()
    back_requested = Signal()

    def __init__(
        self,
        page: str,
        questions: Sequence[Question],
        *,
        aliases: Mapping[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self.heading = Text("", Role.HEADING)
        self.rows = FormRows()
        self.back = Button("先不做", icon="arrow-back-up")
        self.confirm = Button("记下", icon="check", kind=Kind.PRIMARY, keys=("Ctrl+Return",))
        self._aliases = aliases or {}
        self._fields = {question.name: question.field for question in questions}
        self._lay_out(page, questions)
        self._connect()

    def ask(self, heading: str, names: Sequence[str], form: object) -> None:
        """Show the fields `names`, all filled from the attributes of `form`; the first is ready."""
        self.heading.setText(heading)
        for name, field in self._fields.items():
            _fill(field, getattr(form, name))
            self.rows.show_row(field, shown=name in names)
            self.rows.clear(field)
        self._fields[names[0]].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, problem: Problem) -> None:
        """At the field that is to be mended, where it is one of these."""
        name = problem.field or ""
        field = self._fields.get(self._aliases.get(name, name))
        if field is not None and field.isVisible():
            self.rows.show_problem(field, problem)
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            self.show_field(field)

    def commit(self) -> None:
        """The field at hand counts as typed, though it was not left."""
        field = QApplication.focusWidget()
        if isinstance(field, LineEdit | TextEdit) and self.isAncestorOf(field):
            field.commit()

    def _lay_out(self, page: str, questions: Sequence[Question]) -> None:
        for name, label, field in questions:
            field.setObjectName(f"{page}-{name}")
            self.rows.add(label, field)
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
                field.refused.connect(partial(self.rows.show_problem, field))
            elif isinstance(field, LineEdit | TextEdit):
                field.committed.connect(partial(self.answered.emit, name))
        self.back.clicked.connect(self.back_requested)
        self.confirm.clicked.connect(self._confirm)

    @Slot()
    def _confirm(self) -> None:
        self.commit()
        if not self.rows.unread():
            self.confirm_requested.emit()


def _fill(field: QWidget, value: Any) -> None:  # noqa: ANN401  # an answer of any kind
    if isinstance(field, MoneyEdit):
        field.set_money(value)
    elif isinstance(field, DateEdit):
        field.set_day(value)
    elif isinstance(field, ChoiceRow | SeveralRow | LineEdit | TextEdit):
        field.put(value)
