"""The roster page: what may come in, the panel, how far it is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.problem import Problem
from app.ui.doors import Imported
from app.ui.roster.panel import RosterPanel
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.feedback import ProgressRow
from app.ui.widgets.labels import Text
from app.ui.widgets.layout import Card
from app.ui.widgets.page import PageFrame

LEAD = (
    "县里发的 Excel 名册，从这里放进来。整份都对才进来；有一处不对，就一户都不进，"
    "给你一张错误表，写明第几行哪里不对。先会做一份备份，原来的户不动，身份证号已经在本机的户不再进。"
)


class RosterView(PageFrame):
    """`list_wanted`: back to the households; the rest is the panel's."""

    list_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("导入名册", parent=parent)
        self.panel = RosterPanel("选名册文件", kind=Kind.PRIMARY)
        self.progress = ProgressRow()
        self.progress.stop.hide()
        self.to_list = Button("看家庭名单", icon="users")
        self.to_list.clicked.connect(self.list_wanted)
        self._lay_out()

    def busy(self, text: str) -> None:
        """The roster is being read."""
        self.problem.hide()
        self.panel.clear()
        self.panel.choose.setEnabled(False)
        self.progress.begin(text)

    def moved(self, done: int, total: int, text: str) -> None:
        """How far it is."""
        self.progress.move_to(done, total, text)

    def ready(self) -> None:
        """It is over."""
        self.progress.finish()
        self.panel.choose.setEnabled(True)
        self.panel.choose.setFocus()

    def show_import(self, imported: Imported) -> None:
        """How many came in, or what to mend."""
        self.problem.hide()
        self.panel.put(imported)
        if imported.households:
            self.to_list.setFocus()

    def show_problem(self, problem: Problem) -> None:
        """Why it did not work."""
        self.problem.show_problem(problem)

    def _lay_out(self) -> None:
        self.head.addWidget(self.to_list)
        card = Card()
        card.body.addWidget(Text(LEAD, tone=Tone.SOFT, wrap=True))
        self.panel.choose.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        card.body.addWidget(self.panel, 1)
        card.body.addWidget(self.progress)
        self.body.addWidget(card)
        self.body.addStretch(1)
