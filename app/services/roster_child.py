"""The process of its own in which a roster file is opened (security R26, ADR 0009).

Run by path, it imports nothing of the program: the workbook comes in on standard input, plain
rows of text go out as JSON on standard output, and nothing else leaves. It gives itself hard
limits before it reads a byte. Anything unforeseen ends the process; the parent turns that into a
refusal, so no failure is caught here but the ones with a sentence of their own.

Answer: {"rows": [[number, [text, …]], …]} or {"refused": code, "row": n, "column": "C"}.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import json
import os
import re
import sys
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import IO, TYPE_CHECKING, Final, Protocol, cast
from xml.parsers import expat

if TYPE_CHECKING:
    from openpyxl import Workbook

MOST_ROWS: Final = 20_000
_SPARE_ROWS: Final = 50
"""Title, headings and notes around the people."""
_LAST_ROW: Final = 1_048_576
"""Excel has no row below this one."""
_MOST_COLUMNS: Final = 64
_LONGEST_CELL: Final = 500
_LONGEST_ANSWER: Final = 8_000_000
"""Characters."""
_INEXACT: Final = 10**15
"""A number cell keeps fifteen digits: from here on the last ones are lost already."""
_CHUNK: Final = 1 << 20
_ENCODING: Final = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_REFERENCE: Final = re.compile("([A-Za-z]{1,3})([0-9]{1,7})")
_PLAIN_ENCODINGS: Final = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})
_INVISIBLE: Final = dict.fromkeys(
    [*range(0x20), 0x7F, 0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF]
)
OUT_OF_MEMORY: Final = 3
"""Exit status."""


class _Sheet(Protocol):
    """What is used of a sheet opened to be read only."""

    sheet_state: str

    def reset_dimensions(self) -> None:
        """Forget the size the file claims."""

    def iter_rows(self, *, values_only: bool) -> Iterator[tuple[object, ...]]:
        """Rows from the first on, each as long as its last cell."""
        ...


class UnacceptableError(Exception):
    """The workbook holds what a roster may not: `code`, and where (1-based row, column letter)."""

    def __init__(self, code: str, row: int = 0, column: str = "") -> None:
        super().__init__(code)
        self.answer = {"refused": code, "row": row, "column": column}


def main(arguments: list[str]) -> int:
    """Read standard input, answer on standard output. `arguments`: memory bytes, CPU seconds."""
    limit_myself(memory=int(arguments[0]), cpu=int(arguments[1]))
    try:
        answer: dict[str, object] = {"rows": read_rows(sys.stdin.buffer.read())}
    except UnacceptableError as unacceptable:
        answer = dict(unacceptable.answer)
    except MemoryError:
        return OUT_OF_MEMORY
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode())
    sys.stdout.buffer.flush()
    return 0


def limit_myself(*, memory: int, cpu: int) -> None:
    """Bind this process to `memory` bytes and `cpu` seconds, no core dump and no file written.

    Only where the system can (Linux); elsewhere the parent's wall clock is the one limit.
    """
    try:
        import resource
    except ImportError:  # Windows has no such module
        return
    for kind, value in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        _, hardest = resource.getrlimit(kind)
        mine = value if hardest == resource.RLIM_INFINITY else min(value, hardest)
        resource.setrlimit(kind, (mine, mine))


def read_rows(data: bytes) -> list[tuple[int, list[str]]]:
    """The rows of the one visible sheet that has any: row number and text of each cell.

    Raises UnacceptableError, and whatever openpyxl raises on a damaged workbook.
    """
    check_parts(data)
    os.environ.update(OPENPYXL_DEFUSEDXML="True", OPENPYXL_LXML="False")
    import defusedxml  # noqa: F401  # without it openpyxl would quietly parse undefended
    import openpyxl

    # data_only would hide formulas behind the values a stranger cached for them
    book = openpyxl.load_workbook(
        io.BytesIO(data), read_only=True, data_only=False, keep_links=False
    )
    filled = [
        sheet
        for sheet in _sheets(book)
        if sheet.sheet_state == "visible" and next(_filled_rows(sheet), None)
    ]
    if not filled:
        raise UnacceptableError("R-17")
    if len(filled) > 1:
        raise UnacceptableError("R-14")
    return _bounded_rows(filled[0])


def _sheets(book: Workbook) -> list[_Sheet]:
    """The book's sheets as what they are when it was opened to be read only."""
    return cast("list[_Sheet]", book.worksheets)


