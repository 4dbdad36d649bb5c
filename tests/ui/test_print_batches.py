"""A whole 组 on the page: how much paper first, then one file or the printer, all recorded."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.casework import Met
from app.domain.operations import AUDIT
from app.domain.problem import Unavailable
from app.services.printing import Printing
from app.services.visits import RecordVisit
from app.ui.printing.batch_screen import build_batch_screen
from tests.hands import Hands
from tests.work_pages import LI, WU, PaperPrinters, Room


class SlowPrinters(PaperPrinters):
    """Takes no paper to its end before it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.has_begun, self.may_end = threading.Event(), threading.Event()

    def send(self, pdf: bytes, printer: str, *, leaves: Sequence[int] | None = None) -> None:
        self.has_begun.set()
        assert self.may_end.wait(60)
        super().send(pdf, printer, leaves=leaves)


class BatchPage:
    """The page in front, and two hands; 李桂芳 and 吴秀兰 have been visited."""

    def __init__(self, room: Room, qtbot: QtBot, printers: PaperPrinters | None = None) -> None:
        self.room = room
        self.printers = printers or PaperPrinters()
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

    def stop(self) -> BatchPage:
        """Tab to 停下, and press it; what is being done has not ended."""
        for _ in self.view.findChildren(QWidget):
            if self.view.progress.stop.hasFocus():
                self.hands.press("Space")
                return self
            self.hands.press("Tab")
        raise AssertionError("no key leads to 停下")

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


def test_a_village_printed_once_more_is_said_to_be(page: BatchPage):
    page.village().press("Ctrl+P")
    first = page.view.said.headline.text()

    page.press("Ctrl+P")

    assert "补打" not in first
    assert "都是补打，纸上印着第几次" in page.view.said.headline.text()


def test_what_was_printed_and_could_not_be_recorded_is_said(page: BatchPage, monkeypatch):
    page.village()

    def full(_printing, _prepared):
        raise Unavailable("电脑的硬盘满了，没有存上。", do="请删掉些不用的文件。", code="D-01")

    monkeypatch.setattr(Printing, "record", full)
    page.press("Ctrl+P")

    told = page.view.problem.detail.text()
    assert len(page.printers.sent) == 1
    assert "前面 1 样已经打出来了，最后一样没有记上。再打一次只打剩下的。" in told
    assert page.view.amount.text().startswith("1 户，共 1 页；")


def test_a_batch_stopped_by_keys_keeps_what_is_left_for_later(room: Room, qtbot: QtBot):
    printers = SlowPrinters()
    page = BatchPage(room, qtbot, printers).village()
    page.hands.press("Ctrl+P")
    qtbot.waitUntil(printers.has_begun.is_set)

    page.stop()
    printers.may_end.set()
    room.settle()

    assert len(printers.sent) == 1
    assert page.prints(LI) + page.prints(WU) == ["F15"]
    told = page.view.said.headline.text()
    assert told.startswith("1 样已送到打印机")
    assert told.endswith("停下了，剩下的还在这里。")
    assert page.view.amount.text().startswith("1 户，共 1 页；")

    page.press("Ctrl+P")
    assert page.prints(LI) == page.prints(WU) == ["F15"]


def test_a_batch_stopped_before_it_has_begun_prints_nothing(page: BatchPage, qtbot: QtBot):
    page.village()
    others_job = threading.Event()
    page.room.work.run(lambda: others_job.wait(60), done=bool, failed=bool)
    page.hands.press("Ctrl+P")

    page.stop()
    others_job.set()
    page.room.settle()

    assert page.view.said.headline.text() == "停下了，一样也没有打。"
    assert page.printers.sent == []
    assert page.prints(LI) == page.prints(WU) == []
    assert page.view.print.isEnabled()


def test_a_file_stopped_before_its_end_is_not_there(page: BatchPage, tmp_path: Path):
    page.village()
    others_job = threading.Event()
    page.room.work.run(lambda: others_job.wait(60), done=bool, failed=bool)
    page.view.placed.emit(str(tmp_path / "全村走访"))

    page.stop()
    others_job.set()
    page.room.settle()

    assert page.view.said.headline.text() == "停下了，没有存，也没有记。"
    assert list(tmp_path.glob("*.pdf")) == []
    assert page.prints(LI) == page.prints(WU) == []


def test_a_printer_that_takes_nothing_leaves_no_talk_of_what_came_before(page: BatchPage):
    page.printers.problem = Unavailable("打印机没有接。", do="请看看有没有纸。", code="P-50")

    page.village().press("Ctrl+P")

    assert "前面" not in page.view.problem.detail.text()
    assert page.prints(LI) == page.prints(WU) == []
    assert page.view.print.isEnabled()


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


def test_a_place_that_cannot_be_written_is_said_and_nothing_is_recorded(
    page: BatchPage, tmp_path: Path
):
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
    assert [one.kind for one, _patch in logged if one.kind == "paper.blank"] == ["paper.blank"]


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
