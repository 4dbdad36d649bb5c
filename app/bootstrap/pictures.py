"""A picture of every page of one vault, and of the first run that led there.

`python -m app.bootstrap.pictures VAULT DIR SHOWN`, the passphrase on standard input. SHOWN is a
JSON object: the ids of the cases, households and visits that pages about one of them show.
The rosters are those of the day that made the vault; they lie beside it.

The real window is built as always and walked through page by page; nothing is drawn for the
camera. Qt's offscreen platform takes the place of a display.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QApplication

from app.bootstrap import first_scenes, scenes
from app.bootstrap.lens import WAITING, Camera
from app.bootstrap.session import Session
from app.bootstrap.window import start_of
from app.crypto.hardening import harden_process
from app.practice.county import COUNTY_ID, PracticeCounty
from app.practice.standing import COUNTY_NAME
from app.settings import Settings
from app.ui.application import Application
from app.ui.preferences import Preferences
from app.ui.theme.look import Look
from app.ui.theme.scale import TypeSize

OFFICER: Final = "韦春燕"
"""A generated name."""
NOBODY: Final = "https://127.0.0.1:1"
BAD_ROSTER: Final = "roster-bad.xlsx"
ROSTER: Final = "roster.xlsx"


def take_all(vault: Path, folder: Path, shown: Mapping[str, str], passphrase: str) -> None:
    """First run, unlock page, every page in every size and colour, every state."""
    app = QApplication([sys.argv[0]])
    look = Look(app, size=TypeSize.STANDARD, dark=False)
    camera = Camera(app, folder)
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch)
        _first_run(camera, look, home / "home", vault.parent)
        _day(camera, look, vault, shown, passphrase, home)


def _first_run(camera: Camera, look: Look, home: Path, day: Path) -> None:
    """A first run with the rosters of `day`; the vault it makes is nobody's."""
    home.mkdir()
    bad = Path(shutil.copy(day / BAD_ROSTER, home / scenes.BAD_ROSTER))
    first = Application(start_of(Settings(home), locked=False), look)
    camera.aim(first)
    first_scenes.first_run(camera, _ticket(home), bad, day / ROSTER)
    first.window.let_go()
    first.finish()


def _ticket(home: Path) -> Path:
    """An enrolment file as a county gives it: one for practice opens no vault of one's own.

    The county is made for it and thrown away; nobody answers at its address.
    """
    county = PracticeCounty(home / "county")
    county.ask("init", "--id", COUNTY_ID, "--name", COUNTY_NAME)
    county.invite(home / "绑定文件.json", officer=OFFICER, url=NOBODY)
    return home / "绑定文件.json"


def _day(
    camera: Camera,
    look: Look,
    vault: Path,
    shown: Mapping[str, str],
    passphrase: str,
    scratch: Path,
) -> None:
    """Unlock page, pages, states; then the vault is closed as the window closes it."""
    start = start_of(Settings(scratch), locked=False, vault=vault)
    application = Application(start._replace(keep_preferences=_forget), look)
    camera.aim(application)
    scenes.door(camera)
    application.enter(Session(vault, passphrase=passphrase))
    while application.day is None:
        look.app.processEvents(WAITING)
    camera.settle()
    scenes.pages(camera, shown)
    scenes.states(camera, shown, scratch, vault.parent / BAD_ROSTER)
    application.leave()
    camera.settle()
    application.finish()


def _forget(_preferences: Preferences) -> None:
    """What the camera wears is nobody's preference."""


if __name__ == "__main__":
    harden_process()
    take_all(Path(sys.argv[1]), Path(sys.argv[2]), json.loads(sys.argv[3]), sys.stdin.read())
