"""One deed's questions on the screen, made anew for each deed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from app.domain.problem import Problem
from app.ui.applications.asking import Ask, Asked, Field
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.choices import ChoiceRow
from app.ui.widgets.count import CountEdit
from app.ui.widgets.figures import DateEdit
from app.ui.widgets.form import FormRows
from app.ui.widgets.formcard import FormCard
from app.ui.widgets.inputs import LineEdit, PlainEntry, TextEdit, set_state
from app.ui.widgets.labels import Role, Text
from app.ui.widgets.layout import empty
from app.ui.widgets.several import SeveralRow

_MOST: int = 999


class DeedForm(FormCard):
    """`answered(key, value)` for each field, `done_requested`, `left` to put it aside."""

    answered = Signal(str, object)
    done_requested = Signal()
    left = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__("要记的事", parent)
        self._today = today
        self.hint = Text("", Role.SMALL, Tone.SOFT, wrap=True)
        self.done = Button("存好", icon="check", kind=Kind.PRIMARY, keys=("Ctrl+Return", "F9"))
        self.leave = Button("先放着，回去", icon="chevron-left")
        self.fields: dict[str, QWidget] = {}
        self.rows = FormRows()
        self.body.insertWidget(self.body.indexOf(self.area), self.hint)
        self.foot.addWidget(self.done)
        self.foot.addWidget(self.leave)
        self.foot.addStretch(1)
        self.done.clicked.connect(self._finish)
        self.leave.clicked.connect(self.left)

    def show_deed(self, deed: Asked, values: dict[str, Any]) -> None:
        """Ask for `deed`, with what is known already."""
        empty(self.form)
        self.heading.setText(deed.title)
        self.hint.setText(deed.hint)
        self.hint.setVisible(bool(deed.hint))
        self.rows = FormRows()
        self.fields = {}
        for field in deed.fields:
            self._add(field, values.get(field.key))
        self.form.addWidget(self.rows)
        self.form.addStretch(1)
        self.rows.show()  # what is hidden still takes no focus
        self.focus_first()

    def focus_first(self) -> None:
        """To the first question."""
        if self.fields:
            next(iter(self.fields.values())).setFocus()

    def go_to(self, key: str) -> None:
        """To one question, scrolled into sight; nothing where it is not asked."""
        field = self.fields.get(key)
        if field is not None:
            self.show_field(field)
            field.setFocus()

    def show_problem(self, problem: Problem) -> bool:
        """Mark the field a refusal names; False when it names none of these."""
        name = problem.field or ""
        field = self.fields.get(name) or self.fields.get(f"answer:{name}")
        if field is None:
            return False
        self.rows.show_problem(field, problem)
        self.show_field(field)
        field.setFocus()
        return True

    def _add(self, field: Field, value: Any) -> None:  # noqa: ANN401  # an answer of any kind
        widget = self._widget(field)
        widget.setObjectName(f"deed.{field.key}")
        self.fields[field.key] = widget
        long = field.ask in {Ask.CHOICE, Ask.SEVERAL}
        below = field.below or (field.hint if long else "")
        self.rows.add(field.label, widget, hint=below)
        _fill(widget, value)
        self._listen(widget)

    def _widget(self, field: Field) -> QWidget:
        match field.ask:
            case Ask.DAY:
                return DateEdit(today=self._today, past=not field.future, hint=field.hint)
            case Ask.COUNT:
                return CountEdit(most=_MOST, hint=field.hint)
            case Ask.CHOICE:
                return ChoiceRow(field.options)
            case Ask.SEVERAL:
                return SeveralRow(field.options)
            case Ask.LINES:
                edit = TextEdit()
                edit.setPlaceholderText(field.hint)
                return edit
            case Ask.PLAIN:
                return PlainEntry(hint=field.hint)
            case Ask.LINE:
                return LineEdit(hint=field.hint)

    def _listen(self, widget: QWidget) -> None:
        if isinstance(widget, DateEdit | CountEdit):
            widget.changed.connect(self._told)
            widget.refused.connect(self._refused)
        elif isinstance(widget, ChoiceRow):
            widget.chosen.connect(self._told)
        elif isinstance(widget, LineEdit | TextEdit):
            widget.committed.connect(self._told)

    @Slot(object)
    def _told(self, value: object) -> None:
        """Whichever field it was. A form left meanwhile has none."""
        sender = self.sender()
        key = next((key for key, field in self.fields.items() if field is sender), None)
        if key is not None:
            self.rows.clear(self.fields[key])
            self.answered.emit(key, value)

    @Slot(object)
    def _refused(self, problem: Problem) -> None:
        sender = self.sender()
        field = next((one for one in self.fields.values() if one is sender), None)
        if field is not None:
            self.rows.show_problem(field, problem)

    @Slot()
    def _finish(self) -> None:
        """What stands in the field at hand counts, too; nothing is done with a day nobody can
        read."""
        for widget in self.fields.values():
            if widget.hasFocus() and isinstance(widget, LineEdit | TextEdit):
                widget.commit()
        if not self.rows.unread():
            self.done_requested.emit()


def _fill(widget: QWidget, value: Any) -> None:  # noqa: ANN401  # an answer of any kind
    if isinstance(widget, DateEdit):
        widget.set_day(value)
    elif isinstance(widget, CountEdit):
        widget.set_count(value)
    elif isinstance(widget, ChoiceRow):
        widget.put(value)
    elif isinstance(widget, LineEdit | TextEdit):
        widget.put(str(value or ""))
    set_state(widget, "")
