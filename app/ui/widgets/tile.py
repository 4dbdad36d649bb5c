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

    def __init__(
        self,
        title: str,
        icon: str,
        tone: Tone,
        *,
        brief: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "tile")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._title = title
        self._brief = brief or title
        self._icon_name = icon
        self._tone = tone
        self.figure = Text("–", Role.FIGURE, tone)
        self.icon = Icon(icon, tone, ratio=1.7)
        self.title = Text(title, Role.STRONG)
        self.aside = Text("", Role.SMALL, Tone.SOFT)
        self.note = Text("", Role.SMALL, Tone.SOFT, wrap=True)
        self._top = row()
        self._top.addWidget(self.figure)
        self._top.addWidget(self.aside)
        self._top.addStretch(1)
        self._top.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        self._box = column(gap=0.15)
        self._box.addLayout(self._top)
        self._box.addWidget(self.title)
        self._box.addWidget(self.note)
        self._box.addStretch(1)
        self.setLayout(self._box)
        self.setAccessibleName(title)
        self.fold(folded=False)

    def fold(self, *, folded: bool) -> None:
        """One line, figure and brief title, instead of three."""
        scale = look().scale
        edge = 0.25 if folded else 0.7
        self._box.setContentsMargins(
            scale.px(0.7 if folded else 0.95), scale.px(edge), scale.px(0.7), scale.px(edge)
        )
        self.title.setText(self._brief if folded else self._title)
        if folded:
            self._top.insertWidget(1, self.title)
        else:
            self._box.insertWidget(1, self.title)
        self.icon.setVisible(not folded)
        self.note.setVisible(not folded)
        self.aside.setVisible(folded and bool(self.aside.text()))

    def put(self, count: int, note: str, aside: str = "") -> None:
        """Show `count` and what it means; `aside` stands behind the title where it is folded."""
        self.aside.setText(aside)
        self.aside.setVisible(bool(aside) and self.note.isHidden())
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
