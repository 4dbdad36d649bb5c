"""`anchor.bin`: how far the operation log had come, kept outside the database.

A page HMAC proves that a page is ours, not that it is new; an old copy of the whole file passes
every check of its own (security F5). The anchor remembers the newest head seen, so a database that
is behind it was rolled back. Two slots are written in turn, in place: a torn write spoils one.
It is never ahead of the database by a crash, because it is written after the commit.
"""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from app.crypto.keys import mac, same
from app.crypto.labels import Label
from app.domain.problem import Unavailable
from app.store.atomic import atomic_write, disk_problem

SLOT_BYTES: Final = 96
FILE_BYTES: Final = 2 * SLOT_BYTES
_FIELDS: Final = struct.Struct(">QQ32sQ")
_MAC_BYTES: Final = 32
_PADDING: Final = SLOT_BYTES - _FIELDS.size - _MAC_BYTES


@dataclass(frozen=True, slots=True)
class Anchor:
    """The newest head seen. `gen` counts writes from 1, `at_ms` is Unix time in milliseconds."""

    gen: int
    n: int
    head: bytes
    at_ms: int


@dataclass(frozen=True, slots=True)
class AnchorReading:
    """What the file says: the newest good slot (None when there is none) and what is wrong.

    One spoiled slot may be a torn write; `newest` then is the write before it.
    """

    newest: Anchor | None
    spoiled_slots: int


@dataclass(frozen=True, slots=True)
class AnchorFile:
    """The anchor of one vault."""

    path: Path
    key: bytes
    vault_id: str

    def read(self) -> AnchorReading:
        """Both slots judged. Raises Unavailable D-02, D-03 when the disk will not read."""
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return AnchorReading(None, 2)
        except OSError as error:
            raise disk_problem(error) from error
        if len(data) != FILE_BYTES:
            return AnchorReading(None, 2)
        parts = (data[:SLOT_BYTES], data[SLOT_BYTES:])
        slots = [self._decoded(place, part) for place, part in enumerate(parts)]
        good = [slot for slot in slots if slot is not None]
        empty = sum(part == bytes(SLOT_BYTES) for part in parts)
        spoiled = 2 - len(good) - (empty if good else 0)
        return AnchorReading(max(good, key=lambda one: one.gen, default=None), spoiled)

    def write(self, n: int, head: bytes, at: datetime, *, durable: bool = True) -> Anchor:
        """Note the head of a committed log. Raises Unavailable D-01…D-03."""
        known = self.read()
        gen = 1 if known.newest is None else known.newest.gen + 1
        anchor = Anchor(gen, n, head, int(at.timestamp() * 1000))
        place = gen % 2
        slot = self._encoded(place, anchor)
        if known.newest is None:
            empty = bytes(SLOT_BYTES)
            atomic_write(self.path, empty + slot if place else slot + empty)
        else:
            self._overwrite(place, slot, durable=durable)
        return anchor

    def _overwrite(self, place: int, slot: bytes, *, durable: bool) -> None:
        try:
            handle = os.open(self.path, os.O_RDWR | getattr(os, "O_BINARY", 0))
            try:
                os.lseek(handle, place * SLOT_BYTES, os.SEEK_SET)
                os.write(handle, slot)
                if durable:
                    os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            raise disk_problem(error) from error

    def _encoded(self, place: int, anchor: Anchor) -> bytes:
        fields = _FIELDS.pack(anchor.gen, anchor.n, anchor.head, anchor.at_ms)
        return fields + self._mac(place, fields) + bytes(_PADDING)

    def _decoded(self, place: int, slot: bytes) -> Anchor | None:
        fields, seal = slot[: _FIELDS.size], slot[_FIELDS.size : -_PADDING]
        if slot[-_PADDING:] != bytes(_PADDING) or not same(seal, self._mac(place, fields)):
            return None
        return Anchor(*_FIELDS.unpack(fields))

    def _mac(self, place: int, fields: bytes) -> bytes:
        bound = Label.ANCHOR.prefix + self.vault_id.encode() + bytes([place])
        return mac(self.key, bound + fields)


def anchor_behind(problem: Unavailable) -> Unavailable:
    """D-05: the record stands, only the anchor could not be moved on; `problem` says why."""
    return Unavailable(
        "磁盘读写出了点问题，记进度的小文件没有写上。",
        safe="刚才的都已经存好。",
        do=problem.do,
        code="D-05",
    )
