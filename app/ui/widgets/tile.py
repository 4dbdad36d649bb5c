"""A count one can open: figure, icon, what it counts, and what it means."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.widgets.keys import is_enter
from app.ui.widgets.labels import Icon, Role, Text
from app.ui.widgets.layout import column, row


class Tile(QFrame):
    """`opened` on click, Enter or Space. Zero is shown calm, whatever the tone."""

    opened = Signal()

    def __init__(self, title: str, icon: str, tone: Tone, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "tile")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._title = title
        self._icon_name = icon
        self._tone = tone
        self.figure = Text("–", Role.FIGURE, tone)
        self.icon = Icon(icon, tone, ratio=1.7)
        self.title = Text(title, Role.STRONG)
        self.note = Text("", Role.SMALL, Tone.SOFT)
        top = row()
        top.addWidget(self.figure)
        top.addStretch(1)
        top.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        box = column(gap=0.15)
        scale = look().scale
        box.setContentsMargins(scale.px(0.95), scale.px(0.7), scale.px(0.85), scale.px(0.75))
        box.addLayout(top)
        box.addWidget(self.title)
        box.addWidget(self.note)
        self.setLayout(box)
        self.setAccessibleName(title)

    def put(self, count: int, note: str) -> None:
        """Show `count` and what it means."""
        tone = self._tone if count else Tone.FAINT
        self.figure.setText(str(count))
        self.figure.set_tone(tone)
        self.icon.show_icon(self._icon_name, tone)
        self.note.setText(note)
        self.setAccessibleName(f"{self._title} {count}，{note}")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Enter and Space open."""
        pressed = is_enter(event) or event.key() == Qt.Key.Key_Space
        if pressed and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.opened.emit()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """A click opens."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.opened.emit()
        super().mouseReleaseEvent(event)
