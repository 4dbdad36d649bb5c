"""Fixtures for screens: no display, one look, a store runner that is closed again."""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before the first Qt import

import gc
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.tasks import TaskRunner
from app.ui.theme.look import Look
from app.ui.theme.scale import TypeSize
from tests.fakes import StoppedClock
from tests.windows import bury_windows

if TYPE_CHECKING:
    from tests.vaults import Kept
    from tests.work_pages import Room


class PatientBot(QtBot):
    """Waits as long as a busy machine needs: what never comes true still fails."""

    def waitUntil(self, callback: Callable[[], object], *, timeout: int = 60_000) -> None:  # noqa: N802  # pytest-qt's name
        super().waitUntil(callback, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:
    """The hands of a test, with patience."""
    return PatientBot(request)


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Look]:
    """The look of the program, standard and light again after the test."""
    found = qapp.findChild(Look)
    made = found if found is not None else Look(qapp, size=TypeSize.STANDARD, dark=False)
    if made.size is not TypeSize.STANDARD or made.palette.dark:
        made.wear(size=TypeSize.STANDARD, dark=False)
    gc.freeze()  # what is there already need not be looked through after every test
    # as in the program: collected on a runner's thread, a window would be destroyed there
    gc.disable()
    yield made
    bury_windows()
    gc.enable()


@pytest.fixture
def store(look: Look) -> Iterator[TaskRunner]:
    """A real store runner."""
    runner = TaskRunner("store")
    yield runner
    runner.close()


@pytest.fixture
def work(look: Look) -> Iterator[TaskRunner]:
    """A real work runner."""
    runner = TaskRunner("work")
    yield runner
    runner.close()


@pytest.fixture(scope="session")
def filled_vault(vault_template: Kept, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """A vault with three households; copy it, never open it."""
    from tests.vaults import Kept  # SQLAlchemy: most tests of the window do without
    from tests.work_pages import fill_vault

    directory = tmp_path_factory.mktemp("filled") / "vault"
    shutil.copytree(vault_template.directory, directory)
    made = Kept(directory, vault_template.recovery)
    fill_vault(made, StoppedClock())
    return made


@pytest.fixture
def room(
    filled_vault: Kept,
    tmp_path: Path,
    clock: StoppedClock,
    store: TaskRunner,
    work: TaskRunner,
) -> Iterator[Room]:
    """A copy of it, open on the store runner, with its desk."""
    from tests.vaults import Kept  # as above
    from tests.work_pages import Room

    directory = tmp_path / "room"
    shutil.copytree(filled_vault.directory, directory)
    made = Room(clock, store, work).open(Kept(directory, filled_vault.recovery))
    yield made
    made.close()


@pytest.fixture
def killed(
    filled_vault: Kept,
    tmp_path: Path,
    clock: StoppedClock,
    store: TaskRunner,
    work: TaskRunner,
) -> Iterator[Callable[..., Room]]:
    """The room again, after a program was killed behind what a function did in it."""
    from tests.killed import killed_behind  # as above
    from tests.vaults import Kept
    from tests.work_pages import Room

    rooms = []

    def die(doing: Callable[..., object], *words: str) -> Room:
        directory = killed_behind(filled_vault, tmp_path, doing, *words)
        rooms.append(Room(clock, store, work).open(Kept(directory, "")))
        return rooms[0]

    yield die
    for room in rooms:
        room.close()
