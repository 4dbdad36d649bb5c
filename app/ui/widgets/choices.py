"""One question, answered by one digit: the row most of a visit is filled in with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QWidget

from app.domain.words import Word
from app.ui.theme.look import look
from app.ui.widgets.keys import is_enter, is_plain_enter
from app.ui.widgets.layout import Flow

MOST: Final = 10
"""Options a digit key can name: the tenth is 0."""


class ChoiceRow(QFrame):
    """Up to ten options; 1–9 (0 the tenth) chooses and goes to the next field, ←/→ only moves.

    The row itself has the focus and takes no text, so that the input method never eats a digit.
    `chosen(object)`: the option's value, or None when Backspace cleared it.
    """

    chosen = Signal(object)

    def __init__(
        self,
        options: Sequence[tuple[object, str]],
        *,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        if len(options) > MOST:
            raise ValueError(f"digits name at most {MOST} options")
        self.setProperty("role", "choices")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._name = name
        self._options = tuple(options)
        self._value: object = None
        flow = Flow(self)
        edge = look().scale.px(0.2)
        flow.setContentsMargins(edge, edge, edge, edge)
        self.buttons = tuple(
            self._button(at, label) for at, (_value, label) in enumerate(options, 1)
        )
        for button in self.buttons:
            flow.addWidget(button)
        self._tell_name()

    @classmethod
    def of_words(
        cls, words: type[Word], *, name: str = "", parent: QWidget | None = None
    ) -> ChoiceRow:
        """A row with every member of a `Word` enum, in its order."""
        return cls([(word, word.label) for word in words], name=name, parent=parent)

    def value(self) -> object:
        """What is chosen, or None."""
        return self._value

    def put(self, value: object) -> None:
        """Show a stored choice; that is no choosing."""
        self._value = value
        for button, (own, _label) in zip(self.buttons, self._options, strict=True):
            button.setChecked(own == value and value is not None)
        self._tell_name()

    def rename(self, labels: Mapping[Any, str]) -> None:
        """Call some options by what they are known as here."""
        self._options = tuple((value, labels.get(value, label)) for value, label in self._options)
        for at, (button, (_value, label)) in enumerate(
            zip(self.buttons, self._options, strict=True), 1
        ):
            button.setText(f"{at % MOST} {label}")
            button.setAccessibleName(label)
        self._tell_name()

    def setAccessibleName(self, name: str) -> None:  # noqa: N802  # Qt's name
        """The question; the answer is added for screen readers."""
        self._name = name
        self._tell_name()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Digits choose, arrows move, Backspace clears, Enter goes on."""
        digit = (event.key() - Qt.Key.Key_0) or MOST
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.NoModifier and 1 <= digit <= len(self._options):
            self._pick(digit - 1)
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            self._move(1 if event.key() == Qt.Key.Key_Right else -1)
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.put(None)
            self.chosen.emit(None)
        elif is_plain_enter(event):
            self.focusNextChild()
        elif is_enter(event) or event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """A click beside the options only brings the focus."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()

    def _button(self, number: int, label: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("role", "choice")
        button.setCheckable(True)
        button.setAutoExclusive(False)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setText(f"{number % MOST} {label}".strip())
        button.setAccessibleName(label or str(number))
        button.clicked.connect(self._clicked)
        return button

    @Slot()
    def _clicked(self) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._pick(self.buttons.index(self.sender()))

    def _pick(self, index: int) -> None:
        """A digit or a click: the answer is given, on to the next question."""
        self._choose(index)
        self.focusNextChild()

    def _move(self, step: int) -> None:
        """To the option beside the chosen one, without going round."""
        values = [value for value, _label in self._options]
        now = (
            values.index(self._value) if self._value in values else -1 if step > 0 else len(values)
        )
        self._choose(min(max(now + step, 0), len(values) - 1))

    def _choose(self, index: int) -> None:
        value = self._options[index][0]
        changed = value != self._value
        self.put(value)
        if changed:
            self.chosen.emit(value)

    def _tell_name(self) -> None:
        told = {own: text or str(at) for at, (own, text) in enumerate(self._options, 1)}
        self._speak(told.get(self._value, "还没选"))

    def _speak(self, label: str) -> None:
        """Question and answer, for a screen reader."""
        super().setAccessibleName(f"{self._name}：{label}" if self._name else label)
