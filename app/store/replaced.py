"""Putting another database in the place of the live one, and keeping the one that was there.

Used by upgrade and restore. The swap is a single rename: at every moment there is one whole
database under the name, the old or the new.
"""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from app.store.atomic import (
    copy_durably,
    disk_problem,
    make_private_directory,
    remove,
    sync_directory,
)
from app.store.layout import VaultFiles, journal_of
from app.store.manifest import DATABASE, HEADER

PREFIX: Final = "replaced-"
KEEP: Final = 3
KEEP_FOR: Final = timedelta(days=30)
_STAMP: Final = "%Y%m%dT%H%M%SZ"


def side_copy(files: VaultFiles) -> Path:
    """Where the next database is prepared; what an earlier, unfinished try left is removed.

    Raises Unavailable D-02, D-03.
    """
    path = files.next_database
    try:
        remove(journal_of(path))
        remove(path)
    except OSError as error:
        raise disk_problem(error) from error
    return path


def swap_in(files: VaultFiles, prepared: Path, at: datetime) -> Path | None:
    """Let `prepared` (whole, durable, closed) take the live database's place.

    Answers where the old one is kept, None when there was none. Nobody may have the live file
    open. Raises Unavailable D-01…D-03; the old database is then still in force.
    """
    try:
        kept = _set_aside(files, at) if files.database.exists() else None
        journal_of(prepared).unlink(missing_ok=True)
        prepared.replace(files.database)
        sync_directory(files.directory)
    except OSError as error:
        raise disk_problem(error) from error
    return kept


def forget_old(files: VaultFiles, now: datetime) -> int:
    """Delete replaced databases that are neither among the last three nor a month young."""
    kept = sorted(files.backups.glob(f"{PREFIX}*"), reverse=True)
    doomed = [path for path in kept[KEEP:] if now - _stamped(path) > KEEP_FOR]
    for path in doomed:
        shutil.rmtree(path)
    return len(doomed)


def _set_aside(files: VaultFiles, at: datetime) -> Path:
    """Keep the live database, with its journal, under another name; it stays in place too."""
    kept = files.backups / f"{PREFIX}{at.astimezone(UTC).strftime(_STAMP)}"
    while kept.exists():
        kept = kept.with_name(kept.name + "x")
    make_private_directory(kept)
    _link_or_copy(files.database, kept / DATABASE)
    if files.header.exists():
        copy_durably(files.header, kept / HEADER)
    journal = journal_of(files.database)
    if journal.exists():
        # left beside the new database, SQLite would play it into pages it knows nothing of
        journal.replace(kept / f"{DATABASE}-journal")
    sync_directory(kept)
    return kept


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        copy_durably(source, target)  # a file system without links


def _stamped(path: Path) -> datetime:
    stamp = path.name.removeprefix(PREFIX).rstrip("x")
    return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
