"""The pages of every day on the smallest window at 标准, 大 and 特大, light and dark: what is
worked with is in sight, everything can be read, and nothing shines in the dark."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.application_events import ApplicationEvent as E
from app.ui.printing.preview import Preview
from app.ui.shell.page import PageScreen
from app.ui.theme.look import Look
from app.ui.theme.scale import TypeSize
from app.ui.theme.tokens import contrast
from app.ui.widgets.formcard import InnerScroll
from app.ui.widgets.layout import Scroll
from app.ui.widgets.table import Table
from tests.application_page import Page
from tests.filing import TOLD
from tests.screens import settle
from tests.work_pages import LI, Room
from tests.work_screens import (
    SCREENS,
    exports,
    fund,
    household,
    households,
    in_grace,
    loaded,
    month,
    printing,
    relief,
    relief_case,
    syncing,
    today,
    visits,
)

SMALL = {
    TypeSize.STANDARD: (982, 483),
    TypeSize.LARGE: (960, 472),
    TypeSize.EXTRA: (938, 466),
}
"""What is left for a page at 1093 × 543 below the stripe of the practice village."""
DAILY = [
    today,
    visits,
    relief,
    relief_case,
    households,
    household,
    printing,
    syncing,
    fund,
    in_grace,
    month,
]
READABLE = 4.5
GLARING = 200
"""A block whose pixels are all brighter than this in every colour is a white box."""
BLOCK = 14
ROWS = 3
MEMBERS = 2
EDGE = 9
"""The free edge below a page at 特大: that it may be scrolled hides nothing."""


def shown(build, room: Room, look: Look, qtbot: QtBot, size: TypeSize) -> tuple[Scroll, PageScreen]:
    """A page as the window shows it."""
    screen = loaded(build, room)
    window = Scroll(screen.view)
    qtbot.addWidget(window)
    window.resize(*SMALL[size])
    window.show()
    room.settle()
    settle()
    return window, screen


def picture(window: QWidget) -> QImage:
    return window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def colours(image: QImage, rect: QRect) -> Counter[str]:
    """How often each colour stands in a part of the picture."""
    inside = rect.intersected(image.rect())
    return Counter(
        image.pixelColor(x, y).name()
        for y in range(inside.top(), inside.bottom() + 1)
        for x in range(inside.left(), inside.right() + 1)
    )


def words_on(window: QWidget, view: QWidget) -> list[tuple[str, QRect]]:
    """Each enabled line of words that is wholly in sight, and where."""
    found = []
    for widget in (*view.findChildren(QLabel), *view.findChildren(QAbstractButton)):
        if not (widget.isVisible() and widget.isEnabled() and widget.text().strip()):
            continue
        if widget.visibleRegion().boundingRect() == widget.rect():
            found.append((widget.text(), QRect(widget.mapTo(window, QPoint()), widget.size())))
    return found


def glaring(image: QImage, paper: QRect) -> list[tuple[int, int]]:
    """Blocks without a single dark pixel; paper is white in the dark, too."""
    found = []
    for top in range(0, image.height() - BLOCK, BLOCK):
        for left in range(0, image.width() - BLOCK, BLOCK):
            if paper.contains(left, top):
                continue
            pixels = (
                image.pixelColor(left + x, top + y) for y in (0, 4, 9, 13) for x in (0, 4, 9, 13)
            )
            if all(min(one.red(), one.green(), one.blue()) > GLARING for one in pixels):
                found.append((left, top))
    return found


def paper_on(window: QWidget, view: QWidget) -> QRect:
    """Where a page is previewed; nowhere on most pages."""
    sheets = view.findChildren(Preview)
    return QRect(sheets[0].mapTo(window, QPoint()), sheets[0].size()) if sheets else QRect()


@pytest.mark.parametrize("build", SCREENS)
def test_in_the_dark_all_words_can_be_read_and_nothing_shines(build, room, look, qtbot):
    """At the smallest size, whose thin strokes are the palest; the colours are those of all."""
    size = TypeSize.STANDARD
    look.wear(size=size, dark=True)

    window, screen = shown(build, room, look, qtbot, size)

    image = picture(window)
    assert glaring(image, paper_on(window, screen.view)) == []
    pale = {}
    for text, rect in words_on(window, screen.view):
        counted = colours(image, rect)
        ground = counted.most_common(1)[0][0]
        best = max(contrast(ground, colour) for colour in counted)
        if best < READABLE:
            pale[text] = round(best, 1)
    assert pale == {}


@pytest.mark.parametrize("size", SMALL)
@pytest.mark.parametrize("build", [one for one in SCREENS if one not in DAILY])
def test_no_page_scrolls_sideways(build, size, room, look, qtbot):
    look.wear(size=size)

    window, screen = shown(build, room, look, qtbot, size)

    for area in (window, *screen.view.findChildren(InnerScroll)):
        assert not area.isVisible() or area.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("size", SMALL)
@pytest.mark.parametrize("build", DAILY)
def test_a_page_of_every_day_is_in_sight_as_a_whole(build, size, room, look, qtbot):
    """Nothing scrolls sideways, and downwards only what scrolls by itself."""
    look.wear(size=size)

    window, screen = shown(build, room, look, qtbot, size)

    for area in (window, *screen.view.findChildren(InnerScroll)):
        assert not area.isVisible() or area.horizontalScrollBar().maximum() == 0
    assert window.verticalScrollBar().maximum() <= EDGE


def test_of_a_family_the_verbs_two_people_and_the_newest_line_are_in_sight(room, look, qtbot):
    look.wear(size=TypeSize.EXTRA)
    window, screen = shown(household, room, look, qtbot, TypeSize.EXTRA)
    view = screen.view
    assert rows_seen(view.history) >= 1

    screen.presenter.open(LI)
    room.settle()
    settle()

    assert view.members.rows.rowCount() >= MEMBERS
    assert rows_seen(view.members) == MEMBERS
    assert window.verticalScrollBar().maximum() <= EDGE
    for verb in view.verbs:
        assert verb.visibleRegion().boundingRect() == verb.rect()


def test_of_an_application_the_clocks_and_what_can_be_done_are_in_sight(room, look, qtbot):
    look.wear(size=TypeSize.EXTRA)
    page = Page(room, qtbot).sign().take(E.SUBMIT).take(E.ACCEPT, **TOLD)
    window = Scroll(page.view)
    qtbot.addWidget(window)
    window.resize(*SMALL[TypeSize.EXTRA])
    window.show()

    page.open()
    settle()

    assert window.verticalScrollBar().maximum() <= EDGE
    assert page.view.clocks.isVisible()
    assert rows_seen(page.view.table) >= MEMBERS


def test_where_the_first_lines_are_spared_nobody_speaks_of_them(room, look, qtbot):
    _window, screen = shown(exports, room, look, qtbot, TypeSize.STANDARD)
    view = screen.view

    assert not view.sample.isVisible()
    assert "前几条" not in view.count.text()


def rows_seen(table: Table) -> int:
    """How many whole rows are in sight."""
    seen = table.viewport().visibleRegion().boundingRect().height()
    return seen // table.verticalHeader().defaultSectionSize()


@pytest.mark.parametrize("build", [visits, relief, relief_case, syncing])
def test_at_the_usual_size_nothing_scrolls_within_what_scrolls(build, room, look, qtbot):
    window, screen = shown(build, room, look, qtbot, TypeSize.STANDARD)

    assert window.verticalScrollBar().maximum() == 0 or not any(
        area.isVisible() and area.verticalScrollBar().maximum()
        for area in screen.view.findChildren(QAbstractScrollArea)
    )


@pytest.mark.parametrize("size", SMALL)
def test_three_rows_of_the_day_s_work_are_in_sight(size, room, look, qtbot):
    look.wear(size=size)

    _window, screen = shown(today, room, look, qtbot, size)

    table = screen.view.table
    row = table.verticalHeader().defaultSectionSize()
    seen = table.viewport().visibleRegion().boundingRect().height()
    assert seen >= ROWS * row


@pytest.mark.parametrize("size", SMALL)
def test_the_four_fields_of_relief_and_its_buttons_are_in_sight(size, room, look, qtbot):
    look.wear(size=size)

    _window, screen = shown(relief, room, look, qtbot, size)

    view = screen.view
    for part in (view.payee, view.what, view.amount, view.way, view.report, view.pay):
        assert part.visibleRegion().boundingRect() == part.rect(), part.accessibleName()


def test_what_was_given_takes_the_place_of_the_form_and_gives_it_back(room, look, qtbot):
    _window, screen = shown(relief, room, look, qtbot, TypeSize.STANDARD)
    view = screen.view
    assert not view.listing.isVisible()

    view.given.click()

    assert view.listing.isVisible()
    assert not view.card.isVisible()

    view.given.click()

    assert view.card.isVisible()
    assert not view.listing.isVisible()


def test_a_roomy_window_has_its_whole_words_back(room, look, qtbot):
    look.wear(size=TypeSize.EXTRA)
    window, screen = shown(visits, room, look, qtbot, TypeSize.EXTRA)
    save = screen.view.save
    assert "Ctrl" not in save.text()
    assert "Ctrl+Enter" in save.toolTip()

    window.resize(1400, 900)
    room.settle()

    assert "保存并下一户  Ctrl+Enter" in save.text()
    assert save.accessibleName() == "保存并下一户"
