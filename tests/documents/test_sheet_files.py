"""A table as a workbook: text stays text, sums are numbers, and every program can read it."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import BytesIO, StringIO
from zipfile import ZipFile

import openpyxl
import pytest
from defusedxml import ElementTree
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from app.documents.sheet_files import Sheet, harmless, to_csv, to_xlsx
from app.domain.money import Money
from tests import records

SHEET = Sheet(
    name="走访台账", heads=("户主", "金额"), widths=(12, 14), rows=[("覃兰英", Money(123_456))]
)


def read(sheet: Sheet):
    return openpyxl.load_workbook(BytesIO(to_xlsx(sheet, records.AT))).active


def test_texts_are_texts_and_sums_are_numbers_with_their_fen():
    name, amount = read(SHEET)[2]

    assert (name.value, name.data_type, name.quotePrefix) == ("覃兰英", "s", True)
    assert name.number_format == "@"  # typed over, it is a text still
    assert (amount.value, amount.data_type, amount.number_format) == (1234.56, "n", "#,##0.00")


def test_a_line_above_and_a_foot_stand_where_they_belong():
    told = replace(SHEET, above="三月　月初结余 0.00 元", foot=("合计", Money(5)))

    rows = [[cell.value for cell in row] for row in read(told).iter_rows()]

    assert rows == [
        ["三月　月初结余 0.00 元", None],
        ["户主", "金额"],
        ["覃兰英", 1234.56],
        ["合计", 0.05],
    ]
    assert read(told).freeze_panes == "A3"
    assert read(SHEET).freeze_panes == "A2"


@settings(max_examples=200, derandomize=True, deadline=None)
@given(
    st.lists(
        st.sampled_from("=+-@＝\t\r\n_x0041_<&>'\"\x00\x1f\ufffe𬎆")
        | st.characters(blacklist_categories=("Cs",)),
        max_size=40,
    ).map("".join)
)
def test_no_text_of_a_cell_can_act_or_break_the_file(text: str):
    book = to_xlsx(replace(SHEET, rows=[(text, text)]), records.AT)
    part = ZipFile(BytesIO(book)).read("xl/worksheets/sheet1.xml")

    ElementTree.fromstring(part)  # whole XML, whatever was typed
    cell = openpyxl.load_workbook(BytesIO(book)).active["A2"]
    assert cell.data_type == ("s" if text else "n")
    assert b"<f" not in part


@pytest.mark.parametrize("text", ["_x0041_", "a_x000D_b", "=1", "<b>&amp;", " 头尾有空格 "])
def test_what_looks_like_something_else_comes_back_as_it_was_typed(text: str):
    """A reader turns _x0041_ into A ([ECMA-376] 22.9.2.19); openpyxl leaves that to who asks."""
    assert unescape(read(replace(SHEET, rows=[(text, "")]))["A2"].value) == text


def test_a_character_half_of_which_is_missing_does_not_stop_the_file():
    assert read(replace(SHEET, rows=[("覃\ud83d", "")]))["A2"].value is not None


def test_a_cell_holds_no_more_than_a_spreadsheet_takes():
    value = read(replace(SHEET, rows=[("𬎆" * 20_000, "")]))["A2"].value

    assert len(value.encode("utf-16-le")) // 2 <= 32_767


def test_past_the_twenty_sixth_column_the_letters_go_on():
    wide = Sheet(name="宽", heads=("甲",) * 60, widths=(4,) * 60, rows=[("乙",) * 60])

    sheet = read(wide)

    assert sheet["BH2"].value == "乙"
    assert sheet.max_column == 60


def test_a_name_no_sheet_may_have_is_mended():
    told = openpyxl.load_workbook(BytesIO(to_xlsx(replace(SHEET, name="季/月[报]?"), records.AT)))

    assert told.sheetnames == ["季 月 报  "]


def test_a_head_from_a_county_s_layout_cannot_act_either():
    told = replace(SHEET, heads=("=1+1", "@SUM(A1)"))

    assert next(csv.reader(StringIO(to_csv(told).decode("utf-8-sig")))) == ["'=1+1", "'@SUM(A1)"]
    assert [(cell.value, cell.data_type) for cell in read(told)[1]] == [
        ("=1+1", "s"), ("@SUM(A1)", "s"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["089866881234", "00123", "3-1", "12/3", "8:30", "1E5", "TRUE"])
def test_no_figures_of_a_csv_are_taken_for_something_else(text: str):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["0", "12", "3.50", "2026-03-02", "3号", "一组3-1", "E5", ""])
def test_what_reads_as_it_is_stays_as_it_is(text: str):
    assert harmless(text) == text


def test_a_sum_in_a_csv_has_no_commas():
    rows = list(csv.reader(StringIO(to_csv(SHEET).decode("utf-8-sig"))))

    assert rows == [["户主", "金额"], ["覃兰英", "1234.56"]]
    assert '"1234.56"' in to_csv(SHEET).decode("utf-8-sig")  # every cell in quotes


def test_the_same_table_is_the_same_file():
    assert to_xlsx(SHEET, records.AT) == to_xlsx(SHEET, records.AT)
