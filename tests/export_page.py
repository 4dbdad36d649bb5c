"""The page that hands a book out, in front of two hands."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from app.domain.casework import Met
from app.domain.money import Money
from app.services.visits import RecordVisit
from app.store.journal import read_operations
from app.ui.exports.screen import build_export_screen
from tests.hands import Hands
from tests.vaults import PASSPHRASE
from tests.work_pages import LI, WU, Room

PEOPLE = 6
"""In the three households of the room."""


class ExportPage:
    """The page in front, and two hands."""

    def __init__(self, room: Room, qtbot: QtBot, folder: Path) -> None:
        self.room = room
        self.qtbot = qtbot
        self.folder = folder
        for household in (WU, LI):
            visit = RecordVisit(
                household=household, visited_on=room.clock.today(), met=Met.SELF, note="=1+1"
            )
            room.do(lambda visit=visit: room.desk.visits.record(visit))
        self.open()

    def open(self) -> None:
        desk = self.room.desk
        self.screen = build_export_screen(
            desk.exports,
            desk.visits,
            desk.households,
            desk.drafts,
            self.room.bench,
            folder=str(self.folder),
        )
        self.qtbot.addWidget(self.screen.view)
        self.room.show(self.screen)
        self.hands = Hands(self.view)

    @property
    def view(self):
        return self.screen.view

    def fund(self) -> ExportPage:
        """Money in the fund, so that there is a ledger."""
        self.room.do(lambda: self.room.desk.fund.put_in(Money.yuan(500), self.room.clock.today()))
        return self

    def deed(self) -> dict[str, object]:
        """What the newest operation set."""

        def last(work) -> dict[str, object]:
            operation = list(read_operations(work.connection))[-1]
            return {name: new for name, (_old, new) in (work.patch_of(operation) or {}).items()}

        return self.room.ask(last)

    def press(self, *chords: str) -> ExportPage:
        for chord in chords:
            self.hands.press(chord)
            self.room.settle()
        return self

    def type(self, letters: str) -> ExportPage:
        for letter in letters:
            self.hands.type(letter)
            self.room.settle()
        return self

    def prove(self) -> ExportPage:
        """Press, be asked for the passphrase, and give it."""
        self.press("Ctrl+Return")
        asked = self.view.problem.detail.text()
        assert ("E-14" in asked, self.files()) == (True, [])
        self.hands.type(PASSPHRASE)
        return self.press("Ctrl+Return")

    def files(self) -> list[Path]:
        return sorted(self.folder.iterdir())

    def noted(self) -> int:
        return self.room.ask(
            lambda work: work.connection.exec_driver_sql(
                "SELECT count(*) FROM operation WHERE kind = 'visits.exported'"
            ).scalar_one()
        )


def export_page(room: Room, qtbot: QtBot, tmp_path: Path) -> ExportPage:
    """The page, with a folder for its files."""
    folder = tmp_path / "文档"
    folder.mkdir()
    return ExportPage(room, qtbot, folder)
