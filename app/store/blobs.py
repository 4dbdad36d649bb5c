"""Attachments: encrypted files of random name beside the database, written once.

Each blob has a key of its own, kept wrapped in the row that refers to it; the row is committed
only after the blob is on the disk (R16), so a crash leaves a stray blob and never a dead row.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from app.crypto.encoding import from_base64, to_base64
from app.crypto.keys import KEY_BYTES
from app.crypto.stream import (
    SEALED_CHUNK_BYTES,
    WRAPPED_KEY_BYTES,
    StreamDamaged,
    open_stream,
    seal_stream,
    unwrap_key,
    wrap_key,
)
from app.domain.problem import Unavailable
from app.store.atomic import create_private, disk_problem, make_private_directory, sync_directory

_ID: Final = re.compile(r"[0-9a-f]{32}")
_STRAY_AFTER: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class StoredBlob:
    """What the referring row keeps. `size` counts bytes in clear, `sha256` is of them, hex."""

    blob_id: str
    wrapped_key: str = field(repr=False)
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class BlobStore:
    """The blobs of one vault. `key` is `OpenVault.blob_key`."""

    directory: Path
    key: bytes = field(repr=False)

    def write(self, pieces: Iterable[bytes]) -> StoredBlob:
        """Encrypt `pieces` into a new blob, on the disk on return. Raises Unavailable D-01…D-03."""
        blob_id = secrets.token_hex(16)
        key = secrets.token_bytes(KEY_BYTES)
        meter = _Meter()
        path = self._path(blob_id)
        temporary = path.with_suffix(".tmp")
        make_private_directory(path.parent)
        try:
            with create_private(temporary) as file:
                for chunk in seal_stream(key, meter.watching(pieces)):
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
            sync_directory(path.parent)
            sync_directory(self.directory)
        except OSError as error:
            temporary.unlink(missing_ok=True)
            raise disk_problem(error) from error
        wrapped = to_base64(wrap_key(self.key, key, blob_id))
        return StoredBlob(blob_id, wrapped, meter.size, meter.digest.hexdigest())

    def read(self, blob_id: str, wrapped_key: str) -> Iterator[bytes]:
        """The blob in clear, piece by piece. Raises Unavailable V-15 when it is gone or damaged.

        Nothing already yielded may be used once it raises.
        """
        try:
            with self._path(blob_id).open("rb") as file:
                key = unwrap_key(self.key, from_base64(wrapped_key, WRAPPED_KEY_BYTES), blob_id)
                chunks = iter(lambda: file.read(SEALED_CHUNK_BYTES), b"")
                yield from open_stream(key, chunks)
        except FileNotFoundError as error:
            raise _not_here() from error
        except (StreamDamaged, ValueError) as error:
            raise _damaged() from error
        except OSError as error:
            raise disk_problem(error) from error

    def verify(self, blob: StoredBlob) -> None:
        """Read the whole blob and compare. Raises Unavailable V-15."""
        meter = _Meter()
        for _ in meter.watching(self.read(blob.blob_id, blob.wrapped_key)):
            pass  # reading is the check
        if (meter.size, meter.digest.hexdigest()) != (blob.size, blob.sha256):
            raise _damaged()

    def has(self, blob_id: str) -> bool:
        """Whether the blob's file is there; says nothing about what is in it."""
        return self._path(blob_id).is_file()

    def ids(self) -> set[str]:
        """Every blob on the disk."""
        return {path.name for path in self.directory.glob("??/*") if _ID.fullmatch(path.name)}

    def sweep(self, keep: set[str], now: datetime) -> int:
        """Delete blobs no row refers to, once a day old; answers how many.

        `keep` must come from every place that may refer to one, backups included.
        """
        strays = [
            path
            for path in self.directory.glob("??/*")
            if path.stem not in keep and _age(path, now) > _STRAY_AFTER
        ]
        for path in strays:
            path.unlink()
        return len(strays)

    def _path(self, blob_id: str) -> Path:
        """Raises ValueError for anything but a blob's name: names come from rows and batches."""
        if not _ID.fullmatch(blob_id):
            raise ValueError("not a blob id")
        return self.directory / blob_id[:2] / blob_id


class _Meter:
    """Counts and hashes what passes through."""

    def __init__(self) -> None:
        self.size = 0
        self.digest = hashlib.sha256()

    def watching(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """`pieces`, unchanged, as they pass."""
        for piece in pieces:
            self.size += len(piece)
            self.digest.update(piece)
            yield piece


def _age(path: Path, now: datetime) -> timedelta:
    return now - datetime.fromtimestamp(path.stat().st_mtime, now.tzinfo)


def _not_here() -> Unavailable:
    """A neighbour's record came with the feed, its bytes did not; or the file is gone."""
    return Unavailable(
        "这张照片或签字不在这台电脑上。",
        safe="文字记录都在。",
        do="别人交接来的，照片在县里；自己拍的，请从备份恢复。",
        code="V-15",
    )


def _damaged() -> Unavailable:
    return Unavailable(
        "有一张照片或附件坏了或缺了。",
        safe="文字记录都在。",
        do="请从备份恢复，或重新拍一张。",
        code="V-15",
    )
