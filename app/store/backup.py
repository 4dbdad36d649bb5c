"""Verified backups: copied, opened, checked — and only then called a backup (R19).

A copy is made beside the others under a name that starts with a dot, opened with the key, every
page and the whole operation log checked, and renamed last; so what carries a date is whole.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from app.crypto.keys import DataKey
from app.crypto.labels import Label
from app.domain.problem import Problem, Refused
from app.store.atomic import (
    atomic_write,
    copy_durably,
    disk_problem,
    make_private_directory,
    remove,
    sync_directory,
    sync_file,
)
from app.store.engine import open_engine
from app.store.header import Header
from app.store.header_parser import vault_is_newer
from app.store.integrity import VerifyChain, chain_findings, file_findings
from app.store.journal import Head
from app.store.layout import VaultFiles, journal_of
from app.store.manifest import (
    DATABASE,
    HEADER,
    NAME,
    Manifest,
    backup_unusable,
    file_digest,
    read_manifest,
)
from app.store.revisions import REVISIONS, read_revision
from app.store.sqlcipher import connect, create, database_unreadable, translated
from app.store.thinning import superfluous

_STAMP: Final = "%Y%m%dT%H%M%SZ"
_BLOBS: Final = "blobs"
_DRAFT: Final = ".unfinished-"


@dataclass(frozen=True, slots=True)
class BackupReport:
    """One backup. `n` is the number of its newest operation."""

    path: Path
    at: datetime
    reason: str
    n: int
    head: bytes


def list_backups(directory: Path) -> list[BackupReport]:
    """The backups in a folder, newest first, as their manifests tell; not yet checked."""
    found = []
    for path in directory.glob("[0-9]*"):
        try:
            manifest, _ = read_manifest(path)
        except Problem:
            continue  # not a backup, or one that is damaged: it cannot be offered
        found.append(_report(path, manifest))
    return sorted(found, key=lambda one: (one.at, one.path.name), reverse=True)


def take_backup(
    files: VaultFiles,
    header: Header,
    key: DataKey,
    *,
    verify_chain: VerifyChain,
    at: datetime,
    reason: str,
    destination: Path | None = None,
) -> BackupReport:
    """Copy the database, prove the copy, keep it. `destination` is a folder elsewhere (a stick).

    Attachments are copied only to a `destination`: beside the vault they are the same files. Needs
    no exclusive hold of the database. What one that was killed left in `home` goes first.

    Raises Unavailable V-03 when the copy does not pass, D-01…D-03 for the disk; older backups are
    then untouched.
    """
    home = files.backups if destination is None else destination
    make_private_directory(home)
    _sweep(home)
    with _unfinished(home) as draft:
        copy = draft / DATABASE
        _copy_database(files.database, copy, key.subkey(Label.DATABASE))
        head = prove(copy, key, verify_chain)
        copy_durably(files.header, draft / HEADER)
        if destination is not None:
            _copy_blobs(files.blobs, home / _BLOBS)
        manifest = Manifest(
            vault_id=header.vault_id,
            gen=header.gen,
            n=head.n,
            head=head.hash,
            schema=read_revision(copy, key.subkey(Label.DATABASE)),
            at=at,
            reason=reason,
            files={name: file_digest(draft / name) for name in (DATABASE, HEADER)},
        )
        atomic_write(draft / NAME, manifest.to_bytes(key.subkey(Label.BACKUP)))
        final = _free_name(home, at)
        draft.rename(final)
        sync_directory(home)
    return _report(final, manifest)


def verify_backup(path: Path, key: DataKey, *, vault_id: str, verify_chain: VerifyChain) -> Head:
    """Prove a backup from its seal down to its last page; answers the head of its log.

    Raises Unavailable V-16 (damaged or incomplete), Refused V-17 (of another vault), Unavailable
    V-04 (of a newer program).
    """
    manifest, seal = read_manifest(path)
    if manifest.vault_id != vault_id:
        raise Refused("这是别的保险箱的备份。", do="请选这个保险箱自己的备份。", code="V-17")
    if not manifest.is_sealed_by(key.subkey(Label.BACKUP), seal):
        raise backup_unusable()
    try:
        if any(file_digest(path / name) != entry for name, entry in manifest.files.items()):
            raise backup_unusable()
    except OSError as error:
        raise backup_unusable() from error
    if manifest.schema not in REVISIONS:
        raise vault_is_newer()
    try:
        head = prove(path / DATABASE, key, verify_chain)
    except Problem as problem:
        raise backup_unusable() from problem
    if (head.n, head.hash) != (manifest.n, manifest.head):
        raise backup_unusable()
    return head


def prove(database: Path, key: DataKey, verify_chain: VerifyChain) -> Head:
    """Check every page and the whole log of a file nobody writes. Raises Unavailable V-03."""
    secret = key.subkey(Label.DATABASE)
    findings = file_findings(database, secret)
    head: Head | None = None
    if not findings:
        engine = open_engine(database, secret, read_only=True)
        try:
            with engine.connect() as connection:
                head, findings = chain_findings(connection, verify_chain)
        finally:
            engine.dispose()
    if head is None or findings:
        raise database_unreadable()
    return head


def thin_backups(files: VaultFiles, now: datetime) -> int:
    """Let go of the backups no rule keeps; answers how many went."""
    known = list_backups(files.backups)
    doomed = superfluous((one.at for one in known), now)
    gone = [one.path for one in known if one.at in doomed]
    for path in gone:
        doomed_path = path.rename(_draft_name(files.backups))  # half a backup must not keep a date
        shutil.rmtree(doomed_path)
    return len(gone)


def sweep_unfinished(files: VaultFiles) -> None:
    """Remove what a backup that was cut short left behind. Raises Unavailable D-02, D-03."""
    _sweep(files.backups, "*")


def _sweep(home: Path, names: str = "????????") -> None:
    """The drafts in a folder of backups; nobody else may be making one there. A stick's owner may
    have a folder with a name much like ours: there they go by the exact form of it.

    Raises Unavailable D-02, D-03.
    """
    try:
        for path in home.glob(f"{_DRAFT}{names}"):
            remove(path)
    except OSError as error:
        raise disk_problem(error) from error


@contextmanager
def _unfinished(home: Path) -> Iterator[Path]:
    draft = _draft_name(home)
    make_private_directory(draft)
    try:
        yield draft
    except OSError as error:
        raise disk_problem(error) from error
    finally:
        if draft.exists():
            shutil.rmtree(draft)


def _draft_name(home: Path) -> Path:
    return home / f"{_DRAFT}{secrets.token_hex(4)}"


def _copy_database(source: Path, target: Path, key: bytes) -> None:
    create(target, key)
    reading = connect(source, key, read_only=True)
    try:
        writing = connect(target, key)
        try:
            with translated():
                reading.backup(writing)
        finally:
            writing.close()
    finally:
        reading.close()
    journal_of(target).unlink(missing_ok=True)
    sync_file(target)


def _copy_blobs(source: Path, target: Path) -> None:
    """Only what is missing: blobs never change."""
    for blob in source.glob("??/*"):
        copy = target / blob.parent.name / blob.name
        if not copy.exists():
            make_private_directory(copy.parent)
            copy_durably(blob, copy)


def _free_name(home: Path, at: datetime) -> Path:
    """The stamp in UTC, with a number when two fall into one second."""
    stamp = at.astimezone(UTC).strftime(_STAMP)
    path, number = home / stamp, 1
    while path.exists():
        number += 1
        path = home / f"{stamp}-{number}"
    return path


def _report(path: Path, manifest: Manifest) -> BackupReport:
    return BackupReport(path, manifest.at, manifest.reason, manifest.n, manifest.head)
