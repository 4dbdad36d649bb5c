"""Attachments nobody refers to any more: found, and let go once they are a day old (§4.12).

A photo is written before the row that refers to it, so a power cut leaves a blob without a row.
Before one goes, every database that could be put back is asked too.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, select

from app.crypto.keys import DataKey
from app.crypto.labels import Label
from app.domain.problem import Problem
from app.models.base import table_of
from app.models.casework import AttachmentRow
from app.store.atomic import disk_problem
from app.store.blobs import BlobStore
from app.store.layout import VaultFiles
from app.store.manifest import DATABASE
from app.store.sqlcipher import connect, translated

_ATTACHMENT = table_of(AttachmentRow)
_IN_DRAFTS: Final = (
    "SELECT json_extract(f.value, '$.blob_id') FROM draft AS d, json_each(d.fields, '$.files') AS f"
)
"""Blobs of forms that are not finished: a photo is on the disk before its visit is recorded."""


def sweep_strays(
    connection: Connection, files: VaultFiles, key: DataKey, blobs: BlobStore, now: datetime
) -> int:
    """Delete stray blobs; answers how many. None goes while any backup cannot be asked.

    Raises Unavailable D-02, D-03.
    """
    on_disk = blobs.ids()
    strays = on_disk - set(connection.execute(select(_ATTACHMENT.c.blob_id)).scalars())
    strays -= set(connection.exec_driver_sql(_IN_DRAFTS).scalars())
    for path in sorted(files.backups.glob(f"*/{DATABASE}")):
        if not strays:
            break
        try:
            strays -= _referred_to(path, key)
        except Problem:
            return 0  # it may need any of them
    try:
        return blobs.sweep(on_disk - strays, now)
    except OSError as error:
        raise disk_problem(error) from error


def _referred_to(path: Path, key: DataKey) -> set[str]:
    """The blobs a kept database refers to. Raises Unavailable V-03, V-05, D-02, D-03."""
    raw = connect(path, key.subkey(Label.DATABASE), read_only=True)
    try:
        with translated():
            kept = {row[0] for row in raw.execute("SELECT blob_id FROM attachment")}
            return kept | {row[0] for row in raw.execute(_IN_DRAFTS)}
    finally:
        raw.close()
