"""Roster workbooks for tests, good ones and doctored ones; everything is made in memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping

import xlsxwriter

from app.domain.identity import make_id_number
from app.domain.roster_columns import COLUMNS
from app.practice.registry import AGES_ON

SHEET = "xl/worksheets/sheet1.xml"
TODAY = AGES_ON
HEADINGS = [column.heading for column in COLUMNS]


def id_number(age: int = 40, serial: int = 1) -> str:
    """A valid synthetic number of somebody `age` years old today; odd serials are men's."""
    return make_id_number("459901", TODAY.replace(year=TODAY.year - age), serial)


def person(**cells: str) -> dict[str, str]:
    """One row by heading: a head of household, until `cells` say otherwise."""
    return {
        "村代码": "459901101201",
        "户编号": "1",
        "户主姓名": "何有田",
        "与户主关系": "户主",
        "姓名": "何有田",
        "性别": "男",
        "证件类型": "居民身份证",
        "证件号码": id_number(),
        "民族": "壮族",
        "出生日期": TODAY.replace(year=TODAY.year - 40).isoformat(),
        "城乡": "农村",
        "村民小组": "一组",
        "门牌": "1号",
        "救助类别": "低保",
        "月保障金(元)": "395.00",
        **cells,
    }


def workbook(
    people: Iterable[Mapping[str, object]] = (),
    *,
    headings: Iterable[str] = HEADINGS,
    title: str | None = "练习县花名册",
    sheets: Mapping[str, Iterable[Iterable[object]]] | None = None,
    hidden: Iterable[str] = (),
) -> bytes:
    """An .xlsx of `people` by heading; text beginning with = is written as a formula."""
    headings = list(headings)
    first: list[list[object]] = [] if title is None else [[title]]
    first.append(list(headings))
    first += [[row.get(heading) for heading in headings] for row in people]
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        for name, rows in {"花名册": first, **(sheets or {})}.items():
            sheet = book.add_worksheet(name)
            if name in hidden:
                sheet.hide()
            for number, cells in enumerate(rows):
                for place, cell in enumerate(cells):
                    if isinstance(cell, str) and not cell.startswith("="):
                        sheet.write_string(number, place, cell)
                    elif cell is not None:
                        sheet.write(number, place, cell)
    return buffer.getvalue()


def edited(data: bytes, name: str, edit: Callable[[bytes], bytes]) -> bytes:
    """The same archive with one part changed."""
    return repacked(data, lambda parts: parts | {name: edit(parts[name])})


def repacked(
    data: bytes, change: Callable[[dict[str, bytes]], dict[str, bytes]], *, level: int = 6
) -> bytes:
    """The same archive with its parts changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in change(parts).items():
            archive.writestr(name, content)
    return buffer.getvalue()
