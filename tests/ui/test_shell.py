"""The shell: keys, navigation, status, finder, idle watch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from app.ui.nouns import Noun
from app.ui.shell.day import Day
from app.ui.shell.idle import IdleWatch
from app.ui.shell.nav import Who
from app.ui.shell.place import Place
from app.ui.shell.status import Status
from app.ui.shell.window import MainWindow
from app.ui.theme.scale import TypeSize
from tests import people
from tests.doors import NAMES, note_pages
from tests.fakes import StoppedClock
from tests.hands import Hands
from tests.screens import (
    assert_chinese,
    assert_freed,
    assert_named,
    assert_unclipped,
    settle,
    texts,
)


class Shell:
    """A shown day with its hands."""

    def __init__(self, qtbot: QtBot, store, clock: StoppedClock) -> None:
        self.seconds = 0.0
        self.idle = IdleWatch(lambda: self.seconds, minutes=5)
        self.day = Day(
            who=Who("青石村", "王秀英"),
            clock=clock,
            store=store,
            work=store,
            find=people.find,
            idle=self.idle,
        )
        self.day.put_pages(note_pages())
        self.window = MainWindow()
        self.window.show_day(self.day, practice=True)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 697)
        self.window.show()
        self.day.go("today")
        self.hands = Hands(self.window)
        self.locked: list[Place] = []
        self.day.lock_requested.connect(self.locked.append)
        self.window.activateWindow()
        qtbot.waitUntil(self.day.halves("today").view.first_field.hasFocus)

    def subjects(self, key: str) -> list[str | None]:
        return self.day.halves(key).presenter.subjects


@pytest.fixture
def shell(qtbot, store, clock) -> Shell:
    return Shell(qtbot, store, clock)


@pytest.mark.parametrize(("number", "key"), list(enumerate([name[0] for name in NAMES[:8]], 1)))
def test_ctrl_and_a_number_open_the_pages_in_order(shell, number, key):
    shell.hands.press(f"Ctrl+{number}")

    assert shell.day.current == key
    assert shell.day.nav.buttons[key].isChecked()


@pytest.mark.parametrize(
    ("chord", "key"),
    [
        ("Ctrl+E", "relief"),
        ("Ctrl+N", "visits"),
        ("Ctrl+M", "assessment"),
        ("Ctrl+P", "printing"),
        ("Ctrl+U", "syncing"),
    ],
)
def test_the_daily_pages_have_keys_that_work_inside_a_field(shell, chord, key):
    shell.hands.type("abc").press(chord)

    assert shell.day.current == key


def test_a_page_takes_over_a_key_it_claims_and_gives_it_back(shell):
    shell.day.go("visits")
    shell.hands.press("Ctrl+P")
    on_visits = shell.day.current
    shell.day.go("today")

    shell.hands.press("Ctrl+P")

    assert (on_visits, shell.day.current) == ("visits", "printing")


def test_pages_are_built_once_and_only_when_opened(shell):
    shell.day.go("relief")
    first = shell.day.halves("relief")
    shell.day.go("today")
    shell.day.go("relief", "h-1")

    assert shell.day.halves("relief") is first
    assert shell.subjects("relief") == [None, "h-1"]
    assert len(shell.day.stack.children()) < len(NAMES)


def test_a_page_without_a_button_marks_the_one_it_belongs_to(shell):
    shell.day.go("household", "h-2")

    assert shell.day.nav.buttons["households"].isChecked()


def test_find_from_anywhere_takes_six_keys_to_the_household(shell, qtbot, store):
    shell.day.go("relief")

    shell.hands.press("Ctrl+F").type("lgf").press("Return")
    qtbot.waitUntil(lambda: shell.day.current == "household")

    assert shell.subjects("household") == ["h-0"]
    assert shell.hands.keys == 6
    assert not shell.day.finder.isVisible()


def test_escape_puts_the_finder_away(shell):
    shell.hands.press("Ctrl+F")
    shown = shell.day.finder.isVisible()

    shell.hands.press("Esc")

    assert shown
    assert not shell.day.finder.isVisible()


def test_ctrl_s_answers_that_it_is_stored_and_commits_the_field(shell):
    field = shell.day.halves("today").view.first_field
    said: list[str] = []
    field.committed.connect(said.append)

    shell.hands.type("abc").press("Ctrl+S")

    assert said == ["abc"]
    assert shell.day.status.saved.text.text() == "已存好，填一格存一格"


def test_locking_commits_the_field_and_tells_where_the_person_was(shell):
    field = shell.day.halves("today").view.first_field
    said: list[str] = []
    field.committed.connect(said.append)

    shell.hands.type("abc").press("Left", "Ctrl+L")

    assert said == ["abc"]
    assert shell.locked == [Place("today", None, field.objectName(), 2)]


def test_a_place_that_is_gone_leads_to_the_first_page(shell):
    shell.day.return_to(Place("no such page", None, "no such field", 7))

    assert shell.day.current == "today"


def test_news_reach_the_page_in_front_only(shell):
    shell.day.halves("relief")

    shell.day.bench.changes.announce(frozenset({Noun.VISIT}))

    assert shell.day.halves("today").presenter.news == [frozenset({Noun.VISIT})]
    assert shell.day.halves("relief").presenter.news == []


def test_a_page_asks_the_window_through_its_bench(shell):
    shell.day.bench.go("household", "h-5")
    shell.day.bench.mark_saved()

    assert shell.day.current == "household"
    assert shell.day.status.saved.text.text() == "12:00 已自动保存"


def test_the_navigation_shrinks_to_icon_and_two_characters(shell):
    shell.window.resize(1093, 543)
    settle()

    words = {button.text().strip() for button in shell.day.nav.buttons.values()}

    assert words == {name[2] for name in NAMES}
    assert shell.day.nav.buttons["relief"].accessibleName() == "先行救助"


@pytest.mark.parametrize(
    ("size", "width", "height"),
    [
        (TypeSize.STANDARD, 900, 480),
        (TypeSize.STANDARD, 1093, 543),
        (TypeSize.LARGE, 1093, 543),
        (TypeSize.EXTRA, 1366, 697),
    ],
)
def test_nothing_of_the_shell_is_clipped(shell, look, size, width, height):
    look.wear(size=size)
    shell.day.mark_saved()
    shell.window.resize(width, height)
    settle()

    assert (shell.window.width(), shell.window.height()) == (width, height)
    assert_unclipped(shell.day.nav)
    assert_unclipped(shell.day.status)


def test_the_shell_is_named_and_in_chinese(shell):
    assert_named(shell.window)
    assert_chinese(shell.window)


def test_the_practice_village_wears_its_stripe(shell):
    assert shell.window.stripe.isVisible()
    assert "只传给练习县" in " ".join(texts(shell.window.stripe))


def test_a_dropped_day_is_freed_at_once(store, clock):
    def build():
        idle = IdleWatch(lambda: 0.0, minutes=5)
        who = Who("青石村", "王秀英")
        day = Day(who=who, clock=clock, store=store, work=store, find=people.find, idle=idle)
        day.put_pages(note_pages())
        day.go("today")
        return Kept(day)

    assert_freed(build)


@dataclass
class Kept:
    """What `assert_freed` looks at."""

    view: Day


def test_the_window_title_names_nobody(shell):
    assert shell.window.windowTitle() == "协理"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status(14), {"未联网，照常使用", "14 条等着上传"}),
        (Status(0, online=True), {"已连上县平台", "没有要上传的"}),
    ],
)
def test_the_strip_says_network_and_waiting_in_words(shell, status, words):
    shell.day.show_status(status)

    labels = {label.text() for label in shell.day.status.findChildren(type(shell.day.status._lock))}
    assert words <= labels


def test_idle_locks_once_when_the_time_is_up(shell):
    shell.seconds = 299
    shell.idle.check()
    before = list(shell.locked)

    shell.seconds = 300
    shell.idle.check()
    shell.idle.check()

    assert before == []
    assert len(shell.locked) == 1


def test_a_touch_starts_the_time_again(shell):
    shell.seconds = 299
    shell.idle.touch()
    shell.seconds = 500

    shell.idle.check()

    assert shell.locked == []


def test_real_keys_and_the_mouse_count_as_life(shell, qtbot):
    from PySide6.QtCore import QPoint
    from PySide6.QtTest import QTest

    shell.seconds = 299
    QTest.mouseMove(shell.window.windowHandle(), QPoint(30, 30))
    settle()
    shell.seconds = 500

    shell.idle.check()

    assert shell.locked == []


def test_the_minutes_can_be_changed_while_it_runs(shell):
    shell.day.set_lock_minutes(1)
    shell.seconds = 61

    shell.idle.check()

    assert len(shell.locked) == 1


def test_a_place_survives_being_kept_as_fields():
    place = Place("visits", "h-3", "field-4", 2)

    assert Place.of_fields(place.as_fields()) == place
    assert Place.of_fields(None) is None
    assert Place.of_fields({"page": 3}) is None


def test_saved_is_shown_in_the_time_of_china(shell):
    shell.day.status.mark_saved(datetime(2026, 3, 2, 2, 42, tzinfo=UTC))

    assert shell.day.status.saved.text.text() == "10:42 已自动保存"
