"""A whole 组 on the smallest screen in the largest type, below the practice village's stripe."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.domain.casework import Met
from app.services.visits import RecordVisit
from app.ui.theme.look import Look
from app.ui.theme.scale import TypeSize
from tests.hands import Hands
from tests.whole_window import CRAMPED, ROOMY, Screen, WholeWindow, out_of_reach, walked
from tests.work_pages import LI, Room


@pytest.fixture
def window(room: Room, qtbot: QtBot, look: Look) -> WholeWindow:
    """李桂芳 has been visited."""
    look.wear(size=TypeSize.EXTRA, dark=False)
    today = room.clock.today()
    room.do(
        lambda: room.desk.visits.record(
            RecordVisit(household=LI, visited_on=today, met=Met.SELF, note="都好")
        )
    )
    return WholeWindow(room, qtbot)


def batch(window: WholeWindow, screen: Screen):
    window.show(screen)
    return window.go("batch").view


def cut(view) -> list[str]:
    """The purposes that cannot be read to their end."""
    return [
        one.text()
        for one in view.purpose.buttons
        if one.visibleRegion().boundingRect() != one.rect()
    ]


def test_every_purpose_is_to_be_read_before_and_after_printing(window: WholeWindow):
    view = batch(window, CRAMPED)
    assert cut(view) == []

    Hands(window.window).press("Ctrl+P")
    window.settle()

    assert view.said.isVisible()
    assert cut(view) == []


def test_the_keys_come_to_the_group_first_and_to_everything(window: WholeWindow):
    view = batch(window, CRAMPED)
    assert view.group.hasFocus()

    reached, unseen = walked(window)

    assert reached[:3] == [view.group, view.purpose, view.homes]
    assert unseen == []
    assert out_of_reach(window, reached) == []


def test_a_larger_window_has_its_title_and_the_keys_stay_where_they_are(window: WholeWindow):
    view = batch(window, CRAMPED)
    assert not view.title.isVisible()

    window.show(ROOMY)

    assert view.title.isVisible()
    assert view.group.parentWidget() is view.purpose.parentWidget()
    assert view.group.hasFocus()
