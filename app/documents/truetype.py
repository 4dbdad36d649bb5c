"""Reads TrueType files and cuts the few glyphs a document uses out of them.

Only what embedding needs: character map, variation sequences, advance widths and outlines. Files
are mapped, not read, so that a thirty-megabyte font of rare characters costs a page or two.
"""

from __future__ import annotations

import mmap
import sys
from array import array
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from struct import pack, unpack_from
from typing import Final

_HEADER: Final = 12
_ENTRY: Final = 16
_MAGIC: Final = 0xB1B0AFBA
"""What head.checkSumAdjustment makes the whole file sum up to (OpenType, table `head`)."""
_ENGLISH: Final = 0x0409
_KEPT: Final = ("cvt ", "fpgm", "prep")
_WORDS, _SCALE, _MORE, _XY_SCALE, _TWO_BY_TWO = 0x0001, 0x0008, 0x0020, 0x0040, 0x0080
"""Flags of a composite glyph's component (OpenType, table `glyf`)."""


class FontFile:
    """One TrueType file with `glyf` outlines.

    Raises OSError when it cannot be opened; ValueError, LookupError or struct.error when it is
    damaged or has been cut short.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        (count,) = unpack_from(">H", self._data, 4)
        self._tables: dict[str, tuple[int, int]] = {}
        for start in range(_HEADER, _HEADER + count * _ENTRY, _ENTRY):
            tag, _, offset, length = unpack_from(">4sLLL", self._data, start)
            if offset + length > len(self._data):
                raise ValueError("the font has been cut short")
            self._tables[tag.decode("latin-1")] = (offset, length)
        head, hhea = self._tables["head"][0], self._tables["hhea"][0]
        self.units: int
        self._metrics: int
        (self.units,) = unpack_from(">H", self._data, head + 18)
        self.box: tuple[int, int, int, int] = unpack_from(">4h", self._data, head + 36)
        self.ascent, self.descent = unpack_from(">2h", self._data, hhea + 4)
        (self._metrics,) = unpack_from(">H", self._data, hhea + 34)
        (self._long_loca,) = unpack_from(">h", self._data, head + 50)

    @cached_property
    def glyphs(self) -> dict[int, int]:
        """Code point → glyph, for every character the file has."""
        best: tuple[int, int] | None = None
        for platform, encoding, start in self._encodings():
            (kind,) = unpack_from(">H", self._data, start)
            if kind in (4, 12) and (platform, encoding) in {(0, 3), (0, 4), (3, 1), (3, 10)}:
                best = max(best or (0, 0), (kind, start))
        if best is None:
            raise ValueError("the font has no Unicode character map")
        kind, start = best
        pairs = self._groups(start) if kind == 12 else self._segments(start)  # noqa: PLR2004
        return {code: glyph for code, glyph in pairs if glyph}

    @cached_property
    def variants(self) -> dict[tuple[int, int], int]:
        """(code point, variation selector) → the glyph, where it is not the usual one."""
        found: dict[tuple[int, int], int] = {}
        for _, _, start in self._encodings():
            (kind,) = unpack_from(">H", self._data, start)
            if kind != 14:  # noqa: PLR2004  # cmap subtable format 14
                continue
            (count,) = unpack_from(">L", self._data, start + 6)
            for entry in range(start + 10, start + 10 + count * 11, 11):
                selector = int.from_bytes(self._data[entry : entry + 3], "big")
                (table,) = unpack_from(">L", self._data, entry + 7)
                if table:
                    found.update(self._mapped(start + table, selector))
        return found

    @cached_property
    def names(self) -> dict[int, str]:
        """What it calls itself (OpenType, table `name`): number of the name → it in every language
        it is told in, one after the other, English first."""
        table = self._table("name")
        _, count, texts = unpack_from(">3H", table)
        found: dict[int, list[tuple[bool, str]]] = {}
        for start in range(6, 6 + count * 12, 12):
            platform, _, language, name, length, offset = unpack_from(">6H", table, start)
            if platform in (0, 3):
                text = table[texts + offset : texts + offset + length].decode("utf-16-be")
                found.setdefault(name, []).append((language != _ENGLISH, text))
        return {name: " ".join(text for _, text in sorted(each)) for name, each in found.items()}

    @property
    def permissions(self) -> int:
        """What its maker lets be done with it (OpenType, table `OS/2`, fsType)."""
        allowed: int = unpack_from(">H", self._table("OS/2"), 8)[0]
        return allowed

    def advance(self, glyph: int) -> float:
        """How far the pen moves after `glyph`, in thousandths of an em."""
        advance: int = self._advances[min(glyph, self._metrics - 1) * 2]
        return advance * 1000 / self.units

    def is_drawn(self, glyph: int) -> bool:
        """Whether there is anything to see of `glyph`."""
        return bool(self._outline(glyph))

    def subset(self, wanted: Sequence[int]) -> bytes:
        """A font program in which glyph i is `wanted[i]`; parts of composites follow."""
        order, outlines = list(wanted), []
        numbers: dict[int, int] = {}
        for number, glyph in enumerate(order):
            numbers.setdefault(glyph, number)
        position = 0
        while position < len(order):
            outline = bytearray(self._outline(order[position]))
            for at, part in _components(outline):
                if part not in numbers:
                    numbers[part] = len(order)
                    order.append(part)
                outline[at : at + 2] = pack(">H", numbers[part])
            outlines.append(bytes(outline) + bytes(-len(outline) % 4))
            position += 1
        return self._assemble(order, outlines)

    def _assemble(self, order: list[int], outlines: list[bytes]) -> bytes:
        """The tables of a font with `outlines`, glyph i being `order[i]` of this one."""
        head, hhea, maxp = (bytearray(self._table(tag)) for tag in ("head", "hhea", "maxp"))
        head[8:12], head[50:52] = bytes(4), pack(">h", 1)
        hhea[34:36] = maxp[4:6] = pack(">H", len(order))
        offsets = [0]
        for outline in outlines:
            offsets.append(offsets[-1] + len(outline))
        tables = {
            "glyf": b"".join(outlines),
            "head": bytes(head),
            "hhea": bytes(hhea),
            "hmtx": b"".join(self._metric(glyph) for glyph in order),
            "loca": pack(f">{len(offsets)}L", *offsets),
            "maxp": bytes(maxp),
        }
        tables |= {tag: self._table(tag) for tag in _KEPT if tag in self._tables}
        return _font(tables)

    def _metric(self, glyph: int) -> bytes:
        """Advance width and left bearing of `glyph`, as in `hmtx`."""
        start = self._tables["hmtx"][0]
        if glyph < self._metrics:
            return self._data[start + glyph * 4 : start + glyph * 4 + 4]
        bearing = start + self._metrics * 4 + (glyph - self._metrics) * 2
        advance = start + (self._metrics - 1) * 4
        return self._data[advance : advance + 2] + self._data[bearing : bearing + 2]

    def _outline(self, glyph: int) -> bytes:
        """The `glyf` entry of `glyph`; empty for a blank."""
        start, end = self._offsets[glyph], self._offsets[glyph + 1]
        scale = 1 if self._long_loca else 2
        base = self._tables["glyf"][0]
        return self._data[base + start * scale : base + end * scale]

    @cached_property
    def _offsets(self) -> array[int]:
        return self._numbers("I" if self._long_loca else "H", "loca")

    @cached_property
    def _advances(self) -> array[int]:
        return self._numbers("H", "hmtx")

    def _numbers(self, code: str, tag: str) -> array[int]:
        """A table of big-endian numbers."""
        table = self._table(tag)
        numbers = array(code, table[: len(table) // array(code).itemsize * array(code).itemsize])
        if sys.byteorder == "little":
            numbers.byteswap()
        return numbers

    def _table(self, tag: str) -> bytes:
        offset, length = self._tables[tag]
        return self._data[offset : offset + length]

    def _encodings(self) -> Iterator[tuple[int, int, int]]:
        """(platform, encoding, start) of each subtable of `cmap`."""
        start = self._tables["cmap"][0]
        (count,) = unpack_from(">H", self._data, start + 2)
        for entry in range(start + 4, start + 4 + count * 8, 8):
            platform, encoding, offset = unpack_from(">HHL", self._data, entry)
            yield platform, encoding, start + offset

    def _groups(self, start: int) -> Iterator[tuple[int, int]]:
        """The pairs of a format 12 subtable."""
        (count,) = unpack_from(">L", self._data, start + 12)
        for entry in range(start + 16, start + 16 + count * 12, 12):
            first, last, glyph = unpack_from(">3L", self._data, entry)
            for code in range(first, last + 1):
                yield code, glyph + code - first

    def _segments(self, start: int) -> Iterator[tuple[int, int]]:
        """The pairs of a format 4 subtable."""
        (double,) = unpack_from(">H", self._data, start + 6)
        count, ends = double // 2, start + 14
        starts = ends + double + 2
        for index in range(count):
            (last,) = unpack_from(">H", self._data, ends + index * 2)
            (first,) = unpack_from(">H", self._data, starts + index * 2)
            (delta,) = unpack_from(">H", self._data, starts + double + index * 2)
            place = starts + double * 2 + index * 2
            (jump,) = unpack_from(">H", self._data, place)
            for code in range(first, last + 1):
                glyph = code
                if jump:
                    (glyph,) = unpack_from(">H", self._data, place + jump + (code - first) * 2)
                yield code, (glyph + delta) & 0xFFFF if glyph or not jump else 0

    def _mapped(self, start: int, selector: int) -> dict[tuple[int, int], int]:
        """The non-default mappings of one variation selector."""
        (count,) = unpack_from(">L", self._data, start)
        found = {}
        for entry in range(start + 4, start + 4 + count * 5, 5):
            code = int.from_bytes(self._data[entry : entry + 3], "big")
            (found[code, selector],) = unpack_from(">H", self._data, entry + 3)
        return found


def _components(outline: bytearray) -> Iterator[tuple[int, int]]:
    """(where its number stands, glyph) of every part of a composite; nothing for a simple one."""
    if not outline or unpack_from(">h", outline)[0] >= 0:
        return
    at, flags = 10, _MORE
    while flags & _MORE:
        flags, glyph = unpack_from(">2H", outline, at)
        yield at + 2, glyph
        at += 8 if flags & _WORDS else 6
        if flags & _SCALE:
            at += 2
        elif flags & _XY_SCALE:
            at += 4
        elif flags & _TWO_BY_TWO:
            at += 8


def _font(tables: dict[str, bytes]) -> bytes:
    """A whole TrueType file of `tables`, with its directory and checksums."""
    power = len(tables).bit_length() - 1
    search = 16 << power
    parts = [pack(">LHHHH", 0x00010000, len(tables), search, power, len(tables) * 16 - search)]
    offset = _HEADER + _ENTRY * len(tables)
    bodies = []
    for tag in sorted(tables):
        body = tables[tag]
        parts.append(pack(">4sLLL", tag.encode(), _checksum(body), offset, len(body)))
        bodies.append(body + bytes(-len(body) % 4))
        offset += len(bodies[-1])
    font = bytearray(b"".join(parts + bodies))
    head = font.index(b"head", _HEADER)
    (start,) = unpack_from(">L", font, head + 8)
    font[start + 8 : start + 12] = pack(">L", (_MAGIC - _checksum(font)) & 0xFFFFFFFF)
    return bytes(font)


def _checksum(body: bytes | bytearray) -> int:
    """The sum of a table's big-endian longs."""
    padded = bytes(body) + bytes(-len(body) % 4)
    total: int = sum(unpack_from(f">{len(padded) // 4}L", padded))
    return total & 0xFFFFFFFF
