"""The means test page: whose, the six steps, one page of questions, and beside it the working."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.households import HouseholdLine
from app.domain.problem import Problem
from app.ui.assessment.block_form import BlockForm
from app.ui.assessment.chooser import Chooser
from app.ui.assessment.presenter import Talk
from app.ui.assessment.steps import Steps
from app.ui.assessment.table import Why
from app.ui.assessment.why import WhyPanel
from app.ui.runner import Runner
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.feedback import Bar
from app.ui.widgets.formcard import FormCard
from app.ui.widgets.inputs import LineEdit
from app.ui.widgets.labels import Chip, IconText, Role, Text
from app.ui.widgets.layout import column
from app.ui.widgets.page import PageFrame, Split
from app.ui.widgets.picker import Find
from app.ui.widgets.sheets import Sheets


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
    save_requested = Signal()
    apply_requested = Signal()
    print_requested = Signal()
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
        self._today = today
        self.state = Chip("草稿，随时可停", Tone.OFFLINE, "pencil")
        self.other = Button("换一户", icon="users", kind=Kind.LINK)
        self.apply = Button("转成申请书", icon="file-text")
        self.print = Button("打印", icon="printer", keys=("Ctrl+P",))
        self.chooser = Chooser(find=find, runner=runner)
        self.steps = Steps()
        self.card = FormCard()
        self.question = Text("", Role.HEADING, wrap=True)
        self.form: BlockForm | None = None
        self.read_out = QWidget()
        self._read_out_lines = column(gap=0.4)
        self.read_out.setLayout(self._read_out_lines)
        self.said = Bar()
        self.back = Button("上一个", icon="chevron-left")
        self.skip = Button("先跳过", kind=Kind.LINK)
        self.save = Button("存下测算", icon="device-floppy", keys=("Ctrl+Return",))
        self.next = Button("下一个", icon="chevron-right", kind=Kind.PRIMARY)
        self.why = WhyPanel()
        self.verdict = Chip("", Tone.INFO)
        self.sheets = Sheets()
        self._lay_out()
        self._connect()
        self._show_head(talking=False)

    def show_chooser(self, waiting: Sequence[HouseholdLine]) -> None:
        """Nobody is chosen yet."""
        self.title.setText("申请测算")
        self._show_head(talking=False)
        self.said.hide()
        self.chooser.show_waiting(waiting)
        self.sheets.bring(self.chooser)
        self.chooser.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_household(self, line: HouseholdLine) -> None:
        """Whose test it is."""
        self.title.setText(f"收入测算 — {line.head_name}户")
        self._show_head(talking=True)
        self.said.hide()
        self.problem.hide()
        self.sheets.bring(self.talk)

    def show_talk(self, talk: Talk, *, cursor: str | None) -> None:
        """The open page; the same page is filled, another one replaces it."""
        form = self._form_for(talk)
        form.show_block(talk.block, talk.given)
        self.question.setText(talk.block.title)
        self.steps.show_step(talk.block.step, talk.done)
        self.back.setEnabled(not talk.is_first)
        self.next.setVisible(bool(talk.following))
        self.skip.setVisible(bool(talk.following))
        self.next.say(f"下一个：{talk.following}")
        self._show_read_out(talk.read_out)
        if cursor is not None:
            after = form.after(cursor) if cursor else ""
            entry = form.go_to(after)
            if entry is None:
                last = self.next if talk.following else self.save
                last.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.card.show_field(entry)

    def show_why(self, why: Why) -> None:
        """The working so far."""
        self.why.show_why(why)
        self.verdict.say(why.verdict, why.tone, why.icon)

    def show_no_why(self, problem: Problem) -> None:
        """Why there is no working."""
        self.why.show_problem(problem)

    def show_kept(self, *, kept: bool) -> None:
        """Whether the test as shown is in the record, or a draft."""
        if kept:
            self.state.say("已存进档案", Tone.OK, "circle-check")
        else:
            self.state.say("草稿，随时可停", Tone.OFFLINE, "pencil")

    def say(self, headline: str, detail: str = "", *, then_print: bool = False) -> None:
        """What was done."""
        self.said.say(headline, detail, tone=Tone.OK, icon="circle-check")
        self.said.action.setVisible(then_print)

    def lock(self) -> None:
        """Take no input while saving."""
        self.talk.setEnabled(False)
        self.apply.setEnabled(False)

    def unlock(self) -> None:
        """Take input again."""
        self.talk.setEnabled(True)
        self.apply.setEnabled(True)
        self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, problem: Problem) -> None:
        """On top of the page."""
        self.problem.show_problem(problem)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Where there is no room for the working, its verdict stands below the questions."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self.verdict.setVisible(event.type() == QEvent.Type.Hide)
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        self.after_title(self.state)
        for button in (self.other, self.apply, self.print):
            self.head.addWidget(button)
        self.said.offer("打印申请书")
        self.card.body.insertWidget(0, self.question)
        self.card.form.addWidget(self.read_out)
        self.card.form.addStretch(1)
        self.card.body.insertWidget(2, self.said)
        self.card.body.insertWidget(3, self.verdict)
        self.verdict.hide()
        self.why.installEventFilter(self)
        foot = self.card.foot
        for part in (self.back, self.skip):
            foot.addWidget(part)
        foot.addStretch(1)
        for part in (self.save, self.next):
            foot.addWidget(part)
        self.talk = QWidget()
        box = column(gap=0.6)
        self.talk.setLayout(box)
        box.addWidget(self.steps)
        box.addWidget(Split(self.card, self.why, share=(6, 5)), 1)
        self.sheets.add(self.chooser)
        self.sheets.add(self.talk)
        self.body.addWidget(self.sheets, 1)

    def _connect(self) -> None:
        self.chooser.field.picked.connect(self.picked)
        self.chooser.field.failed.connect(self.show_problem)
        self.chooser.table.opened.connect(self.chosen)
        self.steps.chosen.connect(self._leave_to)
        self.next.clicked.connect(self._go_on)
        self.skip.clicked.connect(self._go_on)
        self.back.clicked.connect(self._go_back)
        self.save.clicked.connect(self._save)
        self.apply.clicked.connect(self._apply)
        self.print.clicked.connect(self.print_requested)
        self.other.clicked.connect(self.other_requested)
        self.said.action.clicked.connect(self.print_requested)
        for key, slot in (
            ("Ctrl+PgDown", self._next_step),
            ("Ctrl+PgUp", self._previous_step),
        ):
            shortcut = QShortcut(QKeySequence(key), self.talk)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _form_for(self, talk: Talk) -> BlockForm:
        if self.form is not None and self.form.block.key == talk.block.key:
            return self.form
        if self.form is not None:
            self.card.form.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
        self.form = BlockForm(talk.block, today=self._today)
        self.form.answered.connect(self.answered)
        self.card.form.insertWidget(0, self.form)
        self._order_tabs(list(self.form.inputs.values()))
        return self.form

    def _order_tabs(self, fields: Sequence[QWidget]) -> None:
        """Behind the last question comes the way on, whenever the page was built."""
        chain = [*fields, self.next, self.save, self.skip, self.back]
        for before, after in itertools.pairwise(chain):
            QWidget.setTabOrder(before, after)

    def _show_head(self, *, talking: bool) -> None:
        for part in (self.state, self.other, self.apply, self.print):
            part.setVisible(talking)

    def _show_read_out(self, lines: Sequence[str]) -> None:
        layout = self._read_out_lines
        while layout.count():
            widget = layout.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line in lines:
            layout.addWidget(IconText("list-check", line))
        self.read_out.setVisible(bool(lines))

    @Slot()
    def _go_on(self) -> None:
        self._commit()
        self.next_requested.emit()

    @Slot()
    def _go_back(self) -> None:
        self._commit()
        self.back_requested.emit()

    @Slot(object)
    def _leave_to(self, step: object) -> None:
        self._commit()
        self.step_requested.emit(step)

    @Slot()
    def _next_step(self) -> None:
        self._commit()
        self.next_step_requested.emit()

    @Slot()
    def _previous_step(self) -> None:
        self._commit()
        self.previous_step_requested.emit()

    @Slot()
    def _save(self) -> None:
        self._commit()
        self.save_requested.emit()

    @Slot()
    def _apply(self) -> None:
        self._commit()
        self.apply_requested.emit()

    def _commit(self) -> None:
        """The field at hand counts as typed, though it was not left."""
        field = QApplication.focusWidget()
        if isinstance(field, LineEdit) and self.isAncestorOf(field):
            field.commit()
