"""照料备案: a list to choose from, one household with its records and deeds, or a deed's fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.problem import Problem
from app.services.caring_book import CaringFile, CaringLine
from app.ui.caring.deeds import CaringForm, Deed
from app.ui.caring.form import CaringFields
from app.ui.caring.table import (
    HISTORY,
    LIST,
    RECORDS,
    chip_of,
    history_rows,
    line_rows,
    now_text,
    record_rows,
    title_text,
)
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.feedback import Bar
from app.ui.widgets.formcard import InnerScroll
from app.ui.widgets.labels import Chip, Role, Text
from app.ui.widgets.layout import Card, Flow, column, empty
from app.ui.widgets.page import PageFrame
from app.ui.widgets.sheets import Sheets
from app.ui.widgets.table import Table

_TITLE: Final = "照料备案"
_ROWS: Final = 12
_LEAST: Final = 6.0
"""Height of the list, in body sizes: its head and a row."""
_NOBODY: Final = "现在没有照料协议、备案监测和没答复的投诉。打开一户的家庭页可以开始记。"


class CaringView(PageFrame):
    """Says which record or deed was chosen and which field answered."""

    opened = Signal(object)
    chosen = Signal(object)
    answered = Signal(str, object)
    confirm_requested = Signal()
    back_requested = Signal()
    all_requested = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(_TITLE, parent=parent)
        self.chip = Chip("", Tone.SOFT)
        self.all = Button("看全部", icon="list-check", keys=("Ctrl+B",))
        self.said = Bar()
        self.begin = QWidget()
        self.list = Table(LIST, name="照料协议、备案监测、没答复的投诉")
        self.nobody = Text(_NOBODY, tone=Tone.SOFT, wrap=True)
        self.deeds = QWidget()
        self.now = Text("", wrap=True)
        self.records = Table(RECORDS, name="这一户的协议、备案和投诉，回车看这一项")
        self.history = Table(HISTORY, name="这一项办过的")
        self.fields = CaringFields(today)
        self.sheets = Sheets()
        self.buttons: list[Button] = []
        self._lay_out()
        self._connect()

    def show_list(self, lines: Sequence[CaringLine], deeds: Sequence[Deed]) -> None:
        """The list, instead of a household."""
        self.title.setText(_TITLE)
        self._show_head(shown=False)
        self.list.put(line_rows(lines))
        self.list.setVisible(bool(lines))
        self.nobody.setVisible(not lines)
        self._show_deeds(self._begins, deeds)
        self.problem.hide()
        self.sheets.bring(self.overview)
        (self.list if lines else self.buttons[0]).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_file(self, file: CaringFile, deeds: Sequence[Deed]) -> None:
        """One household, its records, and a button for each deed."""
        self.title.setText(title_text(file))
        self.chip.say(*chip_of(file))
        self._show_head(shown=True)
        self.now.setText(now_text(file))
        for table, rows in ((self.records, record_rows(file)), (self.history, history_rows(file))):
            table.put(rows)
            table.fit_rows(_ROWS)
            table.setVisible(bool(rows))
        self._records_heading.setVisible(bool(file.records))
        self._history_heading.setVisible(bool(file.steps))
        self._show_deeds(self._flow, deeds)
        self.problem.hide()
        self.sheets.bring(self.record)
        if self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self, deed: Deed, fields: Sequence[str], form: CaringForm) -> None:
        """The fields of one deed instead of the household."""
        self.problem.hide()
        self.said.hide()
        self._show_head(shown=False)
        self.sheets.bring(self.fields)
        self.fields.ask(deed.label, fields, form)

    def say(self, headline: str) -> None:
        """What was done."""
        self.said.say(headline, tone=Tone.OK, icon="circle-check")

    def show_problem(self, problem: Problem) -> None:
        """On top of the page, and at its field where it has one."""
        self.problem.show_problem(problem)
        self.fields.show_problem(problem)

    def lock(self) -> None:
        """Take no input while it is written."""
        self.deeds.setEnabled(False)
        self.fields.setEnabled(False)

    def unlock(self) -> None:
        """Take input again."""
        self.deeds.setEnabled(True)
        self.fields.setEnabled(True)

    def _show_head(self, *, shown: bool) -> None:
        for part in (self.chip, self.all):
            part.setVisible(shown)

    def _show_deeds(self, flow: Flow, deeds: Sequence[Deed]) -> None:
        empty(flow)
        self.buttons = []
        for at, deed in enumerate(deeds):
            button = Button(deed.label, kind=Kind.PLAIN if at else Kind.PRIMARY)
            button.clicked.connect(partial(self.chosen.emit, deed))
            flow.addWidget(button)
            self.buttons.append(button)

    def _lay_out(self) -> None:
        self.after_title(self.chip)
        self.head.addWidget(self.all)
        self._show_head(shown=False)
        self.said.hide()
        self._flow, self._begins = Flow(self.deeds), Flow(self.begin)
        self.overview = Card()
        self.overview.body.addWidget(self.begin)
        self.overview.body.addWidget(self.list, 1)
        self.overview.body.addWidget(self.nobody)
        self.overview.body.addStretch(0)
        # it takes what is left: asking for more would push the deeds out of a low window
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.list.setMinimumHeight(look().scale.px(_LEAST))
        self._records_heading = Text("这一户的（回车看那一项）", Role.HEADING)
        self._history_heading = Text("办过的", Role.HEADING)
        content = QWidget()
        box = column(gap=0.6)
        content.setLayout(box)
        parts: tuple[QWidget, ...] = (
            self.now,
            self._records_heading,
            self.records,
            self._history_heading,
            self.history,
        )
        for part in parts:
            box.addWidget(part)
        box.addStretch(1)
        self.record = Card()
        self.record.body.addWidget(self.deeds)
        self.record.body.addWidget(InnerScroll(content), 1)
        for sheet in (self.overview, self.record, self.fields):
            self.sheets.add(sheet)
        self.body.addWidget(self.said)
        self.body.addWidget(self.sheets, 1)

    def _connect(self) -> None:
        self.list.opened.connect(self.opened)
        self.records.opened.connect(self.opened)
        self.fields.answered.connect(self.answered)
        self.fields.confirm_requested.connect(self._confirm)
        self.fields.back_requested.connect(self.back_requested)
        self.all.clicked.connect(self.all_requested)

    @Slot()
    def _confirm(self) -> None:
        self.fields.commit()
        self.confirm_requested.emit()
