"""A pad to sign on with a pen, a finger or the mouse; always optional."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from app.domain.strokes import EDGE, MOST_POINTS
from app.domain.visiting import Stroke, Strokes
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.labels import Role, Text
from app.ui.widgets.layout import column, row

_WIDTH: Final = 18.0
_HEIGHT: Final = 6.0
"""Of the pad, in body sizes."""


class Pad(QFrame):
    """`signed(tuple)`: every line so far, after each was lifted. Fingers come as the mouse does."""

    signed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "pad")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("签字的地方")
        self._lines: list[Stroke] = []
        self._line: list[tuple[int, int]] | None = None

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """As wide as a signature."""
        return QSize(look().scale.px(_WIDTH), look().scale.px(_HEIGHT))

    def strokes(self) -> Strokes:
        """What is drawn."""
        return tuple(self._lines)

    def put(self, strokes: Strokes) -> None:
        """Show a stored signature; that is no signing."""
        self._lines = list(strokes)
        self._line = None
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """A line begins."""
        self._line = [self._point(event.position())]
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """The line goes on, up to what a signature may be."""
        point = self._point(event.position())
        drawn = sum(len(line) for line in self._lines)
        if self._line is None or point == self._line[-1]:
            return
        if drawn + len(self._line) < MOST_POINTS:
            self._line.append(point)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """The line is done."""
        del event
        if self._line is None:
            return
        self._lines.append(tuple(self._line))
        self._line = None
        self.update()
        self.signed.emit(self.strokes())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """White paper and dark ink in every theme, as on the form."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.contentsRect(), Qt.GlobalColor.white)
        pen = QPen(Qt.GlobalColor.black, max(look().scale.px(0.12), 2))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        for line in (*self._lines, *([tuple(self._line)] if self._line else [])):
            points = [QPointF(x * self.width() / EDGE, y * self.width() / EDGE) for x, y in line]
            if len(points) == 1:
                painter.drawPoint(points[0])
            else:
                painter.drawPolyline(QPolygonF(points))

    def _point(self, position: QPointF) -> tuple[int, int]:
        """In thousandths of the width, kept on the pad."""
        x = min(max(position.x(), 0.0), float(self.width()))
        y = min(max(position.y(), 0.0), float(self.height()))
        return round(x * EDGE / self.width()), min(round(y * EDGE / self.width()), EDGE)


class SignatureRow(QWidget):
    """The pad behind a button, so that it takes no room until somebody signs. `signed(tuple)`."""

    signed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.open = Button("请本人在屏幕上签字", icon="pencil")
        self.pad = Pad()
        self.clear = Button("清掉重签", icon="trash", kind=Kind.LINK)
        self.hint = Text("可不签；签了会印在走访记录表上。", Role.SMALL, Tone.FAINT, wrap=True)
        line = row()
        line.addWidget(self.open)
        line.addWidget(self.clear)
        line.addWidget(self.hint, 1)
        body = column(gap=0.3)
        body.addLayout(line)
        body.addWidget(self.pad)
        body.setContentsMargins(0, 0, 0, 0)
        self.setLayout(body)
        self.setFocusProxy(self.open)
        self.open.clicked.connect(self._open)
        self.clear.clicked.connect(self._clear)
        self.pad.signed.connect(self._signed)
        self.put(())

    def put(self, strokes: Strokes) -> None:
        """Show a stored signature, or the button."""
        self.pad.put(strokes)
        self._show(opened=bool(strokes))

    def _show(self, *, opened: bool) -> None:
        self.pad.setVisible(opened)
        self.clear.setVisible(opened and bool(self.pad.strokes()))
        self.open.setVisible(not opened)
        self.hint.setVisible(not opened)

    @Slot()
    def _open(self) -> None:
        self._show(opened=True)
        self.pad.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _clear(self) -> None:
        self.pad.put(())
        self._show(opened=True)
        self.signed.emit(())

    @Slot(object)
    def _signed(self, strokes: object) -> None:
        self.clear.setVisible(True)
        self.signed.emit(strokes)
