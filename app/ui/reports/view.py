"""报送: the quarters, one of them with its figures, or the fields of its report; F24 on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.problem import Problem
from app.domain.reports import ReportFigures
from app.services.reports import ReportFile, ReportLine
from app.ui.reports.form import ASKED, ReportForm
from app.ui.reports.table import (
    FIGURES,
    LIST,
    figure_rows,
    figures_text,
    line_rows,
    quarter_text,
    told_text,
)
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.deedcard import DeedCard, Question
from app.ui.widgets.deedpage import PaperPage
from app.ui.widgets.figures import DateEdit
from app.ui.widgets.formcard import InnerScroll
from app.ui.widgets.inputs import LineEdit, TextEdit
from app.ui.widgets.labels import Role, Text
from app.ui.widgets.layout import Card, column, row
from app.ui.widgets.sheets import Sheets
from app.ui.widgets.table import Table

_TITLE = "报送"
_ROWS = 12
_LINES = 3.4
"""Height of each of the four heads, in body sizes."""


class ReportFields(DeedCard):
    """The fields of a report, with the figures it gives above them."""

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        heads = (
            ("progress", "工作情况", "做了哪些，可不填"),
            ("problems", "存在问题", "可不填"),
            ("experience", "经验做法", "可不填"),
            ("suggestions", "意见建议", "可不填"),
        )
        questions = (
            Question("first", "数字从哪天", DateEdit(today=today)),
            Question("last", "到哪天", DateEdit(today=today)),
            Question("told_on", "哪一天报的", DateEdit(today=today)),
            Question("told_to", "报给谁", LineEdit(hint="比如镇民政办")),
            *(Question(name, label, _lines(hint)) for name, label, hint in heads),
        )
        super().__init__("reports", questions, parent=parent)
        self.figures = Text("", tone=Tone.SOFT, wrap=True)
        self.form.insertWidget(1, self.figures)


def _lines(hint: str) -> TextEdit:
    field = TextEdit(hint=hint)
    field.setFixedHeight(look().scale.px(_LINES))
    return field


class ReportView(PaperPage):
    """Says which quarter was opened, what was answered, and what goes on paper or into a file.

    `paper_requested(int | None)`: the month so many months ago, or the quarter that is open.
    """

    opened = Signal(object)
    begin_requested = Signal()
    answered = Signal(str, object)
    confirm_requested = Signal()
    back_requested = Signal()
    all_requested = Signal()
    paper_requested = Signal(object)
    sheet_requested = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(_TITLE, hint="报送以后回来记一笔", parent=parent)
        self.all = Button("看全部", icon="list-check", keys=("Ctrl+B",))
        self.this_month = Button("打印本月月报", icon="printer", brief="本月月报")
        self.last_month = Button("打印上月月报", icon="printer", brief="上月月报")
        self.sheet = Button("存成表格", icon="file-spreadsheet")
        self.print = Button("打印这一期", icon="printer", keys=("Ctrl+P",))
        self.list = Table(LIST, name="每个季度的报送，回车看这一期")
        self.begin = Button("记已经报送", icon="check", kind=Kind.PRIMARY)
        self.about = Text("", Role.STRONG, wrap=True)
        self.numbers = Table(FIGURES, name="这一期的数字")
        self.told = Text("", wrap=True)
        self.fields = ReportFields(today)
        self.sheets = Sheets()
        self._lay_out()
        self._connect()

    def show_list(self, lines: Sequence[ReportLine]) -> None:
        """The quarters."""
        self.title.setText(_TITLE)
        self.all.hide()
        self.problem.hide()
        self.list.put(line_rows(lines))
        self.sheets.bring(self.overview)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_file(self, file: ReportFile) -> None:
        """One quarter."""
        self.title.setText(f"{_TITLE}　{file.line.quarter.label}")
        self.all.show()
        self.problem.hide()
        self.about.setText(quarter_text(file))
        self.numbers.put(figure_rows(file.figures))
        self.numbers.fit_rows(_ROWS)
        self.told.setText(told_text(file))
        self.begin.setText("更正这一期" if file.reports else "记已经报送")
        self.sheets.bring(self.record)
        self.begin.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self, file: ReportFile, form: ReportForm) -> None:
        """The fields of a report."""
        self.problem.hide()
        self.said.hide()
        self.all.hide()
        self.sheets.bring(self.fields)
        self.fields.figures.setText("")
        self.fields.ask(f"{file.line.quarter.label}报送了", ASKED, form)

    def show_figures(self, figures: ReportFigures) -> None:
        """The figures of the days that were answered."""
        self.problem.hide()
        self.fields.figures.setText(f"这几天的数字：{figures_text(figures)}")

    @property
    def paper_headline(self) -> str:
        """The only paper there is."""
        return "季（月）报"

    def show_problem(self, problem: Problem) -> None:
        """On top of the page, and at its field where it has one."""
        self.problem.show_problem(problem)
        self.fields.show_problem(problem)

    def lock(self) -> None:
        """Take no input while it is written."""
        self.fields.setEnabled(False)

    def unlock(self) -> None:
        """Take input again."""
        self.fields.setEnabled(True)

    def _lay_out(self) -> None:
        self.head.addWidget(self.all)
        self.all.hide()
        self.said.hide()
        self.overview = Card()
        papers = row(gap=0.6)
        for button in (self.this_month, self.last_month, self.sheet):
            papers.addWidget(button)
        papers.addStretch(1)
        self.overview.body.addWidget(self.list, 1)
        self.overview.body.addLayout(papers)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        content = QWidget()
        box = column(gap=0.6)
        content.setLayout(box)
        for part in (self.told, self.about, self.numbers):
            box.addWidget(part)
        box.addStretch(1)
        self.record = Card()
        deeds = row(gap=0.6)
        for button in (self.begin, self.print):
            deeds.addWidget(button)
        deeds.addStretch(1)
        self.record.body.addLayout(deeds)
        self.record.body.addWidget(InnerScroll(content), 1)
        for sheet in (self.overview, self.record, self.fields):
            self.sheets.add(sheet)
        self.body.addWidget(self.said)
        self.body.addWidget(self.sheets, 1)

    def _connect(self) -> None:
        self.list.opened.connect(self.opened)
        self.begin.clicked.connect(self.begin_requested)
        self.fields.answered.connect(self.answered)
        self.fields.confirm_requested.connect(self._confirm)
        self.fields.back_requested.connect(self.back_requested)
        self.all.clicked.connect(self.all_requested)
        self.sheet.clicked.connect(self.sheet_requested)
        for button in (self.this_month, self.last_month, self.print):
            button.clicked.connect(self._ask_paper)

    @Slot()
    def _ask_paper(self) -> None:
        months_ago = {self.this_month: 0, self.last_month: 1}
        asked = (back for button, back in months_ago.items() if button is self.sender())
        self.paper_requested.emit(next(asked, None))

    @Slot()
    def _confirm(self) -> None:
        self.fields.commit()
        self.confirm_requested.emit()
