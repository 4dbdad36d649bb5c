"""A table for clerks: whole rows, arrows and Enter, chips for states. Filled with `Row` values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.ui.theme.icons import icon_pixmap
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.widgets.cells import Cell, Column, Row
from app.ui.widgets.keys import is_plain_enter
from app.ui.widgets.labels import CHIP_ICONS, chip_size, paint_chip

Index = QModelIndex | QPersistentModelIndex
CELL_ROLE = Qt.ItemDataRole.UserRole + 1
_NOWHERE = QModelIndex()
_WORDS = 7.5
"""What the column that stretches has at least while another can be spared, in body sizes."""


class RowsModel(QAbstractTableModel):
    """Rows as given; replaced whole, because a village fits in memory."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._rows: tuple[Row, ...] = ()

    def put(self, rows: Sequence[Row]) -> None:
        """Show `rows` instead."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row_at(self, index: Index) -> Row:
        """The row of an index of this model."""
        return self._rows[index.row()]

    def rows(self) -> tuple[Row, ...]:
        """All rows, top first."""
        return self._rows

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802  # Qt's name
        """How many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802  # Qt's name
        """How many columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  # Qt's type
        """Words, the cell itself for the delegate, and what a screen reader says."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        cell = row.cells[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken or "，".join(cell.text for cell in row.cells if cell.text)
        return None

    def headerData(  # noqa: N802  # Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401  # Qt's type
        """The headings, set left like their words."""
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class Table(QTableView):
    """Shows rows. `opened(object)` with the row's key on Enter or double click; `current(object)`
    when another row is chosen."""

    opened = Signal(object)
    current = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        name: str,
        plain: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        if plain:
            self.setProperty("role", "plain")
        self.rows = RowsModel(columns, self)
        self.setModel(self.rows)
        self.setItemDelegate(CellDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setSectionsClickable(False)
        header.setResizeContentsPrecision(40)
        for at, column in enumerate(columns):
            mode = QHeaderView.ResizeMode
            header.setSectionResizeMode(
                at, mode.Stretch if column.stretch else mode.ResizeToContents
            )
        self._fixed = [at for at, column in enumerate(columns) if not column.stretch]
        self._to_spare = [at for at, column in enumerate(columns) if column.spare]
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentRowChanged.connect(self._tell_current)
        self._set_heights()

    def put(self, rows: Sequence[Row]) -> None:
        """Show `rows`, keeping the chosen one if it is still there, else choosing the first."""
        before = self.current_key()
        self.rows.put(rows)
        keys = [row.key for row in rows]
        at = keys.index(before) if before in keys else 0
        if keys:
            self.selectRow(at)
        self._spare()

    def current_key(self) -> object:
        """The key of the chosen row, or None."""
        index = self.currentIndex()
        return self.rows.row_at(index).key if index.isValid() else None

    def fill(self, least: float) -> None:
        """Take what is left, and `least` body sizes in height.

        Asking for more would push what stands around it out of a low window.
        """
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.setMinimumHeight(look().scale.px(least))

    def fit_rows(self, most: int) -> None:
        """Be exactly as tall as the rows shown, at most `most` of them."""
        shown = min(max(self.rows.rowCount(), 1), most)
        height = self.verticalHeader().defaultSectionSize() * shown
        header = self.horizontalHeader()
        above = 0 if header.isHidden() else header.sizeHint().height()
        self.setFixedHeight(height + above + 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Enter opens the row."""
        if is_plain_enter(event) and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """Row heights follow the type size."""
        if event.type() == QEvent.Type.StyleChange:
            self._set_heights()
            self._spare()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """More room, more columns."""
        super().resizeEvent(event)
        self._spare()

    def _spare(self) -> None:
        """Whole words where they stretch come before what is said elsewhere, too."""
        if not self._to_spare:
            return
        heading = self.horizontalHeader().sectionSizeHint
        needed = {at: max(heading(at), self.sizeHintForColumn(at)) for at in self._fixed}
        room = self.viewport().width() - look().scale.px(_WORDS)
        for at in self._to_spare:
            hidden = sum(needed.values()) > room
            self.setColumnHidden(at, hidden)
            if hidden:
                del needed[at]

    def _set_heights(self) -> None:
        self.verticalHeader().setDefaultSectionSize(look().scale.px(2.67))

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self.rows.row_at(index).key)

    @Slot(QModelIndex, QModelIndex)
    def _tell_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self.current.emit(self.rows.row_at(index).key)


def _has_focus(option: QStyleOptionViewItem) -> bool:
    """Whether the table has the keys; each cell is only told about itself."""
    return bool(option.widget.hasFocus())  # type: ignore[attr-defined]  # the stubs leave it out


class CellDelegate(QStyledItemDelegate):
    """Draws a `Cell`: ground of the row, icon, words or chip, and a hair line below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802  # Qt's name
        """Room for icon and words."""
        cell: Cell = index.data(CELL_ROLE)
        scale = look().scale
        widget = option.widget  # type: ignore[attr-defined]  # the stubs leave it out
        if cell.chip:
            width = chip_size(widget, cell.text).width()
        else:
            width = widget.fontMetrics().horizontalAdvance(cell.text)
            width += scale.px(1.75) if cell.icon else 0
        return QSize(width + scale.px(1.5), scale.px(2.67))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        cell: Cell = index.data(CELL_ROLE)
        now = look()
        painter.save()
        rect = option.rect  # type: ignore[attr-defined]  # the stubs leave it out
        painter.fillRect(rect, QColor(self._ground(option)))
        painter.setPen(QColor(now.palette.border))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        self._paint_focus(painter, option, index)
        inner = rect.adjusted(now.scale.px(0.65), 0, -now.scale.px(0.4), -1)
        if cell.chip:
            self._paint_chip(painter, option, cell, QRectF(inner))
        else:
            self._paint_words(painter, option, cell, QRectF(inner))
        painter.restore()

    def _paint_focus(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A ring around the whole chosen row while the table has the keys."""
        state = option.state  # type: ignore[attr-defined]  # the stubs leave it out
        if not (state & QStyle.StateFlag.State_Selected and _has_focus(option)):
            return
        rect = option.rect  # type: ignore[attr-defined]  # the stubs leave it out
        painter.setPen(QPen(QColor(look().palette.focus), 2))
        painter.drawLine(rect.left(), rect.top() + 1, rect.right() + 1, rect.top() + 1)
        painter.drawLine(rect.left(), rect.bottom(), rect.right() + 1, rect.bottom())
        if index.column() == 0:
            painter.drawLine(rect.left() + 1, rect.top(), rect.left() + 1, rect.bottom())
        if index.column() == index.model().columnCount() - 1:
            painter.drawLine(rect.right(), rect.top(), rect.right(), rect.bottom())

    def _ground(self, option: QStyleOptionViewItem) -> str:
        palette = look().palette
        state = option.state  # type: ignore[attr-defined]  # the stubs leave it out
        if state & QStyle.StateFlag.State_Selected:
            return palette.selected if _has_focus(option) else palette.hover
        return palette.hover if state & QStyle.StateFlag.State_MouseOver else palette.surface

    def _paint_chip(
        self, painter: QPainter, option: QStyleOptionViewItem, cell: Cell, inner: QRectF
    ) -> None:
        widget = option.widget  # type: ignore[attr-defined]  # the stubs leave it out
        size = chip_size(widget, cell.text)
        top = inner.top() + (inner.height() - size.height()) / 2
        rect = QRectF(inner.left(), top, size.width(), size.height())
        icon = cell.icon or CHIP_ICONS.get(cell.tone, "info-circle")
        paint_chip(painter, rect, cell.text, cell.tone, icon)

    def _paint_words(
        self, painter: QPainter, option: QStyleOptionViewItem, cell: Cell, inner: QRectF
    ) -> None:
        now = look()
        left = inner.left()
        if cell.icon:
            side = now.scale.icon
            top = inner.top() + (inner.height() - side) / 2
            ratio = max(painter.device().devicePixelRatio(), 1.0)
            picture = icon_pixmap(cell.icon, now.ink(cell.tone), side, ratio)
            painter.drawPixmap(round(left), round(top), picture)
            left += now.scale.px(1.75)
        # An icon carries its tone alone; the words stay dark so that a list reads calmly.
        tone = Tone.TEXT if cell.icon else cell.tone
        painter.setPen(QColor(now.ink(tone)))
        metrics = option.fontMetrics  # type: ignore[attr-defined]  # the stubs leave it out
        room = inner.right() - left
        words = metrics.elidedText(cell.text, Qt.TextElideMode.ElideRight, int(room))
        side_flag = Qt.AlignmentFlag.AlignRight if cell.right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(
            QRectF(left, inner.top(), room, inner.height()),
            int(side_flag | Qt.AlignmentFlag.AlignVCenter),
            words,
        )
