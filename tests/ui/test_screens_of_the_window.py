"""The pages of the window room: freed, named, unclipped, Chinese, masked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.changes import Changes
from app.ui.doors import Imported, Made
from app.ui.first_run.screen import build_first_run_screen
from app.ui.home.screen import build_home_screen
from app.ui.household.screen import build_household_screen
from app.ui.households.screen import build_households_screen
from app.ui.options.screen import build_options_screen
from app.ui.preferences import Preferences
from app.ui.resident import Resident
from app.ui.shell.page import Bench
from app.ui.tasks import TaskRunner
from app.ui.theme.look import Look
from app.ui.theme.scale import TypeSize
from app.ui.unlock.screen import build_unlock_screen
from app.ui.widgets.layout import Scroll
from tests import people
from tests.doors import OneHand, OneVault
from tests.fakes import StoppedClock
from tests.hands import Hands
from tests.presenting import quiet_search
from tests.screens import (
    assert_chinese,
    assert_freed,
    assert_inside,
    assert_masked,
    assert_named,
    assert_unclipped,
    settle,
)

WINDOWS = [
    (TypeSize.STANDARD, 1093, 543),
    (TypeSize.LARGE, 1093, 543),
    (TypeSize.EXTRA, 1093, 543),
    (TypeSize.STANDARD, 1366, 697),
    (TypeSize.LARGE, 1366, 697),
    (TypeSize.EXTRA, 1366, 697),
]
NAV = {TypeSize.STANDARD: 111, TypeSize.LARGE: 133, TypeSize.EXTRA: 155}
"""What the navigation and the strip take away beside and below the page."""
STRIP = 32


class OneHousehold:
    """The household service, for one household."""

    def open(self, household_id):
        return people.opened(household_id)

    def changed(self, household_id):
        return people.changes()

    def note_reveal(self, household_id, person_id):
        return None

    def note_card_shown(self, household_id):
        return None


class ClosedDoors:
    """Doors nobody opens in these tests."""

    def wait_seconds(self):
        return 0


@pytest.fixture
def bench(store: TaskRunner, clock: StoppedClock) -> Bench:
    return Bench(store, store, clock, Changes(), lambda _key, _subject: None, lambda: None)


def home(bench):
    return build_home_screen(people.today, people.find, quiet_search(bench.store), bench)


def households(bench):
    return build_households_screen(people.lines, people.find, bench)


def household(bench):
    return build_household_screen(OneHousehold(), bench)


def unlock(bench):
    return build_unlock_screen(
        Resident("示例县云岭镇青石村", "王秀英", interrupted=True),
        ClosedDoors,
        bench.work,
        locked=True,
        opened=print,
    )


def first_run(bench):
    return build_first_run_screen(ClosedDoors(), bench.work, opened=print)


def options(bench):
    return build_options_screen(
        "0.1.0", Preferences, print, OneVault(), bench.work, bench.store, OneHand()
    )


SCREENS = [home, households, household, unlock, first_run, options]


def loaded(build: Callable, bench: Bench, qtbot: QtBot):
    """The screen with its data on view."""
    screen = build(bench)
    if hasattr(screen.presenter, "open"):
        screen.presenter.open("h-0")
        qtbot.waitUntil(lambda: bench.store.idle)
    return screen


@pytest.mark.parametrize("build", SCREENS)
def test_a_dropped_screen_is_freed_at_once(build, bench):
    assert_freed(lambda: build(bench))


@pytest.mark.parametrize("build", SCREENS)
def test_every_control_says_its_name(build, bench, qtbot):
    screen = loaded(build, bench, qtbot)
    qtbot.addWidget(screen.view)

    assert_named(screen.view)


@pytest.mark.parametrize("build", SCREENS)
def test_every_word_is_one_a_clerk_knows(build, bench, qtbot):
    screen = loaded(build, bench, qtbot)
    qtbot.addWidget(screen.view)

    assert_chinese(screen.view)


@pytest.mark.parametrize("build", SCREENS)
def test_no_whole_id_number_is_on_view(build, bench, qtbot):
    screen = loaded(build, bench, qtbot)
    qtbot.addWidget(screen.view)

    assert_masked(screen.view)


@pytest.mark.parametrize(("size", "width", "height"), WINDOWS)
@pytest.mark.parametrize("build", SCREENS)
def test_nothing_is_clipped(build, size, width, height, bench, look: Look, qtbot):
    look.wear(size=size)
    screen = loaded(build, bench, qtbot)
    window = Scroll(screen.view)
    qtbot.addWidget(window)
    window.resize(width - NAV[size], height - STRIP)
    window.show()
    settle()

    assert_unclipped(screen.view)
    assert_inside(screen.view)
    assert window.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize(("size", "width", "height"), WINDOWS)
def test_every_category_can_be_clicked_in_the_list(size, width, height, bench, look: Look, qtbot):
    look.wear(size=size)
    screen = loaded(households, bench, qtbot)
    window = Scroll(screen.view)
    qtbot.addWidget(window)
    window.resize(width - NAV[size], height - STRIP)
    window.show()
    settle()

    for button in screen.view.category.buttons:
        middle = button.mapTo(screen.view, button.rect().center())
        assert screen.view.childAt(middle) is button


@pytest.mark.parametrize(("size", "width", "height"), WINDOWS)
def test_no_page_of_the_first_run_is_clipped(size, width, height, bench, look: Look, qtbot):
    look.wear(size=size)
    screen = first_run(bench)
    window = Scroll(screen.view)
    qtbot.addWidget(window)
    window.resize(width, height)
    window.show()
    pages: list[Callable[[], object]] = [
        screen.presenter.go_on,
        screen.presenter.choose_practice,
        lambda: screen.presenter._got_vault(Made(None, " ".join(["12345"] * 8))),
        screen.presenter.confirm_sheet,
        lambda: screen.view.show_import(Imported(0, 0, ("第 12 行 身份证号：校验码不对",))),
    ]

    for turn in pages:
        turn()
        settle()

        assert_unclipped(screen.view)
        assert_inside(screen.view)
        assert window.horizontalScrollBar().maximum() == 0


def test_the_day_is_written_out(bench, qtbot):
    screen = loaded(home, bench, qtbot)
    qtbot.addWidget(screen.view)

    assert screen.view.title.text() == "2026年3月2日 星期一"
    assert date(2026, 3, 2) == people.TODAY


def test_six_keys_lead_from_home_to_a_household(store, clock, qtbot):
    went: list[tuple[str, str | None]] = []
    bench = Bench(
        store,
        store,
        clock,
        Changes(),
        lambda key, subject: went.append((key, subject)),
        lambda: None,
    )
    screen = loaded(home, bench, qtbot)
    qtbot.addWidget(screen.view)
    screen.view.show()
    screen.search.setFocus()
    qtbot.waitUntil(screen.search.hasFocus)

    Hands(screen.view).type("lgf").press("Return")
    qtbot.waitUntil(lambda: bool(went))

    assert went == [("household", "h-0")]
    assert screen.search.text() == ""


def test_in_a_small_window_the_reasons_get_the_room(bench, look: Look, qtbot):
    screen = loaded(home, bench, qtbot)
    window = Scroll(screen.view)
    qtbot.addWidget(window)
    window.resize(1093, 543)
    window.show()
    settle()
    table = screen.view.table
    words = table.fontMetrics().horizontalAdvance("特困户，106 天没去了，上次说：腿疼")

    assert table.columnWidth(4) >= words
    assert not screen.view.quick[0].isVisible()


def test_an_empty_day_offers_the_visits_left(bench, qtbot):
    screen = home(bench)
    qtbot.addWidget(screen.view)
    view: QWidget = screen.view

    screen.view.show_today(people.today_with_nothing())

    assert screen.view.empty.isVisibleTo(view)
    assert not screen.view.table.isVisibleTo(view)
    assert "11 户" in screen.view.empty.more.text()
