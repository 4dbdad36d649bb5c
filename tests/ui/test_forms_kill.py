"""Kill −9 while a deed or a fact is told: every answer that was left is there again (ADR 0010)."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.services.household_corrections import Correction
from app.ui.facts.desk import FactsDesk
from app.ui.facts.screen import build_facts_screen
from app.ui.family.desk import FamilyDesk
from app.ui.family.screen import build_family_screen
from tests.hands import Hands
from tests.vaults import Kept
from tests.work_pages import LI, Room

ROOT = Path(__file__).resolve().parents[2]

VICTIM = """
import os, signal, sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

app = QApplication([])
from app.ui.tasks import TaskRunner
from app.ui.theme.look import Look
from app.ui.theme.scale import TypeSize
from tests.fakes import StoppedClock
from tests.hands import Hands
from tests.ui.test_forms_kill import screen_of
from tests.vaults import Kept
from tests.work_pages import LI, Room

Look(app, size=TypeSize.STANDARD, dark=False)
room = Room(StoppedClock(), TaskRunner("store"), TaskRunner("work"))
room.open(Kept(Path(sys.argv[1]), ""))
screen = screen_of(sys.argv[2], room)
room.show(screen, LI)
hands = Hands(screen.view)
for chord in sys.argv[3].split():
    before = room.saved
    if chord.isascii():
        hands.press(chord)
    else:
        hands.compose(chord)
    room.settle()
while not room.saved:
    app.processEvents()
os.kill(os.getpid(), signal.SIGKILL)
"""


def screen_of(which: str, room: Room):
    desk = room.desk
    if which == "family":
        return build_family_screen(
            FamilyDesk(desk.households, desk.families, desk.duplicates, desk.drafts), room.bench
        )
    return build_facts_screen(
        FactsDesk(desk.households, desk.corrections, desk.duplicates, desk.drafts), room.bench
    )


def killed(kept: Kept, tmp_path: Path, which: str, chords: str) -> Path:
    """The vault as a killed program left it."""
    directory = tmp_path / "killed"
    shutil.copytree(kept.directory, directory)
    died = subprocess.run(
        [sys.executable, "-c", VICTIM, str(directory), which, chords],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
        timeout=60,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL
    return directory


@pytest.mark.parametrize(
    ("which", "chords", "answers", "cursor"),
    [
        ("family", "4 2 Return", {"people": "李建国"}, "on"),
        ("family", "7 2 Return Return 省城 Return", {"to_place": "省城"}, "head"),
        ("facts", "1 1 3 9 0 0 0 0 5 5 1 2 Return", {"phone": "1390000551"}, "bank_name"),
    ],
)
def test_a_killed_program_loses_no_answer(
    which: str,
    chords: str,
    answers: dict,
    cursor: str,
    filled_vault: Kept,
    tmp_path: Path,
    clock,
    store,
    work,
    qtbot: QtBot,
):
    directory = killed(filled_vault, tmp_path, which, chords)
    room = Room(clock, store, work).open(Kept(directory, ""))
    screen = screen_of(which, room)
    qtbot.addWidget(screen.view)

    room.show(screen, LI)

    fields = screen.view.form.fields
    told = " ".join(str(_answer(field)) for field in fields.values())
    assert all(answer in told for answer in answers.values())
    assert fields[cursor].hasFocus()
    assert "接着上次" in screen.view.said.headline.text()
    room.close()


def _answer(field) -> object:
    """What stands in a field, as it is read aloud."""
    return field.accessibleName() if hasattr(field, "value") else field.text()


@pytest.mark.parametrize(
    ("which", "chords", "key"),
    [
        ("family", ("4", "2", "Return"), f"family:{LI}"),
        ("facts", ("1", "1", "3", "Return"), f"facts:household:{LI}"),
    ],
)
def test_what_is_done_or_thrown_away_is_no_draft(
    room: Room, qtbot: QtBot, which: str, chords: tuple[str, ...], key: str
):
    def draft():
        return room.do(lambda: room.desk.drafts.get(key))

    screen = screen_of(which, room)
    qtbot.addWidget(screen.view)
    room.show(screen, LI)
    hands = Hands(screen.view)
    for chord in chords:
        hands.press(chord)
        room.settle()
    half = draft()

    screen.presenter.throw_away()
    room.settle()

    assert half is not None
    assert draft() is None


def test_finishing_a_deed_ends_its_draft_in_one_transaction(room: Room, qtbot: QtBot):
    screen = screen_of("family", room)
    qtbot.addWidget(screen.view)
    room.show(screen, LI)
    hands = Hands(screen.view)
    for chord in ("4", "2", "Return", "Ctrl+Return"):
        hands.press(chord)
        room.settle()

    assert room.do(room.desk.drafts.keys) == []
    assert [one.person.name for one in room.do(lambda: room.desk.households.get(LI)).members] == [
        "李桂芳",
        "李小雨",
    ]


def test_what_somebody_else_put_right_meanwhile_stands(room: Room, qtbot: QtBot):
    screen = screen_of("facts", room)
    qtbot.addWidget(screen.view)
    room.show(screen, LI)
    screen.view.answered.emit("bank_name", "农商行")
    room.settle()
    other = screen_of("facts", room)
    qtbot.addWidget(other.view)

    room.do(
        lambda: room.desk.corrections.correct(
            Correction(household=LI, fields={"knock_note": "狗要拴"})
        )
    )

    room.show(other, LI)
    other.presenter.confirm()
    room.settle()

    home = room.do(lambda: room.desk.households.get(LI))
    assert (home.bank_name, home.knock_note) == ("农商行", "狗要拴")
    assert room.do(room.desk.drafts.keys) == []


def test_the_other_household_of_a_move_is_found_again(room: Room, qtbot: QtBot):
    screen = screen_of("family", room)
    qtbot.addWidget(screen.view)
    room.show(screen, LI)
    hands = Hands(screen.view)
    for chord in ("6", "2", "Return", "z", "d", "s", "Return"):
        hands.press(chord)
        room.settle()

    again = screen_of("family", room)
    qtbot.addWidget(again.view)
    room.show(again, LI)

    assert again.view.form.fields["other"].household().head_name == "赵大山"
