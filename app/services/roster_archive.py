"""A look at an .xlsx from outside before anything inflates it (security R25).

Only the archive's own directory is read, with our own eyes: no entry is opened here. What passes
is a plain zip of at most `MOST_ENTRIES` parts that cannot inflate beyond `LARGEST_INFLATED`,
whose entries do not overlap, and which carries no macros, links or other files.
Layout: PKWARE APPNOTE.TXT 6.3, sections 4.3.7, 4.3.12, 4.3.14–16 and 4.5.3.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NoReturn

from app.domain.problem import Refused

LARGEST_FILE: Final = 20 * 1024 * 1024
LARGEST_INFLATED: Final = 50 * 1024 * 1024
MOST_ENTRIES: Final = 200
STEEPEST_RATIO: Final = 100
_SMALL: Final = 1024 * 1024
"""Below this many bytes inflated a steep ratio is only an empty sheet, not a bomb."""

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"
_END: Final = struct.Struct("<4s4H2LH")
_END64: Final = struct.Struct("<4sQ2H2L4Q")
_LOCATOR64: Final = struct.Struct("<4sLQL")
_ENTRY: Final = struct.Struct("<4s6H3L5H2L")
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_LONGEST_COMMENT: Final = 0xFFFF
_FULL: Final = 0xFFFFFFFF
_ZIP64_EXTRA: Final = 1
_ENCRYPTED: Final = 0x1 | 0x40 | 0x2000
_METHODS: Final = frozenset({0, 8})
_FORBIDDEN: Final = (
    *("vbaproject", "xl/externallinks/", "xl/embeddings/", "xl/activex/", "xl/macrosheets/"),
    *("xl/connections", "xl/querytables/", "xl/ctrlprops/", "customui/"),
)
_SUFFIXES: Final = (".xml", ".rels", ".vml", ".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf")
_PRINTER_SETTINGS: Final = "xl/printersettings/"


@dataclass(frozen=True, slots=True)
class _Entry:
    """One file in the archive, as the directory describes it; sizes in bytes."""

    name: str
    flags: int
    method: int
    packed: int
    inflated: int
    start: int


def check_archive(data: bytes) -> None:
    """Refuse (R-02…R-08) whatever is not a small, plain, complete .xlsx."""
    if not data:
        _refuse("这个文件是空的，里面什么也没有。", "请重新拷贝一份，再选它。", "R-03")
    if len(data) > LARGEST_FILE:
        _refuse("这个文件太大了，花名册不会超过20兆。", "请看看是不是选错了文件。", "R-02")
    if data.startswith(_OLE):
        _refuse(
            "这个表格设了打开密码，或者是老格式（.xls）。",
            "请用 Excel 或 WPS 打开，去掉密码，另存为 .xlsx 再导入。",
            "R-05",
        )
    if not data.startswith(_ZIP):
        _refuse("这不是 .xlsx 表格。", "请用 Excel 或 WPS 另存为 .xlsx 再导入。", "R-04")
    directory_at, entries = _directory(data)
    _check_sizes(entries)
    _check_places(data, entries, directory_at)
    _check_names(entries)


def _directory(data: bytes) -> tuple[int, list[_Entry]]:
    """Where the archive's directory starts, and its entries."""
    end_at = data.rfind(b"PK\x05\x06", max(0, len(data) - _END.size - _LONGEST_COMMENT))
    if end_at < 0 or end_at + _END.size > len(data):
        _refuse_broken()
    _, disk, first_disk, here, total, size, at, comment = _END.unpack_from(data, end_at)
    if disk or first_disk or here != total or end_at + _END.size + comment != len(data):
        _refuse_broken()
    limit = end_at
    if data[end_at - _LOCATOR64.size :].startswith(b"PK\x06\x07"):
        limit, total, size, at = _end64(data, end_at - _LOCATOR64.size)
    if total > MOST_ENTRIES:
        _refuse_bomb()
    if at + size != limit:
        _refuse_broken()
    return at, list(_entries(data[at:limit], total))


def _end64(data: bytes, locator_at: int) -> tuple[int, int, int, int]:
    """The 64-bit end record: its place, and the count, size and place of the directory."""
    _, _, at, _ = _LOCATOR64.unpack_from(data, locator_at)
    if at + _END64.size != locator_at or not data[at:].startswith(b"PK\x06\x06"):
        _refuse_broken()
    record = _END64.unpack_from(data, at)
    total, size, place = record[-3:]
    return at, total, size, place


