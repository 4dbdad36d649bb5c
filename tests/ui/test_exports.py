"""The export page on a real vault: who gets it, how much they see, and that it is written down."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from app.domain.exporting import Recipient, usual_reason
from app.domain.masking import Mask
from app.ui.exports.form import (
    Days,
    FileKind,
    Span,
    days_of,
    file_name,
)
from tests.export_page import PEOPLE, ExportPage, export_page
from tests.storefile import household_of
from tests.work_pages import Room


@pytest.fixture
def page(room: Room, qtbot: QtBot, tmp_path: Path) -> ExportPage:
    return export_page(room, qtbot, tmp_path)


def test_two_keys_export_this_month_masked_for_the_township(page: ExportPage):
    page.press("Ctrl+Return")

    (file,) = page.files()
    assert file.name == "走访台账 2026年3月 镇民政办.xlsx"
    cells = [cell.value for row in openpyxl.load_workbook(file).active.iter_rows() for cell in row]
    assert any("459901********" in str(cell) for cell in cells)
    assert page.noted() == 1
    assert "导出好了：2 条" in page.view.said.headline.text()


def test_the_first_lines_show_the_mask_before_anything_is_written(page: ExportPage):
    def shown() -> str:
        return page.view.sample.rows.rows()[0].cells[1].text

    masked = shown()
    page.view.number.setFocus()
    page.type("5")
    tail = shown()
    page.view.number.setFocus()
    page.type("6")

    assert masked.startswith("459901********")
    assert tail.startswith("*" * 14)
    assert shown() == "（不要）"
    assert page.files() == []


def test_a_notice_board_gets_no_numbers_and_never_whole_ones(page: ExportPage):
    page.type("3")
    mask = page.view.number.value()
    page.view.number.setFocus()
    page.type("1").press("Ctrl+Return")

    assert mask is Mask.NONE
    assert "E-20" in page.view.problem.detail.text()
    assert page.files() == []


def test_whole_numbers_need_a_reason(page: ExportPage):
    page.type("5")
    page.view.number.setFocus()
    page.type("1").press("Ctrl+Return")
    refused = page.view.problem.detail.text()
    page.hands.compose("报县残联核对")
    page.prove()

    assert "E-03" in refused
    assert len(page.files()) == 1
    assert page.noted() == 1
    assert page.deed()["reason"] == "报县残联核对"
    assert page.deed()["recipient"] == "other"


def test_nobody_who_passes_an_open_laptop_takes_whole_numbers_along(page: ExportPage):
    page.type("5")
    page.view.number.setFocus()
    page.type("1")
    page.view.reason.setFocus()
    page.hands.compose("核对")
    for _ in range(2):
        page.press("Ctrl+Return")
        assert "E-14" in page.view.problem.detail.text()
        assert page.view.passphrase.text() == ""
        page.hands.type("not the passphrase")

    assert page.files() == []
    assert page.noted() == 0


def test_more_than_twenty_people_leave_only_with_the_passphrase(page: ExportPage):
    def roster_of(*doors: int) -> tuple[str, bool]:
        more = [household_of("覃兰英", id_number=None, door=f"{door}号") for door in doors]
        page.room.do(lambda: page.room.desk.households.add_all(more))
        for book in "15":
            page.view.book.setFocus()
            page.type(book)
        return page.view.count.text(), page.view.passphrase.isVisible()

    few = roster_of(*range(60, 60 + 20 - PEOPLE))
    many = roster_of(99)
    page.prove()

    assert (few, many) == (("一共 20 条，20 人。", False), ("一共 21 条，21 人。", True))
    assert len(page.files()) == 1


def test_looking_shows_no_whole_number(page: ExportPage):
    page.view.number.setFocus()
    page.type("1")

    assert page.view.sample.rows.rows()[0].cells[1].text.startswith("459901********")


@pytest.mark.parametrize(("digit", "ending"), [("2", ".csv"), ("3", ".pdf")])
def test_the_kind_of_file_is_a_digit(page: ExportPage, digit: str, ending: str):
    page.view.kind.setFocus()
    page.type(digit).press("Ctrl+Return")

    assert [file.suffix for file in page.files()] == [ending]
    if ending == ".csv":
        rows = list(csv.reader(page.files()[0].read_text("utf-8-sig").splitlines()))
        assert not any(cell.startswith("=") for row in rows for cell in row)


def test_another_place_keeps_its_ending(page: ExportPage, tmp_path: Path):
    page.view.placed.emit(str(tmp_path / "给镇里.csv"))
    page.room.settle()
    page.press("Ctrl+Return")

    assert (tmp_path / "给镇里.csv").is_file()
    assert page.view.kind.value() is FileKind.CSV


def test_a_month_without_visits_offers_nothing_to_export(page: ExportPage):
    page.view.span.setFocus()
    page.type("2")

    assert page.view.count.text() == "这段时间没有走访记录。"
    assert not page.view.export.isEnabled()


def test_days_of_ones_own_can_be_typed(page: ExportPage):
    page.view.span.setFocus()
    page.type("4")
    page.view.first.setFocus()
    page.view.first.selectAll()
    page.type("0101").press("Return")

    assert page.view.first.isVisible()
    assert page.view.count.text().startswith("一共 3 条")


def test_a_folder_that_is_gone_is_said_and_the_form_stays(page: ExportPage, tmp_path: Path):
    page.view.placed.emit(str(tmp_path / "没有" / "a.csv"))
    page.room.settle()
    page.press("Ctrl+Return")

    assert page.view.problem.isVisible()
    assert page.view.export.isEnabled()
    assert page.noted() == 0


@pytest.mark.parametrize(
    ("span", "first", "last", "words"),
    [
        (Span.THIS_MONTH, date(2026, 3, 1), date(2026, 3, 31), "2026年3月"),
        (Span.LAST_MONTH, date(2026, 2, 1), date(2026, 2, 28), "2026年2月"),
        (Span.THIS_YEAR, date(2026, 1, 1), date(2026, 12, 31), "2026年"),
        (Span.OWN, date(2026, 3, 1), date(2026, 3, 31), "2026年3月"),
    ],
)
def test_a_span_is_whole_months_or_years(span: Span, first: date, last: date, words: str):
    days = days_of(span, date(2026, 3, 2))

    assert (days.first, days.last, days.words) == (first, last, words)


def test_a_file_is_named_after_what_is_in_it_and_nobody():
    days = Days(date(2026, 3, 2), date(2026, 3, 9))

    name = file_name(days, Recipient.DISABLED_FEDERATION, FileKind.PDF)

    assert name == "走访台账 20260302-20260309 残联.pdf"
    assert usual_reason(Recipient.OTHER) == ""
    assert usual_reason(Recipient.NOTICE_BOARD) == "村公示栏公示"


def test_the_board_s_file_says_nothing_of_anybody(page: ExportPage):
    page.type("3")
    page.view.kind.setFocus()
    page.type("2").press("Ctrl+Return")

    heads = page.files()[0].read_text("utf-8-sig").splitlines()[0]
    assert heads == '"序号","走访日期","户主","类别","住址","见到谁","方式","走访人"'
