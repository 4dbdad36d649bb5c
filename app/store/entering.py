"""The doors of a vault: made, unlocked, opened (design §6).

Opening tells every trouble apart: wrong passphrase V-01, damaged header V-02, damaged database
V-03, newer than this program V-04, in use V-05, unfit place V-06, no vault V-12, older than its
anchor V-09, anchor gone V-10. All but `found_vault` and `unlock_…` belongs to the store thread.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from app.crypto.kdf import DEFAULT, KdfCost
from app.crypto.keys import DataKey
from app.crypto.labels import Label
from app.crypto.recovery_code import RecoveryCode
from app.domain.clock import Clock
from app.store import journal
from app.store.backup import (
    sweep_unfinished,
)
from app.store.creation import build_vault
from app.store.engine import open_engine
from app.store.erasing import finish_erasing
from app.store.freshness import judge
from app.store.header import Header, VaultOwner
from app.store.header_file import read_header
from app.store.layout import VaultFiles
from app.store.locking import VaultLock, take_lock
from app.store.place import require_local
from app.store.unlocking import key_by_recovery_code, try_passphrase
from app.store.upgrade import bring_up_to_date
from app.store.vault import OpenVault, Unlocked, anchor_of

Prove = Callable[[Header, VaultLock], DataKey]


def found_vault(
    directory: Path,
    passphrase: str,
    *,
    owner: VaultOwner,
    practice: bool,
    clock: Clock,
    kdf: KdfCost = DEFAULT,
) -> tuple[Unlocked, RecoveryCode]:
    """Make a vault. The recovery code is shown once and kept nowhere. Any thread.

    Raises Refused V-06 (place), V-07 (weak passphrase), V-13 (not an empty folder), V-27 (names),
    Unavailable D-01…D-03. Then nothing is left behind.
    """
    key, code = build_vault(
        directory, passphrase, owner=owner, practice=practice, at=clock.now(), cost=kdf
    )
    try:
        return _unlock(directory, clock, lambda *_: key), code
    except BaseException:
        shutil.rmtree(directory)  # nobody has its recovery sheet
        raise


def unlock_vault(directory: Path, passphrase: str, *, clock: Clock) -> Unlocked:
    """Prove a passphrase. Any thread.

    Raises Refused V-01, V-06, V-12, Unavailable V-02, V-04, V-05, D-01…D-03.
    """

    def unlock(header: Header, lock: VaultLock) -> DataKey:
        return try_passphrase(header, passphrase, lock, clock.now())

    return _unlock(directory, clock, unlock)


def unlock_with_recovery(directory: Path, code: str, *, clock: Clock) -> Unlocked:
    """The same by the printed code; Refused V-08 names a miscopied group."""
    return _unlock(directory, clock, lambda header, _: key_by_recovery_code(header, code))


def unlock_by(directory: Path, prove: Prove, *, clock: Clock) -> Unlocked:
    """The same by whatever key `prove` has; raises as `unlock_vault` and what `prove` raises."""
    return _unlock(directory, clock, prove)


def enter(unlocked: Unlocked, *, clock: Clock, accept_older: bool = False) -> OpenVault:
    """Open the database, upgrading an older schema on the way. On the store thread.

    `accept_older` takes a database that is behind its anchor as it is. Raises Unavailable V-03
    (damaged), V-04 (newer), V-09, V-10 (not the newest), V-18 (upgrade failed), D-01…D-03; the
    vault is then closed.
    """
    try:
        return _enter(unlocked, clock, accept_older=accept_older)
    except BaseException:
        unlocked.discard()
        raise


def create_vault(
    directory: Path,
    passphrase: str,
    *,
    owner: VaultOwner,
    practice: bool,
    clock: Clock,
    kdf: KdfCost = DEFAULT,
) -> tuple[OpenVault, RecoveryCode]:
    """`found_vault` and `enter` in one, on the store thread."""
    unlocked, code = found_vault(
        directory, passphrase, owner=owner, practice=practice, clock=clock, kdf=kdf
    )
    return enter(unlocked, clock=clock), code


def open_vault(
    directory: Path, passphrase: str, *, clock: Clock, accept_older: bool = False
) -> OpenVault:
    """`unlock_vault` and `enter` in one, on the store thread."""
    return enter(
        unlock_vault(directory, passphrase, clock=clock), clock=clock, accept_older=accept_older
    )


def open_with_recovery(
    directory: Path, code: str, *, clock: Clock, accept_older: bool = False
) -> OpenVault:
    """`unlock_with_recovery` and `enter` in one, on the store thread."""
    return enter(
        unlock_with_recovery(directory, code, clock=clock), clock=clock, accept_older=accept_older
    )


def _unlock(directory: Path, clock: Clock, prove: Prove) -> Unlocked:
    files = VaultFiles(directory.absolute())
    finish_erasing(files.directory)
    header = read_header(files.directory)
    require_local(files.directory)
    lock = take_lock(files.lock, clock.evidence())
    try:
        return Unlocked(files, header, prove(header, lock), lock)
    except BaseException:
        lock.release()
        raise


def _enter(unlocked: Unlocked, clock: Clock, *, accept_older: bool) -> OpenVault:
    files, header, key = unlocked.files, unlocked.header, unlocked.key
    files.make_directories()
    files.close_to_others()
    files.sweep_leftovers()
    sweep_unfinished(files)
    at = clock.now()
    bring_up_to_date(files, header, key, verify_chain=journal.verify_chain, at=at)
    engine = open_engine(files.database, key.subkey(Label.DATABASE))
    try:
        circumstances = judge(
            engine, header, anchor_of(files, header, key), at=at, accept_older=accept_older
        )
    except BaseException:
        engine.dispose()
        raise
    return OpenVault(unlocked, clock, engine, circumstances)
