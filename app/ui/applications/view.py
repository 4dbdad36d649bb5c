"""Applications: the list, one application with its parts, and the form of a deed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.domain.problem import Problem
from app.services.application_file import ApplicationFile, ListLine
from app.ui.applications.asking import Deed
from app.ui.applications.form import DeedForm
from app.ui.applications.table import (
    LIST_COLUMNS,
    PART_COLUMNS,
    Part,
    Stage,
    clock_lines,
    list_rows,
    next_text,
    part_labels,
    part_rows,
    rule_text,
    status_tone,
)
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button
from app.ui.widgets.choices import ChoiceRow
from app.ui.widgets.feedback import Bar
from app.ui.widgets.labels import Chip, Role, Text
from app.ui.widgets.layout import Card, column
from app.ui.widgets.page import PageFrame
from app.ui.widgets.ruletext import RuleText
from app.ui.widgets.sheets import Sheets
from app.ui.widgets.table import Table

_NOTHING = "这一类没有申请。要新办一件：先测算，再按“转成申请书”。"
_OPENS = "回车打开一份。"
_CHANGED = "报上去以后，家里的情况在这台电脑上改过：需重新审批，请告诉镇里。"


class ApplicationsView(PageFrame):
    """Says what was asked for; `acted(key)` is Enter on a row of one application."""

    stage_chosen = Signal(object)
    opened = Signal(object)
    part_chosen = Signal(object)
    acted = Signal(object)
    back_requested = Signal()
    household_requested = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__("申请", parent=parent)
        self.status = Chip("", Tone.INFO)
        self.changed = Chip("需重新审批", Tone.WARN)
        self.back = Button("全部申请", icon="chevron-left", keys=("Ctrl+B", "F3"))
        self.household = Button("这一户", icon="users")
        self.said = Bar()
        self.sheets = Sheets()
        self.stages = ChoiceRow.of_words(Stage, name="看哪些")
        self.stages.put(Stage.OPEN)
        self.list = Table(LIST_COLUMNS, name="申请")
        self.rule = RuleText(self.list)
        self.nothing = Text(_NOTHING, tone=Tone.SOFT, wrap=True)
        self.number = Text("", Role.SMALL, Tone.SOFT, wrap=True)
        self.clocks = Text("", Role.SMALL, wrap=True)
        self.returned = Text("", tone=Tone.WARN, wrap=True)
        self.parts = ChoiceRow([(one, one.label) for one in Part], name="看什么")
        self.table = Table(PART_COLUMNS, name="这份申请")
        self.empty = Text("", tone=Tone.SOFT, wrap=True)
        self.detail = Text("", Role.SMALL, Tone.SOFT, wrap=True)
        self.form = DeedForm(today)
        self._list_sheet, self._file_sheet = QWidget(), QWidget()
        self._file_card = Card()
        self._lines: Sequence[ListLine] = ()
        self._narrow = False
        self._lay_out()
        self._connect()
        self._bring(self._list_sheet)

    def show_list(self, stage: Stage, lines: Sequence[ListLine]) -> None:
        """The applications of a stage."""
        self._bring(self._list_sheet)
        self.title.setText("申请")
        self.stages.put(stage)
        self.list.put(list_rows(lines))
        self._lines = lines
        self._put_rules()
        self.list.setVisible(bool(lines))
        self.nothing.setVisible(not lines)

    def show_file(self, file: ApplicationFile, part: Part) -> None:
        """One application, and a part of it."""
        self._bring(self._file_sheet)
        application = file.application
        self.title.setText(f"{file.who}的申请" if file.who else "申请人不在这户了")
        self.status.say(application.status.label, status_tone(application.status))
        self.changed.setVisible(file.needs_new_approval)
        rungs = "、".join(one.label for one in application.requested)
        self.number.setText(f"{application.document_no}　申请：{rungs}")
        clocks = clock_lines(file.clocks)
        self.clocks.setText(clocks)
        self.clocks.setVisible(bool(clocks))
        self._show_returned(file)
        for button, (_part, label) in zip(self.parts.buttons, part_labels(file), strict=True):
            at = self.parts.buttons.index(button) + 1
            button.setText(f"{at} {label}")
        self.parts.put(part)
        rows = part_rows(part, file)
        self.table.put(rows)
        self.table.setVisible(bool(rows))
        self.empty.setText("什么都不缺。" if part is Part.LACKS else "还没有。")
        self.empty.setVisible(not rows)
        self._show_detail(self.table.current_key())

    def take_keys(self) -> None:
        """To what is worked with on the sheet in front."""
        if self.form.isVisible():
            self.form.focus_first()
        elif self._file_sheet.isVisible():
            (self.parts if self.table.isHidden() else self.table).setFocus()
        else:
            (self.stages if self.list.isHidden() else self.list).setFocus()

    def show_deed(self, deed: Deed, values: dict[str, Any]) -> None:
        """The questions of a deed."""
        self.problem.hide()
        self.said.hide()
        self._bring(self.form)
        self.form.show_deed(deed, values)

    def say(self, text: str) -> None:
        """It is done."""
        self.said.say(text, tone=Tone.OK, icon="circle-check")

    def lock(self) -> None:
        """A deed is being stored."""
        self.form.setEnabled(False)

    def unlock(self) -> None:
        """It may be gone on."""
        self.form.setEnabled(True)

    def show_problem(self, problem: Problem) -> None:
        """At its field where there is one, else on top of the page."""
        if self.form.isVisible() and self.form.show_problem(problem):
            return
        self.problem.show_problem(problem)

    def fit(self, *, low: bool, narrow: bool) -> None:
        """Clocks and what can be done are in sight at any size of letters, the number below."""
        tight = low and narrow
        card = self._file_card.body
        card.insertWidget(card.count() - 1 if tight else 0, self.number)
        self.table.horizontalHeader().setVisible(not tight)
        self.table.fill(5.3 if tight else 7)
        self._narrow = narrow
        self._put_rules()

    def _put_rules(self) -> None:
        """Where the last column is cut short, the line below begins with the whole next step."""
        rules = [rule_text(one) or _OPENS for one in self._lines]
        if self._narrow:
            steps = (next_text(one) for one in self._lines)
            rules = [f"下一步：{step}　{rule}" for step, rule in zip(steps, rules, strict=True)]
        self.rule.put(rules)

    def _show_returned(self, file: ApplicationFile) -> None:
        note = file.application.decision_note or ""
        words = [_CHANGED] if file.needs_new_approval else []
        if note:
            words.insert(0, f"县里说：{note}")
        self.returned.setText("\n".join(words))
        self.returned.setVisible(bool(words))

    def _bring(self, sheet: QWidget) -> None:
        self.sheets.bring(sheet)
        on_file = sheet is not self._list_sheet
        for part in (self.back, self.household, self.status):
            part.setVisible(on_file)
        self.changed.setVisible(False)
        if sheet is not self.form:
            self.problem.hide()

    def _lay_out(self) -> None:
        self.after_title(self.status)
        self.after_title(self.changed)
        self.head.addWidget(self.back)
        self.head.addWidget(self.household)
        self.body.addWidget(self.said)
        self.body.addWidget(self.sheets, 1)
        self._lay_out_list()
        self._lay_out_file()
        for sheet in (self._list_sheet, self._file_sheet, self.form):
            self.sheets.add(sheet)

    def _lay_out_list(self) -> None:
        card = Card()
        card.body.addWidget(self.stages)
        card.body.addWidget(self.list, 1)
        card.body.addWidget(self.nothing, 1, Qt.AlignmentFlag.AlignTop)
        card.body.addWidget(self.rule)
        self.list.fill(9)
        box = column()
        box.addWidget(card, 1)
        self._list_sheet.setLayout(box)

    def _lay_out_file(self) -> None:
        card = self._file_card
        for part in (self.number, self.clocks, self.returned, self.parts):
            card.body.addWidget(part)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self.empty, 1, Qt.AlignmentFlag.AlignTop)
        card.body.addWidget(self.detail)
        self.table.fill(7)
        box = column()
        box.addWidget(card, 1)
        self._file_sheet.setLayout(box)

    def _connect(self) -> None:
        self.stages.chosen.connect(self.stage_chosen)
        self.list.opened.connect(self.opened)
        self.parts.chosen.connect(self.part_chosen)
        self.table.opened.connect(self.acted)
        self.table.current.connect(self._show_detail)
        self.back.clicked.connect(self.back_requested)
        self.household.clicked.connect(self.household_requested)

    @Slot(object)
    def _show_detail(self, key: object) -> None:
        """The whole row below the table, where its words may be cut short."""
        row = next((one for one in self.table.rows.rows() if one.key == key), None)
        self.detail.setText("" if row is None else row.spoken)
