"""The list under a search field: households as lines, drawn with place and category."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.domain.households import HouseholdLine
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.widgets.labels import chip_size, paint_chip

LINE_ROLE = Qt.ItemDataRole.UserRole + 1
MOST_SHOWN = 7
NOBODY = "没有找到。少写几个字，或者换首字母、门牌再找。"
_NOWHERE = QModelIndex()


def who_lives_there(line: HouseholdLine) -> str:
    """How many they are, and whom the search found beside the head; nobody lives there, or the one
    found does no more: then that is said."""
    many = "没有人住了" if line.is_over else f"{line.members} 口人"
    if line.left:
        return f"{many}　{line.left}去世或搬走了，资料在这里"
    if line.matched and line.matched != line.head_name:
        return f"{many}　家里人 {line.matched}"
    return many


class AnswersModel(QAbstractListModel):
    """Household lines, replaced whole with every key."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[HouseholdLine, ...] = ()

    def put(self, lines: Sequence[HouseholdLine]) -> None:
        """Show `lines` instead."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def line(self, at: int) -> HouseholdLine:
        """The line at `at`, top first."""
        return self._lines[at]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:  # noqa: N802  # Qt's name
        """How many lines."""
        return 0 if parent.isValid() else len(self._lines)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401  # Qt's type
        """The line for the delegate, and the same in words."""
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{line.head_name} {line.place} {line.category.label}"
        return line if role == LINE_ROLE else None


class AnswersList(QListView):
    """Lies over the page under its field and never takes the focus: the field keeps the keys."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("role", "answers")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("找到的人家")
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.lines = AnswersModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(AnswerDelegate(self))
        self.hide()

    def show_under(self, field: QWidget) -> None:
        """Lie under `field`, as wide as it and inside the window, as tall as the answers need, or
        the word that there are none."""
        corner = field.mapTo(self.window(), QPoint(0, field.height() + 3))
        shown = min(max(self.lines.rowCount(), 1), MOST_SHOWN)
        height = look().scale.px(2.6) * shown + look().scale.px(0.75)
        width = max(field.width(), look().scale.px(24))
        left = max(min(corner.x(), self.window().width() - width), 0)
        self.setGeometry(left, corner.y(), width, height)
        self.setCurrentIndex(self.lines.index(0))
        self.setAccessibleDescription("" if self.lines.rowCount() else NOBODY)
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """The answers, or that there are none."""
        super().paintEvent(event)
        if self.lines.rowCount():
            return
        painter = QPainter(self.viewport())
        painter.setPen(QColor(look().palette.soft))
        room = self.viewport().rect().adjusted(look().scale.px(0.6), 0, 0, 0)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), NOBODY)
        painter.end()

    def step(self, by: int) -> None:
        """Choose the line `by` further down, without going round."""
        last = self.lines.rowCount() - 1
        at = min(max(self.currentIndex().row() + by, 0), last)
        self.setCurrentIndex(self.lines.index(at))

    def chosen(self) -> HouseholdLine | None:
        """The marked line."""
        index = self.currentIndex()
        return self.lines.line(index.row()) if index.isValid() else None


class AnswerDelegate(QStyledItemDelegate):
    """Draws one answer: who, where, and the category at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: object) -> QSize:  # noqa: N802  # Qt's name
        """One line."""
        del option, index
        return QSize(look().scale.px(20), look().scale.px(2.6))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one answer."""
        line: HouseholdLine = index.data(LINE_ROLE)
        now = look()
        rect = option.rect  # type: ignore[attr-defined]  # the stubs leave it out
        state = option.state  # type: ignore[attr-defined]  # the stubs leave it out
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(now.palette.selected))
            painter.drawRoundedRect(rect, 4, 4)
        inner = rect.adjusted(now.scale.px(0.6), 0, -now.scale.px(0.6), 0)
        widget = option.widget  # type: ignore[attr-defined]  # the stubs leave it out
        chip = chip_size(widget, line.category.label)
        self._paint_words(painter, line, QRectF(inner.adjusted(0, 0, -chip.width() - 8, 0)))
        top = inner.top() + (inner.height() - chip.height()) / 2
        box = QRectF(inner.right() - chip.width(), top, chip.width(), chip.height())
        paint_chip(painter, box, line.category.label, Tone.INFO, "id-badge-2")
        painter.restore()

    def _paint_words(self, painter: QPainter, line: HouseholdLine, room: QRectF) -> None:
        now = look()
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(now.palette.text))
        painter.drawText(room, flags, line.head_name)
        used = painter.fontMetrics().horizontalAdvance(line.head_name) + now.scale.px(0.8)
        font.setBold(False)
        painter.setFont(font)
        painter.setPen(QColor(now.palette.soft))
        rest = f"{line.place}　{who_lives_there(line)}"
        room.setLeft(room.left() + used)
        words = painter.fontMetrics().elidedText(
            rest, Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.drawText(room, flags, words)