def check_parts(data: bytes) -> None:
    """Refuse (R-08, R-09) macros by content type, document types, and XML not in UTF-8."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            if not entry.filename.lower().endswith((".xml", ".rels", ".vml")):
                continue
            with archive.open(entry) as part:
                _check_xml(part)
            with archive.open(entry) as part:
                _check_order(part)
        if b"macroEnabled" in archive.read("[Content_Types].xml"):
            raise UnacceptableError("R-08")


def _check_xml(part: IO[bytes]) -> None:
    tail = b""
    while chunk := part.read(_CHUNK):
        if not tail:
            declared = _ENCODING.match(chunk.removeprefix(b"\xef\xbb\xbf")[:200])
            if b"\0" in chunk[:4] or (declared and declared[1].lower() not in _PLAIN_ENCODINGS):
                raise UnacceptableError("R-09")
        if b"<!DOCTYPE" in tail + chunk or b"<!ENTITY" in tail + chunk:
            raise UnacceptableError("R-09")
        tail = chunk[-16:]


def _check_order(part: IO[bytes]) -> None:
    """Refuse (R-23) rows or cells that do not come one after the other: openpyxl, reading only,
    would leave out without a word whoever stands behind.

    Anything but a sheet passes: only sheets have rows with numbers. Broken XML is openpyxl's to
    tell, which reads the same bytes.
    """
    place = _Place()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = place.enter
    with contextlib.suppress(expat.ExpatError):
        parser.ParseFile(part)


class _Place:
    """How far a sheet has come: the last row, and the last cell in it."""

    def __init__(self) -> None:
        self.row = self.column = 0

    def enter(self, element: str, attributes: Mapping[str, str]) -> None:
        """One element begins. Raises UnacceptableError, and ValueError for what is no number."""
        name = element.rpartition(" ")[2]
        if name == "row":
            number = int(float(attributes.get("r", self.row + 1)))
            if number <= self.row:
                raise UnacceptableError("R-23", number)
            self.row, self.column = number, 0
        elif name == "c" and self.row:
            place = _place_of(attributes.get("r"), self.column + 1)
            if place[0] <= self.column or place[1] not in (0, self.row):
                raise UnacceptableError("R-23", self.row)
            self.column = place[0]


def _place_of(reference: str | None, usual: int) -> tuple[int, int]:
    """Column and row of "AB7"; `usual` and 0 where nothing is said. Raises ValueError."""
    if reference is None:
        return usual, 0
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise ValueError("not the place of a cell")
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(found[2])


def _bounded_rows(sheet: _Sheet) -> list[tuple[int, list[str]]]:
    rows = []
    length = 0
    for number, cells in _filled_rows(sheet):
        rows.append((number, cells))
        length += sum(map(len, cells))
        if len(rows) > MOST_ROWS + _SPARE_ROWS or length > _LONGEST_ANSWER:
            raise UnacceptableError("R-13")
    return rows


def _filled_rows(sheet: _Sheet) -> Iterator[tuple[int, list[str]]]:
    """Rows with anything in them. The size a sheet claims is not believed."""
    sheet.reset_dimensions()
    everything = itertools.islice(sheet.iter_rows(values_only=True), _LAST_ROW)
    for number, values in enumerate(everything, 1):
        cells = [
            "" if value is None else _text(value, number, place)
            for place, value in enumerate(values)
        ]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > _MOST_COLUMNS:
            raise UnacceptableError("R-18", number)
        if cells:
            yield number, cells


def _text(value: object, row: int, place: int) -> str:
    """A cell as a person would type it. Raises UnacceptableError for a formula or a long text."""
    if isinstance(value, str):
        text = value.translate(_INVISIBLE).strip()
        if text.startswith("="):
            raise UnacceptableError("R-12", row, _letter(place))
        if len(text) > _LONGEST_CELL:
            raise UnacceptableError("R-15", row, _letter(place))
        return text
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return f"{value:.14E}" if abs(value) >= _INEXACT else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if type(value).__module__ == "datetime":
        return str(value)
    raise UnacceptableError("R-12", row, _letter(place))


def _letter(place: int) -> str:
    """A, B … Z, AA … for a column counted from 0."""
    from openpyxl.utils import get_column_letter

    return get_column_letter(place + 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
