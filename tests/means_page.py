"""The means test page on a real vault, in front, with two hands at its keys."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.ui.assessment.desk import draft_key
from app.ui.assessment.screen import build_assessment_screen
from tests.hands import Hands
from tests.screens import texts
from tests.work_pages import LI, Room


class MeansPage:
    """The page in front, and two hands."""

    def __init__(self, room: Room, qtbot: QtBot) -> None:
        self.room = room
        self.qtbot = qtbot
        self.open(LI)

    def open(self, subject: str | None) -> None:
        desk = self.room.desk
        self.screen = build_assessment_screen(
            desk.assessments, desk.applications, desk.households, desk.drafts, self.room.bench
        )
        self.qtbot.addWidget(self.screen.view)
        self.room.show(self.screen, subject)
        self.hands = Hands(self.view)

    @property
    def view(self):
        return self.screen.view

    @property
    def why(self) -> str:
        return " ".join(texts(self.view.why))

    def press(self, *chords: str) -> MeansPage:
        for chord in chords:
            self.hands.press(chord)
            self.room.settle()
        return self

    def type(self, letters: str) -> MeansPage:
        for letter in letters:
            self.hands.type(letter)
            self.room.settle()
        return self

    def field(self) -> str:
        return str(self.view.focusWidget().property("field"))

    def draft(self):
        return self.room.do(lambda: self.room.desk.drafts.get(draft_key(LI)))

    def to_income(self) -> MeansPage:
        """李建国's page of incomes."""
        self.press("Ctrl+PgDown")
        while self.view.card.rows.block.key != f"income:{LI}-child:0":
            self.press("Return") if self.view.card.next.hasFocus() else self.view.card.next.click()
            self.room.settle()
        return self
