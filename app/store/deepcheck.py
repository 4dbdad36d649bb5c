"""Everything about a copy nobody writes, in pieces short enough to be done between other things."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, TypeVar

from sqlalchemy import Connection

from app.store.blobs import BlobStore
from app.store.engine import open_engine
from app.store.integrity import (
    Finding,
    attachments,
    chain_findings,
    damaged_attachments,
    file_findings,
    projection_findings,
)
from app.store.journal import verify_chain

T = TypeVar("T")

_ATTACHMENTS_AT_ONCE: Final = 32


def deep_check(database: Path, key: bytes, blobs: BlobStore) -> Iterator[list[Finding]]:
    """What each piece found: pages, log, working rows, attachments.

    Nothing stays open between two pieces, so the iterator may simply be dropped. Where one piece
    found something, the next ones may raise. Raises Unavailable V-03, D-02, D-03.
    """
    yield file_findings(database, key)
    yield _asked(database, key, lambda connection: chain_findings(connection, verify_chain)[1])
    yield _asked(database, key, projection_findings)
    stored = _asked(database, key, attachments)
    for at in range(0, len(stored), _ATTACHMENTS_AT_ONCE):
        yield damaged_attachments(stored[at : at + _ATTACHMENTS_AT_ONCE], blobs)


def _asked(database: Path, key: bytes, question: Callable[[Connection], T]) -> T:
    """The answer, from a connection of this thread's own."""
    engine = open_engine(database, key, read_only=True)
    try:
        with engine.connect() as connection:
            return question(connection)
    finally:
        engine.dispose()
