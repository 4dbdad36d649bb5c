"""One program per vault (R18).

The operating system holds the lock and drops it when the process dies, however it dies, so a stale
lock cannot outlive its owner. The file also says who held it last (process and boot) and how often
a passphrase failed; that part is advice, not protection.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from app.domain.clock import TimeEvidence
from app.domain.operations import instant_of, instant_text
from app.store.atomic import PRIVATE_FILE, disk_problem
from app.store.sqlcipher import in_use

_WAITS: Final = (0, 0, 2, 5)
_LONGEST_WAIT: Final = 30
"""Seconds to wait before the next try, after 0, 1, 2, 3 and more wrong ones."""

_MOST_BYTES: Final = 1024
_LOCKED_BYTE: Final = 1 << 30
"""Windows locks a range and forbids reading it; this one lies beyond the text."""


@dataclass(frozen=True, slots=True)
class LockNote:
    """What the lock file says."""

    pid: int = 0
    boot: str = ""
    failures: int = 0
    failed_at: str = ""

    def seconds_to_wait(self, now: datetime) -> int:
        """How long a person should wait before the next try; never more than half a minute.

        A clock set back does not lengthen it.
        """
        if not self.failures:
            return 0
        wait = _WAITS[self.failures] if self.failures < len(_WAITS) else _LONGEST_WAIT
        passed = int((now - instant_of(self.failed_at)).total_seconds())
        return max(0, min(wait, wait - passed))


class VaultLock:
    """The lock while it is held."""

    def __init__(self, handle: int, note: LockNote) -> None:
        self._handle: int | None = handle
        self._note = note

    @property
    def note(self) -> LockNote:
        """Who holds it, and the wrong tries so far."""
        return self._note

    def count_failure(self, now: datetime) -> int:
        """One more wrong passphrase; answers how many seconds to wait."""
        failures = self._note.failures + 1
        self._put(replace(self._note, failures=failures, failed_at=instant_text(now)))
        return self._note.seconds_to_wait(now)

    def forget_failures(self) -> None:
        """The right passphrase came."""
        if self._note.failures:
            self._put(replace(self._note, failures=0, failed_at=""))

    def release(self) -> None:
        """Let the next program in. The file stays: removing it would race with a waiter."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _put(self, note: LockNote) -> None:
        if self._handle is None:
            raise RuntimeError("the lock was released")
        _write_note(self._handle, note)
        self._note = note


def take_lock(path: Path, evidence: TimeEvidence) -> VaultLock:
    """Hold the vault for this process. Raises Unavailable V-05 when another one has it."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
    except OSError as error:
        raise disk_problem(error) from error
    try:
        _lock(handle)
        note = replace(_read_note(handle), pid=os.getpid(), boot=evidence.boot)
        _write_note(handle, note)
    except BaseException:
        os.close(handle)
        raise
    return VaultLock(handle, note)


def read_lock_note(path: Path) -> LockNote:
    """What the lock file says, without taking it; an unreadable one says nothing."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return LockNote()  # no vault was ever opened here
    try:
        return _read_note(handle)
    finally:
        os.close(handle)


def _read_note(handle: int) -> LockNote:
    os.lseek(handle, 0, os.SEEK_SET)
    try:
        return _plausible(LockNote(**json.loads(os.read(handle, _MOST_BYTES))))
    except (ValueError, TypeError, RecursionError):
        return LockNote()  # torn or edited: it was only ever advice


def _plausible(note: LockNote) -> LockNote:
    """Raises ValueError or TypeError for what this program never writes."""
    if type(note.pid) is not int or type(note.failures) is not int or note.failures < 0:
        raise ValueError("whole numbers were expected")
    if note.failures:
        instant_of(note.failed_at)
    return note


def _write_note(handle: int, note: LockNote) -> None:
    try:
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, json.dumps(asdict(note)).encode())
    except OSError as error:
        raise disk_problem(error) from error


def _lock(handle: int) -> None:
    """Raises Unavailable V-05. `flock`, not `lockf`: closing another handle must not drop it."""
    try:
        _platform_lock()(handle)
    except OSError as error:
        raise in_use() from error


def _platform_lock() -> Callable[[int], None]:
    if sys.platform == "win32":
        import msvcrt  # Windows only

        def lock_range(handle: int) -> None:
            os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

        return lock_range
    import fcntl  # absent on Windows

    return lambda handle: fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
