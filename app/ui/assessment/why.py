"""The 为什么 panel: every amount with its clause, the sums, and what it looks like so far.

In a tall window the sums stand below the lines, always in sight. In a low one they would leave the
lines no room: there they are the first thing that scrolls.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.domain.problem import Problem
from app.services.clause_words import ClauseCard
from app.ui.assessment.table import Why
from app.ui.assessment.why_lines import HEADINGS, WhyGroup
from app.ui.assessment.why_rows import WhyGroupBox, WhyRow
from app.ui.assessment.why_sums import Sums, VersusBox
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.feedback import ProblemBar
from app.ui.widgets.formcard import InnerScroll
from app.ui.widgets.labels import Chip, IconText, Role, Text
from app.ui.widgets.layout import Card, Flow, column

FLASH_MS: Final = 1000
_LEAST_LINES: Final = 7.0
_LOW: Final = 32.0
"""Height of the panel, in body sizes, below which the sums scroll with the lines."""
_REAL: Final = "为什么是这个结果"
_TRIED: Final = "假如这样，结果是"


class WhyPanel(Card):
    """Redrawn with every committed answer; lines that changed stand out for a second.

    `explained(bases)`: a line was opened; `asked(path)`: a line leads to its question; `left`: the
    keys go back to the questions.
    """

    explained = Signal(object)
    asked = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_REAL, parent)
        self.look_up = Button("看依据", kind=Kind.LINK, hint="F1")
        self.trial = Button("假如…", kind=Kind.LINK, hint="F6")
        self.past = Button("历次测算", kind=Kind.LINK, keys=("F3", "Ctrl+H"))
        self.to_open = Button("去没问的", kind=Kind.LINK, hint="Ctrl+J")
        for button in (self.look_up, self.trial):
            self.top.addWidget(button)
        self.problem = ProblemBar()
        self.groups = {heading: WhyGroupBox() for heading in HEADINGS}
        self.warnings = IconText("alert-triangle", "", Tone.WARN, icon_tone=Tone.WARN)
        self.ground = Text("", Role.SMALL, Tone.FAINT, wrap=True)
        self.sums = Sums()
        self.versus = VersusBox()
        self.verdict = Chip("", Tone.INFO)
        self.notes = Text("", Role.SMALL, Tone.SOFT, wrap=True)
        self._spoken = ""
        self._opened: WhyRow | None = None
        self._flashing: list[WhyRow] = []
        self._flash_over = QTimer(self)
        self._flash_over.setSingleShot(True)
        self._flash_over.setInterval(FLASH_MS)
        self._flash_over.timeout.connect(self._calm_down)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._bring_up)
        self.result = QWidget()
        self._is_low = False
        self._lay_out()
        for part in (self.warnings, self.verdict, self.past, self.to_open):
            part.hide()

    def show_why(self, why: Why) -> None:
        """Show the working; mark and announce what is new."""
        self.problem.hide()
        before = {row.line for row in self.rows}
        told = {group.heading: group for group in why.groups}
        for heading, box in self.groups.items():
            box.put(told.get(heading, WhyGroup(heading, ())))
        self._flash([row for row in self.rows if before and row.line not in before])
        self.warnings.say("\n".join(why.warnings), Tone.WARN)
        self.warnings.setVisible(bool(why.warnings))
        self.versus.put(why.versus)
        self.sums.put(why.sums)
        self.sums.setVisible(not why.versus)
        self.heading.setText(_TRIED if why.versus else _REAL)
        self.verdict.say(why.verdict, why.tone, why.icon)
        self.verdict.show()
        self.notes.setText("".join(why.notes))
        self.notes.setVisible(bool(why.notes))
        self.ground.setText(why.ground)
        self._announce(why.spoken)

    def show_problem(self, problem: Problem) -> None:
        """Why nothing can be computed; the last sums stay, greyed by the words above them."""
        self.problem.show_problem(problem)

    def show_clauses(self, cards: Sequence[ClauseCard]) -> None:
        """Open what is behind the line that was asked about."""
        if self._opened is not None:
            self._opened.show_clauses(cards)
            self._later.start()  # only then does it know how tall it is

    def show_tests(self, tests: int) -> None:
        """How many earlier tests there are to look back at."""
        self.past.say(f"历次测算（{tests}）")
        self.past.setVisible(bool(tests))

    @property
    def rows(self) -> list[WhyRow]:
        """Every line on view, top down."""
        return [row for box in self.groups.values() for row in box.rows]

    @Slot()
    def take_keys(self) -> None:
        """The keys come to the line that is open, or to the first."""
        rows = self.rows
        if not rows:
            return
        line = self._opened if self._opened in rows else rows[0]
        self._go_to(line)
        if not line.is_open:
            self._later.start()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """The sums go where there is room for them."""
        super().resizeEvent(event)
        is_low = self.height() < look().scale.px(_LOW)
        if is_low != self._is_low:
            self._is_low = is_low
            (self._lines if is_low else self._foot).insertWidget(0, self.result)
            self._later.start()

    def _lay_out(self) -> None:
        content = QWidget()
        self._lines = column(gap=0.3)
        content.setLayout(self._lines)
        for group in self.groups.values():
            group.made.connect(self._take_in)
            self._lines.addWidget(group)
        self._lines.addWidget(self.warnings)
        self._lines.addWidget(self.ground)
        self._lines.addStretch(1)
        self._scroll = InnerScroll(content, least=_LEAST_LINES)
        self.body.addWidget(self.problem)
        self.body.addWidget(self._scroll, 1)
        sums = column(gap=0.4)
        self.result.setLayout(sums)
        for part in (self.sums, self.versus, self.notes):
            sums.addWidget(part)
        ways = QWidget()
        flow = Flow(ways)
        for button in (self.verdict, self.to_open, self.past):
            flow.addWidget(button)
        self._foot = column(gap=0.5)
        self._foot.addWidget(self.result)
        self._foot.addWidget(ways)
        self.body.addLayout(self._foot)

    @Slot(object)
    def _take_in(self, made: WhyRow) -> None:
        made.opened.connect(self._open)
        made.moved.connect(self._walk)
        made.left.connect(self._leave)

    @Slot()
    def _open(self) -> None:
        """Open the line, or fold it away again; one is open at a time."""
        opened = self.sender()
        if not isinstance(opened, WhyRow):
            return
        if opened.line.ask:
            self.asked.emit(opened.line.ask)
            return
        before, self._opened = self._opened, opened
        was_open = opened.is_open
        if before is not None:
            before.close_clauses()
        if not was_open and opened.line.bases:
            self.explained.emit(opened.line.bases)

    @Slot(int)
    def _walk(self, by: int) -> None:
        rows, line = self.rows, self.sender()
        if isinstance(line, WhyRow):
            self._go_to(rows[min(max(rows.index(line) + by, 0), len(rows) - 1)])

    @Slot()
    def _leave(self) -> None:
        """First what is open is folded away, then the keys go back."""
        if self._opened is not None and self._opened.is_open:
            self._opened.close_clauses()
        else:
            self._scroll.verticalScrollBar().setValue(0)
            self.left.emit()

    @Slot()
    def _bring_up(self) -> None:
        """The open line goes to the top, so that its clause has all the room there is.

        While something is tried out both answers do: they are what one comes for.
        """
        if self._opened is not None and self._opened.is_open:
            top = self._opened.mapTo(self._scroll.widget(), self._opened.rect().topLeft()).y()
            self._scroll.verticalScrollBar().setValue(top)
        elif self.versus.isVisible() or not any(row.hasFocus() for row in self.rows):
            self._scroll.verticalScrollBar().setValue(0)

    def _go_to(self, line: WhyRow) -> None:
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(line)

    def _flash(self, rows: Sequence[WhyRow]) -> None:
        self._calm_down()
        self._flashing = list(rows)
        for line in rows:
            line.light_up(lit=True)
        self._flash_over.start()

    @Slot()
    def _calm_down(self) -> None:
        for line in self._flashing:
            line.light_up(lit=False)
        self._flashing = []

    def _announce(self, spoken: str) -> None:
        """Tell a screen reader once, when something changed."""
        if spoken != self._spoken and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, spoken))
        self._spoken = spoken
