"""The month of visits: a calendar on the left, the day at hand on the right. All by keys."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSizePolicy

from app.domain.month_round import MonthRound, RoundDay
from app.domain.problem import Problem
from app.ui.month.grid import MonthGrid
from app.ui.month.table import (
    COLUMNS,
    PLACE,
    STATE,
    brief_summary,
    day_rows,
    day_title,
    month_title,
    summary,
    whole_line,
)
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import Role, Text
from app.ui.widgets.layout import Section, row
from app.ui.widgets.page import PageFrame
from app.ui.widgets.ruletext import RuleText
from app.ui.widgets.table import Table

_LINES: Final = 8
_TIGHT_LINES: Final = 4
"""Height of the day's lines, in body sizes: they scroll by themselves."""
_WIDE: Final = 54
"""Width of the page, in body sizes, from which the words above the month take one line."""


class MonthView(PageFrame):
    """`moved(int)` months, `opened(RoundLine)`, `sweep_wanted`."""

    moved = Signal(int)
    opened = Signal(object)
    sweep_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("这个月的走访")
        self.before = Button("上个月", icon="chevron-left", keys=("PgUp",), brief="上月")
        self.after = Button("下个月", icon="chevron-right", keys=("PgDown",), brief="下月")
        self.sweep = Button("今年的集中排查", icon="users", brief="排查")
        self.about = Text("", tone=Tone.SOFT, wrap=True)
        self.grid = MonthGrid()
        self.day = Section("")
        self.lines = Table(COLUMNS, name="这一天的走访")
        self.whole = RuleText(self.lines)
        """The line at hand in full, where its column cuts it short."""
        self.nobody = Text("这一天没有走访。", Role.BODY, Tone.SOFT, wrap=True)
        self._month: MonthRound | None = None
        self._at_hand: date | None = None
        self._tight = self._cut = False
        for button in (self.before, self.after, self.sweep):
            self.head.addWidget(button)
        self._lay_out()
        self.before.clicked.connect(self._go_before)
        self.after.clicked.connect(self._go_after)
        self.sweep.clicked.connect(self.sweep_wanted)
        self.grid.day_reached.connect(self._show_day)
        self.grid.day_opened.connect(self._enter_day)
        self.grid.left.connect(self.moved)
        self.lines.opened.connect(self.opened)

    def show_month(self, month: MonthRound) -> None:
        """Fill everything; today is at hand where it lies in the month, else the first."""
        self._month = month
        days = {day.on for day in month.days}
        kept = self._at_hand if self._at_hand in days else None
        at_hand = kept or (month.today if month.today in days else month.first)
        self.title.setText(month_title(month.first))
        self._tell_about()
        had_keys = any(cell.hasFocus() for cell in self.grid.cells)
        self.grid.put(month.days, at_hand)
        self._show_day(at_hand)
        if had_keys:
            self.grid.go_to(at_hand)

    def show_problem(self, problem: Problem) -> None:
        """Why there is nothing new to show."""
        self.problem.show_problem(problem)

    def fit(self, *, low: bool, narrow: bool) -> None:
        """Where the letters are large the words stand beside the month, below the day at hand."""
        wide = self._around.width() >= _WIDE * look().scale.base
        tight = low and (narrow or not wide)
        (self.day.body if tight else self.body).insertWidget(0, self.about)
        self.grid.squeeze(tight=tight)
        cut = low or narrow
        if (tight, cut) != (self._tight, self._cut):
            self._tight, self._cut = tight, cut
            self._tell_day()
            self._show_lines()
        self.lines.setColumnHidden(STATE, tight)
        self.lines.setMinimumHeight(look().scale.px(_TIGHT_LINES if tight else _LINES))
        self._tell_about()
        self.lines.setColumnHidden(PLACE, cut)  # why one goes there is what is read

    def _tell_about(self) -> None:
        if self._month is not None:
            told = brief_summary if self._tight else summary
            self.about.setText(told(self._month))

    def _lay_out(self) -> None:
        self.body.addWidget(self.about)
        both = row(gap=1.0)
        for half in (self.grid, self.day):  # three to two, whatever stands in them
            half.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.day.heading.setWordWrap(True)
        both.addWidget(self.grid, 3)
        self.lines.setMinimumHeight(look().scale.px(_LINES))
        self.lines.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.day.body.addWidget(self.lines, 1)
        self.day.body.addWidget(self.whole)
        self.day.body.addWidget(self.nobody)
        self.day.body.addStretch(0)
        both.addWidget(self.day, 2)
        self.body.addLayout(both, 1)

    @Slot(object)
    def _show_day(self, on: date) -> None:
        if self._month is None:
            return
        day = self._month.days[(on - self._month.first).days]
        self._at_hand = on
        self._tell_day()
        self._show_lines()
        self.lines.setVisible(bool(day.lines))
        self.nobody.setVisible(not day.lines)

    def _tell_day(self) -> None:
        if (day := self._day_at_hand) is not None:
            self.day.heading.setText(day_title(day, brief=self._tight))

    def _show_lines(self) -> None:
        if (day := self._day_at_hand) is not None:
            self.lines.put(day_rows(day.lines, brief=self._tight))
            self.whole.put([whole_line(one) for one in day.lines] if self._cut else ())

    @property
    def _day_at_hand(self) -> RoundDay | None:
        if self._month is None or self._at_hand is None:
            return None
        return self._month.days[(self._at_hand - self._month.first).days]

    @Slot(object)
    def _enter_day(self, on: date) -> None:
        self._show_day(on)
        if self.lines.isVisible():
            self.lines.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _go_before(self) -> None:
        self.moved.emit(-1)

    @Slot()
    def _go_after(self) -> None:
        self.moved.emit(1)
