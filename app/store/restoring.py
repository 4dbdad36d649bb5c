"""Putting a backup back: proved, copied beside, swapped in; what was there is kept (§4.4)."""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from app.crypto.keys import DataKey
from app.crypto.labels import Label
from app.crypto.slots import WrongKey
from app.domain.clock import Clock
from app.domain.problem import Problem
from app.store import journal
from app.store.anchor import AnchorFile
from app.store.atomic import copy_durably, make_private_directory, sync_file
from app.store.backup import take_backup, verify_backup
from app.store.engine import open_engine
from app.store.header import Header
from app.store.header_file import no_vault, read_header, write_header
from app.store.layout import VaultFiles
from app.store.locking import VaultLock, take_lock
from app.store.manifest import DATABASE
from app.store.marks import mark_restored
from app.store.place import require_local
from app.store.replaced import forget_old, side_copy, swap_in
from app.store.sqlcipher import connect, translated
from app.store.unlocking import key_by_passphrase, try_passphrase, wrong_passphrase


@dataclass(frozen=True, slots=True)
class Restored:
    """The backup now in force. `kept` is where the replaced database lies, if there was one.

    The next opening says `restore_unrecorded`: append `vault.restored` and, in the same
    transaction, `marks.note_restore_recorded`. The epoch has already moved on.
    """

    backup: Path
    n: int
    head: bytes
    kept: Path | None


def restore_backup(directory: Path, backup: Path, passphrase: str, *, clock: Clock) -> Restored:
    """Make `backup` (a folder with a manifest) the vault in `directory`.

    The vault must be closed; it may be damaged or, on a new laptop, missing. The present
    passphrase counts, or the backup's own when the present header is gone. Raises Refused V-01,
    V-06, V-12, V-17, Unavailable V-02, V-04, V-05, V-16, D-01…D-03; then nothing has changed.
    """
    require_local(directory)
    files = VaultFiles(directory.absolute())
    files.make_directories()
    lock = take_lock(files.lock, clock.evidence())
    try:
        return _restore(files, backup, passphrase, lock, clock)
    finally:
        lock.release()


def _restore(
    files: VaultFiles, backup: Path, passphrase: str, lock: VaultLock, clock: Clock
) -> Restored:
    at = clock.now()
    header, key = _header_in_force(files, backup, passphrase, lock, clock)
    head = verify_backup(backup, key, vault_id=header.vault_id, verify_chain=journal.verify_chain)
    _save_what_is_there(files, header, key, clock)
    secret = key.subkey(Label.DATABASE)
    used = _last_epoch(files, secret)
    prepared = side_copy(files)
    copy_durably(backup / DATABASE, prepared)
    _mark(prepared, secret, header, used)
    _bring_blobs(backup.parent / "blobs", files.blobs)
    if not files.header.exists() or header.to_bytes() != files.header.read_bytes():
        write_header(files, header)
    # the anchor first: power lost in between leaves it older than the database, which is allowed
    AnchorFile(files.anchor, key.subkey(Label.ANCHOR), header.vault_id).write(head.n, head.hash, at)
    kept = swap_in(files, prepared, at)
    forget_old(files, at)
    return Restored(backup, head.n, head.hash, kept)


def _header_in_force(
    files: VaultFiles, backup: Path, passphrase: str, lock: VaultLock, clock: Clock
) -> tuple[Header, DataKey]:
    """The vault's own header, or the backup's when there is none that reads."""
    try:
        header = read_header(files.directory)
    except Problem as problem:
        if problem.code not in {"V-02", no_vault().code}:
            raise
    else:
        return header, try_passphrase(header, passphrase, lock, clock.now())
    header = read_header(backup)
    try:
        return header, key_by_passphrase(header, passphrase)
    except WrongKey as error:
        raise wrong_passphrase(lock.count_failure(clock.now())) from error


def _save_what_is_there(files: VaultFiles, header: Header, key: DataKey, clock: Clock) -> None:
    """A last backup of the database about to be replaced, if it is still whole."""
    if not files.database.exists() or not files.header.exists():
        return
    try:
        # what a killed program left in the journal is undone by whoever may write; a backup reads
        connect(files.database, key.subkey(Label.DATABASE)).close()
        take_backup(
            files,
            header,
            key,
            verify_chain=journal.verify_chain,
            at=clock.now(),
            reason="restore",
        )
    except Problem as problem:
        if problem.code not in {"V-03", "D-02"}:
            raise  # a full disk is no reason to go on; a damaged database is why we are here


def _last_epoch(files: VaultFiles, secret: bytes) -> int:
    """The highest epoch of this vault on this disk: the same backup may be put back twice, with
    batches sent in between, and they are another's than those to come. What cannot be read says
    nothing: it may be damaged, which is why we are here."""
    found = [0]
    for path in (files.database, *files.backups.glob(f"*/{DATABASE}")):
        with suppress(Problem), closing(connect(path, secret, read_only=True)) as connection:
            with translated():
                (epoch,) = connection.execute("SELECT epoch FROM device").fetchone()
            found.append(epoch)
    return max(found)


def _mark(prepared: Path, secret: bytes, header: Header, used: int) -> None:
    engine = open_engine(prepared, secret)
    try:
        with engine.begin() as connection:
            mark_restored(connection, header.gen, used=used)
    finally:
        engine.dispose()
    sync_file(prepared)


def _bring_blobs(source: Path, target: Path) -> None:
    """Attachments from a stick; those already here are the same, for blobs never change."""
    for blob in source.glob("??/*"):
        copy = target / blob.parent.name / blob.name
        if not copy.exists():
            make_private_directory(copy.parent)
            copy_durably(blob, copy)
