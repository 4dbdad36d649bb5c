"""Where there is no room beside the people, a line tells what stands there otherwise."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.ui.theme.look import Look
from app.ui.theme.scale import TypeSize
from tests.whole_window import CRAMPED, ROOMY, WholeWindow
from tests.work_pages import WU, Room


@pytest.mark.parametrize("size", [TypeSize.LARGE, TypeSize.EXTRA])
def test_in_a_small_window_nothing_she_needs_at_the_door_is_out_of_sight(
    size: TypeSize, room: Room, look: Look, qtbot: QtBot
):
    look.wear(size=size)
    window = WholeWindow(room, qtbot)
    window.show(CRAMPED)

    view = window.go("household", WU).view

    assert (view.brief.isVisible(), view.side.isVisible()) == (True, False)
    for word in (
        "二组9号",
        "138\N{NO-BREAK SPACE}0000\N{NO-BREAK SPACE}5512",
        "低保",
        "狗要拴",
        "缺银行卡号",
    ):
        assert word in view.brief.text()


@pytest.mark.parametrize("size", [TypeSize.LARGE, TypeSize.EXTRA])
def test_nor_is_it_where_the_visit_is_told(size: TypeSize, room: Room, look: Look, qtbot: QtBot):
    look.wear(size=size)
    window = WholeWindow(room, qtbot)
    window.show(CRAMPED)

    view = window.go("visits", WU).view

    assert (view.brief.isVisible(), view.side.isVisible()) == (True, False)
    for word in (
        "狗要拴",
        "138\N{NO-BREAK SPACE}0000\N{NO-BREAK SPACE}5512",
        "腿疼，等合作医疗报销",
    ):
        assert word in view.brief.text()
    assert view.choices["met"].isVisible()


def test_where_there_is_room_it_stands_beside_the_people_alone(
    room: Room, look: Look, qtbot: QtBot
):
    look.wear(size=TypeSize.STANDARD)
    window = WholeWindow(room, qtbot)
    window.show(ROOMY)

    for page in ("household", "visits"):
        view = window.go(page, WU).view
        assert (view.brief.isVisible(), view.side.isVisible()) == (False, True)
