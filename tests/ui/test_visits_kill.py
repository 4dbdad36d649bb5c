"""Kill −9 after a field commit: the value is there, and the cursor in the next field."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.casework import Health
from app.ui.visits.screen import build_visit_screen
from tests.vaults import Kept
from tests.work_pages import WU, Room

ROOT = Path(__file__).resolve().parents[2]
_ANSWERS = ("1", "141")

VICTIM = """
import os, signal, sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

app = QApplication([])
from app.ui.tasks import TaskRunner
from app.ui.theme.look import Look
from app.ui.theme.scale import TypeSize
from app.ui.visits.screen import build_visit_screen
from tests.fakes import StoppedClock
from tests.hands import Hands
from tests.vaults import Kept
from tests.work_pages import Room

Look(app, size=TypeSize.STANDARD, dark=False)
room = Room(StoppedClock(), TaskRunner("store"), TaskRunner("work"))
room.open(Kept(Path(sys.argv[1]), ""))
desk = room.desk
screen = build_visit_screen(desk.households, desk.visits, desk.visit_files, desk.drafts, room.bench)
room.show(screen)
hands = Hands(screen.view)
for letter in "wxl":
    hands.type(letter)
    room.settle()
hands.press("Return")
room.settle()
for digit in sys.argv[2]:
    before = room.saved
    hands.type(digit)
    while room.saved == before:
        app.processEvents()
os.kill(os.getpid(), signal.SIGKILL)
"""


PICTURES = VICTIM.replace(
    "for digit in sys.argv[2]:",
    """
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

picture = Path(sys.argv[1]).parent / "photo.jpg"
QImage(32, 24, QImage.Format.Format_RGB888).save(str(picture))
screen.view.rows.photos.path.put(str(picture))
before = room.saved
screen.view.rows.photos.add.click()
while room.saved == before:
    app.processEvents()
screen.view.rows.signature.open.click()
pad = screen.view.rows.signature.pad
before = room.saved
QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
QTest.mouseMove(pad, QPoint(60, 30))
QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(60, 30))
while room.saved == before:
    app.processEvents()
for digit in "":""",
)


def test_a_killed_program_loses_neither_photo_nor_signature(
    filled_vault: Kept, tmp_path: Path, clock, store, work, qtbot: QtBot
):
    directory = _copy(filled_vault, tmp_path)
    died = subprocess.run(
        [sys.executable, "-c", PICTURES, str(directory)],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        timeout=60,
        check=False,
    )
    room = Room(clock, store, work).open(Kept(directory, ""))
    desk = room.desk
    screen = build_visit_screen(
        desk.households, desk.visits, desk.visit_files, desk.drafts, room.bench
    )
    qtbot.addWidget(screen.view)
    room.show(screen)
    kept = screen.presenter._form.files

    assert died.returncode == -signal.SIGKILL
    assert len(screen.view.rows.signature.pad.strokes()) == 1
    assert [len(kept), room.do(lambda: desk.visit_files.read(kept[0]))[:2]] == [1, b"\xff\xd8"]
    room.close()


@pytest.mark.parametrize("digits", _ANSWERS)
def test_a_killed_program_loses_no_committed_field(
    digits: str, filled_vault: Kept, tmp_path: Path, clock, store, work, qtbot: QtBot
):
    directory = _copy(filled_vault, tmp_path)
    died = subprocess.run(
        [sys.executable, "-c", VICTIM, str(directory), digits],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        timeout=60,
        check=False,
    )
    room = Room(clock, store, work).open(Kept(directory, ""))
    screen = build_visit_screen(
        room.desk.households, room.desk.visits, room.desk.visit_files, room.desk.drafts, room.bench
    )
    qtbot.addWidget(screen.view)

    room.show(screen)

    fields = ("met", "health", "supplies", "housing")
    assert died.returncode == -signal.SIGKILL
    assert screen.view.household.household().id == WU
    answered = [name for name in fields if screen.view.choices[name].value() is not None]
    assert answered == list(fields[: len(digits)])
    assert screen.view.choices[fields[len(digits)]].hasFocus()
    if len(digits) > 1:
        assert screen.view.choices["health"].value() is Health.IMPAIRED
    room.close()


def _copy(kept: Kept, tmp_path: Path) -> Path:
    directory = tmp_path / "killed"
    shutil.copytree(kept.directory, directory)
    return directory
