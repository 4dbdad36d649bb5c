"""A whole 组 on the page: how much paper first, then one file or the printer, all recorded."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from pytestqt.qtbot import QtBot

from app.domain.casework import Met
from app.domain.operations import AUDIT
from app.domain.problem import Unavailable
from app.services.visits import RecordVisit
from app.ui.printing.batch_screen import build_batch_screen
from tests.hands import Hands
from tests.work_pages import LI, WU, PaperPrinters, Room


class BatchPage:
    """The page in front, and two hands; 李桂芳 and 吴秀兰 have been visited."""

    def __init__(self, room: Room, qtbot: QtBot) -> None:
        self.room = room
        self.printers = PaperPrinters()
        for household in (LI, WU):
            room.do(lambda household=household: self._visit(household))
        self.screen = build_batch_screen(room.desk.printing, self.printers, room.bench)
        qtbot.addWidget(self.screen.view)
        room.show(self.screen)
        self.hands = Hands(self.view)

    def _visit(self, household):
        today = self.room.clock.today()
        self.room.desk.visits.record(
            RecordVisit(household=household, visited_on=today, met=Met.SELF, note="都好")
        )

    @property
    def view(self):
        return self.screen.view

    def village(self) -> BatchPage:
        """Choose the whole village."""
        self.view.group.setCurrentIndex(self.view.group.count() - 1)
        self.room.settle()
        return self

    def press(self, *chords: str) -> BatchPage:
        for chord in chords:
            self.hands.press(chord)
            self.room.settle()
        return self

    def prints(self, household) -> list[str]:
        return [
            one.form
            for one in self.room.ask(lambda work: work.casework.household_prints(household))
        ]


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> BatchPage:
    return BatchPage(room, qtbot)


def test_pages_and_sheets_are_told_before_anything_is_printed(page: BatchPage):
    page.village()

    assert page.view.amount.text().startswith("2 户，共 2 页；")
    assert page.view.amount.text().endswith("户没有要打的")
    page.view.duplex.click()
    assert "共 2 页，双面 2 张" in page.view.amount.text()
    assert page.prints(LI) == page.prints(WU) == []


def test_one_key_prints_the_whole_village_and_records_it(page: BatchPage):
    page.village().press("Ctrl+P")

    assert page.prints(LI) == page.prints(WU) == ["F15"]
    assert len(page.printers.sent) == 2
    assert "2 样已送到打印机 村部的打印机" in page.view.said.headline.text()


def test_what_left_before_the_printer_stopped_is_not_printed_again(page: BatchPage):
    page.printers.problem = Unavailable("打印机没有接。", do="请看看有没有纸。", code="P-50")
    page.printers.takes = 1
    page.village().press("Ctrl+P")
    told = page.view.problem.detail.text()
    left = page.prints(LI) + page.prints(WU)

    page.printers.problem = None
    page.press("Ctrl+P")

    assert "前面 1 样已经打出来了" in told
    assert left == ["F15"]
    assert page.prints(LI) == page.prints(WU) == ["F15"]
    assert len(page.printers.sent) == 2


def test_a_file_of_the_whole_village_has_a_bookmark_for_each_household(
    page: BatchPage, tmp_path: Path
):
    page.village()

    page.view.placed.emit(str(tmp_path / "全村走访"))
    page.room.settle()

    book = pypdfium2.PdfDocument(tmp_path / "全村走访.pdf")
    marks = [mark.get_title() for mark in book.get_toc() if mark.level == 0]
    assert len(marks) == len(book) == 2
    assert any("李桂芳户（一组3号）" in mark for mark in marks)
    assert page.prints(LI) == page.prints(WU) == ["F15"]


def test_a_full_disk_is_said_and_nothing_is_recorded(page: BatchPage, tmp_path: Path):
    page.village()

    page.view.placed.emit(str(tmp_path / "没有这个文件夹" / "a.pdf"))
    page.room.settle()

    assert "D-02" in page.view.problem.detail.text()
    assert page.prints(LI) == []
    assert page.view.print.isEnabled()


def test_blank_forms_for_a_round_carry_the_household_and_no_number_and_are_still_logged(
    page: BatchPage,
):
    page.view.purpose.setFocus()
    page.village().press("9", "Ctrl+P")

    text = [
        pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
        for pdf, _printer in page.printers.sent
    ]
    assert len(text) == 3
    assert "李桂芳" in text[0]
    assert all("校验码 没有，不编号" in one for one in text)
    assert page.prints(LI) == []
    logged = page.room.ask(lambda work: work.operations_about(LI, (AUDIT,), 50))
    assert [one.kind for one, _patch in logged if one.kind == "paper.drafted"] == ["paper.drafted"]


def test_without_a_printer_the_main_button_makes_a_file(page: BatchPage):
    page.printers.names = ()
    page.screen.presenter.open(None)
    page.room.settle()

    assert page.view.print.accessibleName() == "没有打印机：存成 PDF"


def test_a_group_in_which_nobody_gets_anything_cannot_be_printed(page: BatchPage):
    page.view.purpose.setFocus()
    page.village().press("5")

    assert page.view.amount.text() == "这些户现在都没有要打的。"
    assert not page.view.print.isEnabled()
