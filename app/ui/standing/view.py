"""复核渐退: a list to choose from, one household with its deeds, or the fields of a deed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.services.standing_book import StandingFile, StandingList
from app.ui.standing.deeds import DeedForm, DeedKind
from app.ui.standing.form import DeedFields
from app.ui.standing.table import (
    BENEFITS,
    HISTORY,
    LIST,
    MONTHS,
    benefit_rows,
    chip_of,
    facts_of,
    history_rows,
    line_rows,
    month_rows,
    now_lines,
    rule_text,
    title_text,
    unknown_text,
)
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.deedpage import DeedPage
from app.ui.widgets.labels import Chip, Role, Text
from app.ui.widgets.layout import Card
from app.ui.widgets.ruletext import RuleText
from app.ui.widgets.table import Table

_TITLE: Final = "复核渐退"
_ROWS: Final = 12
_LEAST: Final = 8.0
"""Height of the list, in body sizes: its head and two rows."""
_PRIMARY: Final = frozenset(
    {DeedKind.PROPOSE, DeedKind.APPROVE, DeedKind.BEGIN, DeedKind.END, DeedKind.EXIT}
)
_NOBODY: Final = "现在没有在渐退的，也没有快到期的复核和待遇。"


class StandingView(DeedPage):
    """Says which line, deed or benefit was chosen and which field answered."""

    opened = Signal(object)
    benefit_opened = Signal(object)
    all_requested = Signal()
    caring_requested = Signal()
    grace_paper_requested = Signal()
    change_paper_requested = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        self.fields = DeedFields(today)
        self._today = today
        super().__init__(_TITLE, self.fields, parent)
        self.chip = Chip("", Tone.SOFT)
        self.all = Button("看全部", icon="list-check", keys=("Ctrl+B",))
        self.caring = Button("照料备案", icon="eye", kind=Kind.LINK)
        self.list = Table(LIST, name="在渐退的、快要复核的、待遇快到期的")
        self.nobody = Text(_NOBODY, tone=Tone.SOFT, wrap=True)
        self.rule = RuleText(self.list)
        self.unknown = Text("", Role.SMALL, Tone.SOFT, wrap=True)
        self.now = Text("", wrap=True)
        self.facts = Text("", tone=Tone.SOFT, wrap=True)
        self.months = Table(MONTHS, name="渐退每月发多少")
        self.benefits = Table(BENEFITS, name="享受的待遇，回车停这一项")
        self.history = Table(HISTORY, name="办过的")
        self._lay_out()
        self._connect()

    def show_list(self, found: StandingList) -> None:
        """The list, instead of a household."""
        self.title.setText(_TITLE)
        self._show_head(shown=False)
        self.list.put(line_rows(found.lines))
        self.rule.put([rule_text(one) for one in found.lines])
        self.list.setVisible(bool(found.lines))
        self.nobody.setVisible(not found.lines)
        self.unknown.setText(unknown_text(found))
        self.unknown.setVisible(bool(self.unknown.text()))
        self.problem.hide()
        self.sheets.bring(self.overview)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_file(self, file: StandingFile, deeds: Sequence[DeedKind]) -> None:
        """One household, what it stands in, and a button for each deed."""
        self.title.setText(title_text(file))
        self._show_head(shown=True)
        self.chip.say(*chip_of(file.grace))
        self.now.setText("\n".join(now_lines(file, self._today())))
        self.now.setVisible(bool(self.now.text()))
        self.facts.setText("\n".join(f"{label}：{text}" for label, text in facts_of(file)))
        self.facts.setVisible(bool(self.facts.text()))
        for table, rows in (
            (self.months, month_rows(file)),
            (self.benefits, benefit_rows(file.benefits)),
            (self.history, history_rows(file)),
        ):
            table.put(rows)
            table.fit_rows(_ROWS)
            table.setVisible(bool(rows))
        self._benefits_heading.setVisible(bool(file.benefits))
        self._history_heading.setVisible(not self.history.isHidden())
        self.deeds.put(deeds, primary=_PRIMARY)
        self._show_papers(file)
        self.show_record()

    def ask(self, deed: DeedKind, fields: Sequence[str], form: DeedForm) -> None:
        """The fields of one deed instead of the household."""
        self._show_head(shown=False)
        self.bring_fields(deed.label, fields, form)

    def show_record(self) -> None:
        """The household again."""
        self.problem.hide()
        self._show_head(shown=True)
        self.sheets.bring(self.record)
        self.deeds.focus_first()

    def _show_head(self, *, shown: bool) -> None:
        for part in (self.chip, self.all):
            part.setVisible(shown)

    def _show_papers(self, file: StandingFile) -> None:
        """What can be printed stands after what can be done."""
        for name, wanted, there in (
            ("渐退告知书", self.grace_paper_requested, file.grace is not None),
            ("增减员表", self.change_paper_requested, bool(file.changes)),
        ):
            if there:
                button = Button(name, icon="printer")
                button.clicked.connect(wanted)
                self.deeds.add(button)

    def _lay_out(self) -> None:
        self.after_title(self.chip)
        self.head.addWidget(self.caring)
        self.head.addWidget(self.all)
        self._show_head(shown=False)
        overview = Card()
        overview.body.addWidget(self.list, 1)
        for part in (self.nobody, self.rule, self.unknown):
            overview.body.addWidget(part)
        overview.body.addStretch(0)
        self.list.fill(_LEAST)
        self._benefits_heading = Text("享受的待遇（回车停这一项）", Role.HEADING)
        self._history_heading = Text("办过的", Role.HEADING)
        about: tuple[QWidget, ...] = (
            self.now,
            self.facts,
            self.months,
            self._benefits_heading,
            self.benefits,
            self._history_heading,
            self.history,
        )
        self.put_sheets(overview, about)

    def _connect(self) -> None:
        self.list.opened.connect(self.opened)
        self.benefits.opened.connect(self.benefit_opened)
        self.all.clicked.connect(self.all_requested)
        self.caring.clicked.connect(self.caring_requested)
