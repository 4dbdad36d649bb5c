"""Mending a damaged header from the spares beside it; the database is never touched."""

from __future__ import annotations

from pathlib import Path

from app.crypto.slots import WrongKey
from app.domain.clock import Clock
from app.domain.problem import Problem, Unavailable
from app.store.header import Header
from app.store.header_file import no_vault, read_header, spare_headers, write_header
from app.store.header_parser import header_damaged
from app.store.layout import VaultFiles
from app.store.locking import VaultLock, take_lock
from app.store.unlocking import key_by_passphrase, try_passphrase, wrong_passphrase


def repair_header(directory: Path, passphrase: str, *, clock: Clock) -> Header:
    """Put the newest spare header that `passphrase` opens in force, in place of a damaged one.

    Changes of passphrase or recovery code since then are lost; the next opening notices and asks
    for a new passphrase. A header that is whole stays as it is. Raises Refused V-01 when no spare
    opens with it, Unavailable V-14 when there is none at all, V-04, V-05, D-01…D-03.
    """
    files = VaultFiles(directory.absolute())
    lock = take_lock(files.lock, clock.evidence())
    try:
        return _repair(files, passphrase, lock, clock)
    finally:
        lock.release()


def _repair(files: VaultFiles, passphrase: str, lock: VaultLock, clock: Clock) -> Header:
    whole = _whole_header(files, passphrase, lock, clock)
    if whole is not None:
        return whole
    spares = spare_headers(files)
    for spare in spares:
        try:
            key_by_passphrase(spare, passphrase)
        except (WrongKey, Problem):
            continue  # an older passphrase, or an edited file; the next one may do
        write_header(files, spare)
        return spare
    if spares:
        raise wrong_passphrase(lock.count_failure(clock.now()))
    raise Unavailable(
        "钥匙文件坏了，也没有可用的备份。",
        safe="里面的资料没有动过。",
        do="请带着电脑和恢复纸去县里。",
        code="V-14",
    )


def _whole_header(
    files: VaultFiles, passphrase: str, lock: VaultLock, clock: Clock
) -> Header | None:
    """The header in force when nothing is wrong with it, else None: a spare knows less than it.

    Raises Refused V-01, Unavailable V-04.
    """
    try:
        header = read_header(files.directory)
        try_passphrase(header, passphrase, lock, clock.now())
    except Problem as problem:
        if problem.code in {header_damaged().code, no_vault().code}:
            return None
        raise
    return header
