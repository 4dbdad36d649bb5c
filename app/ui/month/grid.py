"""A month as seven columns of days, walked with the arrows; the day at hand is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from app.domain.month_round import RoundDay
from app.ui.month.table import day_spoken, day_texts
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.widgets.keys import is_plain_enter
from app.ui.widgets.labels import Role, Text

_WEEK: Final = 7
_ROWS: Final = 6
_TWO: Final = 2
"""Lines there is always room for."""
_EDGE: Final = 2
"""The frame of a day that has the keys, in pixels."""
_HEADS: Final = ("一", "二", "三", "四", "五", "六", "日")
_STEPS: Final = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -_WEEK,
    Qt.Key.Key_Down: _WEEK,
}


class DayButton(QPushButton):
    """One day: its number and what stands on it. It tells its day: `stepped(date, int)` days on
    with the arrows, `reached(date)` by the keys, `opened(date)` by Enter or a click."""

    stepped = Signal(object, int)
    reached = Signal(object)
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "day")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.on: date | None = None
        self._texts: tuple[str, ...] = ("",)
        self.clicked.connect(self._open)

    def tell(self, texts: tuple[str, ...]) -> None:
        """What may stand on it, the fullest first: the first there is room for does."""
        self._texts = texts
        self._fit()

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Seven go into the width there is, whatever stands on them."""
        return QSize(0, _TWO * self.fontMetrics().height())

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """What it says follows from the room there is, not the other way."""
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """More or less room for the counts."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        font = self.font()
        font.setBold(True)  # as it stands when it is at hand
        metrics = QFontMetrics(font)
        room = self.size() - QSize(2 * _EDGE, 0)  # a line is higher than what stands in it
        fitting = (one for one in self._texts if _fits(metrics.size(0, one), room))
        self.setText(next(fitting, self._texts[-1]))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Arrows walk, Enter opens, everything else is a button's or the page's."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.stepped.emit(self.on, step)
        elif is_plain_enter(event):
            self.click()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """The day with the keys is the day at hand."""
        super().focusInEvent(event)
        self.reached.emit(self.on)

    @Slot()
    def _open(self) -> None:
        self.setChecked(True)
        self.opened.emit(self.on)


class MonthGrid(QWidget):
    """`day_reached(date)` when a day is walked or clicked to, `day_opened(date)` on Enter,
    `left(int)` when the arrows leave the month: -1 before, 1 after it."""

    day_reached = Signal(object)
    day_opened = Signal(object)
    left = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = self._box = QGridLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self.squeeze(tight=False)
        for at, name in enumerate(_HEADS):
            head = Text(name, Role.SMALL, Tone.SOFT)
            head.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.addWidget(head, 0, at)
            box.setColumnStretch(at, 1)
        for at in range(_ROWS):
            box.setRowStretch(1 + at, 1)
        self.cells = tuple(DayButton() for _ in range(_WEEK * _ROWS))
        for at, cell in enumerate(self.cells):
            box.addWidget(cell, 1 + at // _WEEK, at % _WEEK)
            cell.stepped.connect(self._step)
            cell.reached.connect(self._reach)
            cell.opened.connect(self.day_opened)
        self._first = date.min

    def put(self, days: Sequence[RoundDay], at_hand: date) -> None:
        """Show a month with `at_hand` chosen."""
        self._first = days[0].on
        blank = self._first.weekday()
        for at, cell in enumerate(self.cells):
            number = at - blank
            day = days[number] if 0 <= number < len(days) else None
            _show(cell, day, at_hand)
        chosen = self._cell(at_hand)
        if chosen is not None:
            self.setFocusProxy(chosen)

    def squeeze(self, *, tight: bool) -> None:
        """Six weeks have to go into a low window of large letters."""
        self._box.setSpacing(look().scale.px(0.08 if tight else 0.25))

    def go_to(self, on: date) -> None:
        """Give a day the keys."""
        cell = self._cell(on)
        if cell is not None:
            cell.setFocus(Qt.FocusReason.OtherFocusReason)

    def _cell(self, on: date) -> DayButton | None:
        return next((cell for cell in self.cells if cell.on == on), None)

    @Slot(object, int)
    def _step(self, here: date, days: int) -> None:
        there = self._cell(here + timedelta(days=days))
        if there is None:
            self.left.emit(1 if days > 0 else -1)
        else:
            there.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(object)
    def _reach(self, on: date) -> None:
        for cell in self.cells:
            cell.setChecked(cell.on == on)
        self.day_reached.emit(on)


def _fits(words: QSize, room: QSize) -> bool:
    return words.width() <= room.width() and words.height() <= room.height()


def _show(cell: DayButton, day: RoundDay | None, at_hand: date) -> None:
    cell.on = None if day is None else day.on
    cell.setVisible(day is not None)
    if day is None:
        cell.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return
    cell.tell(day_texts(day))
    cell.setAccessibleName(day_spoken(day))
    cell.setChecked(day.on == at_hand)
    # one stop for Tab; the arrows reach the others
    stop = Qt.FocusPolicy.StrongFocus if day.on == at_hand else Qt.FocusPolicy.ClickFocus
    cell.setFocusPolicy(stop)
