"""Earlier tests of one household on the left, what differs between two of them on the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.casework import AssessmentRecord
from app.domain.ids import AssessmentId
from app.domain.problem import Problem
from app.ui.past.table import COLUMNS, ChangeGroup, past_rows
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button
from app.ui.widgets.feedback import Bar
from app.ui.widgets.formcard import InnerScroll
from app.ui.widgets.labels import Role, Text
from app.ui.widgets.layout import Card, column, empty, row
from app.ui.widgets.page import PageFrame
from app.ui.widgets.table import Table


class PastView(PageFrame):
    """`chosen(test)`, `marked(test)`, `recompute_requested`, `again_requested`."""

    chosen = Signal(object)
    marked = Signal(object)
    recompute_requested = Signal()
    again_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("历次测算", parent=parent)
        self.again = Button("再测一次", icon="calculator")
        self.recompute = Button("用当时的政策包重算", icon="history")
        self.said = Bar()
        self.table = Table(COLUMNS, name="历次测算")
        self.changes = Card("哪里不一样")
        self.pair = Text("", Role.STRONG, wrap=True)
        self._lines = column(gap=0.35)
        self._lay_out()
        self.table.current.connect(self.chosen)
        self.table.opened.connect(self.marked)
        self.recompute.clicked.connect(self.recompute_requested)
        self.again.clicked.connect(self.again_requested)

    def show_tests(
        self,
        name: str,
        tests: Sequence[AssessmentRecord],
        *,
        chosen: AssessmentId | None,
        base: AssessmentId | None,
    ) -> None:
        """Whose tests they are, the one looked at, and the one the others are compared with."""
        self.title.setText(f"历次测算 — {name}户")
        self.table.blockSignals(True)  # noqa: FBT003  # Qt's own; filling is no choosing
        self.table.put(past_rows(tests, base))
        ids = [one.id for one in tests]
        if chosen in ids:
            self.table.selectRow(ids.index(chosen))
        self.table.blockSignals(False)  # noqa: FBT003
        self.recompute.setEnabled(bool(tests))
        self.said.hide()

    def show_changes(self, title: str, groups: Sequence[ChangeGroup]) -> None:
        """What differs; nothing when both say the same."""
        empty(self._lines)
        self.pair.setText(title)
        for group in groups:
            self._lines.addWidget(Text(group.heading, Role.SMALL, Tone.SOFT))
            for line in group.lines:
                self._lines.addWidget(Text(line, wrap=True))
        if not groups:
            self._lines.addWidget(Text("说的一样，算出来也一样。", wrap=True))

    def show_alone(self) -> None:
        """The test has nothing to be compared with."""
        empty(self._lines)
        self.pair.setText("再往前没有别的测算了，没有可比的。")

    def say(self, headline: str, detail: str, *, good: bool) -> None:
        """How recomputing went."""
        tone, icon = (Tone.OK, "circle-check") if good else (Tone.WARN, "alert-triangle")
        self.said.say(headline, detail, tone=tone, icon=icon)

    def show_problem(self, problem: Problem) -> None:
        """On top of the page."""
        self.problem.show_problem(problem)

    def _lay_out(self) -> None:
        self.head.addWidget(self.recompute)
        self.head.addWidget(self.again)
        self.body.addWidget(self.said)
        tests = Card("测过几次（新的在上面）")
        tests.body.addWidget(self.table, 1)
        tests.body.addWidget(
            Text(
                "上下键看哪一次，和它前一次比。回车把这一次定成“拿它比”的，再按一次回车取消。",
                Role.SMALL,
                Tone.SOFT,
                wrap=True,
            )
        )
        content = QWidget()
        box = column(gap=0.35)
        content.setLayout(box)
        box.addLayout(self._lines)
        box.addStretch(1)
        self.changes.body.addWidget(self.pair)
        self.changes.body.addWidget(InnerScroll(content), 1)
        both = row(gap=0.8)
        both.addWidget(tests, 6)
        both.addWidget(self.changes, 5)
        self.body.addLayout(both, 1)
