"""The disk runs full while a visit is being typed: it is said, nothing is lost, it goes on.

On a disk of its own where one can be mounted; where not, a limit on the size of files says the
same to the one test that needs no reserve.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.crypto.kdf import FLOOR
from app.services.applications import FileApplication
from app.services.desk import open_desk
from app.settings import Settings
from app.store.entering import create_vault, open_vault
from app.store.reserve import RESERVE_BYTES, Reserve
from app.ui.applications.keys import Start
from tests.fakes import StoppedClock
from tests.mornings import Morning, begin_morning
from tests.policies import PracticePolicies
from tests.vaults import OWNER, PASSPHRASE, Kept
from tests.work_pages import LI, WU, ZHAO, fill_vault

DISK_BYTES = 110 * 1024 * 1024
"""Room for a vault, its backups and its reserve, and what must be left over to make one."""
BLOCK = 4096
MOST_VISITS = 60


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk; the folder itself where none can be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(folder)]
    mounted = (
        shutil.which("mount")
        and not subprocess.run(command, capture_output=True, check=False).returncode
    )
    yield folder
    if mounted:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def vault(disk: Path) -> Kept:
    """A coordinator's vault on it, with three households; not a practice vault."""
    clock = StoppedClock()
    made, code = create_vault(
        disk / "vault", PASSPHRASE, owner=OWNER, practice=False, clock=clock, kdf=FLOOR
    )
    made.close()
    kept = Kept(disk / "vault", " ".join(code.groups))
    fill_vault(kept, clock)
    return kept


@pytest.fixture
def morning(vault: Kept, tmp_path: Path, qapp, qtbot: QtBot) -> Iterator[Morning]:
    """The program, unlocked."""
    begun = begin_morning(Settings(tmp_path / "home"), qapp, qtbot, vault=vault.directory)
    begun.enter(PASSPHRASE)
    yield begun
    begun.leave()


@contextmanager
def full(disk: Path) -> Iterator[None]:
    """Not a block is free. By a limit on the size of files where the disk is the machine's own."""
    if not os.path.ismount(disk):
        with no_file_grows(disk / "vault" / "xieli.db"):
            yield
        return
    filler = disk / f"filler-{len(list(disk.iterdir()))}"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(256 * BLOCK))
        except OSError:
            pass
        try:
            while True:
                file.write(bytes(BLOCK))
        except OSError:
            pass
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def no_file_grows(path: Path) -> Iterator[None]:
    """No file may become larger than `path` is."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def visits(vault: Kept) -> list[str]:
    """Whose visits the file holds, once the window has let it go; it is whole, too."""
    opened = open_vault(vault.directory, PASSPHRASE, clock=StoppedClock())
    try:
        assert opened.check(deep=True).is_sound
        with opened.engine.connect() as connection:
            found = connection.exec_driver_sql("SELECT household_id FROM visit ORDER BY id")
            return [row[0] for row in found]
    finally:
        opened.close()


def type_visit(morning: Morning, letters: str) -> Morning:
    """A visit by keys, up to the last field."""
    return morning.press("Ctrl+N").type(letters).press("Return").type("141111")


def test_without_room_a_visit_is_not_saved_the_form_stays_and_then_it_is(
    morning: Morning, vault: Kept, disk: Path, monkeypatch
):
    """The reserve is not there. The file has a little air, so the first ones still go in."""
    monkeypatch.setattr(Reserve, "give_if_low", lambda _self: None)
    view = morning.application.day.halves("visits").view
    went_in = 0
    with full(disk):
        while not view.problem.isVisible() and went_in < MOST_VISITS:
            type_visit(morning, "wxl").press("Ctrl+Return")
            went_in += not view.problem.isVisible()
        told, still = morning.said(), view.household.household()
        health = view.choices["health"].value()
    morning.press("Ctrl+Return")
    refused_again = view.problem.isVisible()
    morning.leave()

    assert told in {"D-01", "D-02"}
    assert still.id == WU
    assert health is not None
    assert not refused_again
    assert visits(vault) == [WU] * (1 + went_in + 1)


def proxies(vault: Kept) -> list[str | None]:
    """Who files the applications the file holds."""
    opened = open_vault(vault.directory, PASSPHRASE, clock=StoppedClock())
    try:
        assert opened.check(deep=True).is_sound
        with opened.engine.connect() as connection:
            found = connection.exec_driver_sql("SELECT proxy_name FROM application ORDER BY id")
            return [row[0] for row in found]
    finally:
        opened.close()


def filed(vault: Kept) -> None:
    """An application of Zhao's household is a draft."""
    clock = StoppedClock()
    opened = open_vault(vault.directory, PASSPHRASE, clock=clock)
    try:
        desk = open_desk(opened, clock, PracticePolicies())
        desk.applications.file(FileApplication(household=ZHAO, assessment=None))
    finally:
        opened.close()


