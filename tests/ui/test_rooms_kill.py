"""Kill −9 in the rooms around a case: what was half told comes up again, with the deed it is of."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from app.domain.standing import ReviewResult
from app.ui.caring.deeds import Start
from app.ui.reports.screen import build_report_screen
from app.ui.standing.deeds import DeedKind
from tests.killed import strike
from tests.screens import texts
from tests.visit_pages import investigation_screen, referral_screen
from tests.work_pages import WU, PaperPrinters, Room
from tests.work_screens import caring, standing


class RoomOf:
    """How a room is opened, and how its form is begun."""

    def __init__(self, build, subject, begin) -> None:
        self.build, self.subject, self.begin = build, subject, begin


def reports(room: Room):
    desk = room.desk
    return build_report_screen(desk.reports, desk.printing, PaperPrinters(), room.bench)


def choose(deed):
    """Press a deed's button."""
    return lambda screen: screen.presenter.choose(deed)


ROOMS = {
    "standing": RoomOf(standing, WU, choose(DeedKind.REMOVE)),
    "caring": RoomOf(caring, WU, choose(Start.COMPLAIN)),
    "reports": RoomOf(reports, "2026Q1", lambda screen: screen.view.begin.click()),
    "investigation": RoomOf(investigation_screen, WU, lambda _screen: None),
    "referrals": RoomOf(referral_screen, None, lambda _screen: None),
}


def shown(which: str, room: Room):
    screen = ROOMS[which].build(room)
    room.show(screen, ROOMS[which].subject)
    return screen


def begin(room: Room, which: str, chords: str):
    screen = shown(which, room)
    ROOMS[which].begin(screen)
    room.settle()
    return strike(room, screen, chords)


@pytest.mark.parametrize(
    ("which", "chords", "told"),
    [
        ("standing", "吴小妹 Return 出嫁 Return", "出嫁"),
        ("caring", "1 Return 隔壁的人 Return", "隔壁的人"),
        ("reports", "Return Return Return 镇民政办 Return", "镇民政办"),
        ("investigation", "王秀英 Return", "王秀英"),
        ("referrals", "Insert 桥洞下的人 Tab", "桥洞下的人"),
    ],
)
def test_a_killed_program_loses_nothing_that_was_told(
    which: str, chords: str, told: str, killed: Callable[..., Room], qtbot: QtBot
):
    room = killed(begin, which, chords)
    screen = shown(which, room)
    qtbot.addWidget(screen.view)

    said = " ".join(texts(screen.view))
    kept = room.do(room.desk.drafts.keys)

    assert len(kept) == 1
    assert told in said


def begun(room: Room, qtbot: QtBot):
    """A review half told, and the page left."""
    screen = shown("standing", room)
    qtbot.addWidget(screen.view)
    screen.presenter.choose(DeedKind.REVIEW)
    screen.presenter.answer("result", ReviewResult.NO_CHANGE)
    screen.presenter.answer("note", "看了，一切照旧")
    room.settle()
    return screen


def test_a_review_half_told_comes_up_again_and_is_recorded_once(room: Room, qtbot: QtBot):
    begun(room, qtbot)

    again = shown("standing", room)
    qtbot.addWidget(again.view)
    again.presenter.confirm()
    room.settle()

    (review,) = room.ask(lambda work: work.standing.reviews_of(WU))
    assert review.note == "看了，一切照旧"
    assert room.do(room.desk.drafts.keys) == []


def test_a_deed_of_the_room_put_aside_stays_away(room: Room, qtbot: QtBot):
    screen = begun(room, qtbot)
    screen.presenter.back()
    room.settle()

    again = shown("standing", room)
    qtbot.addWidget(again.view)

    assert room.do(room.desk.drafts.keys) == []
    assert again.view.record.isVisible()
