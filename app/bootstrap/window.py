"""The window's front door: builds everything it needs, joins it, decides nothing."""

from __future__ import annotations

import os
import sys
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.bootstrap.awake import seconds_awake_or_asleep
from app.crypto.hardening import harden_process
from app.settings import Settings, read_settings
from app.ui import application
from app.ui.preferences import Preferences
from app.ui.resident import Resident
from app.ui.start import DayParts, Start

if TYPE_CHECKING:
    from app.bootstrap.doors import Doors
    from app.ui.runner import Runner
    from app.ui.tasks import TaskRunner

PREFERENCES: Final = "window.json"


def run_window(*, locked: bool = False, restore: bool = False) -> int:
    """Open the window; the process's exit status. `restore` begins with putting a backup back."""
    harden_process()
    start = start_of(read_settings(), locked=locked)._replace(restore=restore)
    return application.run_window(start, [])


def start_of(settings: Settings, *, locked: bool, vault: Path | None = None) -> Start:
    """Everything the window is given; `vault` instead of the one found in its usual place."""
    found = vault or found_vault(settings)
    doors = cache(partial(_doors, settings, found))
    preferences = settings.home / PREFERENCES
    return Start(
        idle_seconds=seconds_awake_or_asleep,
        preferences=_read_preferences(preferences),
        keep_preferences=partial(_keep_preferences, preferences),
        resident=None if found is None else _resident(found, locked=locked),
        locked=locked,
        unlock_doors=doors,
        first_run_doors=doors,
        open_day=_open_day,
        warm_up=_warm_up,
        relock=_relock,
    )


_PARTS_OF_A_VAULT: Final = ("vault.json", "xieli.db")
"""A vault that lost one of them is still hers: the door says what is wrong and what mends it."""


def found_vault(settings: Settings) -> Path | None:
    """The vault to open: the coordinator's own before the practice village's."""
    for directory in (settings.vault, settings.practice_vault):
        if (directory / "erasing").exists():
            _finish_erasing(directory)
        elif any((directory / name).exists() for name in _PARTS_OF_A_VAULT):
            return directory
    return None


def _finish_erasing(directory: Path) -> None:
    """The county's order was obeyed and the power went before the last file did."""
    from app.store.erasing import finish_erasing

    finish_erasing(directory)


def _resident(directory: Path, *, locked: bool) -> Resident:
    """Whose vault it is, for the unlock page."""
    from app.store.nameplate import read_nameplate

    known = read_nameplate(directory)
    return Resident(known.village, known.officer, known.practice, interrupted=locked)


def _doors(settings: Settings, resident: Path | None) -> Doors:
    """Both doors; not in the first picture."""
    from app.bootstrap.doors import Doors
    from app.bootstrap.machine import SystemClock
    from app.services.vaults import Vaults

    clock = SystemClock()
    return Doors(settings, clock, Vaults(clock), resident)


def _open_day(session: object, work: Runner, store: TaskRunner) -> DayParts:
    """The day of a proved session; not in the first picture."""
    from app.bootstrap.day import open_day
    from app.bootstrap.machine import SystemClock
    from app.services.vaults import Vaults

    clock = SystemClock()
    return open_day(clock, Vaults(clock), session, work, store)


def _read_preferences(path: Path) -> Preferences:
    """How she likes it; as at first where the file cannot be read, for that is no reason to stay
    away."""
    try:
        return Preferences.of_json(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        return Preferences()


def _keep_preferences(path: Path, preferences: Preferences) -> None:
    from app.store.atomic import atomic_write, make_private_directory

    make_private_directory(path.parent)
    atomic_write(path, preferences.to_json().encode())


def _warm_up() -> None:
    """Half a second of imports, while the passphrase is typed."""
    from app.bootstrap import day, doors
    from app.services import desk
    from app.store import entering
    from app.ui import pages

    _ = (day, doors, desk, entering, pages)


def _relock(restore: bool) -> None:  # noqa: FBT001  # its caller knows it by position
    """Replace the process, so that no key or name stays in its memory (security R08)."""
    command = [sys.executable, "-m", "app", "--locked", *(["--restore"] if restore else [])]
    if os.name == "nt":
        os.spawnv(os.P_NOWAIT, sys.executable, command)  # noqa: S606  # ourselves; untested
        return
    os.execv(sys.executable, command)  # noqa: S606  # ourselves
