"""A check box with a tick one can see: the style sheet colours the box and takes Qt's tick away."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton

from app.ui.theme.icons import icon_pixmap
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone


class TickBox(QCheckBox):
    """Space or a click ticks it."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """The box, then the tick."""
        super().paintEvent(event)
        if not self.isChecked():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        side = round(min(box.width(), box.height()) * 0.9)
        ratio = max(self.devicePixelRatioF(), 1.0)
        painter = QPainter(self)
        tick = icon_pixmap("check", look().ink(Tone.ON_PRIMARY), side, ratio)
        corner = box.center()
        painter.drawPixmap(corner.x() + 1 - side // 2, corner.y() + 1 - side // 2, tick)
        painter.end()
