"""The visit page: one household, one day, six digits, and a note if there is something to say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.households import HouseholdLine
from app.domain.problem import Problem
from app.services.visit_roads import RoadWord
from app.services.visits import MonthProgress
from app.ui.runner import Runner
from app.ui.theme.tokens import Tone
from app.ui.visits.desk import Behind
from app.ui.visits.fields import VisitFields
from app.ui.visits.form import VisitForm
from app.ui.visits.plan import PlanPart
from app.ui.visits.side import VisitSide
from app.ui.visits.table import brief_text
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.feedback import Bar
from app.ui.widgets.figures import DateEdit
from app.ui.widgets.formcard import FormCard
from app.ui.widgets.inputs import LineEdit, TextEdit
from app.ui.widgets.labels import Role, Text
from app.ui.widgets.page import PageFrame, Split
from app.ui.widgets.picker import Find


class VisitView(PageFrame):
    """Says which field was answered (`answered(str, object)`) and what was asked for."""

    picked = Signal(object)
    answered = Signal(str, object)
    photo_requested = Signal(str)
    photo_dropped = Signal(int)
    last_requested = Signal()
    cases_requested = Signal()
    plan_cancelled = Signal(str)
    same_requested = Signal()
    relief_requested = Signal()
    finish_requested = Signal()
    print_requested = Signal()
    throw_away_requested = Signal()
    take_back_requested = Signal()
    revealed = Signal()

    def __init__(
        self,
        *,
        today: Callable[[], date],
        find: Find,
        runner: Runner,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("记一次走访", hint="回车到下一格 · 数字键直接选", parent=parent)
        self.rows = VisitFields(today=today, find=find, runner=runner)
        self.household = self.rows.household
        self.day = self.rows.day
        self.choices = self.rows.choices
        self.note = self.rows.note
        self.card = FormCard()
        self.said = Bar()
        self.offer = Bar()
        self.same = Button("照上次填", icon="history", keys=("F4", "Ctrl+R"), brief="照上次")
        self.cases = Button("线索和转介", icon="list-check", kind=Kind.LINK)
        self.throw = Button("不要了", icon="trash", kind=Kind.LINK)
        self.print = Button("保存并打印", icon="printer", keys=("Ctrl+P",), brief="存并打印")
        self.save = Button(
            "保存并下一户",
            icon="check",
            kind=Kind.PRIMARY,
            keys=("Ctrl+Return",),
            brief="存，下一户",
        )
        self.plan = PlanPart()
        self.side = VisitSide()
        self.brief = Text("", Role.SMALL, wrap=True)
        """What the side says that is needed at the door, where there is no room for it."""
        self._fields = self.rows.by_name
        self._lay_out()
        self._connect()

    @property
    def is_untouched(self) -> bool:
        """Whether the cursor stands where the page put it and the search field is empty."""
        focus = QApplication.focusWidget()
        elsewhere = focus is not None and self.isAncestorOf(focus) and focus is not self.household
        return not elsewhere and not self.household.typed_name()

    def put(self, form: VisitForm, line: HouseholdLine | None) -> None:
        """Fill every field."""
        self.rows.put(form, line)
        self.problem.hide()
        self.said.hide()
        self.throw.setVisible(not form.is_blank)

    def show_form(self, form: VisitForm) -> None:
        """Fold the rows nobody can answer; offer relief where the answers call for it."""
        self.rows.show_form(form)
        self.throw.setVisible(not form.is_blank)
        offered = bool(form.alarms) and form.follow_up is None
        self.offer.setVisible(offered)
        if offered:
            why = "；".join(form.alarms) + "。这张走访存着，回来接着填。"
            self.offer.say("要不要马上先行救助？", why, tone=Tone.WARN, icon="urgent")

    def show_road(self, word: RoadWord) -> None:
        """Whether a contact by this road counts."""
        self.rows.show_road(word)

    def show_behind(self, behind: Behind | None) -> None:
        """What to know before knocking."""
        self.side.show_behind(behind)
        known = "" if behind is None else brief_text(behind.household, behind.last)
        self.brief.setText(known)
        self.plan.show_plan(None if behind is None else behind.plan)
        self.same.setEnabled(behind is not None and behind.same is not None)

    def show_progress(self, progress: MonthProgress) -> None:
        """How far the month has come."""
        self.side.show_progress(progress)

    def offer_phrases(self, phrases: Mapping[str, tuple[str, ...]], last: str) -> None:
        """What Alt+digit and `..` insert."""
        self.rows.offer_phrases(phrases, last)
        self.side.show_phrases(phrases.get("note", ()))

    def photo_is_in(self) -> None:
        """The picture was taken in; the field is free for the next."""
        self.rows.photos.clear_path()

    def go_to(self, field: str) -> None:
        """Put the cursor into a field."""
        self._fields[field].setFocus(Qt.FocusReason.OtherFocusReason)
        self.card.show_field(self._fields[field])

    def say(self, text: str, *, undo: bool = False) -> None:
        """One line below the form: what was done."""
        self.said.say(text, tone=Tone.OK, icon="circle-check")
        self.said.action.setVisible(undo)

    def lock(self) -> None:
        """Take no input while saving."""
        self.rows.setEnabled(False)
        self.save.setEnabled(False)
        self.print.setEnabled(False)

    def unlock(self) -> None:
        """Take input again."""
        self.rows.setEnabled(True)
        self.save.setEnabled(True)
        self.print.setEnabled(True)

    def show_problem(self, problem: Problem) -> None:
        """On top of the page, and at its field where it has one."""
        if problem.field == "cancel_reason":
            self.plan.show_problem(problem)
            return
        self.problem.show_problem(problem)
        field = self._fields.get(problem.field or "")
        if field is not None:
            self.rows.show_problem(field, problem)
            self.go_to(str(problem.field))

    def fit(self, *, low: bool, narrow: bool) -> None:
        """How far the month has come stands on the page of the month, too."""
        del narrow
        for part in (self.side.month, self.side.bar):
            part.setVisible(not low)

    def _lay_out(self) -> None:
        self.offer.offer("马上先行救助")
        self.said.offer("撤消")
        self.card.form.addWidget(self.rows)
        self.card.form.addStretch(1)
        self.card.body.insertWidget(0, self.brief)
        for at, part in enumerate((self.offer, self.said, self.plan), 2):
            self.card.body.insertWidget(at, part)
        self.head.addWidget(self.cases)
        for part in (self.same, self.throw):
            self.card.foot.addWidget(part)
        self.card.foot.addStretch(1)
        for part in (self.print, self.save):
            self.card.foot.addWidget(part)
        self.body.addWidget(Split(self.card, self.side, share=(3, 1), instead=self.brief), 1)

    def _connect(self) -> None:
        self.household.picked.connect(self._pick)
        self.household.failed.connect(self.show_problem)
        self.day.changed.connect(self._answer)
        self.day.refused.connect(self._refuse_day)
        for choice in self.choices.values():
            choice.chosen.connect(self._answer)
        for text in (self.note, self.rows.lead_text, self.rows.to_org):
            text.committed.connect(self._answer)
        self.rows.again.changed.connect(self._answer)
        self.rows.again.refused.connect(self._refuse_day)
        self.rows.signature.signed.connect(self._answer)
        self.rows.photos.wanted.connect(self.photo_requested)
        self.rows.photos.dropped.connect(self.photo_dropped)
        self.side.again.clicked.connect(self.last_requested)
        self.plan.cancelled.connect(self.plan_cancelled)
        self.cases.clicked.connect(self.cases_requested)
        self.same.clicked.connect(self.same_requested)
        self.throw.clicked.connect(self.throw_away_requested)
        self.save.clicked.connect(self._finish)
        self.print.clicked.connect(self._print)
        self.offer.action.clicked.connect(self._relieve)
        self.said.action.clicked.connect(self.take_back_requested)
        self.side.number.revealed.connect(self.revealed)

    @Slot(object)
    def _pick(self, line: HouseholdLine) -> None:
        self.rows.clear(self.household)
        self.picked.emit(line)
        # The day is today nearly always; + and − or a click change it.
        self.choices["met"].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _answer(self, value: object) -> None:
        field = self.sender()
        if isinstance(field, QWidget):
            self.rows.clear(field)
            self.answered.emit(field.objectName(), value)

    @Slot(object)
    def _refuse_day(self, problem: Problem) -> None:
        field = self.sender()
        if isinstance(field, DateEdit):
            self.rows.show_problem(field, problem)

    @Slot()
    def _finish(self) -> None:
        if self._commit():
            self.finish_requested.emit()

    @Slot()
    def _print(self) -> None:
        if self._commit():
            self.print_requested.emit()

    @Slot()
    def _relieve(self) -> None:
        if self._commit():
            self.relief_requested.emit()

    def _commit(self) -> bool:
        """The field at hand counts as typed, though it was not left. Whether all could be read."""
        field = QApplication.focusWidget()
        if isinstance(field, LineEdit | TextEdit) and self.isAncestorOf(field):
            field.commit()
        return not self.rows.unread()
