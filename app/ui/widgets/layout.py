"""How things are put on a page: cards, flowing rows, form rows, scroll areas."""

from __future__ import annotations

from typing import Final

from PySide6 import QtCore
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.ui.theme.look import look
from app.ui.widgets.labels import Role, Text

_NO_FOCUS: Final = 0
"""`Qt.FocusPolicy.NoFocus`, given by number: see "Before the first picture" in docs/ui.md."""


def column(*, gap: float = 0.8, margin: float = 0.0) -> QVBoxLayout:
    """A vertical layout with spaces in units of the body size."""
    box = QVBoxLayout()
    _space(box, gap, margin)
    return box


def row(*, gap: float = 0.55, margin: float = 0.0) -> QHBoxLayout:
    """A horizontal layout with spaces in units of the body size."""
    box = QHBoxLayout()
    _space(box, gap, margin)
    return box


def empty(box: QLayout) -> None:
    """Take everything out of `box` and let it go."""
    for _ in range(box.count()):
        widget = box.takeAt(0).widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def _space(box: QBoxLayout, gap: float, margin: float) -> None:
    scale = look().scale
    edge = scale.px(margin)
    box.setContentsMargins(edge, edge, edge, edge)
    box.setSpacing(scale.px(gap))


def _wrap_heading(heading: Text, top: QHBoxLayout) -> None:
    """Give the heading the room of the stretch after it, and leave to wrap."""
    heading.setWordWrap(True)
    top.setStretchFactor(heading, 1)
    top.setStretch(top.indexOf(heading) + 1, 0)


class Card(QFrame):
    """A white sheet with an optional heading. Put things into `body`."""

    def __init__(self, heading: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.body = column(gap=0.6, margin=1.07)
        self.setLayout(self.body)
        self.heading = Text(heading, Role.HEADING)
        self.top = row()
        if heading:
            self.top.addWidget(self.heading)
            self.top.addStretch(1)
            self.body.addLayout(self.top)

    def wrap_heading(self) -> None:
        """Let the heading take two lines where what stands beside it needs the width."""
        _wrap_heading(self.heading, self.top)

    def squeeze(self, *, tight: bool) -> None:
        """Narrower edges where there is little room."""
        _space(self.body, 0.35 if tight else 0.6, 0.6 if tight else 1.07)


class Section(QWidget):
    """A heading with things below, without a frame."""

    def __init__(self, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body = column(gap=0.5)
        self.setLayout(self.body)
        self.top = row()
        self.heading = Text(heading, Role.HEADING)
        self.top.addWidget(self.heading)
        self.top.addStretch(1)
        self.body.addLayout(self.top)

    def wrap_heading(self) -> None:
        """Let the heading take two lines where what stands beside it needs the width."""
        _wrap_heading(self.heading, self.top)


class Line(QFrame):
    """A hair line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "line")


class Scroll(QScrollArea):
    """Lets a page be larger than the window: downwards freely, sideways only in need."""

    def __init__(self, page: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("focusPolicy", _NO_FOCUS)
        self.setWidget(page)


class Flow(QLayout):
    """Left to right, then the next row: choices and chips at any width."""

    def __init__(self, parent: QWidget | None = None, *, gap: float = 0.4) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802  # Qt's name
        """Take one more item."""
        self._items.append(item)

    def count(self) -> int:
        """How many items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802  # Qt asks past the end
        """The item at `index`."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]  # noqa: N802  # as itemAt
        """Give the item at `index` back."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> QtCore.Qt.Orientation:  # noqa: N802  # Qt's name
        """Takes what it needs, no more."""
        return QtCore.Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802  # Qt's name
        """Narrower is taller."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802  # Qt's name
        """Height of all rows at `width`."""
        return self._place(QRect(0, 0, width, 0), really=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802  # Qt's name
        """Put every item where it belongs."""
        super().setGeometry(rect)
        self._place(rect, really=True)

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """All in one row."""
        gap = look().scale.px(self._gap)
        hints = [item.sizeHint() for item in self._shown()]
        width = sum(hint.width() for hint in hints) + gap * max(len(hints) - 1, 0)
        return self._with_margins(width, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:  # noqa: N802  # Qt's name
        """The widest item."""
        sizes = [item.minimumSize() for item in self._shown()]
        return self._with_margins(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _with_margins(self, width: int, height: int) -> QSize:
        edges = self.contentsMargins()
        return QSize(width + edges.left() + edges.right(), height + edges.top() + edges.bottom())

    def _place(self, rect: QRect, *, really: bool) -> int:
        """Lay the items out in `rect`; the height used."""
        edges = self.contentsMargins()
        gap = look().scale.px(self._gap)
        left, right = rect.x() + edges.left(), rect.right() - edges.right()
        y = rect.y() + edges.top()
        for line in self._lines(right + 1 - left, gap):
            tallest = max(item.sizeHint().height() for item in line)
            x = left
            for item in line:
                size = item.sizeHint().boundedTo(QSize(max(right + 1 - left, 1), tallest))
                if really:
                    item.setGeometry(QRect(QPoint(x, y + (tallest - size.height()) // 2), size))
                x += size.width() + gap
            y += tallest + gap
        return max(y - gap, rect.y()) + edges.bottom() - rect.y()

    def _lines(self, width: int, gap: int) -> list[list[QLayoutItem]]:
        """The items, broken into lines no wider than `width` where that is possible."""
        lines: list[list[QLayoutItem]] = []
        used = 0
        for item in self._shown():
            needs = item.sizeHint().width()
            if not lines or used + gap + needs > width:
                lines.append([])
                used = needs
            else:
                used += gap + needs
            lines[-1].append(item)
        return lines
