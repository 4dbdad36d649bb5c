"""The exported log: only what its reader may see, and every cell is harmless text (R28)."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import BytesIO, StringIO
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents.sheet_files import harmless
from app.documents.visit_log import LogOptions, columns_of, row_of
from app.documents.visit_log_files import to_csv, to_xlsx
from app.domain.casework import Channel, Need
from app.domain.masking import Mask
from tests import papers, pdfs, records

ROW = row_of(records.visit(), records.household())
ID_NUMBER = "45990119580309001X"


def table_of(csv_bytes: bytes) -> list[list[str]]:
    """The file as a spreadsheet would read it."""
    return list(csv.reader(StringIO(csv_bytes.decode("utf-8-sig"), newline="")))


def cells_of(xlsx: bytes) -> list[list[object]]:
    """The first sheet's cells."""
    book = openpyxl.load_workbook(BytesIO(xlsx))
    return [list(row) for row in book.active.iter_rows()]


def test_the_three_files_show_the_same_table():
    options = LogOptions(phone=True, health=True)
    heads = [column.head for column in columns_of([ROW], options)]

    sheet = cells_of(to_xlsx([ROW], options, records.AT))
    lines = table_of(to_csv([ROW], options))

    assert [cell.value for cell in sheet[0]] == heads == lines[0]
    assert [cell.value or "" for cell in sheet[1]] == lines[1]
    printed = pdfs.text_of(
        papers.visit_log_sheet.render(papers.log_content(1, options), records.stamp())
    ).replace("\r\n", "")
    assert all(head in printed for head in heads)
    assert "459901********001X" in printed


@pytest.mark.parametrize("mask", Mask)
def test_a_hidden_number_is_in_no_part_of_any_file(mask):
    options = LogOptions(mask=mask)
    book = ZipFile(BytesIO(to_xlsx([ROW], options, records.AT)))
    everything = b"".join(book.read(name) for name in book.namelist())

    shown = ID_NUMBER.encode() in everything

    assert shown == (mask is Mask.FULL)
    assert (ID_NUMBER in to_csv([ROW], options).decode()) == (mask is Mask.FULL)
    heads = [column.head for column in columns_of([ROW], options)]
    assert ("身份证号" in heads) == (mask is not Mask.NONE)


def test_what_was_not_asked_for_is_absent():
    text = to_csv([ROW], LogOptions(place=False, note=False)).decode()

    assert "一般" not in text
    assert "三组" not in text
    assert "1990000" not in text
    assert "灶房" not in text


@pytest.mark.parametrize("phone", [True, False])
def test_a_telephone_in_a_note_is_seen_by_whoever_sees_telephones(phone):
    row = replace(ROW, phone="", note="女儿 19900006600")

    text = to_csv([row], LogOptions(phone=phone)).decode()

    assert ("19900006600" in text) == phone


def test_the_place_never_goes_beyond_the_group():
    assert "12号" not in to_csv([ROW], LogOptions()).decode()


@settings(max_examples=60, derandomize=True, deadline=None)
@given(
    st.sampled_from("=+-@\t\r\n＝＋－＠") | st.just(""),
    st.text(
        st.characters(min_codepoint=32, max_codepoint=0xFFFD, blacklist_categories=("Cs",)),
        max_size=30,
    ),
)
def test_no_cell_of_the_workbook_is_a_formula(first, rest):
    row = replace(ROW, head=first + rest, note=first + rest)

    cells = [
        cell for line in cells_of(to_xlsx([row], LogOptions(), records.AT))[1:] for cell in line
    ]

    assert all(cell.data_type in {"s", "n"} for cell in cells)
    assert all(cell.data_type == "s" or cell.value is None for cell in cells)
    assert all(cell.quotePrefix for cell in cells)


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "\n=1"])
def test_a_csv_cell_that_could_act_is_disarmed(text):
    lines = table_of(to_csv([replace(ROW, note=text)], LogOptions()))

    assert "'" + text in lines[1]


def test_a_long_number_survives_a_spreadsheet_that_rounds_numbers():
    assert harmless("459901195803090012") == "459901 19580309 0012"
    assert harmless("19900006621") == "19900006621"
    assert harmless("4599011958030900") != "4599011958030900"


@pytest.mark.parametrize("need", [Need.MEDICAL, Need.CARE])
def test_a_need_that_comes_of_an_illness_is_told_where_health_is_told(need: Need):
    row = replace(ROW, need=need)

    def said(*, health: bool) -> tuple[str, ...]:
        columns = columns_of([row, replace(ROW, need=Need.NONE)], LogOptions(health=health))
        return next(one.texts for one in columns if one.head == "需求")

    assert said(health=True) == (need.label, "不需要")
    assert said(health=False) == ("别的", "不需要")


def test_the_csv_says_that_it_is_utf_8():
    assert to_csv([ROW], LogOptions()).startswith(b"\xef\xbb\xbf")


def test_the_same_log_is_the_same_workbook():
    assert to_xlsx([ROW], LogOptions(), records.AT) == to_xlsx([ROW], LogOptions(), records.AT)


def test_a_note_too_long_for_a_cell_does_not_break_the_workbook():
    sheet = cells_of(to_xlsx([replace(ROW, note="长" * 40_000)], LogOptions(), records.AT))

    assert max(len(str(cell.value)) for cell in sheet[1]) == 32_767


def test_an_empty_period_is_still_a_table():
    assert len(table_of(to_csv([], LogOptions()))) == 1
    assert "没有走访记录" in pdfs.text_of(
        papers.visit_log_sheet.render(papers.log_content(0), records.stamp())
    )


def test_the_road_of_the_visit_is_a_column_of_every_file():
    called = row_of(replace(records.visit(), channel=Channel.WECHAT), records.household())

    (column,) = [one for one in columns_of([ROW, called], LogOptions()) if one.head == "方式"]

    assert column.texts == ("上门", "微信")
    assert "微信" in table_of(to_csv([called], LogOptions()))[1]
