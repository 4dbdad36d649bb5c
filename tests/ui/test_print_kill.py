"""Kill −9 between the printer and the log: no number is lost, none is given to another paper."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.casework import Met
from app.services.applications import FileApplication
from app.services.paper_checks import PaperAnswer
from app.services.visits import RecordVisit
from app.ui.printing.batch_screen import build_batch_screen
from app.ui.printing.screen import build_print_screen
from app.ui.shell.page import PageScreen
from tests.hands import Hands
from tests.work_pages import LI, WU, PaperPrinters, Room


class LastPaper(PaperPrinters):
    """Takes so many papers, the last one into `place`, and then the power fails."""

    def __init__(self, place: Path, takes: int) -> None:
        super().__init__()
        self.place, self.takes = place, takes

    def send(self, pdf: bytes, printer: str, *, leaves: Sequence[int] | None = None) -> None:
        super().send(pdf, printer, leaves=leaves)
        if len(self.sent) == self.takes:
            self.place.write_bytes(pdf)
            os.kill(os.getpid(), signal.SIGKILL)


def printing(room: Room, printers: PaperPrinters) -> PageScreen:
    desk = room.desk
    screen = build_print_screen(desk.printing, desk.households, printers, room.bench)
    room.show(screen, LI)
    return screen


def batch(room: Room, printers: PaperPrinters) -> PageScreen:
    screen = build_batch_screen(room.desk.printing, printers, room.bench)
    room.show(screen)
    screen.view.group.setCurrentIndex(screen.view.group.count() - 1)
    room.settle()
    return screen


PAGES: dict[str, Callable[[Room, PaperPrinters], PageScreen]] = {
    "printing": printing,
    "batch": batch,
}


def print_until_dead(room: Room, which: str, place: str, takes: str) -> PageScreen:
    """An application and two visits, and the papers of them."""
    desk, today = room.desk, room.clock.today()
    room.do(lambda: desk.applications.file(FileApplication(household=LI, assessment=None)))
    for home in (LI, WU):
        visit = RecordVisit(household=home, visited_on=today, met=Met.SELF, note="都好")
        room.do(lambda visit=visit: desk.visits.record(visit))
    return printed(room, which, LastPaper(Path(place), int(takes)))


def printed(room: Room, which: str, printers: PaperPrinters) -> PageScreen:
    """Everything the page offers, sent to the printer by keys."""
    screen = PAGES[which](room, printers)
    Hands(screen.view).press("Ctrl+P")
    room.settle()
    return screen


def prints_of(room: Room, *homes):
    """What the log knows to have left."""
    return [
        one
        for home in homes
        for one in room.ask(lambda work, home=home: work.casework.household_prints(home))
    ]


@pytest.mark.parametrize(
    ("which", "takes", "homes"), [("printing", 4, (LI,)), ("batch", 2, (LI, WU))]
)
def test_a_paper_that_left_before_the_power_failed_is_printed_again_as_that_very_paper(
    killed, qtbot: QtBot, tmp_path: Path, which, takes, homes
):
    paper = tmp_path / "paper.pdf"
    room = killed(print_until_dead, which, str(paper), str(takes))
    known = prints_of(room, *homes)

    screen = printed(room, which, PaperPrinters())
    qtbot.addWidget(screen.view)

    again = [one for one in prints_of(room, *homes) if one not in known]
    (late,) = [one for one in again if not one.reprint_no]
    (check,) = room.do(lambda: room.desk.paper_checks.of_file(paper.read_bytes()))
    assert len(known) == takes - 1
    assert len(again) == takes
    assert (check.answer, check.printed) == (PaperAnswer.AGREES, late)
    assert f"其中 {takes - 1} 样是补打" in screen.view.said.headline.text()
