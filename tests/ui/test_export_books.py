"""The export page on a real vault: each book, its columns, and what is remembered of the choice."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from app.domain.exporting import ExportBook
from app.domain.masking import Mask
from app.ui.exports.form import (
    More,
    Seen,
)
from tests.export_page import ExportPage, export_page
from tests.locked_workbooks import opened
from tests.work_pages import Room


@pytest.fixture
def page(room: Room, qtbot: QtBot, tmp_path: Path) -> ExportPage:
    return export_page(room, qtbot, tmp_path)


def test_whole_numbers_go_into_a_locked_workbook_and_the_password_is_shown_once(page: ExportPage):
    page.view.kind.setFocus()
    page.type("2")
    page.view.number.setFocus()
    page.type("1").press("Ctrl+Return")
    unsaid = page.view.problem.detail.text()
    page.hands.compose("镇里核对证件")
    page.prove()

    assert "E-03" in unsaid
    (file,) = page.files()
    said = page.view.said.detail.text()
    (password,) = re.findall(r"[A-Z1-9]{4}-[A-Z1-9]{4}-[A-Z1-9]{4}", said)
    book = openpyxl.load_workbook(BytesIO(opened(file.read_bytes(), password)))
    assert file.suffix == ".xlsx"
    assert re.search(r"459901[0-9]{11}[0-9X]", str(list(book.active.values)))
    page.view.number.setFocus()
    page.type("2").press("Ctrl+Return")
    assert page.deed()["mask"] == "middle_8"
    assert password not in page.view.said.detail.text()


def test_the_mask_is_remembered_for_each_recipient(page: ExportPage):
    page.type("2")
    page.view.number.setFocus()
    page.type("5").press("Ctrl+Return")
    page.view.hide()
    page.open()

    before = page.view.number.value()
    page.type("2")

    assert before is Mask.MIDDLE_8
    assert page.view.number.value() is Mask.ONLY_LAST_4


@pytest.mark.parametrize(
    ("digit", "book", "says"),
    [
        ("2", ExportBook.FUND, "一共 1 条，0 人。"),
        ("4", ExportBook.REPORT, "一共 14 项。"),
    ],
)
@pytest.mark.parametrize(("kind", "ending"), [("1", ".xlsx"), ("3", ".pdf")])
def test_ledgers_and_reports_leave_from_the_same_page(
    page: ExportPage, digit: str, book: ExportBook, says: str, kind: str, ending: str
):
    page.fund().view.book.setFocus()
    page.type(digit)
    said = page.view.count.text()
    page.view.kind.setFocus()
    page.type(kind).press("Ctrl+Return")

    (file,) = page.files()
    assert said == says
    assert file.name == f"{book.label} 2026年3月 镇民政办{ending}"
    assert page.deed()["book"] == book.value


def test_a_book_asks_only_what_it_has(page: ExportPage):
    def shown() -> tuple[bool, ...]:
        view = page.view
        return tuple(one.isVisible() for one in (view.span, view.number, view.more))

    visits = shown()
    page.view.book.setFocus()
    page.type("3")
    watched = shown()
    page.view.book.setFocus()
    page.type("4")

    assert (visits, watched, shown()) == (
        (True, True, True),
        (False, False, False),
        (True, False, False),
    )


def test_an_empty_watch_list_says_why_there_is_nothing_to_export(page: ExportPage):
    page.view.book.setFocus()
    page.type("3")

    assert page.view.count.text() == "现在没有备案监测的户。"
    assert not page.view.export.isEnabled()


def test_what_each_recipient_gets_besides_is_remembered(page: ExportPage):
    page.type("2")
    page.view.more.setFocus()
    page.type("24").press("Ctrl+Return")  # the telephone and the state of health as well
    page.view.hide()
    page.open()

    before = page.view.more.value()
    page.type("2")

    assert before == (More.PLACE, More.NOTE)
    assert page.view.more.value() == (More.PHONE, More.PLACE, More.HEALTH, More.NOTE)
    assert page.deed()["phone"] is True


def test_masks_an_older_program_remembered_are_still_known(page: ExportPage):
    page.room.do(lambda: page.room.desk.drafts.keep("remembered:export", {"county": "last_8"}))
    page.view.hide()
    page.open()

    page.type("2")

    assert page.view.number.value() is Mask.LAST_8
    assert Seen.of_kept("last_8") == Seen(Mask.LAST_8)


def test_a_county_s_columns_are_a_choice_and_are_remembered(page: ExportPage):
    page.view.layout_of.setFocus()
    page.press("Down", "Ctrl+Return")
    page.view.hide()
    page.open()

    cells = next(iter(openpyxl.load_workbook(page.files()[0]).active.values))
    assert "走访时间" in cells
    assert page.view.layout_of.currentData() == "example-visits"
    assert page.deed()["layout"] == "example-visits"


def test_a_layout_file_that_is_wrong_is_named_when_the_page_opens(page: ExportPage):
    folder = page.room.vault.directory.parent / "layouts"
    folder.mkdir()
    (folder / "甲县.toml").write_text("[layout]\n", encoding="utf-8")
    page.view.hide()
    page.open()

    assert "甲县.toml" in page.view.problem.headline.text()


def test_the_page_opens_at_the_book_that_was_asked_for(page: ExportPage):
    page.screen.presenter.open("report")
    page.room.settle()

    assert page.view.book.value() is ExportBook.REPORT


def test_the_roster_leaves_whole_only_under_a_password(page: ExportPage):
    page.view.book.setFocus()
    page.type("5")
    page.view.number.setFocus()
    page.type("1")
    page.view.reason.setFocus()
    page.hands.compose("报县里建档")
    page.prove()

    (file,) = page.files()
    (password,) = re.findall(r"[A-Z1-9]{4}(?:-[A-Z1-9]{4}){2}", page.view.said.detail.text())
    heads = next(
        iter(openpyxl.load_workbook(BytesIO(opened(file.read_bytes(), password))).active.values)
    )
    assert "银行账号" in heads
    assert page.deed()["book"] == "roster"
    assert page.deed()["locked"] is True


def test_a_remembered_layout_that_is_gone_is_not_asked_for_any_more(page: ExportPage):
    folder = page.room.vault.directory.parent / "layouts"
    folder.mkdir()
    own = folder / "甲县.toml"
    own.write_text(
        '[layout]\nid = "jia"\ntitle = "甲县"\nuse = "visits"\nsource = "甲县通知"\n'
        '[[column]]\nheading = "姓名"\nfield = "head"\n',
        encoding="utf-8",
    )
    page.view.hide()
    page.open()
    page.view.layout_of.setFocus()
    page.press("Down", "Down", "Ctrl+Return")
    chosen = page.deed()["layout"]
    own.unlink()
    page.view.hide()
    page.open()
    page.press("Ctrl+Return")

    assert chosen == "jia"
    assert page.deed()["layout"] == ""
