"""Damage that opening does not meet: found in quiet, said with a next step, mended at the door."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap.window import start_of
from app.settings import Settings
from app.store.backup import list_backups
from app.store.entering import open_vault
from app.store.layout import VaultFiles
from app.store.manifest import DATABASE
from app.ui.application import Application
from app.ui.doors import Remedy
from app.ui.shell.checkup import QUIET_SECONDS, Checkup
from app.ui.theme.look import Look
from app.ui.theme.scale import TypeSize
from tests.fakes import StoppedClock
from tests.hands import Hands
from tests.laptops import open_laptop
from tests.mornings import Morning
from tests.vaults import PASSPHRASE, Kept, flip

LOCKED_TO_RESTORE = {"locked": True, "restore": True}


class Begin:
    """Starts the program on one vault, with a clock for the idle watch that stands."""

    def __init__(self, kept: Kept, home: Path, qapp: QApplication, qtbot: QtBot) -> None:
        self.kept = kept
        self.settings = Settings(home)
        self.look = qapp.findChild(Look) or Look(qapp, size=TypeSize.STANDARD, dark=False)
        self.qtbot = qtbot
        self.quiet = 0.0
        self.begun: list[Morning] = []

    def __call__(self, **changes: object) -> Morning:
        start = start_of(self.settings, locked=False, vault=self.kept.directory)
        start = start._replace(idle_seconds=lambda: self.quiet, **changes)
        application = Application(start, self.look)
        application.show()
        application.window.activateWindow()
        self.qtbot.waitUntil(application.window.isActiveWindow)
        self.begun.append(Morning(application, Hands(application.window), self.qtbot))
        return self.begun[-1].settle()

    def rest(self, morning: Morning) -> None:
        """Nobody touches anything for a while."""
        self.quiet += QUIET_SECONDS
        morning.application.findChild(Checkup).look()
        for _ in range(4):
            morning.settle()


@pytest.fixture
def begin(kept: Kept, tmp_path: Path, qapp, qtbot: QtBot) -> Iterator[Begin]:
    made = Begin(kept, tmp_path / "home", qapp, qtbot)
    yield made
    for morning in made.begun:
        morning.leave()


def newest(kept: Kept) -> Path:
    return list_backups(VaultFiles(kept.directory).backups)[0].path


def test_an_edited_row_is_found_in_quiet_and_said(begin, kept, clock):
    laptop = open_laptop(kept, clock)
    laptop.add_household()
    with laptop.vault.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE household SET door = '99号'")
    laptop.vault.backup()
    laptop.vault.close()
    morning = begin().enter(PASSPHRASE)
    before = morning.window.problem.isVisible()

    begin.rest(morning)

    assert not before
    assert morning.said() == "V-19"


def test_a_sound_vault_says_nothing(begin):
    morning = begin().enter(PASSPHRASE)

    begin.rest(morning)

    assert morning.is_open
    assert not morning.window.problem.isVisible()


def test_the_door_restores_what_the_day_found_damaged(begin, kept):
    """The restore is an operation itself."""
    morning = begin(**LOCKED_TO_RESTORE)
    asked = morning.window.door.problem.headline.text()

    morning.enter(PASSPHRASE)
    opened = morning.is_open
    morning.leave()

    assert "第 3 条操作记录" in asked
    assert opened
    assert list_backups(VaultFiles(kept.directory).backups)[0].n == 4


def test_a_backup_that_is_damaged_too_gives_way_to_the_one_before(begin, kept):
    clock = StoppedClock()
    clock.advance(minutes=24 * 60)
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)
    vault.backup()
    vault.close()
    spoiled = newest(kept)
    flip(spoiled / DATABASE, 4096 * 5 + 100)
    morning = begin(**LOCKED_TO_RESTORE)

    morning.enter(PASSPHRASE)
    told = morning.said()
    morning.click(morning.window.door.remedies.buttons[Remedy.RESTORE])
    asked = morning.window.door.problem.headline.text()
    morning.enter(PASSPHRASE)

    assert told == "V-16"
    assert "3月2日" in asked
    assert morning.is_open
