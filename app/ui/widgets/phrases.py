"""One line of text with own phrases on Alt+1…9."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.ui.widgets.inputs import LineEdit

_PHRASES = 9


class PhraseLine(LineEdit):
    """A line edit that puts in what was written there before; a digit without a phrase does not."""

    def __init__(self, *, name: str = "", hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name=name, hint=hint, parent=parent)
        self._phrases: tuple[str, ...] = ()

    def offer_phrases(self, phrases: tuple[str, ...]) -> None:
        """At most nine; the commonest is Alt+1."""
        self._phrases = phrases[:_PHRASES]

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Alt with a digit inserts; everything else is a line edit's."""
        index = event.key() - Qt.Key.Key_1
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and 0 <= index < _PHRASES:
            if index < len(self._phrases):
                self.insert(self._phrases[index])
            event.accept()
            return
        super().keyPressEvent(event)
