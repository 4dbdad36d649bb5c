"""Masked until somebody holds Alt: ID numbers and cards, ten seconds at most, and logged."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.ui.theme.tokens import Tone
from app.ui.widgets.labels import Role, Text
from app.ui.widgets.layout import Flow

LONGEST_MS: Final = 10_000
"""How long a number may stay readable in one go (security R10)."""


class HoldToReveal(QObject):
    """Watches one page: `turned(True)` while Alt is held over it, `turned(False)` after.

    Listens on the window that shows the page, and only while the page is visible. The owner must
    put a record of each reveal into the audit trail.
    """

    turned = Signal(bool)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._shown = False
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.setInterval(LONGEST_MS)
        self._limit.timeout.connect(self._hide)
        page.installEventFilter(self)

    @property
    def limit(self) -> QTimer:
        """The clock that hides it again."""
        return self._limit

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Follow the page's showing and, while it is shown, the window's Alt key.

        The filter stays on the window for good: to take it off while the window is being destroyed
        would touch a dead object, and Qt drops it by itself.
        """
        page = self.parent()
        if not isinstance(page, QWidget):
            return False
        kind = event.type()
        if watched is page and kind == QEvent.Type.Show and page.window() is not page:
            page.window().installEventFilter(self)
        elif (watched is page and kind == QEvent.Type.Hide) or (
            kind == QEvent.Type.WindowDeactivate
        ):
            self._hide()
        elif isinstance(event, QKeyEvent) and page.isVisible():
            self._follow_key(event)
        return False

    def _follow_key(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Alt or event.isAutoRepeat():
            return
        if event.type() == QEvent.Type.KeyPress:
            self._show()
        elif event.type() == QEvent.Type.KeyRelease:
            self._hide()

    def _show(self) -> None:
        if not self._shown:
            self._shown = True
            self._limit.start()
            self.turned.emit(self._shown)

    @Slot()
    def _hide(self) -> None:
        if self._shown:
            self._shown = False
            self._limit.stop()
            self.turned.emit(self._shown)


class MaskedText(QWidget):
    """A masked number with the hint how to see it. `revealed` once per showing, for the log."""

    revealed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._masked = ""
        self._whole = ""
        self.text = Text()
        self.hint = Text("按住 Alt 看全号", Role.SMALL, Tone.FAINT)
        line = Flow(self)
        line.addWidget(self.text)
        line.addWidget(self.hint)
        self.holder = HoldToReveal(self)
        self.holder.turned.connect(self.turn)

    def put(self, masked: str, whole: str) -> None:
        """`masked` is what is seen by default."""
        self._masked, self._whole = masked, whole
        self.text.setText(masked)
        self.hint.setVisible(bool(whole))

    @Slot(bool)
    def turn(self, shown: bool) -> None:  # noqa: FBT001  # Qt's signal
        """Show the whole number, or the stars again."""
        if shown and self._whole:
            self.revealed.emit()
        self.text.setText(self._whole if shown else self._masked)
