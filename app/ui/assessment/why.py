"""The 为什么 panel: every amount with its clause, the sums, and what it looks like so far."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QWidget

from app.domain.problem import Problem
from app.ui.assessment.table import RungLine, SumLine, Why, WhyLine
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.widgets.feedback import ProblemBar
from app.ui.widgets.formcard import InnerScroll
from app.ui.widgets.labels import Chip, IconText, Role, Text
from app.ui.widgets.layout import Card, column, row

FLASH_MS: Final = 1000
_LEAST_LINES: Final = 4.5
"""In a small window the sums come first; the lines scroll above them."""


class WhyPanel(Card):
    """Redrawn with every committed answer; lines that changed stand out for a second."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("为什么是这个结果", parent)
        self.top.addWidget(Text("边填边算", Role.SMALL, Tone.SOFT))
        self.problem = ProblemBar()
        self.lines = _Pool(_WhyRow)
        self.rungs = _Pool(_RungRow)
        self.warnings = IconText("alert-triangle", "", Tone.WARN, icon_tone=Tone.WARN)
        self.rungs_title = Text("各档看下来", Role.SMALL, Tone.SOFT)
        self.ground = Text("", Role.SMALL, Tone.FAINT, wrap=True)
        self.verdict = Chip("", Tone.INFO)
        self.notes = Text("", Role.SMALL, Tone.SOFT, wrap=True)
        self._spoken = ""
        self._flashing: list[_WhyRow] = []
        self._flash_over = QTimer(self)
        self._flash_over.setSingleShot(True)
        self._flash_over.setInterval(FLASH_MS)
        self._flash_over.timeout.connect(self._calm_down)
        content = QWidget()
        box = column(gap=0.3)
        content.setLayout(box)
        box.addWidget(self.lines)
        box.addWidget(self.rungs_title)
        box.addWidget(self.rungs)
        box.addWidget(self.warnings)
        box.addWidget(self.ground)
        box.addStretch(1)
        self.sums = _Sums()
        self.body.addWidget(self.problem)
        self.body.addWidget(InnerScroll(content, least=_LEAST_LINES), 1)
        self.body.addWidget(self.sums)
        self.body.addWidget(self.verdict, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.notes)
        self.warnings.hide()
        self.rungs_title.hide()
        self.verdict.hide()

    def show_why(self, why: Why) -> None:
        """Show the working; mark and announce what is new."""
        self.problem.hide()
        before = self.lines.shown()
        rows = self.lines.put(why.lines)
        self._flash([row for row in rows if before and row.line not in before])
        self.warnings.say("\n".join(why.warnings), Tone.WARN)
        self.warnings.setVisible(bool(why.warnings))
        self.rungs.put(why.rungs)
        self.rungs_title.show()
        self.sums.put(why.sums)
        self.verdict.say(why.verdict, why.tone, why.icon)
        self.verdict.show()
        self.notes.setText("".join(why.notes))
        self.notes.setVisible(bool(why.notes))
        self.ground.setText(why.ground)
        self._announce(why.spoken)

    def show_problem(self, problem: Problem) -> None:
        """Why nothing can be computed; the last sums stay, greyed by the words above them."""
        self.problem.show_problem(problem)

    def _flash(self, rows: Sequence[_WhyRow]) -> None:
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


class _Pool(QWidget):
    """Rows that are reused, so that a changed sum repaints and nothing jumps."""

    def __init__(self, kind: type[_WhyRow] | type[_RungRow]) -> None:
        super().__init__()
        self._kind = kind
        self._rows: list[_WhyRow | _RungRow] = []
        self._used = 0
        self._box = column(gap=0.25)
        self.setLayout(self._box)

    def shown(self) -> set[object]:
        """What the visible rows say."""
        return {row.line for row in self._rows[: self._used]}

    def put(self, lines: Sequence[WhyLine] | Sequence[RungLine]) -> list[_WhyRow]:
        """Show `lines`; the rows that show them."""
        while len(self._rows) < len(lines):
            made = self._kind()
            self._rows.append(made)
            self._box.addWidget(made)
        for row_widget, line in zip(self._rows, lines, strict=False):
            row_widget.put(line)  # type: ignore[arg-type]  # a pool holds one kind
        for at, row_widget in enumerate(self._rows):
            row_widget.setVisible(at < len(lines))
        self._used = len(lines)
        return [row for row in self._rows[: self._used] if isinstance(row, _WhyRow)]


class _WhyRow(QFrame):
    """Who, what and how; the treatment; the signed amount; below it the clause."""

    def __init__(self) -> None:
        super().__init__()
        self.line: WhyLine | None = None
        self.title = Text("", wrap=True)
        self.basis = Text("", Role.SMALL, Tone.FAINT, wrap=True)
        self.chip = Chip("", Tone.INFO)
        self.amount = Text("", Role.STRONG)
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.amount.setMinimumWidth(look().scale.px(4.6))
        words = column(gap=0.05)
        words.addWidget(self.title)
        words.addWidget(self.basis)
        line = row(gap=0.5, margin=0.15)
        line.addLayout(words, 1)
        line.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.amount, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(line)

    def put(self, line: WhyLine) -> None:
        """Show one amount."""
        self.line = line
        self.title.setText(line.title)
        self.basis.setText(line.basis)
        self.chip.say(line.treatment, line.tone, line.icon)
        self.amount.setText(line.amount)

    def light_up(self, *, lit: bool) -> None:
        """Stand out, or no longer."""
        self.setProperty("role", "bar" if lit else "")
        self.setProperty("tone", Tone.INFO.value if lit else "")
        self.style().unpolish(self)
        self.style().polish(self)


class _RungRow(QFrame):
    """One rung: its name, how it came out, and why."""

    def __init__(self) -> None:
        super().__init__()
        self.line: RungLine | None = None
        self.words = IconText("info-circle", "")
        self.why = Text("", Role.SMALL, Tone.FAINT, wrap=True)
        box = column(gap=0.05)
        box.addWidget(self.words)
        box.addWidget(self.why)
        self.setLayout(box)

    def put(self, line: RungLine) -> None:
        """Show one rung."""
        self.line = line
        self.words.text.setText(f"{line.name}：{line.outcome}")
        self.words.icon.show_icon(line.icon, line.tone)
        self.why.setText(line.why)
        self.why.setVisible(bool(line.why))


class _Sums(QFrame):
    """The sum block: words left, figures right; always in sight."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "sunken")
        self._box = column(gap=0.2, margin=0.6)
        self.setLayout(self._box)
        self._lines: list[tuple[Text, Text]] = []

    def put(self, sums: Sequence[SumLine]) -> None:
        """Show the sums."""
        while len(self._lines) < len(sums):
            self._lines.append(self._add())
        for at, (words, figure) in enumerate(self._lines):
            shown = at < len(sums)
            words.setVisible(shown)
            figure.setVisible(shown)
            if shown:
                words.setText(sums[at].words)
                figure.setText(sums[at].figure)

    def _add(self) -> tuple[Text, Text]:
        words, figure = Text("", wrap=True), Text("", Role.STRONG)
        line = row()
        line.addWidget(words, 1)
        line.addWidget(figure)
        self._box.addLayout(line)
        return words, figure
