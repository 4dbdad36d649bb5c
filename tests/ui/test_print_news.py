"""The print centre and the page of a whole 组 in front while something is recorded elsewhere."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.domain.casework import Met
from app.services.paper_packages import Purpose
from app.services.visits import RecordVisit
from app.ui.nouns import Noun
from tests.print_page import PrintPage
from tests.ui.test_print_batches import BatchPage, SlowPrinters
from tests.work_pages import ZHAO, Room


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> PrintPage:
    return PrintPage(room, qtbot)


def visited(room: Room, *nouns: Noun) -> None:
    """赵大山 has been visited, and that is told."""
    today = room.clock.today()
    request = RecordVisit(household=ZHAO, visited_on=today, met=Met.SELF, note="都好")
    room.do(lambda: room.desk.visits.record(request))
    room.changes.announce(frozenset(nouns))
    room.settle()


def test_what_was_recorded_elsewhere_can_be_printed_at_once(page: PrintPage):
    page.type("zds").press("Return")
    before = page.ticked()

    visited(page.room, Noun.VISIT)

    assert "F15" not in before
    assert "F15" in page.ticked()


def test_a_print_told_elsewhere_leaves_what_was_chosen_here(page: PrintPage):
    page.type("lgf").press("Return")
    page.view.offers.lines[0].box.setFocus()
    page.type("2")
    chosen = page.ticked()

    page.room.changes.announce(frozenset({Noun.PRINT, Noun.DRAFT}))
    page.room.settle()

    assert "F02" not in chosen
    assert page.ticked() == chosen


def test_news_on_a_page_nobody_was_found_on_change_nothing(page: PrintPage):
    visited(page.room, Noun.VISIT)

    assert page.ticked() == []
    assert page.view.problem.isHidden()


def test_a_whole_group_is_counted_anew(room: Room, qtbot: QtBot):
    page = BatchPage(room, qtbot).village()
    before = page.view.amount.text()

    visited(room, Noun.VISIT)

    assert before.startswith("2 户，共 2 页")
    assert page.view.amount.text().startswith("3 户，共 3 页")


def test_news_while_a_group_is_printed_stop_nothing_and_hide_no_answer(room: Room, qtbot: QtBot):
    printers = SlowPrinters()
    page = BatchPage(room, qtbot, printers).village()
    page.hands.press("Ctrl+P")
    qtbot.waitUntil(printers.has_begun.is_set)

    room.changes.announce(frozenset({Noun.VISIT}))
    printers.may_end.set()
    room.settle()

    assert len(printers.sent) == 2
    assert page.view.said.isVisible()
    assert page.view.said.headline.text().startswith("2 样已送到打印机")
    assert page.view.amount.text().startswith("2 户，共 2 页")
    assert page.view.print.isEnabled()


def test_another_purpose_chosen_while_it_is_counted_is_the_one_shown(room: Room, qtbot: QtBot):
    page = BatchPage(room, qtbot).village()

    for purpose in (Purpose.APPLYING, Purpose.BLANK):
        page.screen.presenter.choose_purpose(purpose)
    room.settle()

    assert page.view.amount.text().startswith("3 户，共 3 页")
    assert page.view.print.isEnabled()


def test_a_group_printed_is_told_to_the_other_pages(room: Room, qtbot: QtBot):
    page = BatchPage(room, qtbot).village()
    news: list[frozenset[Noun]] = []
    room.changes.saved.connect(news.append)

    page.press("Ctrl+P")

    assert news == [frozenset({Noun.PRINT})]
