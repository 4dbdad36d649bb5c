"""Leads and referrals: the list on the left, the one at hand with its next steps on the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.problem import Problem
from app.domain.referral_states import LeadEvent
from app.domain.referral_words import HandOn, LeadSource
from app.domain.visiting import Referral
from app.services.referrals import CaseFile, CaseLine
from app.ui.referrals.fresh import NewLeadForm
from app.ui.referrals.table import COLUMNS, about, case_rows, heading, steps_text
from app.ui.runner import Runner
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.choices import ChoiceRow
from app.ui.widgets.feedback import Bar
from app.ui.widgets.figures import DateEdit
from app.ui.widgets.form import FormRows
from app.ui.widgets.formcard import FormCard
from app.ui.widgets.inputs import LineEdit, TextEdit
from app.ui.widgets.labels import Role, Text
from app.ui.widgets.layout import Flow, row
from app.ui.widgets.page import PageFrame
from app.ui.widgets.picker import Find, HouseholdPicker
from app.ui.widgets.table import Table

_NOT_TYPED = (LeadSource.VISIT, LeadSource.COMPARISON)
"""Sources of leads that come with a visit or from the county."""
_SOURCES = tuple((one, one.label) for one in LeadSource if one not in _NOT_TYPED)


class ReferralView(PageFrame):
    """`picked(id)`, `moved(event, note)`, `asked_until(date)`, `handed_on(way, where, note)`,
    `lead_typed(NewLeadForm)` at every answer, `lead_noted(NewLeadForm)`."""

    picked = Signal(object)
    moved = Signal(object, str)
    asked_until = Signal(object)
    handed_on = Signal(object, str, str)
    new_requested = Signal()
    lead_typed = Signal(object)
    lead_noted = Signal(object)
    lead_dropped = Signal()
    household_requested = Signal()
    case_requested = Signal()
    paper_requested = Signal()

    def __init__(self, *, today: Callable[[], date], find: Find, runner: Runner) -> None:
        super().__init__("线索和转介", hint="回车选中 · 写一句，再按下一步")
        self.new = Button("记一条线索", icon="plus", keys=("Insert",))
        self.cases = Table(COLUMNS, name="线索和转介")
        self.none = Text("还没有线索和转介。走访时选“接着办”，或者在这里记一条。", wrap=True)
        self.said = Bar()
        self.card = FormCard()
        self.who = Text("", Role.HEADING, wrap=True)
        self.what = Text("", wrap=True)
        self.done = Text("", Role.SMALL, Tone.SOFT, wrap=True)
        self.rows = FormRows()
        self.note = LineEdit(hint="补一句；不接、没帮上、不转了要写为什么")
        self.due = DateEdit(today=today, past=False)
        self.way = ChoiceRow.of_words(HandOn)
        self.to_org = LineEdit(hint="转介、交给别人才要写：镇卫生院、镇上李主任")
        self.events = QWidget()
        self._event_line = Flow(self.events)
        self.visit = Button("看这户", icon="home", kind=Kind.LINK)
        self.case = Button("开个案", icon="users", kind=Kind.LINK, keys=("F8", "Ctrl+J"))
        self.paper = Button("打印转介单", icon="printer", kind=Kind.LINK)
        self.fresh = FormRows()
        self.household = HouseholdPicker(find=find, runner=runner, unknown_allowed=True)
        self.source = ChoiceRow(_SOURCES)
        self.content = TextEdit(hint="看到、听到了什么")
        self.by = DateEdit(today=today, past=False)
        self.keep = Button("记下线索", icon="check", kind=Kind.PRIMARY, keys=("Ctrl+Return",))
        self.throw = Button("不要了", icon="trash", kind=Kind.LINK)
        self._fields: dict[str, QWidget] = {
            "note": self.note,
            "due_on": self.due,
            "way": self.way,
            "to_org": self.to_org,
            "lead_text": self.content,
        }
        self._lay_out()
        self._connect()
        self.show_case(None)

    def show_lines(self, lines: Sequence[CaseLine]) -> None:
        """Every lead and referral."""
        with QSignalBlocker(self.cases):  # filling the list chooses nothing
            self.cases.put(case_rows(lines))
        self.cases.setVisible(bool(lines))
        self.none.setVisible(not lines)

    def show_case(self, file: CaseFile | None) -> None:
        """The one at hand, or nothing."""
        self.problem.hide()
        self._show_sheet(case=file is not None, new=False)
        if file is None:
            return
        case = file.line.case
        keys = [row.key for row in self.cases.rows.rows()]
        if case.id in keys:
            with QSignalBlocker(self.cases):
                self.cases.selectRow(keys.index(case.id))
        self.who.setText(heading(file))
        self.what.setText(about(file))
        self.done.setText(steps_text(file.steps))
        self.note.put("")
        self.rows.clear(self.note)
        self.rows.clear(self.due)
        self.rows.show_row(self.note, shown=bool(file.events))
        self.rows.show_row(self.due, shown=bool(file.events))
        self.due.set_day(case.due_on)
        for field in (self.way, self.to_org):
            self.rows.clear(field)
            self.rows.show_row(field, shown=LeadEvent.HAND_ON in file.events)
        self.way.put(None)
        self.to_org.put("")
        self.visit.setVisible(case.household is not None)
        for part in (self.case, self.paper):
            part.setVisible(isinstance(case, Referral))
        self._put_events(file)

    def show_new(self, form: NewLeadForm, *, keys: bool) -> None:
        """A lead to fill in, as far as it was told; `keys`: the cursor goes there."""
        self.problem.hide()
        self.said.hide()
        self._show_sheet(case=False, new=True)
        self.who.setText("记一条线索")
        self.household.put_household(form.line)
        if form.line is None:
            self.household.put(form.who)
        self.source.put(form.source)
        self.content.put(form.content)
        self.by.set_day(form.due_on)
        if keys:
            self.household.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, text: str) -> None:
        """What was done."""
        self.problem.hide()
        self.said.say(text, tone=Tone.OK, icon="circle-check")

    def lock(self) -> None:
        """Take no input while it is written."""
        self.card.setEnabled(False)

    def unlock(self) -> None:
        """Take input again."""
        self.card.setEnabled(True)

    def show_problem(self, problem: Problem) -> None:
        """What went wrong, at its field where it has one."""
        self.problem.show_problem(problem)
        field = self._fields.get(problem.field or "")
        if field is not None and field.isVisible():
            rows = self.fresh if field is self.content else self.rows
            rows.show_problem(field, problem)
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_sheet(self, *, case: bool, new: bool) -> None:
        self.card.setVisible(case or new)
        about = (self.what, self.done, self.rows, self.events, self.visit, self.case, self.paper)
        for part in about:
            part.setVisible(case)
        for part in (self.fresh, self.keep, self.throw):
            part.setVisible(new)

    def _put_events(self, file: CaseFile) -> None:
        while (item := self._event_line.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        last: QWidget = self.to_org
        for at, event in enumerate(file.events):
            kind = Kind.PRIMARY if at == 0 else Kind.PLAIN
            button = Button(event.label, icon="check", kind=kind, parent=self.events)
            button.clicked.connect(partial(self._move, event))
            self._event_line.addWidget(button)
            button.show()
            QWidget.setTabOrder(last, button)
            last = button
        QWidget.setTabOrder(last, self.visit)
        QWidget.setTabOrder(self.visit, self.case)
        QWidget.setTabOrder(self.case, self.paper)

    def _lay_out(self) -> None:
        self.head.addWidget(self.new)
        self.rows.add("补一句", self.note)
        self.rows.add("最晚哪天", self.due)
        self.rows.add("怎么接着办", self.way)
        self.rows.add("交到哪里", self.to_org)
        self.fresh.add("哪一户、谁", self.household)
        self.fresh.add("怎么知道的", self.source)
        self.fresh.add("什么事", self.content)
        self.fresh.add("最晚哪天核实", self.by)
        self.content.setFixedHeight(look().scale.px(4.4))
        for name, field in (("case-note", self.note), ("case-due", self.due)):
            field.setObjectName(name)
        for part in (self.who, self.what, self.rows, self.events, self.done, self.fresh):
            self.card.form.addWidget(part)
        self.card.form.addStretch(1)
        self.card.foot.addWidget(self.visit)
        self.card.foot.addWidget(self.case)
        self.card.foot.addWidget(self.paper)
        self.card.foot.addWidget(self.throw)
        self.card.foot.addStretch(1)
        self.card.foot.addWidget(self.keep)
        self.cases.setMinimumHeight(look().scale.px(8))
        both = row(gap=1.0)
        both.addWidget(self.cases, 1)
        both.addWidget(self.none, 1, Qt.AlignmentFlag.AlignTop)
        both.addWidget(self.card, 1)
        self.body.addWidget(self.said)
        self.body.addLayout(both, 1)
        self.said.hide()

    def _connect(self) -> None:
        self.new.clicked.connect(self.new_requested)
        self.cases.opened.connect(self._enter)
        self.cases.current.connect(self.picked)
        self.household.failed.connect(self.show_problem)
        self.due.changed.connect(self.asked_until)
        self.due.refused.connect(self._refuse_day)
        self.visit.clicked.connect(self.household_requested)
        self.case.clicked.connect(self.case_requested)
        self.paper.clicked.connect(self.paper_requested)
        self.keep.clicked.connect(self._keep)
        self.throw.clicked.connect(self.lead_dropped)
        for said in (
            self.household.picked, self.household.named, self.household.committed,
            self.source.chosen, self.content.committed, self.by.changed,
        ):  # fmt: skip
            said.connect(self._typed)

    @Slot(object)
    def _enter(self, case: object) -> None:
        self.picked.emit(case)
        self.note.setFocus(Qt.FocusReason.TabFocusReason)

    def _move(self, event: object) -> None:
        if self.rows.unread():
            return
        if event is LeadEvent.HAND_ON:
            self.handed_on.emit(self.way.value(), self.to_org.text(), self.note.text())
            return
        self.moved.emit(event, self.note.text())

    @Slot(object)
    def _refuse_day(self, problem: Problem) -> None:
        self.rows.show_problem(self.due, problem)

    @Slot()
    def _keep(self) -> None:
        focus = QApplication.focusWidget()
        if isinstance(focus, TextEdit | LineEdit) and self.isAncestorOf(focus):
            focus.commit()
        if not self.fresh.unread():
            self.lead_noted.emit(self._lead())

    @Slot()
    def _typed(self) -> None:
        self.lead_typed.emit(self._lead())

    def _lead(self) -> NewLeadForm:
        """The new lead as it stands."""
        source = self.source.value()
        return NewLeadForm(
            line=self.household.household(),
            who=self.household.typed_name(),
            source=source if isinstance(source, LeadSource) else None,
            content=self.content.text(),
            due_on=self.by.day(),
        )
