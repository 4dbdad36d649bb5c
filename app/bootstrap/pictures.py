"""A picture of every page of one vault.

`python -m app.bootstrap.pictures VAULT DIR HOUSEHOLD`, the passphrase on standard input.

The real window is built as always and walked through page by page; nothing is drawn for the
camera. Qt's offscreen platform takes the place of a display.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from app.bootstrap.session import Session
from app.bootstrap.window import start_of
from app.crypto.hardening import harden_process
from app.settings import Settings
from app.ui.application import Application
from app.ui.preferences import Preferences
from app.ui.theme.look import Look
from app.ui.theme.scale import TypeSize

ROOMY: Final = QSize(1366, 768)
CRAMPED: Final = QSize(1093, 543)
"""A 1366 × 768 laptop at 125 %, less its task bar: the smallest screen the pages must fit."""
ROUNDS: Final = 6
"""A page asks, shows and asks again; so many rounds of both threads and everything is there."""
ABOUT_A_HOUSEHOLD: Final = frozenset({"household", "visits", "assessment", "printing"})


class Camera:
    """Walks the window and keeps what it shows."""

    def __init__(self, app: QApplication, application: Application, folder: Path) -> None:
        self._app = app
        self._application = application
        self._folder = folder
        self._taken = 0

    def take(self, name: str) -> None:
        """One picture, numbered in order."""
        self.settle()
        self._taken += 1
        picture = self._application.window.grab()
        picture.save(str(self._folder / f"{self._taken:02d}-{name}.png"))

    def settle(self) -> None:
        """Wait until both runners and the window have nothing more to do."""
        for _ in range(ROUNDS):
            for runner in (self._application.work, self._application.store):
                answered: list[object] = []
                runner.run(partial(bool), done=answered.append, failed=answered.append)
                while not answered:
                    self._app.processEvents()
        self._app.processEvents()

    def wear(self, size: QSize, preferences: Preferences) -> None:
        """Another window size, type size or colours."""
        self._application.prefer(preferences)
        self._application.window.resize(size)


def take_all(vault: Path, folder: Path, household: str, passphrase: str) -> None:
    """Unlock page, first run, every page; then the working pages cramped, large and dark."""
    app = QApplication([sys.argv[0]])
    settings = Settings(folder / "home")
    look = Look(app, size=TypeSize.STANDARD, dark=False)
    first = Application(start_of(settings, locked=False), look)
    camera = Camera(app, first, folder)
    camera.wear(ROOMY, Preferences())
    first.show()
    camera.take("first-run")
    first.window.let_go()
    first.finish()
    start = start_of(settings, locked=False, vault=vault)
    application = Application(replace(start, keep_preferences=_forget), look)
    camera = Camera(app, application, folder)
    camera.wear(ROOMY, Preferences())
    application.show()
    camera.take("unlock")
    application.enter(Session(vault, passphrase=passphrase))
    while application.day is None:
        app.processEvents()
    _walk(camera, application, household)
    application.leave()
    camera.settle()
    application.finish()


def _walk(camera: Camera, application: Application, household: str) -> None:
    """Every page as it stands, then the daily ones in every size and colour."""
    day = application.day
    if day is None:
        raise RuntimeError("no day to walk through")
    camera.settle()
    pages = ("today", "households", "household", "visits", "assessment", "relief", "printing")
    for key in (*pages, "syncing", "ledger"):
        day.go(key, household if key in ABOUT_A_HOUSEHOLD else None)
        camera.take(key)
    for name, size, worn in (
        ("1093x543", CRAMPED, Preferences()),
        ("large", ROOMY, Preferences(size=TypeSize.LARGE)),
        ("dark", ROOMY, Preferences(dark=True)),
    ):
        camera.wear(size, worn)
        for key in ("today", "visits", "assessment", "relief"):
            day.go(key, household if key in ABOUT_A_HOUSEHOLD else None)
            camera.take(f"{key}-{name}")


def _forget(_preferences: Preferences) -> None:
    """What the camera wears is nobody's preference."""


if __name__ == "__main__":
    harden_process()
    take_all(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.stdin.read())
