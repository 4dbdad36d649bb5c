"""Words on the screen: labels with a role and a tone, icons, chips."""

from __future__ import annotations

from typing import Final

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from app.domain.words import Word
from app.ui.theme.icons import icon_pixmap, sharpness
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone

_PLAIN_TEXT: Final = 0
"""`Qt.TextFormat.PlainText`, given by number: see "Before the first picture" in docs/ui.md."""


class Role(Word):
    """How loud a text is."""

    TITLE = "title", "页标题"
    HEADING = "heading", "小标题"
    STRONG = "strong", "重点"
    BODY = "body", "正文"
    SMALL = "small", "小字"
    FIGURE = "figure", "大数字"


class Text(QLabel):
    """Plain text; never interprets markup, because names and notes come from outside."""

    def __init__(
        self,
        text: str = "",
        role: Role = Role.BODY,
        tone: Tone = Tone.TEXT,
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setProperty("textFormat", _PLAIN_TEXT)
        self.setProperty("role", role.value)
        self.setProperty("tone", tone.value)
        self.setWordWrap(wrap)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """A wrapped text may be as low as one line; its width then says how high it is.

        Qt would ask for the height it has when it is very narrow and leave holes below.
        """
        if self.wordWrap():
            return QSize(0, self.fontMetrics().height())
        return super().minimumSizeHint()

    def set_tone(self, tone: Tone) -> None:
        """Change what the text means."""
        if self.property("tone") != tone.value:
            self.setProperty("tone", tone.value)
            self.style().unpolish(self)
            self.style().polish(self)


class Icon(QLabel):
    """One icon in a tone, redrawn when the look changes. Decoration: the word beside it speaks.

    `in_line` makes it as high as a line of text, so that it stands beside the first of several.
    """

    def __init__(
        self,
        name: str,
        tone: Tone = Tone.SOFT,
        *,
        ratio: float = 1.27,
        in_line: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._tone = tone
        self._ratio = ratio
        self._in_line = in_line
        self._draw()

    def show_icon(self, name: str, tone: Tone) -> None:
        """Draw another icon."""
        self._name, self._tone = name, tone
        self._draw()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """Redraw in the new colours."""
        if event.type() == QEvent.Type.StyleChange:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        now = look()
        side = now.scale.px(self._ratio)
        self.setFixedSize(side, self.fontMetrics().height() if self._in_line else side)
        self.setPixmap(icon_pixmap(self._name, now.ink(self._tone), side, sharpness()))


class Chip(QWidget):
    """A state: icon and word on a tinted ground. `Tone.URGENT` is the solid red one."""

    def __init__(
        self, text: str, tone: Tone = Tone.INFO, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._text = text
        self._tone = tone
        self._icon = icon or CHIP_ICONS.get(tone, "info-circle")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    @property
    def text(self) -> str:
        """The word."""
        return self._text

    def say(self, text: str, tone: Tone, icon: str = "") -> None:
        """Show another state."""
        shown = icon or CHIP_ICONS.get(tone, "info-circle")
        if (text, tone, shown) == (self._text, self._tone, self._icon):
            return
        self._text, self._tone, self._icon = text, tone, shown
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """As wide as its word."""
        return chip_size(self, self._text)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Draw ground, icon and word."""
        del event
        painter = QPainter(self)
        paint_chip(painter, QRectF(self.rect()), self._text, self._tone, self._icon)
        painter.end()


CHIP_ICONS = {
    Tone.OK: "circle-check",
    Tone.WARN: "alert-triangle",
    Tone.BAD: "circle-x",
    Tone.URGENT: "clock",
    Tone.OFFLINE: "cloud-upload",
    Tone.INFO: "info-circle",
    Tone.PRIMARY: "info-circle",
}
"""The icon a chip gets when nobody named one."""


def chip_size(widget: QWidget, text: str) -> QSize:
    """Room a chip with `text` needs, in the font of `widget`."""
    scale = look().scale
    font = widget.font()
    font.setPixelSize(scale.sm)
    font.setBold(True)
    from_text = widget.fontMetrics().__class__(font).horizontalAdvance(text)
    return QSize(from_text + scale.px(2.25), scale.px(1.67))


def paint_chip(painter: QPainter, rect: QRectF, text: str, tone: Tone, icon: str) -> None:
    """Draw a chip into `rect` (also used by table cells)."""
    now = look()
    scale = now.scale
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QtCore.Qt.PenStyle.NoPen)
    painter.setBrush(QColor(now.palette.ground(tone)))
    painter.drawRoundedRect(rect, 5, 5)
    side = scale.px(1.0)
    ratio = painter.device().devicePixelRatio()
    top = rect.top() + (rect.height() - side) / 2
    left = rect.left() + scale.px(0.5)
    painter.drawPixmap(
        round(left), round(top), icon_pixmap(icon, now.ink(tone), side, max(ratio, 1.0))
    )
    font = painter.font()
    font.setPixelSize(scale.sm)
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor(now.ink(tone)))
    words = rect.adjusted(scale.px(1.72), 0, 0, 0)
    where = QtCore.Qt.AlignmentFlag.AlignVCenter | QtCore.Qt.AlignmentFlag.AlignLeft
    painter.drawText(words, int(where), text)


class IconText(QWidget):
    """An icon and a line of text that may wrap: phone, address, what is missing."""

    def __init__(
        self,
        icon: str,
        text: str,
        tone: Tone = Tone.TEXT,
        *,
        icon_tone: Tone = Tone.SOFT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.icon = Icon(icon, icon_tone, in_line=True)
        self.text = Text(text, tone=tone, wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look().scale.px(0.55))
        row.addWidget(self.icon, 0, QtCore.Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.text, 1)

    def say(self, text: str, tone: Tone = Tone.TEXT, icon: str = "") -> None:
        """Show another line."""
        self.text.setText(text)
        self.text.set_tone(tone)
        if icon:
            self.icon.show_icon(icon, tone)
