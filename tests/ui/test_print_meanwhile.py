"""A household is printed while its papers are still drawn or on their way, and another is found."""

from __future__ import annotations

import threading

import pytest
from pytestqt.qtbot import QtBot

from app.domain.problem import Unavailable
from app.services.applications import FileApplication
from app.services.household_corrections import Correction
from tests.print_page import PrintPage
from tests.ui.test_print_batches import SlowPrinters
from tests.work_pages import LI, WU, Room


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> PrintPage:
    """The printer takes nothing to its end before it is told to."""
    return PrintPage(room, qtbot, SlowPrinters())


def find_wu(page: PrintPage, qtbot: QtBot) -> None:
    """吴秀兰 by keys, as soon as the file knows her; nothing else is waited for."""
    page.view.household.setFocus()
    page.view.household.selectAll()
    page.hands.type("wxl").press("Return")
    qtbot.waitUntil(lambda: page.screen.presenter._household == WU)


def test_a_wish_to_print_one_household_never_prints_another(page: PrintPage, qtbot: QtBot):
    page.printers.may_end.set()
    others_job = threading.Event()
    page.room.work.run(lambda: others_job.wait(60), done=bool, failed=bool)
    page.hands.type("lgf").press("Return")
    qtbot.waitUntil(lambda: page.ticked() != [])
    page.hands.press("Ctrl+P")

    find_wu(page, qtbot)
    others_job.set()
    page.room.settle()

    assert page.printers.sent == []
    assert page.prints(LI) == page.prints(WU) == []
    assert page.view.said.headline.text().startswith("前一户的表还没有画好，没有打。")


def test_nothing_is_printed_twice_by_ticking_while_it_prints(page: PrintPage, qtbot: QtBot):
    page.type("lgf").press("Return")
    page.hands.press("Ctrl+P")
    qtbot.waitUntil(page.printers.has_begun.is_set)

    page.view.offers.lines[0].box.setFocus()
    page.hands.type("2").type("2").press("Ctrl+P")
    assert not page.view.print.isEnabled()
    page.printers.may_end.set()
    page.room.settle()

    assert sorted(page.prints(LI)) == ["F01", "F02", "F03", "F15"]
    assert len(page.printers.sent) == 4
    assert page.view.print.isEnabled()


def test_a_printer_that_stops_takes_no_tick_from_another_household(page: PrintPage, qtbot: QtBot):
    room = page.room
    room.do(lambda: room.desk.applications.file(FileApplication(household=WU, assessment=None)))
    page.printers.problem = Unavailable("打印机没有接。", do="请看看有没有纸。", code="P-50")
    page.printers.takes = 3
    page.type("lgf").press("Return")
    page.hands.press("Ctrl+P")
    qtbot.waitUntil(page.printers.has_begun.is_set)

    find_wu(page, qtbot)
    usual = page.ticked()
    page.printers.may_end.set()
    room.settle()

    assert page.prints(LI) == ["F03", "F02", "F01"]  # the newest first
    assert page.ticked() == usual
    assert set(page.prints(LI)) < set(usual)
    assert "前面 3 样已经打出来、记好了。" in page.view.problem.detail.text()


def test_what_is_printed_is_what_was_looked_at(page: PrintPage):
    page.printers.may_end.set()
    page.type("lgf").press("Return")
    room = page.room
    room.do(
        lambda: room.desk.corrections.correct(
            Correction(household=LI, fields={"phone": "19900009999"})
        )
    )
    page.hands.press("Ctrl+P")
    room.settle()
    sent, said = list(page.printers.sent), page.view.said.headline.text()

    page.hands.press("Ctrl+P")
    room.settle()

    assert sent == []
    assert said.endswith("的内容刚才变了，还没有打。请看一眼新的，再按一次打印。")
    assert len(page.printers.sent) == 4
    assert sorted(page.prints(LI)) == ["F01", "F02", "F03", "F15"]
