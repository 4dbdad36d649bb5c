"""An attachment on its way up: parts of 256 KiB after the text that names it, and their receipt.

A part may arrive twice, late or by both roads. The county answers each with how many parts it
holds from the beginning, so that whoever was cut off asks nothing and goes on from there; only a
receipt that says `complete` acknowledges the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Final

import msgspec

from app.sync.protocol.coding import Count, Id, Instant, KeyId, Message, Ordinal, Sha256

PART_BYTES: Final = 256 * 1024
MAX_BLOB_BYTES: Final = 20 * 1024 * 1024
BlobSize = Annotated[int, msgspec.Meta(ge=1, le=MAX_BLOB_BYTES)]
"""Bytes in clear."""


class PartHeader(Message, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a carrier may read of a part: which attachment, which part of how many bytes.

    `blob` is the SHA-256 of the whole attachment in clear, `part` counts from 0.
    """

    v: Ordinal
    suite: str
    county: Id
    to: KeyId
    device: Id
    cert: Sha256
    attachment: Id
    blob: Sha256
    size: BlobSize
    part: Count
    created: Instant


class BlobReceiptHeader(Message, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a carrier may read of the answer."""

    v: Ordinal
    suite: str
    county: Id
    device: Id
    attachment: Id


class BlobReceipt(Message, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How many parts the county holds from the beginning, and whether that is all of it.

    `complete` also says that the whole has the hash it was announced with.
    """

    device: Id
    attachment: Id
    blob: Sha256
    size: BlobSize
    held: Count
    complete: bool
    server_time: Instant


def parts_in(size: int) -> int:
    """How many parts an attachment of `size` bytes has."""
    return -(-size // PART_BYTES)


def part_length(size: int, part: int) -> int:
    """How many bytes part number `part` has; 0 beyond the end."""
    return max(min(PART_BYTES, size - part * PART_BYTES), 0)


def cut(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """What `pieces` spell, in parts."""
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        while len(waiting) >= PART_BYTES:
            yield bytes(waiting[:PART_BYTES])
            del waiting[:PART_BYTES]
    if waiting:
        yield bytes(waiting)
