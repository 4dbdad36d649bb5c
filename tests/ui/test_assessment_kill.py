"""Kill −9 after an answer of the means test: it is there, and the cursor in the next question."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.ui.assessment.screen import build_assessment_screen
from tests.vaults import Kept
from tests.work_pages import LI, Room

ROOT = Path(__file__).resolve().parents[2]

VICTIM = """
import os, signal, sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

app = QApplication([])
from app.ui.assessment.screen import build_assessment_screen
from app.ui.tasks import TaskRunner
from app.ui.theme.look import Look
from app.ui.theme.scale import TypeSize
from tests.fakes import StoppedClock
from tests.hands import Hands
from tests.vaults import Kept
from tests.work_pages import LI, Room

Look(app, size=TypeSize.STANDARD, dark=False)
room = Room(StoppedClock(), TaskRunner("store"), TaskRunner("work"))
room.open(Kept(Path(sys.argv[1]), ""))
desk = room.desk
screen = build_assessment_screen(
    desk.assessments, desk.applications, desk.households, desk.drafts, room.bench
)
room.show(screen, LI)
hands = Hands(screen.view)
for digits in ("1", "13"):  # where she lives is on record: saying it again saves nothing
    before = room.saved
    hands.type(digits)
    while room.saved == before:
        app.processEvents()
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_talk_goes_on_behind_its_last_answer(
    filled_vault: Kept, tmp_path: Path, clock, store, work, qtbot: QtBot
):
    directory = tmp_path / "killed"
    shutil.copytree(filled_vault.directory, directory)
    died = subprocess.run(
        [sys.executable, "-c", VICTIM, str(directory)],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        timeout=60,
        check=False,
    )
    room = Room(clock, store, work).open(Kept(directory, ""))
    desk = room.desk
    screen = build_assessment_screen(
        desk.assessments, desk.applications, desk.households, desk.drafts, room.bench
    )
    qtbot.addWidget(screen.view)

    room.show(screen, LI)

    answered = screen.view.card.rows.inputs
    assert died.returncode == -signal.SIGKILL
    assert [answered[key].value() for key in ("hukou", "living", "labour")] == [
        "local",
        "together",
        "none",
    ]
    assert answered["illness"].hasFocus()
    room.close()
