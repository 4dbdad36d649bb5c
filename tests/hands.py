"""A person's two hands: keys pressed where the focus is, every one of them counted."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

_CHORD_KEYS = {
    Qt.KeyboardModifier.ControlModifier: 1,
    Qt.KeyboardModifier.ShiftModifier: 1,
    Qt.KeyboardModifier.AltModifier: 1,
}


class Hands:
    """Presses keys in `window` and counts them; each key of a chord counts (ux §5.2)."""

    def __init__(self, window: QWidget) -> None:
        self.window = window
        self.keys = 0
        self.clicks = 0

    @property
    def count(self) -> int:
        """Keys pressed so far."""
        return self.keys

    def press(self, *chords: str) -> Hands:
        """Press chords such as "Ctrl+F", "Return", "1"."""
        for chord in chords:
            combination = QKeySequence(chord)[0]
            modifiers = combination.keyboardModifiers()
            self.keys += 1 + sum(1 for key in _CHORD_KEYS if modifiers & key)
            QTest.keyClick(self._target(), combination.key(), modifiers)
            QApplication.processEvents()
        return self

    def type(self, text: str) -> Hands:
        """Type ASCII letters and digits. Chinese would abort the process: use `compose`."""
        assert text.isascii(), "compose Chinese, do not type it"
        for letter in text:
            self.keys += 1
            QTest.keyClick(self._target(), letter)
            QApplication.processEvents()
        return self

    def compose(self, text: str) -> Hands:
        """What an input method does: a word is composed, then committed. Counts its characters."""
        self.preedit(text)
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self._target(), event)
        self.keys += len(text)
        return self

    def preedit(self, text: str) -> Hands:
        """A word being composed and not yet chosen."""
        QApplication.sendEvent(self._target(), QInputMethodEvent(text, []))
        return self

    def click(self, widget: QWidget, at: QPoint | None = None) -> Hands:
        """Click a widget with the mouse."""
        self.clicks += 1
        place = widget.rect().center() if at is None else at
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)
        QApplication.processEvents()
        return self

    def _target(self) -> QWidget:
        """Keys go to the focus, or to the window when nothing has it."""
        focus = QApplication.focusWidget()
        return focus if focus is not None and focus.window() is self.window else self.window
