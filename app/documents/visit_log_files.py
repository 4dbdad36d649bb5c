"""The visit log as .xlsx and .csv: every cell is text, nothing in it can act (security R28).

Excel makes a formula of a cell that begins with = + - @, and rounds an 18-figure number to fifteen;
both are prevented here, in each format by its own means. Files are made in memory: the writer's
temporary files would leave names on the disk in clear.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO, StringIO
from typing import Final

from app.documents.visit_log import LogOptions, VisitLogRow, columns_of, lines_of
from app.domain.clock import CHINA
from app.domain.people import spaced_id_number

_ACTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_EXACT_FIGURES: Final = 15
"""Excel keeps this many figures of a number and makes noughts of the rest."""
_LARGEST_CELL: Final = 32_767
"""What one cell of a sheet can hold."""


def to_xlsx(rows: Iterable[VisitLogRow], options: LogOptions, made_at: datetime) -> bytes:
    """A workbook of one sheet. `made_at` (aware) is what its properties say."""
    # Imported with the first export: it costs 90 ms.
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # no stubs

    columns = columns_of(rows, options)
    out = BytesIO()
    workbook = Workbook(out, {"in_memory": True})
    workbook.set_properties({"title": "走访台账", "created": made_at.astimezone(CHINA)})
    head = workbook.add_format({"bold": True, "border": 1, "align": "center"})
    text = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 1})
    text.set_quote_prefix()
    sheet = workbook.add_worksheet("走访台账")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width)
        sheet.write_string(0, number, column.head, head)
    for line, texts in enumerate(lines_of(columns), start=1):
        for number, said in enumerate(texts):
            sheet.write_string(line, number, said[:_LARGEST_CELL], text)
    workbook.close()
    return out.getvalue()


def to_csv(rows: Iterable[VisitLogRow], options: LogOptions) -> bytes:
    """UTF-8 with a byte order mark, which is how Excel knows that it is UTF-8."""
    columns = columns_of(rows, options)
    out = StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(column.head for column in columns)
    for texts in lines_of(columns):
        writer.writerow(harmless(said) for said in texts)
    return out.getvalue().encode("utf-8-sig", "replace")


def harmless(text: str) -> str:
    """`text` so that a spreadsheet reads it as text: it can neither calculate nor lose figures."""
    if text.startswith(_ACTS):
        return f"'{text}"
    if text.isdecimal() and len(text) > _EXACT_FIGURES:
        return spaced_id_number(text)
    return text
