"""Text inputs for people who type Chinese: Enter moves on, never while a word is being composed.

Every field commits by itself when it is left or when Enter is pressed, so that a presenter can keep
what was typed at once. Escape never discards.
"""

from __future__ import annotations

from PySide6 import QtCore
from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.ui.widgets.folding import fold
from app.ui.widgets.keys import belongs_to_window, is_enter, is_plain_enter

_PHRASES = 9
"""Alt+1…9."""


def set_state(widget: QWidget, state: str) -> None:
    """Mark an input "", "warn" or "bad" for the style sheet."""
    if widget.property("state") != state:
        widget.setProperty("state", state)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class LineEdit(QLineEdit):
    """One line of text. `committed(str)` when the field is left or Enter pressed, if it changed."""

    committed = Signal(str)

    def __init__(self, *, name: str = "", hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self._composing = False
        self._kept = ""

    @property
    def is_composing(self) -> bool:
        """Whether the input method holds an unfinished word."""
        return self._composing

    def put(self, text: str) -> None:
        """Fill the field from stored data; that is no commit."""
        self.setText(text)
        self._kept = text

    def commit(self) -> None:
        """Say `committed` if the text changed since the last time."""
        if self.text() != self._kept:
            self._kept = self.text()
            self._announce()

    def _announce(self) -> None:
        self.committed.emit(self.text())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802  # Qt's name
        """Remember whether a word is being composed."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def event(self, event: QEvent) -> bool:
        """Leave the window's shortcuts to the window."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and belongs_to_window(event)
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Enter commits and moves on; Ctrl+Enter and Escape go to the form."""
        if is_enter(event) and self._composing:
            event.accept()
        elif is_plain_enter(event):
            self.commit()
            self.move_on()
        elif event.key() == QtCore.Qt.Key.Key_Escape or belongs_to_window(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def move_on(self) -> None:
        """To the next field."""
        self.focusNextChild()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """Leaving the field commits it."""
        self._composing = False
        super().focusOutEvent(event)
        self.commit()


class PlainEntry(LineEdit):
    """A line edit with the input method off: digits and letters come straight through, folded."""

    def __init__(self, *, name: str = "", hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name=name, hint=hint, parent=parent)
        self.textEdited.connect(self._fold_typed)

    def event(self, event: QEvent) -> bool:
        """Leave the input method's questions unanswered, which is a no.

        Whether it is enabled is all Qt goes by; a line edit would answer yes even with
        `WA_InputMethodEnabled` off.
        """
        if event.type() == QEvent.Type.InputMethodQuery:
            return False
        return super().event(event)

    @Slot(str)
    def _fold_typed(self, text: str) -> None:
        """Make half-width what was typed full-width, leaving the cursor where it is."""
        folded = self.shape(text)
        if folded != text:
            right_of_cursor = len(text) - self.cursorPosition()
            self.setText(folded)
            self.setCursorPosition(max(len(folded) - right_of_cursor, 0))

    def shape(self, text: str) -> str:
        """What `text` looks like in this field."""
        return fold(text)


class TextEdit(QPlainTextEdit):
    """A few lines. Enter moves on, Shift+Enter breaks the line, Alt+1…9 inserts a phrase.

    `..` and Enter repeats the last text given to `remember_last`, as accountants are used to.
    """

    committed = Signal(str)

    def __init__(self, *, name: str = "", hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self._composing = False
        self._kept = ""
        self._last = ""
        self._phrases: tuple[str, ...] = ()

    @property
    def is_composing(self) -> bool:
        """Whether the input method holds an unfinished word."""
        return self._composing

    def text(self) -> str:
        """What is written."""
        return self.toPlainText()

    def put(self, text: str) -> None:
        """Fill the field from stored data; that is no commit."""
        self.setPlainText(text)
        self._kept = text

    def offer_phrases(self, phrases: tuple[str, ...]) -> None:
        """At most nine own phrases for Alt+1…9; inserted, never sent by themselves."""
        self._phrases = phrases[:_PHRASES]

    def remember_last(self, text: str) -> None:
        """What `..` stands for."""
        self._last = text

    def commit(self) -> None:
        """Say `committed` if the text changed since the last time."""
        if self.text().strip() in ("..", "。。") and self._last:
            self.setPlainText(self._last)
        if self.text() != self._kept:
            self._kept = self.text()
            self.committed.emit(self._kept)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802  # Qt's name
        """Remember whether a word is being composed."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def event(self, event: QEvent) -> bool:
        """Leave the window's shortcuts to the window."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and belongs_to_window(event)
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Enter commits and moves on; Alt+digit inserts a phrase."""
        if is_enter(event) and self._composing:
            event.accept()
        elif is_plain_enter(event):
            self.commit()
            self.focusNextChild()
        elif event.key() == QtCore.Qt.Key.Key_Escape or belongs_to_window(event):
            event.ignore()
        elif not self._insert_phrase(event):
            super().keyPressEvent(event)

    def _insert_phrase(self, event: QKeyEvent) -> bool:
        """Whether the key was Alt with a digit; a digit without a phrase inserts nothing."""
        index = event.key() - QtCore.Qt.Key.Key_1
        alt = event.modifiers() & QtCore.Qt.KeyboardModifier.AltModifier
        if not alt or not 0 <= index < _PHRASES:
            return False
        if index < len(self._phrases):
            self.insertPlainText(self._phrases[index])
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """Leaving the field commits it."""
        self._composing = False
        super().focusOutEvent(event)
        self.commit()
