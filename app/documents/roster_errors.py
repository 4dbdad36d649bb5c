"""The sheet that goes back with a roster that was not accepted: the same rows, and what is wrong.

Rows keep their numbers, so that 第12行 is the same row in both files. The sheet can be mended
where it lies and taken in again: the added column is known and passed over.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from app.domain.roster import RosterProblem, RosterTable
from app.domain.roster_columns import ERROR_HEADING
from app.store.atomic import atomic_write


def write_error_sheet(path: Path, table: RosterTable, problems: Sequence[RosterProblem]) -> None:
    """Write every row of `table` to `path` (.xlsx) with a 哪里不对 column in front.

    Wrong cells are coloured; every cell is text, so nothing in it can become a formula.
    Raises Unavailable (D-01…D-03) when the file cannot be written.
    """
    atomic_write(path, error_sheet(table, problems))


def error_sheet(table: RosterTable, problems: Sequence[RosterProblem]) -> bytes:
    """The bytes `write_error_sheet` writes."""
    # 0.1 s to import, and a start-up never needs it
    import xlsxwriter  # type: ignore[import-untyped]  # ships no types

    said: dict[int, list[str]] = defaultdict(list)
    for problem in problems:
        said[problem.row].append(f"{problem.column}：{problem.text}（编号 {problem.code}）")
    wrong = {(problem.row, problem.column) for problem in problems}
    headings = [heading for heading in table.headings if heading not in {"", ERROR_HEADING}]
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("哪里不对")
        bold = book.add_format({"bold": True})
        marked = book.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006"})
        wrapped = book.add_format({"text_wrap": True, "bg_color": "#FFEB9C"})
        top = table.heading_row - 1
        if top:
            sheet.write_string(0, 0, "照“哪里不对”改好，存盘，再导入这个文件。", bold)
        for place, heading in enumerate([ERROR_HEADING, *headings]):
            sheet.write_string(top, place, heading, bold)
        for row in table.rows:
            line = row.number - 1
            if row.number in said:
                sheet.write_string(line, 0, "\n".join(said[row.number]), wrapped)
            for place, heading in enumerate(headings, 1):
                is_wrong = (row.number, heading) in wrong
                text = row.cells.get(heading, "")
                if text or is_wrong:
                    sheet.write_string(line, place, text, marked if is_wrong else None)
        sheet.freeze_panes(top + 1, 1)
        sheet.set_column(0, 0, 48)
        sheet.autofilter(top, 0, table.rows[-1].number - 1, len(headings))
    return buffer.getvalue()
