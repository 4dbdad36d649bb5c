"""The means test page: whose, the six steps, one page of questions, and beside it the working."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.households import HouseholdLine
from app.domain.problem import Problem
from app.services.clause_words import ClauseCard
from app.ui.assessment.chooser import Chooser
from app.ui.assessment.showing import Talk
from app.ui.assessment.steps import Steps
from app.ui.assessment.table import Why
from app.ui.assessment.talk_card import TalkCard
from app.ui.assessment.why import WhyPanel
from app.ui.runner import Runner
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.feedback import Bar
from app.ui.widgets.labels import Chip
from app.ui.widgets.layout import column, row
from app.ui.widgets.page import PageFrame, Split
from app.ui.widgets.picker import Find
from app.ui.widgets.sheets import Sheets

_LOOK_UP: Final = ("F1", "Ctrl+G")
_TRY: Final = ("F6", "Ctrl+T")
_OPEN: Final = ("Ctrl+J",)


class AssessmentView(PageFrame):
    """Says which field was answered (`answered(block, field, value)`) and what was asked for."""

    picked = Signal(object)
    chosen = Signal(object)
    answered = Signal(str, str, object)
    next_requested = Signal()
    back_requested = Signal()
    step_requested = Signal(object)
    next_step_requested = Signal()
    previous_step_requested = Signal()
    open_requested = Signal()
    explained = Signal(object)
    asked = Signal(str)
    trial_requested = Signal()
    save_requested = Signal()
    apply_requested = Signal()
    print_requested = Signal()
    filed_requested = Signal()
    past_requested = Signal()
    other_requested = Signal()

    def __init__(
        self,
        *,
        today: Callable[[], date],
        find: Find,
        runner: Runner,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("申请测算", parent=parent)
        self.state = Chip("草稿，随时可停", Tone.OFFLINE, "pencil")
        self.other = Button("换一户", icon="users", kind=Kind.LINK)
        self.apply = Button("转成申请书", icon="file-text", keys=("F8", "Ctrl+D"), brief="转申请")
        self.print = Button("打印", icon="printer", keys=("Ctrl+P",), brief="打印")
        self.filed = Button("申请办到哪了", icon="list-check", keys=("F10", "Ctrl+K"), brief="申请")
        self.chooser = Chooser(find=find, runner=runner)
        self.notice = Bar()
        self.trial = Bar()
        self.steps = Steps()
        self.card = TalkCard(today=today)
        self.why = WhyPanel()
        self.split = Split(self.card, self.why, share=(6, 5))
        self.sheets = Sheets()
        self._lay_out()
        self._connect()
        self._show_head(talking=False)

    def show_chooser(self, waiting: Sequence[HouseholdLine]) -> None:
        """Nobody is chosen yet."""
        self.title.setText("申请测算")
        self._show_head(talking=False)
        self.card.said.hide()
        self.chooser.show_waiting(waiting)
        self.sheets.bring(self.chooser)
        self.chooser.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_household(self, line: HouseholdLine, *, tests: int) -> None:
        """Whose test it is, and how many there are already."""
        self.title.setText(f"收入测算 — {line.head_name}户")
        self._show_head(talking=True)
        self.show_tests(tests)
        self.card.said.hide()
        self.problem.hide()
        self.sheets.bring(self.talk)

    def show_tests(self, tests: int) -> None:
        """How many there are meanwhile."""
        self.why.show_tests(tests)

    def show_notice(self, notice: str | None) -> None:
        """What is wrong with the pack, in yellow above everything."""
        if notice is None:
            self.notice.hide()
        else:
            self.notice.say(notice, tone=Tone.WARN, icon="alert-triangle")

    def show_talk(self, talk: Talk, *, after: str | None = None, at: str | None = None) -> None:
        """The open page, and the cursor where it belongs."""
        if after is not None or at is not None:
            self.split.bring_main()
        self.steps.show_step(talk.block.step, talk.done)
        self.why.to_open.setVisible(talk.has_open)
        self.card.show_talk(talk, after=after, at=at)

    def show_why(self, why: Why) -> None:
        """The working so far."""
        self.why.show_why(why)
        self.card.verdict.say(why.verdict, why.tone, why.icon)

    def show_no_why(self, problem: Problem) -> None:
        """Why there is no working."""
        self.why.show_problem(problem)

    def show_clauses(self, cards: Sequence[ClauseCard]) -> None:
        """The clauses behind the line that was opened."""
        self.why.show_clauses(cards)

    def show_trial(self, *, on: bool) -> None:
        """Nobody must take what is only tried for what is told."""
        if on:
            self.trial.say(
                "假如…：现在填的只是试一试，不会存。按 F1 看对比。",
                tone=Tone.WARN,
                icon="eye",
            )
            self.state.say("假如，不会存", Tone.WARN, "eye")
        else:
            self.trial.hide()
        for button in (self.apply, self.print, self.card.save):
            button.setEnabled(not on)

    def show_kept(self, *, kept: bool) -> None:
        """Whether the test as shown is in the record, or a draft."""
        if kept:
            self.state.say("已存进档案", Tone.OK, "circle-check")
        else:
            self.card.said.hide()  # what it says of is no longer what stands there
            self.state.say("草稿，随时可停", Tone.OFFLINE, "pencil")

    def say(self, headline: str, detail: str = "", *, then_print: bool = False) -> None:
        """What was done."""
        self.card.said.say(headline, detail, tone=Tone.OK, icon="circle-check")
        self.card.said.action.setVisible(then_print)

    def lock(self) -> None:
        """Take no input while saving."""
        self.talk.setEnabled(False)
        self.apply.setEnabled(False)
        self.print.setEnabled(False)

    def unlock(self) -> None:
        """Take input again."""
        self.talk.setEnabled(True)
        self.apply.setEnabled(True)
        self.print.setEnabled(True)
        self.card.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, problem: Problem) -> None:
        """On top of the page."""
        self.problem.show_problem(problem)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Where there is no room for the working, its verdict stands below the questions.

        What was just done is said in its place.
        """
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            alone = self.why.isHidden() and self.card.said.isHidden()
            self.card.verdict.setVisible(alone)
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        self.after_title(self.state)
        for button in (self.filed, self.apply, self.print):
            self.head.addWidget(button)
        self.trial.offer("不试了，回到原来的").setAccessibleName("不试了，回到原来的")
        self.trial.close_button.hide()
        for part in (self.why, self.card.said):
            part.installEventFilter(self)
        self.talk = QWidget()
        box = column(gap=0.6)
        self.talk.setLayout(box)
        for part in (self.notice, self.trial):
            box.addWidget(part)
        line = row()
        line.addWidget(self.steps, 1)
        line.addWidget(self.other)
        box.addLayout(line)
        box.addWidget(self.split, 1)
        self.sheets.add(self.chooser)
        self.sheets.add(self.talk)
        self.body.addWidget(self.sheets, 1)

    def _connect(self) -> None:
        card, why = self.card, self.why
        self.chooser.field.picked.connect(self.picked)
        self.chooser.field.failed.connect(self.show_problem)
        self.chooser.table.opened.connect(self.chosen)
        self.steps.chosen.connect(self._leave_to)
        card.answered.connect(self.answered)
        card.next_requested.connect(self.next_requested)
        card.back_requested.connect(self.back_requested)
        card.save_requested.connect(self.save_requested)
        card.said.action.clicked.connect(self.print_requested)
        why.explained.connect(self.explained)
        why.asked.connect(self.asked)
        why.left.connect(self._back_to_questions)
        why.look_up.clicked.connect(self._look_up)
        why.trial.clicked.connect(self._try)
        why.to_open.clicked.connect(self._go_to_open)
        why.past.clicked.connect(self.past_requested)
        self.trial.action.clicked.connect(self._try)
        self.apply.clicked.connect(self._apply)
        self.print.clicked.connect(self._print)
        self.filed.clicked.connect(self.filed_requested)
        self.other.clicked.connect(self.other_requested)
        for keys, slot in (
            (("Ctrl+PgDown",), self._next_step),
            (("Ctrl+PgUp",), self._previous_step),
            (_LOOK_UP, self._look_up),
            (_TRY, self._try),
            (_OPEN, self._go_to_open),
        ):
            shortcut = QShortcut(self.talk)
            shortcut.setKeys([QKeySequence(key) for key in keys])
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _show_head(self, *, talking: bool) -> None:
        for part in (self.state, self.apply, self.print):
            part.setVisible(talking)
        self.filed.setVisible(not talking)

    @Slot()
    def _look_up(self) -> None:
        """The keys go to the lines; where there is no room for both, they come instead."""
        self.card.commit()
        self.split.bring_side()
        self.why.take_keys()

    @Slot()
    def _back_to_questions(self) -> None:
        self.split.bring_main()
        self.card.take_keys()

    @Slot()
    def _try(self) -> None:
        if self.card.is_read():
            self.trial_requested.emit()

    @Slot()
    def _go_to_open(self) -> None:
        if self.card.is_read():
            self.open_requested.emit()

    @Slot(object)
    def _leave_to(self, step: object) -> None:
        if self.card.is_read():
            self.step_requested.emit(step)

    @Slot()
    def _next_step(self) -> None:
        if self.card.is_read():
            self.next_step_requested.emit()

    @Slot()
    def _previous_step(self) -> None:
        if self.card.is_read():
            self.previous_step_requested.emit()

    @Slot()
    def _apply(self) -> None:
        if self.card.is_read():
            self.apply_requested.emit()

    @Slot()
    def _print(self) -> None:
        if self.card.is_read():
            self.print_requested.emit()
