"""The family page: what happens to a family, the questions of one deed, what it will do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.domain.family import FamilyDeed
from app.domain.households import HouseholdLine
from app.domain.problem import Problem
from app.services.family_changes import Undoable
from app.ui.applications.asking import Asked, Field
from app.ui.applications.form import DeedForm
from app.ui.family.asking import OTHER, FamilyQuestions
from app.ui.runner import Runner
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.choices import ChoiceRow
from app.ui.widgets.entry import short_date
from app.ui.widgets.feedback import Bar
from app.ui.widgets.labels import Text
from app.ui.widgets.layout import Card
from app.ui.widgets.page import PageFrame
from app.ui.widgets.picker import Find, HouseholdPicker
from app.ui.widgets.sheets import Sheets

DEEDS: Final = tuple((one, one.label) for one in FamilyDeed if one is not FamilyDeed.UNDO)


class FamilyForm(DeedForm):
    """A deed's questions; the other household is found as everywhere."""

    def __init__(
        self,
        today: Callable[[], date],
        find: Find,
        runner: Runner,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(today, parent)
        self._find, self._runner = find, runner
        self.done.say("记下")
        self.throw = Button("不要了", icon="trash", kind=Kind.LINK)
        self.foot.insertWidget(self.foot.count() - 1, self.throw)
        self.will = Text("", wrap=True)
        self.look_at = Text("", tone=Tone.WARN, wrap=True)
        self.body.insertWidget(self.body.indexOf(self.area) + 1, self.will)
        self.body.insertWidget(self.body.indexOf(self.area) + 2, self.look_at)

    def show_deed(self, deed: Asked, values: dict[str, Any]) -> None:
        """Ask, with what is known already; the other household is filled in as it is found."""
        super().show_deed(deed, values | {OTHER: ""})
        picker, line = self.fields.get(OTHER), values.get(OTHER)
        if isinstance(picker, HouseholdPicker) and isinstance(line, HouseholdLine):
            picker.put_household(line)

    def show_plan(self, will: Sequence[str], look_at: Sequence[str], wanting: str) -> None:
        """What Ctrl+Enter will do, above the button; what is wanting while it would be refused."""
        self.will.setText("".join(will) if will else f"还差：{wanting}")
        self.will.set_tone(Tone.TEXT if will else Tone.SOFT)
        self.look_at.setText("　".join(look_at))
        self.look_at.setVisible(bool(look_at))

    def _widget(self, field: Field) -> QWidget:
        if field.key == OTHER:
            return HouseholdPicker(find=self._find, runner=self._runner, name=field.label)
        return super()._widget(field)

    def _listen(self, widget: QWidget) -> None:
        if isinstance(widget, HouseholdPicker):
            widget.picked.connect(self._told)
            widget.textEdited.connect(self._unpicked)
            return
        super()._listen(widget)

    @Slot()
    def _unpicked(self) -> None:
        self.answered.emit(OTHER, None)


class FamilyView(PageFrame):
    """Says what was chosen, answered, confirmed or taken back."""

    chosen = Signal(object)
    answered = Signal(str, object)
    confirm_requested = Signal()
    back_requested = Signal()
    undo_requested = Signal()

    def __init__(
        self,
        today: Callable[[], date],
        find: Find,
        runner: Runner,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("家里变动", parent=parent)
        self.said = Bar()
        self.said.hide()
        self.home = Button("回这一户", icon="chevron-left")
        self.head.addWidget(self.home)
        self.deeds = ChoiceRow(DEEDS, name="出了什么事")
        self.undo = Button("撤销上一次", icon="arrow-back-up", kind=Kind.LINK)
        self.closed = Text("", tone=Tone.WARN, wrap=True)
        self.form = FamilyForm(today, find, runner)
        self.sheets = Sheets()
        self._lay_out()
        self._connect()

    def show_home(self, name: str, undoable: Undoable | None) -> None:
        """Whose family it is, and which deed can be taken back."""
        self.title.setText(f"{name}户：家里变动" if name else "家里变动")
        self.undo.setVisible(undoable is not None)
        closed = () if undoable is None else undoable.closed
        numbers = "、".join(one.document_no for one in closed)
        self.closed.setText(
            f"因去世终止了申请 {numbers}。撤销时申请不会跟着恢复，要另提一份。" if closed else ""
        )
        self.closed.setVisible(bool(closed))
        if undoable is not None:
            self.undo.say(f"撤销：{undoable.kind.label}（{short_date(undoable.on)}）")

    def choose_again(self) -> None:
        """The nine deeds again."""
        self.problem.hide()
        self.deeds.put(None)
        self.sheets.bring(self.choice)
        self.deeds.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self, asked: FamilyQuestions, values: dict[str, Any]) -> None:
        """The questions of one deed."""
        self.problem.hide()
        self.said.hide()
        self.sheets.bring(self.form)
        self.form.show_deed(asked, values)

    def go_on(self, key: str) -> None:
        """What was told last time stands in the form: to the field that comes next."""
        self.said.say("接着上次没记完的。", "还没有记下。", tone=Tone.INFO, icon="info-circle")
        self.form.go_to(key)

    def show_plan(self, will: Sequence[str], look_at: Sequence[str], wanting: str) -> None:
        """What will change, what to look at, what is still wanting."""
        self.form.show_plan(will, look_at, wanting)

    def say(self, headline: str) -> None:
        """What was done."""
        self.said.say(headline, "记错了可以撤销。", tone=Tone.OK, icon="circle-check")

    def show_problem(self, problem: Problem) -> None:
        """At its field where it has one here, else on top of the page."""
        if not (self.form.isVisible() and self.form.show_problem(problem)):
            self.problem.show_problem(problem)

    def lock(self) -> None:
        """Take no input while it is written."""
        self.sheets.setEnabled(False)

    def unlock(self) -> None:
        """Take input again."""
        self.sheets.setEnabled(True)

    def _lay_out(self) -> None:
        self.choice = Card("出了什么事？按数字选")
        self.choice.body.addWidget(self.deeds)
        self.choice.body.addWidget(
            Text(
                "记下以后，以前的记录都还在；记错了可以撤销。领着待遇的户，会排进今日工作去复核。",
                tone=Tone.SOFT,
                wrap=True,
            )
        )
        self.choice.body.addWidget(self.undo, 0, Qt.AlignmentFlag.AlignLeft)
        self.choice.body.addWidget(self.closed)
        self.choice.body.addStretch(1)
        self.sheets.add(self.choice)
        self.sheets.add(self.form)
        self.body.addWidget(self.said)
        self.body.addWidget(self.sheets, 1)

    def _connect(self) -> None:
        # after the digit is done with: it moves the cursor on, and the form then takes it
        self.deeds.chosen.connect(self.chosen, Qt.ConnectionType.QueuedConnection)
        self.form.answered.connect(self.answered)
        self.form.done_requested.connect(self.confirm_requested)
        self.form.left.connect(self.back_requested)
        self.undo.clicked.connect(self.undo_requested)
