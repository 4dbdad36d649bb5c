"""政策找人: how far the search is, whom it found, and a key to each kind."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.problem import Problem
from app.domain.reassessment import Reassessed, Reassessment
from app.ui.finding.search import SearchState
from app.ui.finding.table import (
    COLUMNS,
    TOLD,
    counts,
    found_rows,
    headline,
    progress_text,
    stopped_text,
)
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button
from app.ui.widgets.choices import ChoiceRow
from app.ui.widgets.feedback import Bar, ProgressRow
from app.ui.widgets.labels import Role, Text
from app.ui.widgets.layout import Card, row
from app.ui.widgets.page import PageFrame
from app.ui.widgets.table import Table

_ALL = "all"
_LEAST = 7.4
"""Height of the list, in body sizes: its head and most of two rows."""
_SHORT = ("新够得上", "不再够得上", "金额会变", "还差几样")
_NOBODY = "这一类没有。"
_NEVER = "县里换了新标准，这里会自己把全村重新看一遍，列出该去找谁。现在还没有换过。"


class FindingView(PageFrame):
    """`opened(household)`, `chosen(Change, or "all")`, and what to do with the search."""

    opened = Signal(object)
    chosen = Signal(object)
    stop_requested = Signal()
    go_on_requested = Signal()
    anew_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("政策找人", parent=parent)
        self.anew = Button("全村再看一遍", icon="users")
        self.kinds = ChoiceRow([(_ALL, "全部"), *zip(TOLD, _SHORT, strict=True)], name="看哪一类")
        self.kinds.put(_ALL)
        self.progress = ProgressRow()
        self.stopped = Bar()
        self.about = Text("", Role.STRONG, wrap=True)
        self.counts = Text("", Role.SMALL, Tone.SOFT, wrap=True)
        self.table = Table(COLUMNS, name="该去找谁")
        self.nobody = Text("", tone=Tone.SOFT, wrap=True)
        self.hint_below = Text("回车去测一次，问清楚再说。", Role.SMALL, Tone.FAINT, wrap=True)
        self._has_room = True
        self._lay_out()
        self.table.opened.connect(self.opened)
        self.kinds.chosen.connect(self.chosen)
        self.progress.stop_requested.connect(self.stop_requested)
        self.stopped.action.clicked.connect(self.go_on_requested)
        self.anew.clicked.connect(self.anew_requested)

    def show_state(self, state: SearchState) -> None:
        """Whether it runs, and how far it is."""
        self.anew.setEnabled(not state.is_running and state.latest is not None)
        if state.is_running:
            if self.progress.isHidden():
                self.progress.begin(progress_text(state))
            if state.total:
                self.progress.move_to(state.done, state.total, progress_text(state))
            self.stopped.hide()
            self.counts.hide()  # those of the last pass; this one has its own
            return
        self.progress.finish()
        self.counts.setVisible(bool(self.counts.text()))
        if state.problem is not None:
            self.problem.show_problem(state.problem)
        if state.is_due and state.total:
            self.stopped.say(stopped_text(state), tone=Tone.INFO, icon="player-stop")
        else:
            self.stopped.hide()

    def show_found(self, run: Reassessment | None, found: Sequence[Reassessed]) -> None:
        """Whom the newest pass found."""
        self.about.setText("" if run is None else headline(run))
        self.counts.setText("" if run is None else counts(run))
        for part in (self.about, self.kinds):
            part.setVisible(run is not None)
        self.counts.setVisible(run is not None and self.progress.isHidden())
        self.table.put(found_rows(found))
        self.table.setVisible(bool(found))
        self.nobody.setText(_NEVER if run is None else _NOBODY)
        self.nobody.setVisible(not found)
        self._show_hint()

    def fit(self, *, low: bool, narrow: bool) -> None:
        """Where there is little room the list comes before its hint."""
        self._has_room = not (low and narrow)
        self._show_hint()

    def _show_hint(self) -> None:
        """Of Enter only where there is a row to press it on."""
        self.hint_below.setVisible(self._has_room and not self.table.isHidden())

    def show_problem(self, problem: Problem) -> None:
        """On top of the page."""
        self.problem.show_problem(problem)

    def _lay_out(self) -> None:
        self.head.addWidget(self.anew)
        self.stopped.offer("接着找")
        self.stopped.close_button.hide()
        self.body.addWidget(self.progress)
        self.body.addWidget(self.stopped)
        card = Card()
        for part in (self.about, self.counts):
            card.body.addWidget(part)
        line = row()
        line.addWidget(self.kinds, 1)
        card.body.addLayout(line)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self.nobody)
        card.body.addStretch(0)
        self.table.fill(_LEAST)
        card.body.addWidget(self.hint_below)
        self.body.addWidget(card, 1)