def _entries(directory: bytes, total: int) -> Iterator[_Entry]:
    at = 0
    for _ in range(total):
        if at + _ENTRY.size > len(directory) or directory[at : at + 4] != b"PK\x01\x02":
            _refuse_broken()
        (_, _, _, flags, method, _, _, _, packed, inflated, *lengths, _, _, _, start) = (
            _ENTRY.unpack_from(directory, at)
        )
        name_length, extra_length, comment_length = lengths
        name_at = at + _ENTRY.size
        extra_at = name_at + name_length
        at = extra_at + extra_length + comment_length
        name = directory[name_at:extra_at].decode("utf-8", "replace").lower()
        extra = directory[extra_at : extra_at + extra_length]
        sizes = _widen([inflated, packed, start], extra)
        yield _Entry(name, flags, method, packed=sizes[1], inflated=sizes[0], start=sizes[2])
    if at != len(directory):
        _refuse_broken()


def _widen(sizes: list[int], extra: bytes) -> list[int]:
    """Sizes written as all ones stand in the 64-bit extra field instead, in this order."""
    if _FULL not in sizes:
        return sizes
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        wide = iter(struct.unpack_from(f"<{length // 8}Q", extra[at + 4 : at + 4 + length]))
        if kind == _ZIP64_EXTRA:
            return [next(wide, _FULL) if size == _FULL else size for size in sizes]
        at += 4 + length
    return sizes


def _check_sizes(entries: list[_Entry]) -> None:
    if any(entry.flags & _ENCRYPTED for entry in entries):
        _refuse(
            "这个表格是加了密的。", "请用 Excel 或 WPS 打开，去掉密码，另存一份再导入。", "R-05"
        )
    if not entries or any(entry.method not in _METHODS for entry in entries):
        _refuse_broken()
    if sum(entry.inflated for entry in entries) > LARGEST_INFLATED:
        _refuse_bomb()
    for entry in entries:
        if entry.inflated > max(_SMALL, entry.packed * STEEPEST_RATIO):
            _refuse_bomb()


def _check_places(data: bytes, entries: list[_Entry], directory_at: int) -> None:
    """Every entry lies where it says, before the directory and not over another one."""
    spans = []
    for entry in entries:
        if entry.start + _LOCAL.size > directory_at:
            _refuse_broken()
        signature, *_, name_length, extra_length = _LOCAL.unpack_from(data, entry.start)
        body = entry.start + _LOCAL.size + name_length + extra_length
        if signature != _ZIP or body + entry.packed > directory_at:
            _refuse_broken()
        spans.append((entry.start, body + entry.packed))
    for (_, end), (start, _) in pairwise(sorted(spans)):
        if start < end:
            _refuse_broken()


def _check_names(entries: list[_Entry]) -> None:
    names = [entry.name for entry in entries]
    if len(set(names)) != len(names):
        _refuse_broken()
    if not any(name.startswith("xl/") for name in names):
        _refuse("这不是 .xlsx 表格。", "请用 Excel 或 WPS 另存为 .xlsx 再导入。", "R-04")
    for name in names:
        if any(name.startswith(part) or f"/{part}" in name for part in _FORBIDDEN):
            _refuse_active()
        is_plain = name.endswith(_SUFFIXES) or name.startswith(_PRINTER_SETTINGS)
        if not is_plain and not name.endswith("/"):
            _refuse_active()


def _refuse(what: str, do: str, code: str) -> NoReturn:
    raise Refused(what, do=do, code=code, field="path")


def _refuse_broken() -> NoReturn:
    _refuse(
        "这个表格坏了或者没有拷贝完整，读不出来。", "请重新拷贝一份，或者请县里再发一次。", "R-06"
    )


def _refuse_bomb() -> NoReturn:
    _refuse(
        "这个文件压得太紧，展开会撑坏电脑，没有打开它。",
        "请不要用它，告诉县里这个文件有问题。",
        "R-07",
    )


def _refuse_active() -> NoReturn:
    _refuse(
        "这个表格带着宏、外部链接或者夹着别的文件，没有打开它。",
        "请用 Excel 或 WPS 把花名册那张表另存成新的 .xlsx 再导入。",
        "R-08",
    )
