"""The print centre on a household's page, driven by two hands."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.domain.casework import Met
from app.services.applications import FileApplication
from app.services.visits import RecordVisit
from app.ui.printing.screen import build_print_screen
from tests.hands import Hands
from tests.work_pages import LI, PaperPrinters, Room


class PrintPage:
    """The page in front, and two hands."""

    def __init__(self, room: Room, qtbot: QtBot, printers: PaperPrinters | None = None) -> None:
        self.room = room
        self.printers = printers or PaperPrinters()
        room.do(self._record)
        desk = room.desk
        self.screen = build_print_screen(desk.printing, desk.households, self.printers, room.bench)
        qtbot.addWidget(self.screen.view)
        room.show(self.screen)
        self.hands = Hands(self.view)

    def _record(self) -> None:
        desk = self.room.desk
        desk.applications.file(FileApplication(household=LI, assessment=None))
        desk.visits.record(
            RecordVisit(household=LI, visited_on=self.room.clock.today(), met=Met.SELF, note="都好")
        )

    @property
    def view(self):
        return self.screen.view

    def press(self, *chords: str) -> PrintPage:
        for chord in chords:
            self.hands.press(chord)
            self.room.settle()
        return self

    def type(self, letters: str) -> PrintPage:
        for letter in letters:
            self.hands.type(letter)
            self.room.settle()
        return self

    def ticked(self) -> list[str]:
        return [line.form for line in self.view.offers.lines if line.box.isChecked()]

    def prints(self, household=LI) -> list[str]:
        return [
            one.form
            for one in self.room.ask(lambda work: work.casework.household_prints(household))
        ]
