"""Form rows: the word on the left, the input beside it, what is wrong below."""

from __future__ import annotations

from typing import TypeGuard

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.problem import Problem
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.widgets.count import CountEdit
from app.ui.widgets.figures import IdNumberEdit, Parsed
from app.ui.widgets.inputs import set_state
from app.ui.widgets.labels import IconText, Role, Text


class FormRows(QWidget):
    """Rows of label and input, in talk order, which is also the tab order. Under a sum, a number or
    a day it says why that cannot be read, until it can."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        scale = look().scale
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(scale.px(0.8))
        self._grid.setVerticalSpacing(scale.px(0.35))
        self._grid.setColumnStretch(1, 1)
        self._labels: dict[QWidget, Text] = {}
        self._notes: dict[QWidget, IconText] = {}
        self._hints: dict[QWidget, Text] = {}
        self._wrong: set[QWidget] = set()
        self._last: QWidget | None = None

    def add(self, label: str, field: QWidget, *, hint: str = "") -> None:
        """Append a row. The label becomes the input's name for screen readers if it has none."""
        if not field.accessibleName() or field.property("role") == "choices":
            field.setAccessibleName(label)
        text = Text(label)
        text.setBuddy(field)
        at = self._grid.rowCount()
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(text, at, 0, side)
        self._grid.addWidget(field, at, 1)
        self._labels[field] = text
        if _is_figure(field):
            field.refused.connect(self._say_unread)
            field.changed.connect(self._clear_read)
        if hint:
            self._hints[field] = Text(hint, Role.SMALL, Tone.FAINT, wrap=True)
            self._grid.addWidget(self._hints[field], at + 1, 1)
        note = IconText("alert-triangle", "", Tone.WARN, icon_tone=Tone.WARN)
        note.hide()
        self._notes[field] = note
        self._grid.addWidget(note, at + 2, 1)
        if self._last is not None:
            QWidget.setTabOrder(self._last, field)
        self._last = field

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's name
        """Only now do the inputs know how tall they are."""
        super().showEvent(event)
        self._line_up()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """Labels follow the type size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._line_up()

    def _line_up(self) -> None:
        """Each label stands beside the first line of its input."""
        control = look().scale.control
        for field, text in self._labels.items():
            one_line = field.sizeHint().height() if field.property("role") == "choices" else 0
            text.setMinimumHeight(max(control, one_line))

    def depth_of(self, field: QWidget) -> int:
        """Height in pixels from the top of a field to the end of what stands under it."""
        under = [self._hints.get(field), self._notes.get(field)]
        ends = [one.geometry().bottom() + 1 for one in under if one and not one.isHidden()]
        return max([field.geometry().bottom() + 1, *ends]) - field.y()

    def show_row(self, field: QWidget, *, shown: bool) -> None:
        """Fold a row away, or bring it back."""
        field.setVisible(shown)
        self._labels[field].setVisible(shown)
        if field in self._hints:
            self._hints[field].setVisible(shown)
        if not shown:
            self._notes[field].hide()

    def say(self, field: QWidget, text: str, tone: Tone = Tone.WARN) -> None:
        """A line under a row; an empty text takes it away."""
        note = self._notes[field]
        note.say(text, tone, "alert-triangle" if tone in (Tone.WARN, Tone.BAD) else "info-circle")
        note.setVisible(bool(text))

    def show_problem(self, field: QWidget, problem: Problem) -> None:
        """Mark the input and say under it what is wrong and what to do."""
        set_state(field, "bad")
        self.say(field, f"{problem.what}{problem.do}", Tone.BAD)

    def unread(self) -> bool:
        """Whether a sum, a number or a day in sight cannot be read: then it is marked and ready.

        The value last understood stands behind such a field, and must not be taken for what is
        seen in it.
        """
        for field in self._labels:
            if _is_figure(field) and not field.isHidden():
                problem = field.unread()
                if problem is not None:
                    self._mark(field, problem)
                    field.setFocus(Qt.FocusReason.OtherFocusReason)
                    return True
        return False

    @Slot(object)
    def _say_unread(self, problem: Problem) -> None:
        field = self.sender()
        if isinstance(field, QWidget):
            self._mark(field, problem)

    @Slot()
    def _clear_read(self) -> None:
        field = self.sender()
        if isinstance(field, QWidget) and field in self._wrong:
            self.clear(field)

    def _mark(self, field: QWidget, problem: Problem) -> None:
        self._wrong.add(field)
        self.show_problem(field, problem)

    def clear(self, field: QWidget) -> None:
        """Take mark and line away."""
        self._wrong.discard(field)
        set_state(field, "")
        self.say(field, "")


def _is_figure(field: QWidget) -> TypeGuard[Parsed | CountEdit]:
    """Whether what is typed there may say nothing. An ID number is kept as it is and only warns."""
    return isinstance(field, Parsed | CountEdit) and not isinstance(field, IdNumberEdit)
