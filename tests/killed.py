"""A program with a real window that is killed −9 behind what somebody did in it.

Run as `python -m tests.killed module:function directory words…`: opens the vault in `directory`,
lets the function do in its room what the words say, and ends without another breath: what the
function returns, its page, is still open then.
"""

from __future__ import annotations

import faulthandler
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.ui.shell.page import PageScreen
from app.ui.tasks import TaskRunner
from app.ui.theme.look import Look
from app.ui.theme.scale import TypeSize
from tests.fakes import StoppedClock
from tests.hands import Hands
from tests.vaults import Kept
from tests.work_pages import Room

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 120
"""Seconds such a program may take; a little earlier it says what it waits for, and ends."""


def killed_behind(
    kept: Kept, tmp_path: Path, doing: Callable[..., PageScreen], *words: str
) -> Path:
    """A copy of the vault in `kept` as the program left it that was killed behind `doing`.

    `doing` is a function of a test module: given the open `Room` and `words`, it returns its page.
    """
    directory = tmp_path / "killed"
    shutil.copytree(kept.directory, directory)
    what = f"{doing.__module__}:{doing.__name__}"
    died = subprocess.run(
        [sys.executable, "-m", "tests.killed", what, str(directory), *words],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        timeout=PATIENCE,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL
    return directory


def until_saved(room: Room, doing: Callable[[], object]) -> None:
    """Do it, and wait for the word that something was saved; nothing is done after that word."""
    before = room.saved
    doing()
    while room.saved == before:
        QApplication.processEvents()


def strike(room: Room, page: PageScreen, chords: str) -> PageScreen:
    """Press keys and compose words, parted by spaces; wait for what the last one saves."""
    hands = Hands(page.view)
    *first, last = [partial(_one, hands, chord) for chord in chords.split()]
    for chord in first:
        chord()
        room.settle()
    until_saved(room, last)
    return page


def _one(hands: Hands, chord: str) -> None:
    if chord.isascii():
        hands.press(chord)
    else:
        hands.compose(chord)


def main(what: str, directory: str, *words: str) -> None:
    faulthandler.dump_traceback_later(PATIENCE - 10, exit=True)
    application = QApplication([])
    Look(application, size=TypeSize.STANDARD, dark=False)
    room = Room(StoppedClock(), TaskRunner("store"), TaskRunner("work"))
    room.open(Kept(Path(directory), ""))
    module, name = what.split(":")
    _page = getattr(import_module(module), name)(room, *words)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
