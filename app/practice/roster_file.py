"""The practice village's roster as a province would send it: an .xlsx, one row per person.

A title, the headings, then the people by household. Every cell is text, as a careful office
exports it; a spoilt copy has one number ruined the way Excel ruins them.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from app.documents.roster_rows import cells_of
from app.domain.people import IdKind
from app.domain.roster_columns import (
    BIRTH,
    CATEGORY,
    COLUMNS,
    ID_KIND,
    ID_NUMBER,
    SERIAL,
    Column,
)
from app.practice.village import PracticeHousehold, PracticeVillage

FIRST_ROW: Final = 3
"""Row number, as Excel shows it, of the first person: below the title and the headings."""
_LEVELS: Final = ("", "一级", "二级", "三级", "四级")
_SPOILT_AT: Final = (0.2, 0.5, 0.8)
"""How far down the sheet the three bad rows stand."""

Row = dict[Column, str | float]


def write_roster(path: Path, village: PracticeVillage, *, spoil: bool = False) -> tuple[int, ...]:
    """Write the roster of `village` to `path`; the answer is the numbers of the bad rows.

    With `spoil` exactly three rows are bad, from top to bottom: a wrong check character, a number
    Excel turned into 4.5E+17, a birth date that contradicts the number.
    Raises OSError when the file cannot be written.
    """
    rows = roster_rows(village)
    bad = _spoil(rows) if spoil else ()
    path.write_bytes(_workbook(f"{village.county}低收入人口花名册（{village.name}）", rows))
    return bad


def roster_rows(village: PracticeVillage) -> list[Row]:
    """The people in the order of their doors, the head of each household first."""
    rows = [row for each in village.members for row in _household_rows(each)]
    for serial, row in enumerate(rows, 1):
        row[SERIAL] = str(serial)
    return rows


def _workbook(title: str, rows: Iterable[Row]) -> bytes:
    # 0.1 s to import, and a start-up never needs it
    import xlsxwriter  # type: ignore[import-untyped]  # ships no types

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("花名册")
        bold = book.add_format({"bold": True, "align": "center"})
        sheet.merge_range(0, 0, 0, len(COLUMNS) - 1, title, bold)
        for place, column in enumerate(COLUMNS):
            sheet.write_string(1, place, column.heading, bold)
        for number, row in enumerate(rows, FIRST_ROW - 1):
            for place, column in enumerate(COLUMNS):
                value = row.get(column, "")
                if isinstance(value, float):
                    sheet.write_number(number, place, value)
                elif value:
                    sheet.write_string(number, place, value)
        sheet.freeze_panes(2, 0)
    return buffer.getvalue()


def _household_rows(each: PracticeHousehold) -> Iterator[Row]:
    for cells in cells_of(each.household, each.number):
        row: Row = dict(cells.items())
        row[CATEGORY] = cells[CATEGORY] + (f"{each.tier}类" if each.tier else "")
        yield row


def _spoil(rows: list[Row]) -> tuple[int, ...]:
    """Ruin three rows of ordinary card holders; the answer is their numbers."""
    holders = [place for place, row in enumerate(rows) if row[ID_KIND] == IdKind.RESIDENT.label]
    wrong_check, ruined, misborn = (holders[int(len(holders) * part)] for part in _SPOILT_AT)
    number = str(rows[wrong_check][ID_NUMBER])
    rows[wrong_check][ID_NUMBER] = number[:-1] + ("2" if number[-1] == "1" else "1")
    rows[ruined][ID_NUMBER] = float(str(rows[ruined][ID_NUMBER])[:15] + "000")
    birth = str(rows[misborn][BIRTH])
    rows[misborn][BIRTH] = f"{int(birth[:4]) - 1}{birth[4:]}".replace("-02-29", "-02-28")
    return tuple(place + FIRST_ROW for place in (wrong_check, ruined, misborn))
