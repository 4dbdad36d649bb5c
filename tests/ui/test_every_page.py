"""Every page of the program in its whole window: the smallest and the usual screen, every type
size, light and dark. Nothing is cut, nothing lies outside, nothing scrolls sideways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.bootstrap.day import _status as status_of
from app.services.upkeep import Upkeep
from app.ui.shell.nobody_yet import NobodyYet
from app.ui.shell.page import PageScreen
from app.ui.shell.status import Status
from app.ui.theme.look import Look
from app.ui.theme.scale import TypeSize
from app.ui.widgets.buttons import Button
from tests.screens import clipped
from tests.whole_window import (
    CRAMPED,
    ROOMY,
    Screen,
    WholeWindow,
    beyond_the_window,
    doubled,
    keys_of,
    nothing_has_the_keys,
    out_of_reach,
    scrolling_sideways,
    walked,
)
from tests.work_pages import LI, WU, Room, wu
from tests.work_screens import a_payment

FUNCTION_KEY = re.compile(r"F\d+")


@pytest.fixture
def window(room: Room, qtbot: QtBot, look: Look) -> WholeWindow:
    return WholeWindow(room, qtbot)


def about(room: Room) -> dict[str, str]:
    """What a page is opened about; the others as the navigation opens them."""
    household = dict.fromkeys(("household", "visits", "relief", "printing", "standing"), WU)
    family = dict.fromkeys(("family", "facts", "assessment", "past", "caring"), LI)
    return household | family | {"relief_case": a_payment(room)}


def wrong_with(window: WholeWindow, page: PageScreen) -> list[str]:
    """What is cut, lies outside or has to be scrolled to sideways; and where the keys went."""
    found = [*scrolling_sideways(window), *beyond_the_window(window), *clipped(page.view)]
    return [*found, "nothing has the keys"] if nothing_has_the_keys(window) else found


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", list(TypeSize))
@pytest.mark.parametrize("screen", [CRAMPED, ROOMY], ids=["cramped", "roomy"])
def test_every_page_is_whole(screen: Screen, size: TypeSize, dark: bool, window, look: Look):
    look.wear(size=size, dark=dark)
    window.show(screen)
    wrong = {}
    for key, page in window.every(about(window.room)):
        wrong[key] = wrong_with(window, page)

    assert {key: found for key, found in wrong.items() if found} == {}


def test_no_key_is_two_things_and_every_function_key_has_a_twin(window: WholeWindow, look: Look):
    look.wear(size=TypeSize.STANDARD)
    window.show(ROOMY)
    wrong = {}
    for key, page in window.every(about(window.room)):
        alone = [one.text() for one in page.view.findChildren(Button) if not has_twin(one)]
        wrong[key] = [*doubled(window), *alone]

    assert {key: found for key, found in wrong.items() if found} == {}


def has_twin(button: Button) -> bool:
    """Not every keyboard has its function keys in reach: each goes with Ctrl and a letter, too."""
    keys = [key for one in button.findChildren(QShortcut) for key in keys_of(one)]
    return not any(FUNCTION_KEY.fullmatch(key) for key in keys) or any("Ctrl+" in k for k in keys)


def test_tab_comes_to_everything_and_what_has_the_keys_is_seen(window: WholeWindow, look: Look):
    look.wear(size=TypeSize.LARGE)
    window.show(CRAMPED)
    wrong = {}
    for key, _page in window.every(about(window.room)):
        reached, unseen = walked(window)
        wrong[key] = [*unseen, *out_of_reach(window, reached)]

    assert {key: found for key, found in wrong.items() if found} == {}


@pytest.fixture
def first_day(kept, clock, store, work, look: Look, qtbot: QtBot) -> Iterator[WholeWindow]:
    """The window on a vault with nothing in it: no household, no fund, no calendar."""
    room = Room(clock, store, work).open(kept)
    yield WholeWindow(room, qtbot, practice=False)
    room.close()


@pytest.mark.parametrize("size", list(TypeSize))
def test_on_the_first_day_every_page_is_whole_and_says_where_to_begin(size, first_day, look: Look):
    look.wear(size=size)
    first_day.show(CRAMPED)
    wrong = {}
    for key, page in first_day.every({}):
        wrong[key] = wrong_with(first_day, page)
        assert first_day.day.beginning.isVisible() is (key != "roster")

    assert {key: found for key, found in wrong.items() if found} == {}


def test_where_to_begin_leads_to_the_roster_and_goes_when_somebody_is_there(first_day):
    first_day.show(CRAMPED)
    first_day.go("today")

    first_day.day.beginning.action.click()
    first_day.settle()

    assert first_day.day.current == "roster"

    first_day.day.show_status(Status(waiting=0))
    first_day.go("today")

    assert not first_day.day.beginning.isVisible()


def test_the_day_knows_whether_somebody_is_here(first_day: WholeWindow):
    room = first_day.room
    ask = partial(status_of, room.desk, Upkeep(room.vault, room.clock))
    assert room.do(ask).is_empty

    room.do(lambda: room.desk.households.add_all([wu()]))

    assert not room.do(ask).is_empty


def test_where_somebody_is_nothing_is_said_of_beginning(window: WholeWindow):
    window.show(CRAMPED)
    window.go("today")

    assert window.day.findChildren(NobodyYet) == []


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("households", "还没有家庭"),
        ("sweep", "还没有家庭"),
        ("batch", "还没有家庭"),
        ("applications", "要新办一件：先测算"),
        ("fund", "记上第一笔拨来的钱"),
        ("referrals", "在这里记一条"),
        ("caring", "打开一户"),
        ("syncing", "存下以后都会排在这里"),
    ],
)
def test_an_empty_page_says_what_to_do_next(key: str, said: str, first_day: WholeWindow):
    first_day.show(CRAMPED)

    page = first_day.go(key)

    seen = [one for one in page.view.findChildren(QLabel) if one.isVisible()]
    assert any(said in one.text() for one in seen)


@pytest.mark.parametrize("size", list(TypeSize))
def test_a_paper_is_seen_below_the_purposes_at_every_size(size, window: WholeWindow, look: Look):
    look.wear(size=size)
    window.show(CRAMPED)

    view = window.go("printing", WU).view

    title = view.offers.lines[0].findChildren(QLabel)[0]
    assert title.visibleRegion().boundingRect() == title.rect()
    assert view.household.hasFocus()
