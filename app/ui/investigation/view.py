"""入户调查表 (F04) to fill in: two names, who answered, the form's blocks, a conclusion."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.investigating import BLOCKS
from app.domain.problem import Problem
from app.ui.investigation.desk import InvestigationOpening
from app.ui.investigation.form import InvestigationForm
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.choices import ChoiceRow
from app.ui.widgets.entry import short_date
from app.ui.widgets.feedback import Bar
from app.ui.widgets.figures import DateEdit
from app.ui.widgets.form import FormRows
from app.ui.widgets.formcard import FormCard
from app.ui.widgets.inputs import LineEdit
from app.ui.widgets.labels import Role, Text
from app.ui.widgets.page import PageFrame

_FITS = ((True, "符合"), (False, "不符合"))


class InvestigationView(PageFrame):
    """`answered(str, object)`, `finish_requested`, `back_requested`."""

    answered = Signal(str, object)
    finish_requested = Signal()
    back_requested = Signal()

    def __init__(self, *, today: Callable[[], date]) -> None:
        super().__init__("入户调查", hint="两个人一起去 · 回车到下一格")
        self.back = Button("这一户", icon="chevron-left", keys=("Ctrl+B", "F3"))
        self.said = Bar()
        self.card = FormCard()
        self.who = Text("", Role.HEADING, wrap=True)
        self.earlier = Text("", Role.SMALL, Tone.SOFT, wrap=True)
        self.rows = FormRows()
        self.day = DateEdit(today=today)
        self.first = LineEdit(hint="姓名")
        self.second = LineEdit(hint="姓名，不能和上面一样")
        self.respondent = LineEdit(hint="问的是谁")
        self.blocks = {name: LineEdit(hint=hint) for name, _label, hint in BLOCKS}
        self.fits = ChoiceRow(_FITS)
        self.conclusion = LineEdit(hint="不符合的写为什么；符合的可不填")
        self.save = Button("记下", icon="check", kind=Kind.PRIMARY, keys=("Ctrl+Return",))
        self._fields: dict[str, QWidget] = {}
        self._lay_out()
        self.rows.setEnabled(False)

    def put(self, form: InvestigationForm, opening: InvestigationOpening) -> None:
        """Fill every field."""
        head = opening.household.head_member
        name = "" if head is None else head.person.name
        about = opening.application
        number = "" if about is None else f"　申请 {about.document_no}"
        self.who.setText(f"{name} {opening.household.place}{number}")
        self.back.say("这一户" if about is None else "回到申请")
        self.earlier.setText(
            "；".join(
                f"{short_date(one.investigated_on)} {'、'.join(one.investigators)}："
                f"{'符合' if one.fits else '不符合'}"
                for one in opening.earlier
            )
        )
        self.earlier.setVisible(bool(opening.earlier))
        self.day.set_day(form.investigated_on)
        for line, text in (
            (self.first, form.first),
            (self.second, form.second),
            (self.respondent, form.respondent),
            (self.conclusion, form.conclusion),
        ):
            line.put(text)
        for block, line in self.blocks.items():
            line.put(form.answers.get(block, ""))
        self.fits.put(form.fits)
        for field in self._fields.values():
            self.rows.clear(field)
        self.problem.hide()
        self.said.hide()
        self.unlock()
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, text: str) -> None:
        """What was done."""
        self.said.say(text, tone=Tone.OK, icon="circle-check")

    def lock(self) -> None:
        """Take no input while saving."""
        self.rows.setEnabled(False)
        self.save.setEnabled(False)

    def unlock(self) -> None:
        """Take input again."""
        self.rows.setEnabled(True)
        self.save.setEnabled(True)

    def show_problem(self, problem: Problem) -> None:
        """On top of the page, and at its field where it has one."""
        self.problem.show_problem(problem)
        field = self._fields.get(problem.field or "")
        if field is not None:
            self.rows.show_problem(field, problem)
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            self.card.show_field(field)

    def _lay_out(self) -> None:
        self._row("investigated_on", "哪一天", self.day)
        self._row("first", "调查人一", self.first)
        self._row("second", "调查人二", self.second)
        self._row("respondent", "被调查人", self.respondent)
        for name, label, _hint in BLOCKS:
            self._row(f"answers:{name}", label, self.blocks[name])
        self._row("fits", "结论", self.fits)
        self._row("conclusion", "为什么", self.conclusion)
        self._fields["investigators"] = self.second
        for part in (self.who, self.earlier, self.rows):
            self.card.form.addWidget(part)
        self.card.form.addStretch(1)
        self.card.foot.addStretch(1)
        self.card.foot.addWidget(self.save)
        self.head.addWidget(self.back)
        self.back.clicked.connect(self.back_requested)
        self.body.addWidget(self.said)
        self.body.addWidget(self.card, 1)
        self.said.hide()
        self.save.clicked.connect(self._finish)

    def _row(self, name: str, label: str, field: QWidget) -> None:
        field.setObjectName(name)
        self.rows.add(label, field)
        self._fields[name] = field
        if isinstance(field, ChoiceRow):
            field.chosen.connect(partial(self.answered.emit, name))
        elif isinstance(field, DateEdit):
            field.changed.connect(partial(self.answered.emit, name))
        elif isinstance(field, LineEdit):
            field.committed.connect(partial(self.answered.emit, name))

    @Slot()
    def _finish(self) -> None:
        field = QApplication.focusWidget()
        if isinstance(field, LineEdit) and self.isAncestorOf(field):
            field.commit()
        if not self.rows.unread():
            self.finish_requested.emit()
