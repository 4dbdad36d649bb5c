"""The print centre and the page of a whole 组 in front while something is recorded elsewhere."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.domain.casework import Met
from app.services.visits import RecordVisit
from app.ui.nouns import Noun
from tests.print_page import PrintPage
from tests.ui.test_print_batches import BatchPage
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
