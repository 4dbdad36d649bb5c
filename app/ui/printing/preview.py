"""The page as it will come out of the printer, on a grey desk, with its number below."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.documents.pdfium import Picture
from app.ui.printing.printer import image_of
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.labels import Text
from app.ui.widgets.layout import Card, row
from app.ui.widgets.page import PageFrame

SHARP = 1400
"""Pixels across a page: sharp enough to read on any screen it is fitted into."""


class Preview(Card):
    """`turned(by)` to the page before or after."""

    turned = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.page = _Page()
        self.before = Button("上一页", kind=Kind.LINK, keys=("Ctrl+PgUp",), brief="上一页")
        self.after = Button("下一页", kind=Kind.LINK, keys=("Ctrl+PgDown",), brief="下一页")
        self.words = Text("", tone=Tone.SOFT, wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.before.clicked.connect(self._turn_back)
        self.after.clicked.connect(self._turn_on)
        line = row()
        line.addWidget(self.before)
        line.addWidget(self.words, 1)
        line.addWidget(self.after)
        self.body.addWidget(self.page, 1)
        self.body.addLayout(line)
        self.say("先在左边找到一户。")

    def show_page(self, picture: Picture, number: int, of: int) -> None:
        """Show one page."""
        self.page.put(image_of(picture))
        self.page.setAccessibleName(f"预览第 {number} 页")
        self.words.setText(f"第 {number} 页，共 {of} 页")
        self.before.setEnabled(number > 1)
        self.after.setEnabled(number < of)
        self.before.setVisible(of > 1)
        self.after.setVisible(of > 1)

    def say(self, why: str) -> None:
        """No page, and why."""
        self.page.put(QImage())
        self.words.setText(why)
        self.before.hide()
        self.after.hide()

    @Slot()
    def _turn_back(self) -> None:
        self.turned.emit(-1)

    @Slot()
    def _turn_on(self) -> None:
        self.turned.emit(1)


class PreviewedPage(PageFrame):
    """A page of the window that shows paper; its presenter tells it which."""

    preview: Preview

    def show_page(self, page: Picture, number: int, of: int) -> None:
        """One page, as it is or will be printed."""
        self.preview.show_page(page, number, of)

    def show_no_page(self, why: str) -> None:
        """Why there is none."""
        self.preview.say(why)

    def preview_width(self) -> int:
        """How many pixels wide the picture should be."""
        return SHARP


class _Page(QWidget):
    """Draws the picture as large as fits. Paper is white in the dark, too: it is paper."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def put(self, image: QImage) -> None:
        """Show `image`; a null one leaves the desk empty."""
        self._image = image
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Room for a thumbnail; more is taken when there is more."""
        return QSize(look().scale.px(16), look().scale.px(10))

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """A thumbnail at least."""
        return QSize(look().scale.px(10), look().scale.px(10))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Desk, shadow, paper."""
        del event
        now = look()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(now.palette.sunken))
        painter.drawRoundedRect(self.rect(), 6, 6)
        if not self._image.isNull():
            room = QRectF(self.rect()).adjusted(
                *(2 * (now.scale.px(0.7),)), *(2 * (-now.scale.px(0.7),))
            )
            size = QSize(self._image.size()).scaled(
                room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio
            )
            paper = QRectF(0, 0, size.width(), size.height())
            paper.moveCenter(room.center())
            painter.setBrush(QColor(now.palette.border))
            painter.drawRect(paper.translated(now.scale.px(0.2), now.scale.px(0.2)))
            ratio = self.devicePixelRatioF()
            shrunk = self._image.scaled(
                round(size.width() * ratio),
                round(size.height() * ratio),
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            painter.drawImage(paper, shrunk)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(now.palette.control)))
            painter.drawRect(paper)
        painter.end()
