"""The box an encrypted workbook comes in: a compound file of version 3 ([MS-CFB]), written once.

Storages and streams as a small file system: sectors of 512 bytes chained by a table, short streams
together in sectors of 64 bytes. Only writing; nothing here reads a stranger's file.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

_SECTOR: Final = 512
_MINI: Final = 64
_CUTOFF: Final = 4096
"""Streams shorter than this lie in the mini stream."""
_IN_HEADER: Final = 109
"""Sectors of the table that the header itself can name."""
_PER_SECTOR: Final = _SECTOR // 4
_FREE: Final = 0xFFFFFFFF
_END: Final = 0xFFFFFFFE
_TABLE: Final = 0xFFFFFFFD
_TABLE_OF_TABLES: Final = 0xFFFFFFFC
_ROOT: Final = "Root Entry"
_STORAGE, _STREAM, _IS_ROOT = 1, 2, 5
_BLACK: Final = 1
_MAGIC: Final = bytes.fromhex("d0cf11e0a1b11ae1")


@dataclass(frozen=True, slots=True)
class Stream:
    """A named run of bytes."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Storage:
    """A named folder of streams and storages."""

    name: str
    inside: Sequence[Stream | Storage]


@dataclass(slots=True)
class _Entry:
    """One line of the directory: its neighbours by number, and where its bytes begin."""

    node: Stream | Storage
    left: int = _FREE
    right: int = _FREE
    child: int = _FREE
    start: int = 0
    size: int = 0


def compound_file(inside: Sequence[Stream | Storage]) -> bytes:
    """The bytes of a compound file that holds `inside`."""
    entries = _directory(Storage(_ROOT, inside))
    chains: list[bytes] = []
    table: list[int] = []

    def place(data: bytes) -> int:
        """Put `data` into sectors of its own; the first one's number."""
        if not data:
            return _END
        first = len(table)
        count = -(-len(data) // _SECTOR)
        table.extend([*range(first + 1, first + count), _END])
        chains.append(data.ljust(count * _SECTOR, b"\0"))
        return first

    mini_table = _place_short(entries)
    for one in entries:
        if isinstance(one.node, Stream) and one.size >= _CUTOFF:
            one.start = place(one.node.data)
    root = entries[0]
    short = _short_bytes(entries)
    root.start, root.size = place(short), len(short)
    mini_start = place(_numbers(mini_table))
    directory = place(b"".join(map(_line, entries)))
    of_tables = _add_tables(table)
    header = _header(of_tables, directory, mini_start, len(mini_table))
    return b"".join((header, *chains, _numbers(table), *_lists(of_tables)))


def _directory(root: Storage) -> list[_Entry]:
    """Every node, the root first; those of a storage hang together as a search tree."""
    entries = [_Entry(root)]
    waiting = [0]
    while waiting:
        parent = waiting.pop()
        node = entries[parent].node
        if isinstance(node, Stream):
            entries[parent].size = len(node.data)
            continue
        first = len(entries)
        inside = sorted(node.inside, key=lambda one: (len(one.name), one.name.upper()))
        entries.extend(_Entry(one) for one in inside)
        numbers = range(first, len(entries))
        entries[parent].child = _tree(entries, numbers)
        waiting.extend(numbers)
    return entries


def _tree(entries: list[_Entry], numbers: range) -> int:
    """Hang the entries, which are in order, under the middle one; its number."""
    if not numbers:
        return _FREE
    middle = len(numbers) // 2
    top = numbers[middle]
    entries[top].left = _tree(entries, numbers[:middle])
    entries[top].right = _tree(entries, numbers[middle + 1 :])
    return top


def _place_short(entries: list[_Entry]) -> list[int]:
    """Give every short stream its place in the mini stream; the chains of its sectors."""
    chains: list[int] = []
    for one in _short(entries):
        one.start = len(chains) if one.size else _END
        count = -(-one.size // _MINI)
        chains.extend([*range(one.start + 1, one.start + count), _END] if count else [])
    return chains


def _short(entries: list[_Entry]) -> list[_Entry]:
    return [one for one in entries if isinstance(one.node, Stream) and one.size < _CUTOFF]


def _short_bytes(entries: list[_Entry]) -> bytes:
    """The mini stream: every short stream, each filled up to whole mini sectors."""
    return b"".join(
        one.node.data.ljust(-(-one.size // _MINI) * _MINI, b"\0")
        for one in _short(entries)
        if isinstance(one.node, Stream)
    )


def _add_tables(table: list[int]) -> list[int]:
    """Let the table name its own sectors, and the sectors that list what the header cannot."""
    used = len(table)
    tables = lists = 0
    while tables * _PER_SECTOR < used + tables + lists:
        tables += 1
        lists = max(0, -(-(tables - _IN_HEADER) // (_PER_SECTOR - 1)))
    table.extend([_TABLE] * tables + [_TABLE_OF_TABLES] * lists)
    table.extend([_FREE] * (tables * _PER_SECTOR - len(table)))
    return list(range(used, used + tables))


def _lists(of_tables: Sequence[int]) -> list[bytes]:
    """The sectors that name the table's sectors beyond the header's, each naming the next."""
    rest = of_tables[_IN_HEADER:]
    each = _PER_SECTOR - 1
    parts = [rest[at : at + each] for at in range(0, len(rest), each)]
    after = of_tables[-1] + 1
    return [
        struct.pack(
            f"<{_PER_SECTOR}I",
            *part,
            *[_FREE] * (each - len(part)),
            after + n + 1 if n + 1 < len(parts) else _END,
        )
        for n, part in enumerate(parts)
    ]


def _header(of_tables: Sequence[int], directory: int, mini_start: int, mini: int) -> bytes:
    beyond = max(0, -(-(len(of_tables) - _IN_HEADER) // (_PER_SECTOR - 1)))
    named = list(of_tables[:_IN_HEADER])
    return struct.pack(
        f"<8s16x5H6x9I{_IN_HEADER}I",
        _MAGIC,
        *(0x3E, 3, 0xFFFE, 9, 6),
        *(0, len(of_tables), directory, 0, _CUTOFF),
        *(mini_start, -(-mini // _PER_SECTOR)),
        *(of_tables[-1] + 1 if beyond else _END, beyond),
        *named,
        *[_FREE] * (_IN_HEADER - len(named)),
    )


def _line(one: _Entry) -> bytes:
    """The directory's 128 bytes about one node."""
    name = one.node.name.encode("utf-16-le")
    if isinstance(one.node, Stream):
        kind = _STREAM
    else:
        kind = _IS_ROOT if one.node.name == _ROOT else _STORAGE
    links = (one.left, one.right, one.child)
    return struct.pack(
        "<64sHBB3I36xIQ", name, len(name) + 2, kind, _BLACK, *links, one.start, one.size
    )


def _numbers(values: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(values)}I", *values).ljust(
        -(-len(values) * 4 // _SECTOR) * _SECTOR, b"\xff"
    )
