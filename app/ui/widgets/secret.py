"""What is typed at the door: passphrases, and the digit groups of the recovery sheet."""

from __future__ import annotations

from PySide6 import QtCore
from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui.theme.icons import icon
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.widgets.folding import fold
from app.ui.widgets.inputs import PlainEntry


class SecretEdit(PlainEntry):
    """A passphrase: dots, an eye to look at it, and word of the Caps-Lock key.

    `caps_seen(bool)` guesses from what arrives: a capital letter without Shift. Qt cannot ask the
    key itself.
    """

    caps_seen = Signal(bool)

    def __init__(self, *, name: str = "", hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name=name, hint=hint, parent=parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye = QAction("看一眼", self)
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._show_letters)
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        self._draw_eye()

    def shape(self, text: str) -> str:
        """Left alone: a passphrase may hold any character."""
        return text

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Watch for Caps Lock, then take the key."""
        letter = event.text()
        if len(letter) == 1 and letter.isascii() and letter.isalpha():
            shifted = bool(event.modifiers() & QtCore.Qt.KeyboardModifier.ShiftModifier)
            self.caps_seen.emit(letter.isupper() != shifted)
        super().keyPressEvent(event)

    def move_on(self) -> None:
        """Enter means "open", which the form does on `returnPressed`."""
        self.returnPressed.emit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """Redraw the eye in the new colours."""
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_eye"):
            self._draw_eye()
        super().changeEvent(event)

    def _draw_eye(self) -> None:
        now = look()
        self._eye.setIcon(icon("eye", now.ink(Tone.SOFT), now.scale.icon))

    def _show_letters(self, shown: bool) -> None:  # noqa: FBT001  # Qt's signal
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.setEchoMode(mode)


class CodeEdit(PlainEntry):
    """A group of digits from a sheet of paper; goes on by itself when it is full."""

    def __init__(
        self,
        *,
        digits: int,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name=name, parent=parent)
        self._digits = digits
        self.setMaxLength(digits)
        self.setAlignment(QtCore.Qt.AlignmentFlag.AlignCenter)
        self.setFixedWidth(look().scale.px(digits * 0.75 + 2))
        self.textEdited.connect(self._go_on_when_full)

    def shape(self, text: str) -> str:
        """Digits only, so that spaces copied along do no harm."""
        return "".join(letter for letter in fold(text) if letter.isdecimal())

    @Slot(str)
    def _go_on_when_full(self, _text: str) -> None:
        if len(self.text()) == self._digits:
            self.commit()
            self.move_on()
