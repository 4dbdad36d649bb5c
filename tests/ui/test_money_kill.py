"""Kill −9 on the relief and the fund page: no answer is lost, and no sum is booked twice."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.casework import EventKind
from app.domain.money import Money
from app.domain.relief_words import EntryKind
from app.ui.fund.desk import DRAFT
from app.ui.fund.screen import build_fund_screen
from app.ui.relief.form import draft_key
from app.ui.relief.screen import build_relief_screen
from tests.hands import Hands
from tests.vaults import Kept
from tests.work_pages import ZHAO, PaperPrinters, Room

ROOT = Path(__file__).resolve().parents[2]

VICTIM = """
import faulthandler, os, signal, sys
from pathlib import Path

faulthandler.dump_traceback_later(45, exit=True)

from PySide6.QtWidgets import QApplication

app = QApplication([])
from app.ui.tasks import TaskRunner
from app.ui.theme.look import Look
from app.ui.theme.scale import TypeSize
from tests.fakes import StoppedClock
from tests.hands import Hands
from tests.ui.test_money_kill import screen_of
from tests.vaults import Kept
from tests.work_pages import Room

Look(app, size=TypeSize.STANDARD, dark=False)
room = Room(StoppedClock(), TaskRunner("store"), TaskRunner("work"))
room.open(Kept(Path(sys.argv[1]), ""))
screen = screen_of(sys.argv[2], room)
room.show(screen)
hands = Hands(screen.view)
for chord in sys.argv[3].split():
    before = room.saved
    hands.press(chord)
    if chord != "Ctrl+Return":
        room.settle()
while room.saved == before:
    app.processEvents()
os.kill(os.getpid(), signal.SIGKILL)
"""
"""After the last key it is only waited for the word that it was saved, and nothing more is done.

Where that word does not come, the program says what it waits for and ends by itself.
"""


def screen_of(which: str, room: Room):
    desk = room.desk
    if which == "fund":
        return build_fund_screen(desk.fund, desk.printing, PaperPrinters(), room.bench)
    return build_relief_screen(
        desk.relief, desk.households, desk.drafts, desk.printing, PaperPrinters(), room.bench
    )


@pytest.fixture
def killed(filled_vault: Kept, tmp_path: Path, clock, store, work):
    """The room again, after the program was killed behind `chords` on the page `which`."""
    rooms = []

    def die(which: str, chords: str) -> Room:
        directory = tmp_path / "killed"
        shutil.copytree(filled_vault.directory, directory)
        died = subprocess.run(
            [sys.executable, "-c", VICTIM, str(directory), which, chords],
            cwd=ROOT,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
            timeout=60,
            check=False,
        )
        assert died.returncode == -signal.SIGKILL
        rooms.append(Room(clock, store, work).open(Kept(directory, "")))
        return rooms[0]

    yield die
    for room in rooms:
        room.close()


def opened(which: str, room: Room, qtbot: QtBot):
    screen = screen_of(which, room)
    qtbot.addWidget(screen.view)
    room.show(screen)
    return screen


@pytest.mark.parametrize(
    ("chords", "amount", "cursor"),
    [("z d s Return 2", None, "amount"), ("z d s Return 2 8 0 0 Return", Money.yuan(800), "way")],
)
def test_a_killed_form_of_relief_is_there_again(killed, qtbot: QtBot, chords, amount, cursor):
    room = killed("relief", chords)

    view = opened("relief", room, qtbot).view

    assert view.payee.household().id == ZHAO
    assert view.what.value() is EventKind.TRAFFIC
    assert view.amount.money() == amount
    assert view._fields[cursor].hasFocus()
    assert room.do(room.desk.relief.all) == []


def test_a_payment_the_program_was_killed_behind_is_paid_once(killed, qtbot: QtBot):
    room = killed("relief", "z d s Return 2 8 0 0 Return 1 Ctrl+Return")

    view = opened("relief", room, qtbot).view
    paid = room.do(room.desk.relief.all)

    assert [(one.payee_name, one.amount) for one in paid] == [("赵大山", Money.yuan(800))]
    assert view.amount.money() is None
    assert room.do(lambda: room.desk.drafts.get(draft_key(ZHAO))) is None
    assert room.do(room.desk.relief.allowance).left == Money.yuan(4200)


def test_a_killed_deed_of_the_fund_is_there_again_and_done_once(killed, qtbot: QtBot):
    room = killed("fund", "Space 5 0 0 0 Return")

    screen = opened("fund", room, qtbot)
    asked = screen.view.amount.money()
    Hands(screen.view).press("Ctrl+Return")
    room.settle()

    state = room.do(room.desk.fund.state)
    assert asked == Money.yuan(5000)
    assert [line.entry.kind for line in state.lines] == [EntryKind.IN]
    assert state.balance == Money.yuan(5000)


def test_money_the_program_was_killed_behind_is_booked_once(killed, qtbot: QtBot):
    room = killed("fund", "Space 5 0 0 0 Return Ctrl+Return")

    screen = opened("fund", room, qtbot)

    assert room.do(lambda: room.desk.drafts.get(DRAFT)) is None
    assert not screen.view.form.isVisible()
    assert room.do(room.desk.fund.state).balance == Money.yuan(5000)


@pytest.mark.parametrize("deed", ["put_in", "adjust"])
def test_the_form_goes_in_the_same_breath_as_the_money(room: Room, deed: str):
    """Nothing may lie between the two: killed there, the sum would be asked for again."""
    fund, drafts = room.desk.fund, room.desk.drafts
    today = room.clock.today()
    room.do(lambda: fund.put_in(Money.yuan(1), today))
    room.do(lambda: drafts.keep(DRAFT, {"deed": deed}))

    if deed == "put_in":
        room.do(lambda: fund.put_in(Money.yuan(2), today, draft_key=DRAFT))
    else:
        room.do(lambda: fund.adjust(Money.yuan(2), "对账", draft_key=DRAFT))

    assert room.do(lambda: drafts.get(DRAFT)) is None
