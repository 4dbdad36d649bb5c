"""The first run: steps on top, one page, back and on at the foot."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.problem import Problem
from app.ui.doors import Imported, Ticket
from app.ui.first_run.pages import PassphrasePage, RosterPage, TryPage, WhoPage
from app.ui.first_run.presenter import Step
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.feedback import ProblemBar, ProgressRow
from app.ui.widgets.labels import Chip, Icon, Role, Text
from app.ui.widgets.layout import Card, row
from app.ui.widgets.recovery import RecoverySheet
from app.ui.widgets.sheets import Sheets

_MARKS: Final = (Step.TRY, Step.WHO, Step.PASSPHRASE, Step.ROSTER)


class FirstRunView(QWidget):
    """Says what was asked for; `on_requested`, `back_requested`, and the signals of its pages."""

    on_requested = Signal()
    back_requested = Signal()
    practice_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.trying = TryPage()
        self.who = WhoPage()
        self.passphrase = PassphrasePage()
        self.sheet = RecoverySheet()
        self.roster = RosterPage()
        self._pages = {
            Step.TRY: self.trying,
            Step.WHO: self.who,
            Step.PASSPHRASE: self.passphrase,
            Step.SHEET: self.sheet,
            Step.ROSTER: self.roster,
        }
        self.title = Text("", Role.TITLE)
        self.marks = tuple(Chip(f"{at} {step.label}") for at, step in enumerate(_MARKS, 1))
        self.problem = ProblemBar()
        self.progress = ProgressRow()
        self.progress.stop.hide()
        self.back = Button("上一步", icon="chevron-left")
        self.practice = Button("先用练习村看看", icon="home", kind=Kind.LINK)
        self.on = Button("下一步", icon="chevron-right", kind=Kind.PRIMARY, keys=("Ctrl+Return",))
        self.stack = Sheets()
        self._step = Step.TRY
        self.back.clicked.connect(self.back_requested)
        self.on.clicked.connect(self._go_on)
        self.practice.clicked.connect(self.practice_requested)
        self.who.practice.clicked.connect(self.practice_requested)
        self._lay_out()

    def show_step(self, step: Step, *, practice: bool) -> None:
        """Bring a page to the front."""
        self._step = step
        self.problem.hide()
        self.title.setText("欢迎用协理" if step is Step.TRY else step.label)
        self.passphrase.put(practice=practice)
        self.stack.bring(self._pages[step])
        shown = Step.PASSPHRASE if step is Step.SHEET else step
        for mark, own in zip(self.marks, _MARKS, strict=True):
            done = _MARKS.index(own) < _MARKS.index(shown)
            tone = Tone.ON_PRIMARY if own is shown else Tone.OK if done else Tone.SOFT
            mark.say(mark.text, tone, "circle-check" if done else "chevron-right")
        self.back.setVisible(step in (Step.WHO, Step.PASSPHRASE))
        self.on.setVisible(step in (Step.TRY, Step.WHO, Step.PASSPHRASE))
        self.practice.setVisible(step is Step.TRY)
        first: dict[Step, QWidget] = {
            Step.TRY: self.trying.field,
            Step.WHO: self.who.choose,
            Step.PASSPHRASE: self.passphrase.first,
            Step.ROSTER: self.roster.county,
        }
        first.get(step, self.on).setFocus()

    def show_ticket(self, ticket: Ticket) -> None:
        """Whom the county's file names."""
        self.problem.hide()
        self.who.put(ticket)
        self.on.setFocus()

    def show_sheet(self, code: str) -> None:
        """The recovery code."""
        self.sheet.put(code)

    def show_import(self, imported: Imported) -> None:
        """How many came in, or what to mend."""
        self.problem.hide()
        self.roster.put(imported)

    def busy(self, text: str) -> None:
        """Something takes a while."""
        self.problem.hide()
        self.roster.panel.clear()
        self.stack.setEnabled(False)
        self._foot_enabled(enabled=False)
        self.progress.begin(text)

    def moved(self, done: int, total: int, text: str) -> None:
        """How far it is."""
        self.progress.move_to(done, total, text)

    def ready(self) -> None:
        """It is over."""
        self.progress.finish()
        self.stack.setEnabled(True)
        self._foot_enabled(enabled=True)

    def show_problem(self, problem: Problem) -> None:
        """Why it did not work."""
        self.problem.show_problem(problem)

    def _foot_enabled(self, *, enabled: bool) -> None:
        for button in (self.back, self.on, self.practice):
            button.setEnabled(enabled)

    def _lay_out(self) -> None:
        scale = look().scale
        card = Card()
        card.setMaximumWidth(scale.px(52))
        card.setMinimumWidth(scale.px(40))
        card.setMinimumHeight(scale.px(26))
        card.body.setContentsMargins(scale.px(2), scale.px(1.7), scale.px(2), scale.px(1.6))
        card.body.setSpacing(scale.px(0.9))
        head = row(gap=0.7)
        head.addWidget(Icon("shield-lock", Tone.PRIMARY, ratio=2))
        head.addWidget(self.title)
        head.addStretch(1)
        marks = row(gap=0.4)
        for mark in self.marks:
            marks.addWidget(mark)
        marks.addStretch(1)
        for page in self._pages.values():
            self.stack.add(page)
        foot = row()
        foot.addWidget(self.back)
        foot.addWidget(self.practice)
        foot.addStretch(1)
        foot.addWidget(self.on)
        card.body.addLayout(head)
        card.body.addLayout(marks)
        card.body.addWidget(self.problem)
        card.body.addWidget(self.stack, 1)
        card.body.addWidget(self.progress)
        card.body.addLayout(foot)
        outer = QVBoxLayout(self)
        middle = row()
        middle.addStretch(1)
        middle.addWidget(card, 6)
        middle.addStretch(1)
        outer.addStretch(1)
        outer.addLayout(middle, 8)
        outer.addStretch(2)

    @Slot()
    def _go_on(self) -> None:
        if self._step is Step.PASSPHRASE:
            self.passphrase.enter()
        else:
            self.on_requested.emit()
