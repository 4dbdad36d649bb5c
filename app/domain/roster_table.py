"""Plain rows of text given their headings: the title above is passed over, numbers kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.domain.problem import Refused
from app.domain.roster import RosterTable, SourceRow
from app.domain.roster_columns import COLUMNS, ERROR_HEADING, SERIAL

_HEADINGS: Final = frozenset(column.heading for column in COLUMNS)
_WITHIN: Final = 10
"""The headings stand among the first rows, below a title and perhaps a note."""
_ENOUGH: Final = 3
"""A row with this many known headings is the heading row, even if others are misspelt."""


def table_of(rows: Sequence[tuple[int, Sequence[str]]]) -> RosterTable:
    """The table in `rows` (number and cells of each filled row).

    Raises Refused (R-16) when no row looks like headings or a filled column has no heading.
    """
    place = _heading_place(rows)
    headings = tuple("".join(cell.split()) for cell in rows[place][1])
    body = []
    for number, cells in rows[place + 1 :]:
        _check_under_headings(number, cells, headings)
        row = SourceRow(number, dict(zip(headings, cells, strict=False)))
        if _is_person(row):
            body.append(row)
    return RosterTable(rows[place][0], headings, tuple(body))


def _heading_place(rows: Sequence[tuple[int, Sequence[str]]]) -> int:
    known = [
        len(_HEADINGS.intersection("".join(cell.split()) for cell in cells))
        for _, cells in rows[:_WITHIN]
    ]
    best = max(known, default=0)
    if best < _ENOUGH:
        raise Refused(
            "找不到表头那一行。",
            do="请看看是不是选错了文件；表头要有“户编号、姓名、证件号码”这些列。",
            code="R-16",
        )
    return known.index(best)


def _check_under_headings(number: int, cells: Sequence[str], headings: Sequence[str]) -> None:
    """Refuse (R-16) a cell that stands under no heading."""
    for place, cell in enumerate(cells):
        if cell and (place >= len(headings) or not headings[place]):
            raise Refused(
                f"第{number}行的第{place + 1}列填了东西，可是这一列没有列名。",
                do="请给这一列写上列名，或者把它清空。",
                code="R-16",
            )


def _is_person(row: SourceRow) -> bool:
    """A row with only its serial number (or our own remark) is not filled in yet."""
    return any(
        text
        for heading, text in row.cells.items()
        if heading not in {SERIAL.heading, ERROR_HEADING}
    )
