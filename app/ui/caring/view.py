"""照料备案: a list to choose from, one household with its records and deeds, or a deed's fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

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
    rule_text,
    title_text,
)
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button
from app.ui.widgets.deedpage import DeedPage
from app.ui.widgets.deedrow import DeedRow
from app.ui.widgets.labels import Chip, Role, Text
from app.ui.widgets.layout import Card
from app.ui.widgets.ruletext import RuleText
from app.ui.widgets.table import Table

_TITLE: Final = "照料备案"
_ROWS: Final = 12
_LEAST: Final = 6.0
"""Height of the list, in body sizes: its head and a row."""
_NOBODY: Final = "现在没有照料协议、备案监测、个案和没答复的投诉。打开一户的家庭页可以开始记。"


class CaringView(DeedPage):
    """Says which record or deed was chosen and which field answered."""

    opened = Signal(object)
    all_requested = Signal()
    papers_requested = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        self.fields = CaringFields(today)
        super().__init__(_TITLE, self.fields, parent)
        self.chip = Chip("", Tone.SOFT)
        self.all = Button("看全部", icon="list-check", keys=("Ctrl+B",))
        self.papers = Button("打印", icon="printer")
        self.begin = DeedRow()
        self.list = Table(LIST, name="照料协议、备案监测、个案、没答复的投诉")
        self.rule = RuleText(self.list)
        self.nobody = Text(_NOBODY, tone=Tone.SOFT, wrap=True)
        self.now = Text("", wrap=True)
        self.records = Table(RECORDS, name="这一户的协议、备案、个案和投诉，回车看这一项")
        self.history = Table(HISTORY, name="这一项办过的")
        self._lay_out()
        self._connect()

    def show_list(self, lines: Sequence[CaringLine], deeds: Sequence[Deed]) -> None:
        """The list, instead of a household."""
        self.title.setText(_TITLE)
        self._show_head(shown=False)
        self.list.put(line_rows(lines))
        self.rule.put([rule_text(one) for one in lines])
        self.list.setVisible(bool(lines))
        self.nobody.setVisible(not lines)
        self.begin.put(deeds, primary=deeds[:1])
        self.problem.hide()
        self.sheets.bring(self.overview)
        if lines:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.begin.focus_first()

    def show_file(self, file: CaringFile, deeds: Sequence[Deed]) -> None:
        """One household, its records, and a button for each deed."""
        self.title.setText(title_text(file))
        self.chip.say(*chip_of(file))
        self._show_head(shown=True)
        self.papers.setVisible(file.household is not None)
        self.now.setText(now_text(file))
        for table, rows in ((self.records, record_rows(file)), (self.history, history_rows(file))):
            table.put(rows)
            table.fit_rows(_ROWS)
            table.setVisible(bool(rows))
        self._records_heading.setVisible(bool(file.records))
        self._history_heading.setVisible(bool(file.steps))
        self.deeds.put(deeds, primary=deeds[:1])
        self.problem.hide()
        self.sheets.bring(self.record)
        self.deeds.focus_first()

    def ask(self, deed: Deed, fields: Sequence[str], form: CaringForm) -> None:
        """The fields of one deed instead of the household."""
        self._show_head(shown=False)
        self.bring_fields(deed.label, fields, form)

    @property
    def buttons(self) -> Sequence[Button]:
        """Those of the sheet in front."""
        return (self.deeds if self.overview.isHidden() else self.begin).buttons

    def _show_head(self, *, shown: bool) -> None:
        for part in (self.chip, self.all, self.papers):
            part.setVisible(shown)

    def _lay_out(self) -> None:
        self.after_title(self.chip)
        self.head.addWidget(self.papers)
        self.head.addWidget(self.all)
        self._show_head(shown=False)
        overview = Card()
        overview.body.addWidget(self.begin)
        overview.body.addWidget(self.list, 1)
        overview.body.addWidget(self.rule)
        overview.body.addWidget(self.nobody)
        overview.body.addStretch(0)
        self.list.fill(_LEAST)
        self._records_heading = Text("这一户的（回车看那一项）", Role.HEADING)
        self._history_heading = Text("办过的", Role.HEADING)
        about: tuple[QWidget, ...] = (
            self.now,
            self._records_heading,
            self.records,
            self._history_heading,
            self.history,
        )
        self.put_sheets(overview, about)

    def _connect(self) -> None:
        self.begin.chosen.connect(self.chosen)
        self.list.opened.connect(self.opened)
        self.records.opened.connect(self.opened)
        self.all.clicked.connect(self.all_requested)
        self.papers.clicked.connect(self.papers_requested)
