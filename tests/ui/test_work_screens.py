"""The work pages at every size: freed at once, named, unclipped, in Chinese, numbers masked."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.assessment.screen import build_assessment_screen
from app.ui.exports.screen import build_export_screen
from app.ui.finding.screen import build_finding_screen
from app.ui.finding.search import Search
from app.ui.past.screen import build_past_screen
from app.ui.printing.screen import build_print_screen
from app.ui.relief.screen import build_relief_screen
from app.ui.roster.screen import build_roster_screen
from app.ui.shell.page import PageScreen
from app.ui.syncing.screen import build_sync_screen
from app.ui.theme.look import Look
from app.ui.theme.scale import TypeSize
from app.ui.visits.screen import build_visit_screen
from app.ui.widgets.formcard import InnerScroll
from app.ui.widgets.layout import Scroll
from tests.screens import (
    assert_chinese,
    assert_freed,
    assert_inside,
    assert_masked,
    assert_named,
    assert_unclipped,
    settle,
)
from tests.work_pages import LI, WU, PaperPrinters, Room

SIZES = [
    (TypeSize.STANDARD, 982, 511),
    (TypeSize.LARGE, 960, 511),
    (TypeSize.STANDARD, 1093, 481),
    (TypeSize.STANDARD, 1198, 665),
    (TypeSize.LARGE, 1233, 665),
    (TypeSize.EXTRA, 1211, 665),
]
"""What a page has to itself at 1093 × 543 and 1366 × 697; the third shows its side panel, too."""


def visits(room: Room) -> PageScreen:
    desk = room.desk
    return build_visit_screen(desk.households, desk.visits, desk.drafts, room.bench)


def relief(room: Room) -> PageScreen:
    desk = room.desk
    return build_relief_screen(
        desk.relief, desk.households, desk.drafts, desk.printing, PaperPrinters(), room.bench
    )


def assessment(room: Room) -> PageScreen:
    desk = room.desk
    return build_assessment_screen(
        desk.assessments, desk.applications, desk.households, desk.drafts, room.bench
    )


def printing(room: Room) -> PageScreen:
    desk = room.desk
    return build_print_screen(desk.printing, desk.households, PaperPrinters(), room.bench)


def syncing(room: Room) -> PageScreen:
    return build_sync_screen(room.desk.syncing, room.desk.enrolment, room.bench)


def exports(room: Room) -> PageScreen:
    desk = room.desk
    return build_export_screen(
        desk.exports, desk.visits, desk.households, desk.drafts, room.bench, folder="练习"
    )


def roster(room: Room) -> PageScreen:
    return build_roster_screen(room.desk.rosters, room.bench)


def past(room: Room) -> PageScreen:
    return build_past_screen(room.desk.assessments, room.desk.households, room.bench)


def finding(room: Room) -> PageScreen:
    reassessing, bench = room.desk.reassessing, room.bench
    search = Search(reassessing, bench.store, bench.work, bench.changes.announce)
    return build_finding_screen(reassessing, search, bench)


SCREENS = [visits, relief, assessment, printing, syncing, exports, roster, past, finding]
BUTTONS = {
    visits: attrgetter("save"),
    relief: attrgetter("pay"),
    assessment: attrgetter("card.next"),
}
SUBJECTS = {visits: WU, relief: WU, assessment: LI, printing: WU, past: LI}


def assert_in_sight(button: QWidget, window: QWidget) -> None:
    """The main button of a form never leaves a small window."""
    assert button.mapTo(window, button.rect().bottomLeft()).y() <= window.height()


def loaded(build: Callable[[Room], PageScreen], room: Room) -> PageScreen:
    """The screen with its data on view."""
    screen = build(room)
    screen.presenter.open(SUBJECTS.get(build))
    room.settle()
    return screen


@pytest.mark.parametrize("build", SCREENS)
def test_a_dropped_screen_is_freed_at_once(build, room):
    assert_freed(lambda: build(room))
    assert_freed(lambda: loaded(build, room))


@pytest.mark.parametrize("build", SCREENS)
def test_a_window_it_was_shown_in_is_freed_at_once_too(build, room):
    def shown() -> PageScreen:
        screen = loaded(build, room)
        window = Scroll(screen.view)
        window.show()
        room.settle()
        return PageScreen(window, screen.presenter)

    assert_freed(shown)


@pytest.mark.parametrize("build", SCREENS)
def test_what_is_on_view_is_named_chinese_and_masked(build, room, qtbot: QtBot):
    screen = loaded(build, room)
    qtbot.addWidget(screen.view)

    assert_named(screen.view)
    assert_chinese(screen.view)
    assert_masked(screen.view)


@pytest.mark.parametrize("build", SCREENS)
def test_nothing_is_clipped_at_any_size(build, room, look: Look, qtbot: QtBot):
    for size, width, height in SIZES:
        look.wear(size=size)
        screen = loaded(build, room)
        window = Scroll(screen.view)
        qtbot.addWidget(window)
        window.resize(width, height)
        window.show()
        room.settle()
        settle()

        assert_unclipped(screen.view)
        assert_inside(screen.view)
        for area in screen.view.findChildren(InnerScroll):
            assert_inside(area.widget())
            assert area.horizontalScrollBar().maximum() == 0
        if build in BUTTONS:
            assert_in_sight(BUTTONS[build](screen.view), window)
