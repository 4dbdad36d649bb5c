"""Tables as .xlsx and .csv: words stay words, nothing in a file can act (security R28).

Excel makes a formula of a cell that begins with = + - @, and rounds an 18-figure number to fifteen;
both are prevented here, in each format by its own means. The workbook is written row by row into
memory: a library that keeps every cell takes 70 MB for a year of visits, and one that does not
leaves names in clear in a temporary file.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO, StringIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from app.documents import sheet_parts as parts
from app.domain.clock import CHINA
from app.domain.money import Money
from app.domain.people import spaced_id_number

SheetCell = str | Money | None
"""A text; a sum, which the workbook holds as a number of yuan; or nothing."""

_ACTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_TAKEN_FOR_ANOTHER: Final = re.compile(
    r"0\d+|(?!\d{4}-\d\d-\d\d\Z)\d{1,4}(?:[-/:]\d{1,4}){1,2}|\d+(?:\.\d+)?[eE][+-]?\d+"
    r"|TRUE|FALSE|true|false"
)
"""A telephone with its leading nought, a door 3-1, a receipt 1E5: read as a number, a day, a sum
with noughts or a truth, and written back as such. A whole day (2026-03-02) stays one."""
_EXACT_FIGURES: Final = 15
"""Excel keeps this many figures of a number and makes noughts of the rest."""
_LARGEST_CELL: Final = 32_767
"""What one cell of a sheet can hold, in UTF-16 units."""
_FEN: Final = 100
_PLAIN_STYLE, _TEXT_STYLE, _MONEY_STYLE, _HEAD_STYLE = range(4)
_ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_UNFIT: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
"""What XML cannot hold; a workbook writes it as _x001F_."""
_AT_ONCE: Final = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table: `above` a line over the heads, `foot` a row under the last; "" and () for none.

    `made_by` says who made the file, on which computer and when (security R24). `widths` are in
    characters, one for each head; every row has as many cells.
    """

    name: str
    heads: tuple[str, ...]
    widths: tuple[float, ...]
    rows: Iterable[Sequence[SheetCell]]
    above: str = ""
    foot: tuple[SheetCell, ...] = ()
    made_by: str = ""


def to_xlsx(sheet: Sheet, made_at: datetime) -> bytes:
    """A workbook of one sheet. `made_at` (aware) is what its properties say."""
    at = made_at.astimezone(CHINA)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as book:
        heads_at = 2 if sheet.above else 1
        for name, text in parts.of_workbook(sheet.name, at, sheet.made_by, heads_at=heads_at):
            book.writestr(_member(name, at), text)
        with book.open(_member(parts.SHEET, at), "w") as writing:
            writing.write(parts.before_rows(sheet.widths, frozen=heads_at).encode())
            pending: list[str] = []
            for n, row in enumerate(_rows(sheet), start=1):
                pending.append(f'<row r="{n}">{row}</row>')
                if len(pending) == _AT_ONCE:
                    writing.write("".join(pending).encode())
                    pending.clear()
            writing.write("".join(pending).encode())
            writing.write(parts.after_rows(sheet.made_by).encode())
    return out.getvalue()


def to_csv(sheet: Sheet) -> bytes:
    """UTF-8 with a byte order mark, which is how Excel knows that it is UTF-8.

    The line above, the sums and who made it stand in lines of their own, the last two below.
    """
    out = StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    if sheet.above:
        writer.writerow(_alone(sheet.above, sheet))
    writer.writerow(harmless(head) for head in sheet.heads)
    for row in sheet.rows:
        writer.writerow(_plain(cell) for cell in row)
    if sheet.foot:
        writer.writerow(_plain(cell) for cell in sheet.foot)
    if sheet.made_by:
        writer.writerow(_alone(sheet.made_by, sheet))
    return out.getvalue().encode("utf-8-sig", "replace")


def _alone(text: str, sheet: Sheet) -> list[str]:
    """A line that is no row of the table: its first cell, and as many empty ones as it has."""
    return [harmless(text), *[""] * (len(sheet.heads) - 1)]


def harmless(text: str) -> str:
    """`text` so that a spreadsheet reads it as text: it can neither calculate nor lose figures."""
    if text.startswith(_ACTS) or _TAKEN_FOR_ANOTHER.fullmatch(text):
        return f"'{text}"
    if text.isdecimal() and len(text) > _EXACT_FIGURES:
        return spaced_id_number(text)
    return text


def _plain(cell: SheetCell) -> str:
    """A sum without the commas a spreadsheet might take for something else."""
    if isinstance(cell, Money):
        return str(cell)
    return harmless(cell or "")


def _rows(sheet: Sheet) -> Iterable[str]:
    """The cells of every row, in XML."""
    places = [_letters(n) for n in range(len(sheet.heads))]
    first = 2 if sheet.above else 1
    if sheet.above:
        yield _text("A", 1, sheet.above, _PLAIN_STYLE)
    yield "".join(
        _text(at, first, head, _HEAD_STYLE) for at, head in zip(places, sheet.heads, strict=True)
    )
    number = first
    for row in sheet.rows:
        number += 1
        yield "".join([_cell(at, number, cell) for at, cell in zip(places, row, strict=True)])
    if sheet.foot:
        row = sheet.foot
        yield "".join([_cell(at, number + 1, cell) for at, cell in zip(places, row, strict=True)])


def _letters(place: int) -> str:
    """The name of a column, counted from 0."""
    letters = ""
    place += 1
    while place:
        place, left = divmod(place - 1, 26)
        letters = chr(ord("A") + left) + letters
    return letters


def _cell(column: str, row: int, cell: SheetCell) -> str:
    if isinstance(cell, Money):
        return f'<c r="{column}{row}" s="{_MONEY_STYLE}"><v>{cell.fen / _FEN!r}</v></c>'
    if not cell:
        return f'<c r="{column}{row}" s="{_TEXT_STYLE}"/>'
    return _text(column, row, cell, _TEXT_STYLE)


def _text(column: str, row: int, text: str, style: int) -> str:
    """A cell whose type says that it is a text, whatever stands in it."""
    said = text if len(text) <= _LARGEST_CELL // 2 else _cut(text)
    if not said.isalnum():
        said = _fit(said)
    return (
        f'<c r="{column}{row}" s="{style}" t="inlineStr">'
        f'<is><t xml:space="preserve">{said}</t></is></c>'
    )


def _cut(text: str) -> str:
    """As much as a cell holds."""
    units = text.encode("utf-16-le", "replace")[: 2 * _LARGEST_CELL]
    return units.decode("utf-16-le", "ignore")


def _fit(text: str) -> str:
    """`text` as XML can hold it."""
    said = _ESCAPED.sub("_x005F_", text)
    said = said.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _UNFIT.sub(lambda found: f"_x{ord(found[0]):04X}_", said)


def _member(name: str, at: datetime) -> ZipInfo:
    """A part with the time of making, so that the same table is the same file."""
    info = ZipInfo(name, at.timetuple()[:6])
    info.compress_type = ZIP_DEFLATED
    return info
