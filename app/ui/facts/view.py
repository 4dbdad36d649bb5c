"""The facts page: whose facts, and the form they are put right in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.problem import Problem
from app.ui.applications.form import DeedForm
from app.ui.facts.asking import FactQuestions
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button
from app.ui.widgets.choices import ChoiceRow
from app.ui.widgets.feedback import Bar
from app.ui.widgets.labels import Text
from app.ui.widgets.layout import column, empty
from app.ui.widgets.page import PageFrame


class FactsView(PageFrame):
    """Says whose facts were chosen, what was answered, and when it is done."""

    chosen = Signal(object)
    answered = Signal(str, object)
    confirm_requested = Signal()
    throw_away_requested = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__("改资料", parent=parent)
        self.said = Bar()
        self.said.hide()
        self.home = Button("回这一户", icon="chevron-left")
        self.application = Button("回申请，再报县里", icon="list-check")
        self.application.hide()
        self.head.addWidget(self.application)
        self.head.addWidget(self.home)
        self.whose: ChoiceRow | None = None
        self.form = DeedForm(today)
        self.form.leave.hide()
        self.alike = Text("", tone=Tone.WARN, wrap=True)
        self._top: QVBoxLayout = column()
        self._lay_out()

    def show_home(self, name: str, options: Sequence[tuple[object, str]], chosen: object) -> None:
        """Whose facts there are to choose from."""
        self.title.setText(f"{name}户：改资料" if name else "改资料")
        empty(self._top)
        self.whose = ChoiceRow(options, name="改谁的")
        self.whose.put(chosen)
        # after the digit is done with: it moves the cursor on, and the form then takes it
        self.whose.chosen.connect(self.chosen, Qt.ConnectionType.QueuedConnection)
        self._top.addWidget(self.whose)

    def ask(self, asked: FactQuestions, values: dict[str, Any]) -> None:
        """What stands there, to be put right."""
        self.problem.hide()
        self.said.hide()
        self.alike.hide()
        self.form.show_deed(asked, values)

    def go_to(self, key: str) -> None:
        """To one field."""
        self.form.go_to(key)

    def offer_application(self, *, offered: bool) -> None:
        """The way back to the application the county returned."""
        self.application.setVisible(offered)

    def go_back_next(self) -> None:
        """What the county wanted is mended: Enter leads back to the application."""
        self.application.setFocus()

    def offer_back(self) -> None:
        """What was typed last time stands in the form; it can be thrown away."""
        self.said.say("接着上次没改完的。", "还没有存进资料。", tone=Tone.INFO, icon="info-circle")
        self.said.action.show()

    def show_alike(self, alike: Sequence[str]) -> None:
        """Who looks the same elsewhere; only a hint."""
        self.alike.setText("　".join(alike))
        self.alike.setVisible(bool(alike))

    def say(self, headline: str) -> None:
        """What was done."""
        detail = "谁在什么时候改了什么，记在这一户的修改记录里。"
        self.said.say(headline, detail, tone=Tone.OK, icon="circle-check")
        self.said.action.hide()

    def show_problem(self, problem: Problem) -> None:
        """At its field where it has one here, else on top of the page."""
        if not self.form.show_problem(problem):
            self.problem.show_problem(problem)

    def _lay_out(self) -> None:
        self.said.offer("不要了").clicked.connect(self.throw_away_requested)
        self.body.addWidget(self.said)
        self.body.addLayout(self._top)
        self.body.addWidget(self.alike)
        self.body.addWidget(self.form, 1)
        self.alike.hide()
        self.form.answered.connect(self.answered)
        self.form.done_requested.connect(self.confirm_requested)
