"""The export page on a real vault: who gets it, how much they see, and that it is written down."""

from __future__ import annotations

import csv
import re
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from app.domain.casework import Met
from app.domain.exporting import ExportBook, Recipient, usual_reason
from app.domain.masking import Mask
from app.domain.money import Money
from app.services.visits import RecordVisit
from app.store.journal import read_operations
from app.ui.exports.form import (
    Days,
    FileKind,
    More,
    Seen,
    Span,
    days_of,
    file_name,
)
from app.ui.exports.screen import build_export_screen
from tests.hands import Hands
from tests.locked_workbooks import opened
from tests.vaults import PASSPHRASE
from tests.work_pages import LI, WU, Room


class ExportPage:
    """The page in front, and two hands."""

    def __init__(self, room: Room, qtbot: QtBot, folder: Path) -> None:
        self.room = room
        self.qtbot = qtbot
        self.folder = folder
        for household in (WU, LI):
            visit = RecordVisit(
                household=household, visited_on=room.clock.today(), met=Met.SELF, note="=1+1"
            )
            room.do(lambda visit=visit: room.desk.visits.record(visit))
        self.open()

    def open(self) -> None:
        desk = self.room.desk
        self.screen = build_export_screen(
            desk.exports,
            desk.visits,
            desk.households,
            desk.drafts,
            self.room.bench,
            folder=str(self.folder),
        )
        self.qtbot.addWidget(self.screen.view)
        self.room.show(self.screen)
        self.hands = Hands(self.view)

    @property
    def view(self):
        return self.screen.view

    def fund(self) -> ExportPage:
        """Money in the fund, so that there is a ledger."""
        self.room.do(lambda: self.room.desk.fund.put_in(Money.yuan(500), self.room.clock.today()))
        return self

    def deed(self) -> dict[str, object]:
        """What the newest operation set."""

        def last(work) -> dict[str, object]:
            operation = list(read_operations(work.connection))[-1]
            return {name: new for name, (_old, new) in (work.patch_of(operation) or {}).items()}

        return self.room.ask(last)

    def press(self, *chords: str) -> ExportPage:
        for chord in chords:
            self.hands.press(chord)
            self.room.settle()
        return self

    def type(self, letters: str) -> ExportPage:
        for letter in letters:
            self.hands.type(letter)
            self.room.settle()
        return self

    def prove(self) -> ExportPage:
        """Press, be asked for the passphrase, and give it."""
        self.press("Ctrl+Return")
        asked = self.view.problem.detail.text()
        assert ("E-14" in asked, self.files()) == (True, [])
        self.hands.type(PASSPHRASE)
        return self.press("Ctrl+Return")

    def files(self) -> list[Path]:
        return sorted(self.folder.iterdir())

    def noted(self) -> int:
        return self.room.ask(
            lambda work: work.connection.exec_driver_sql(
                "SELECT count(*) FROM operation WHERE kind = 'visits.exported'"
            ).scalar_one()
        )


@pytest.fixture
def page(room: Room, qtbot: QtBot, tmp_path: Path) -> ExportPage:
    folder = tmp_path / "文档"
    folder.mkdir()
    return ExportPage(room, qtbot, folder)


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


def test_looking_shows_no_whole_number(page: ExportPage):
    page.view.number.setFocus()
    page.type("1")

    assert page.view.sample.rows.rows()[0].cells[1].text.startswith("459901********")


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


def test_the_board_s_file_says_nothing_of_anybody(page: ExportPage):
    page.type("3")
    page.view.kind.setFocus()
    page.type("2").press("Ctrl+Return")

    heads = page.files()[0].read_text("utf-8-sig").splitlines()[0]
    assert heads == '"序号","走访日期","户主","类别","住址","见到谁","方式","走访人"'


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