def test_without_room_a_deed_of_an_application_stays_as_it_was_typed_and_then_is_saved(
    vault: Kept, disk: Path, tmp_path: Path, qapp, qtbot: QtBot, monkeypatch
):
    monkeypatch.setattr(Reserve, "give_if_low", lambda _self: None)
    filed(vault)
    morning = begin_morning(Settings(tmp_path / "home"), qapp, qtbot, vault=vault.directory)
    morning.enter(PASSPHRASE).application.day.go("applications", ZHAO)
    screen = morning.settle().application.day.halves("applications")
    screen.presenter.act(Start("proxy"))
    morning.settle().press("2")
    went_in = ""
    with full(disk):
        for at in range(MOST_VISITS):
            screen.view.form.fields["name"].put(f"李建国{at}" * 400)
            screen.presenter.answer("name", f"李建国{at}" * 400)
            screen.presenter.finish()
            morning.settle()
            if screen.view.problem.isVisible():
                break
            went_in = f"李建国{at}" * 400
            screen.presenter.act(Start("proxy"))
            morning.settle()
        told, typed = morning.said(), screen.view.form.fields["name"].text()
        still_asked = screen.view.form.isVisible() and screen.view.form.isEnabled()
    morning.press("Ctrl+Return")
    refused_again = screen.view.problem.isVisible()
    morning.leave()

    assert told in {"D-01", "D-02"}
    assert still_asked
    assert typed not in {"", went_in}
    assert not refused_again
    assert proxies(vault) == [typed]


def test_the_reserve_lets_the_record_at_hand_be_saved_and_says_that_it_is_time(
    morning: Morning, vault: Kept, disk: Path
):
    """Where no small disk can be mounted the file is kept from growing, which no reserve can
    help: then only what was saved before has to be there."""
    if not os.path.ismount(disk):
        with full(disk):
            morning.leave()
        assert visits(vault) == [WU]
        return
    reserve = vault.directory / "reserve.bin"
    held = reserve.stat().st_size
    with full(disk):
        type_visit(morning, "wxl").press("Ctrl+Return")
        told, gone = morning.said(), not reserve.exists()
        type_visit(morning, "lgf").press("Ctrl+Return")
        morning.leave()
        reopened = visits(vault)

    assert (held, told, gone) == (RESERVE_BYTES, "D-04", True)
    assert sorted(reopened) == sorted([WU, WU, LI])


def test_with_room_again_the_reserve_comes_back_and_nothing_more_is_said(
    morning: Morning, vault: Kept, disk: Path
):
    with full(disk):
        type_visit(morning, "wxl").press("Ctrl+Return")
    morning.window.problem.hide()

    type_visit(morning, "lgf").press("Ctrl+Return")

    assert not morning.window.problem.isVisible()
    if os.path.ismount(disk):
        assert (vault.directory / "reserve.bin").stat().st_size == RESERVE_BYTES


def test_locking_on_a_full_disk_locks_and_keeps_everything(
    morning: Morning, vault: Kept, disk: Path
):
    type_visit(morning, "wxl").press("Ctrl+Return")
    with full(disk):
        morning.leave()

    assert visits(vault) == [WU, WU]


def test_a_vault_opens_on_a_full_disk_and_says_how_it_stands(
    vault: Kept, disk: Path, tmp_path: Path, qapp, qtbot: QtBot
):
    (vault.directory / "reserve.bin").unlink(missing_ok=True)
    with full(disk):
        morning = begin_morning(Settings(tmp_path / "home"), qapp, qtbot, vault=vault.directory)
        morning.enter(PASSPHRASE)
        opened, told = morning.is_open, morning.said()
        morning.leave()

    assert opened
    assert told in {"D-04", "D-06"}
