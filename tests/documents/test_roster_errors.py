"""The sheet that goes back: the same rows in the same places, what is wrong in front."""

from __future__ import annotations

import io

import openpyxl
import pytest

from app.documents.roster_errors import error_sheet, write_error_sheet
from app.domain.problem import Unavailable
from app.domain.roster import RosterProblem, RosterTable, SourceRow
from app.domain.roster_columns import ERROR_HEADING

TABLE = RosterTable(
    2,
    (ERROR_HEADING, "姓名", "证件号码", ""),
    (
        SourceRow(3, {ERROR_HEADING: "旧的话", "姓名": "𠮷有田", "证件号码": "1"}),
        SourceRow(5, {"姓名": "+cmd", "证件号码": "459901198603020013"}),
    ),
)
PROBLEMS = (
    RosterProblem(row=3, column="证件号码", value_hint="1", text="号码不对。", code="I-01"),
    RosterProblem(row=3, column="出生日期", value_hint="", text="没有填。", code="R-50"),
)


@pytest.fixture
def sheet():
    return openpyxl.load_workbook(io.BytesIO(error_sheet(TABLE, PROBLEMS))).active


def test_rows_keep_their_numbers_and_the_wrong_comes_first(sheet):
    assert [cell.value for cell in sheet[2]] == [ERROR_HEADING, "姓名", "证件号码"]
    assert sheet["B3"].value == "𠮷有田"
    assert sheet["A3"].value.splitlines() == [
        "证件号码：号码不对。（编号 I-01）",
        "出生日期：没有填。（编号 R-50）",
    ]
    assert sheet["A5"].value is None
    assert sheet["B5"].value == "+cmd"


def test_the_wrong_cell_is_coloured_and_the_right_one_is_not(sheet):
    assert sheet["C3"].fill.fgColor.rgb == "FFFFC7CE"
    assert sheet["C5"].fill.fill_type is None


def test_every_cell_is_text(sheet):
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}

    assert kinds == {"s"}


def test_a_place_that_cannot_be_written_says_so(tmp_path):
    with pytest.raises(Unavailable):
        write_error_sheet(tmp_path / "没有" / "错误表.xlsx", TABLE, PROBLEMS)


def test_the_sheet_is_for_its_owner_alone(tmp_path):
    write_error_sheet(tmp_path / "错误表.xlsx", TABLE, PROBLEMS)

    assert (tmp_path / "错误表.xlsx").stat().st_mode & 0o077 == 0
