"""A drop-down for a handful of names, with an arrow in the colours in force."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QWidget

from app.ui.theme.icons import icon_pixmap
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone


class Select(QComboBox):
    """A combo box; the style sheet takes Fusion's arrow away, so it is drawn here."""

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """The box, then the arrow."""
        super().paintEvent(event)
        now = look()
        side = now.scale.px(1.1)
        painter = QPainter(self)
        ratio = max(self.devicePixelRatioF(), 1.0)
        arrow = icon_pixmap("chevron-down", now.ink(Tone.SOFT), side, ratio)
        left = self.width() - side - now.scale.px(0.6)
        painter.drawPixmap(left, (self.height() - side) // 2, arrow)
        painter.end()
