"""集中排查: coverage group by group, and the households of a group nobody has seen yet."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot

from app.domain.problem import Problem
from app.domain.sweep import Sweep
from app.ui.sweep.table import GROUPS, MISSING, group_rows, missing_rows, summary
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.widgets.labels import Role, Text
from app.ui.widgets.layout import Section, row
from app.ui.widgets.page import PageFrame
from app.ui.widgets.table import Table

_NOBODY_ASKS = "现在用的政策包没有要求集中排查。"


class SweepView(PageFrame):
    """`opened(household)`: go and see it."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__("集中排查")
        self.about = Text("", tone=Tone.SOFT, wrap=True)
        self.groups = Table(GROUPS, name="各组走到哪了")
        self.left = Section("还没走到的")
        self.missing = Table(MISSING, name="还没走到的户")
        self.done = Text("这个组走完了。", Role.BODY, Tone.OK, wrap=True)
        self._sweep: Sweep | None = None
        least = look().scale.px(8)
        for table in (self.groups, self.missing):
            table.setMinimumHeight(least)
        self.body.addWidget(self.about)
        both = row(gap=1.0)
        both.addWidget(self.groups, 3)
        self.left.body.addWidget(self.missing, 1)
        self.left.body.addWidget(self.done)
        self.left.body.addStretch(0)
        both.addWidget(self.left, 2)
        self.body.addLayout(both, 1)
        self.groups.current.connect(self._show_group)
        self.groups.opened.connect(self._enter_group)
        self.missing.opened.connect(self.opened)

    def show_sweep(self, sweep: Sweep | None) -> None:
        """Fill everything; None where no pack asks for a sweep."""
        self._sweep = sweep
        self.about.setText(_NOBODY_ASKS if sweep is None else summary(sweep))
        self.groups.put(group_rows(() if sweep is None else sweep.groups))
        has_homes = sweep is not None and bool(sweep.groups)
        self.groups.setVisible(has_homes)
        self.left.setVisible(has_homes)
        chosen = self.groups.current_key()
        if chosen is not None:
            self._show_group(chosen)

    def show_problem(self, problem: Problem) -> None:
        """Why there is nothing new to show."""
        self.problem.show_problem(problem)

    @Slot(object)
    def _show_group(self, name: object) -> None:
        groups = () if self._sweep is None else self._sweep.groups
        missing = next((group.missing for group in groups if group.name == name), ())
        self.left.heading.setText(f"{name}还没走到的 {len(missing)} 户")
        self.missing.put(missing_rows(missing))
        self.missing.setVisible(bool(missing))
        self.done.setVisible(not missing)

    @Slot(object)
    def _enter_group(self, name: object) -> None:
        self._show_group(name)
        if self.missing.isVisible():
            self.missing.setFocus(Qt.FocusReason.TabFocusReason)
