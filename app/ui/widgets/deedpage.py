"""Pages on which something is done to a record, and a paper made of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.problem import Problem
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button
from app.ui.widgets.deedcard import DeedCard
from app.ui.widgets.deedrow import DeedRow
from app.ui.widgets.feedback import Bar
from app.ui.widgets.formcard import InnerScroll
from app.ui.widgets.layout import Card, column
from app.ui.widgets.page import PageFrame
from app.ui.widgets.places import SaveDialog
from app.ui.widgets.sheets import Sheets


class PaperPage(PageFrame):
    """Tells in `said` what was done and what became of a paper. `file_requested`: it is to go into
    a file; `placed(str)`: into this one.
    """

    file_requested = Signal()
    placed = Signal(str)

    def __init__(self, title: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(title, hint=hint, parent=parent)
        self.said = Bar()
        self.said.offer("存成 PDF")
        self.said.action.clicked.connect(self.file_requested)

    @property
    def paper_headline(self) -> str:
        """What stands above the news of a paper."""
        return "单据"

    def say(self, headline: str, detail: str = "") -> None:
        """What was done."""
        self.said.say(headline, detail, tone=Tone.OK, icon="circle-check")
        self.said.action.hide()

    def tell_paper(self, detail: str, *, to_file: bool) -> None:
        """What became of the paper; a file is offered where no printer took it."""
        self.said.say(self.paper_headline, detail, tone=Tone.OK, icon="circle-check")
        self.said.action.setVisible(to_file)

    def ask_place(self, name: str) -> None:
        """Ask where to put the PDF; the answer comes as `placed`."""
        dialog = SaveDialog(self, title="存成 PDF", name=name, kinds="PDF (*.pdf)")
        dialog.placed.connect(self.placed)
        dialog.open()


class DeedPage(PaperPage):
    """A record with a button for each deed, or the fields of the deed at hand instead of it.

    Says which deed was pressed (`chosen`), which of its fields answered (`answered`), and whether
    it is to be done or not. The page puts `deeds` where they belong and the sheets into `sheets`.
    """

    chosen = Signal(object)
    answered = Signal(str, object)
    confirm_requested = Signal()
    back_requested = Signal()

    def __init__(self, title: str, asked: DeedCard, parent: QWidget | None = None) -> None:
        super().__init__(title, parent=parent)
        self.deeds = DeedRow()
        self.sheets = Sheets()
        self._asked = asked
        self.deeds.chosen.connect(self.chosen)
        asked.answered.connect(self.answered)
        asked.confirm_requested.connect(self.confirm_requested)
        asked.back_requested.connect(self.back_requested)

    def put_sheets(self, overview: Card, about: Sequence[QWidget]) -> None:
        """The sheets of the page: the list, the record with its deeds above `about`, the fields."""
        content = QWidget()
        box = column(gap=0.6)
        content.setLayout(box)
        for part in about:
            box.addWidget(part)
        box.addStretch(1)
        self.overview, self.record = overview, Card()
        self.record.body.addWidget(self.deeds)
        self.record.body.addWidget(InnerScroll(content), 1)
        for sheet in (self.overview, self.record, self._asked):
            self.sheets.add(sheet)
        self.body.addWidget(self.said)
        self.body.addWidget(self.sheets, 1)

    @property
    def buttons(self) -> Sequence[Button]:
        """What can be pressed now."""
        return self.deeds.buttons

    def bring_fields(self, heading: str, names: Sequence[str], form: object) -> None:
        """The fields of one deed instead of the record."""
        self.problem.hide()
        self.said.hide()
        self.sheets.bring(self._asked)
        self._asked.ask(heading, names, form)

    def show_problem(self, problem: Problem) -> None:
        """On top of the page, and at its field where it has one."""
        self.problem.show_problem(problem)
        self._asked.show_problem(problem)

    def lock(self) -> None:
        """Take no input while it is written."""
        self.deeds.setEnabled(False)
        self._asked.setEnabled(False)

    def unlock(self) -> None:
        """Take input again."""
        self.deeds.setEnabled(True)
        self._asked.setEnabled(True)
