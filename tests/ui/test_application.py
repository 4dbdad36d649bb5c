"""The window's life: door, day, lock, and coming back to the same field."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.problem import Unavailable
from app.ui.application import Application
from app.ui.crash import CrashHook
from app.ui.preferences import Preferences
from app.ui.shell.away import Away
from app.ui.shell.nobody_yet import NobodyYet
from app.ui.shell.place import Place
from app.ui.shell.status import Status
from app.ui.theme.scale import TypeSize
from tests.doors import PASSPHRASE, Kept, OneVault, start_of
from tests.hands import Hands
from tests.screens import settle


class Life:
    """One application with its hands and what it kept."""

    def __init__(self, look, qtbot: QtBot, **start) -> None:
        self.vault = OneVault()
        self.kept = Kept()
        self.place = start.pop("place", None)
        self.kept.place = self.place
        self.application = Application(start_of(self.vault, self.kept, **start), look)
        self.qtbot = qtbot
        self.left: list[int] = []
        self.application.left.connect(lambda: self.left.append(1))
        self.application.show()
        self.window = self.application.window
        self.window.activateWindow()
        qtbot.waitUntil(lambda: self.window.isAncestorOf(QApplication.focusWidget()))
        self.hands = Hands(self.window)

    def unlock(self) -> None:
        self.qtbot.waitUntil(self.window.isActiveWindow)
        self.hands.type(PASSPHRASE).press("Return")
        self.qtbot.waitUntil(lambda: self.application.day is not None)
        settle()

    @property
    def day(self):
        assert self.application.day is not None
        return self.application.day


@pytest.fixture
def life(look, qtbot) -> Iterator:
    """Makes lives and ends them."""
    lives: list[Life] = []

    def begin(**start) -> Life:
        lives.append(Life(look, qtbot, **start))
        return lives[-1]

    yield begin
    for each in lives:
        each.application.work.close()
        each.application.store.close()
        each.window.deleteLater()
    settle()


def test_after_the_first_picture_what_nobody_caught_is_told_in_a_window(life, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)

    one = life()

    one.qtbot.waitUntil(lambda: isinstance(sys.excepthook, CrashHook))


def test_passphrase_and_enter_open_today(life):
    one = life()

    one.unlock()

    assert one.day.current == "today"
    assert one.hands.keys == len(PASSPHRASE) + 1


def test_unlocking_returns_to_page_field_and_cursor(life):
    first = life()
    first.unlock()
    first.day.go("visits", "h-3")
    first.hands.type("abc")
    first.day.halves("visits").view.second_field.setFocus()
    first.hands.type("defg").press("Left", "Left")
    first.hands.press("Ctrl+L")
    first.qtbot.waitUntil(lambda: bool(first.left))
    place = first.kept.place

    again = life(place=place, locked=True)
    again.unlock()

    assert place == Place("visits", "h-3", place.field, 2)
    assert again.day.current == "visits"
    field = again.day.halves("visits").view.second_field
    assert field.hasFocus()
    assert again.day.halves("visits").presenter.subjects == ["h-3"]


def test_locking_covers_stores_closes_and_replaces_the_process(life):
    one = life()
    one.unlock()

    one.hands.press("Ctrl+L")
    covered = not one.day.isVisible()
    one.qtbot.waitUntil(lambda: bool(one.left))
    one.application.finish()

    assert covered
    assert one.kept.order == ["place", "closed", "relock"]


def test_when_the_machine_says_that_nobody_is_here_the_program_locks(life):
    one = life()
    one.unlock()

    one.day.findChild(Away).left.emit()
    one.qtbot.waitUntil(lambda: bool(one.left))
    one.application.finish()

    assert one.kept.order == ["place", "closed", "relock"]


def test_trouble_with_the_disk_stands_above_the_page(life):
    one = life()
    one.kept.status = Status(
        waiting=0, trouble=Unavailable("磁盘快满了。", do="请腾出空间。", code="D-04")
    )

    one.unlock()
    one.qtbot.waitUntil(one.window.problem.isVisible)

    assert "D-04" in one.window.problem.detail.text()


def test_a_backup_that_fails_does_not_keep_it_unlocked(life):
    one = life()
    one.unlock()

    def fail() -> None:
        raise Unavailable("磁盘满了。", do="请腾出地方。", code="D-01")

    one.kept.backup = fail

    one.hands.press("Ctrl+L")
    one.qtbot.waitUntil(lambda: bool(one.left))
    one.application.finish()

    assert one.kept.order[-1] == "relock"


def test_closing_the_window_stores_first_and_does_not_start_again(life):
    one = life()
    one.unlock()

    event = QCloseEvent()
    QApplication.sendEvent(one.window, event)
    one.qtbot.waitUntil(lambda: bool(one.left))
    one.application.finish()

    assert one.kept.order == ["place", "closed"]


def test_closing_twice_does_not_cut_the_backup_short(life):
    one = life()
    one.unlock()
    held = threading.Event()
    one.application.store.run(partial(held.wait, 5), done=print, failed=print)

    one.window.close()
    one.window.close()
    early = list(one.left)
    held.set()
    one.qtbot.waitUntil(lambda: bool(one.left))

    assert early == []
    assert one.kept.order == ["place", "closed"]


def test_nobody_there_locks_it(life):
    seconds = [0.0]
    one = life(seconds=lambda: seconds[0])
    one.unlock()

    seconds[0] += 5 * 60
    one.qtbot.waitUntil(lambda: bool(one.left))

    assert one.kept.order == ["place", "closed"]


def test_a_wrong_passphrase_says_so_and_the_field_is_ready_again(life):
    one = life()

    one.hands.type("wrong").press("Return")
    one.qtbot.waitUntil(lambda: one.application.work.idle)

    door = one.application.window.findChild(type(one.window.focusWidget()))
    assert one.vault.tries == ["wrong"]
    assert door.text() == ""
    one.unlock()
    assert one.day.current == "today"


def test_a_first_run_begins_where_it_was_told(life):
    one = life(resident=None)

    one.application._opened_first("the open vault", "syncing")
    one.qtbot.waitUntil(lambda: one.application.day is not None)

    assert one.day.current == "syncing"


def test_the_type_grows_with_ctrl_plus_and_is_kept(life):
    one = life()
    one.unlock()

    one.hands.press("Ctrl++")
    one.qtbot.waitUntil(lambda: bool(one.kept.preferences))

    assert one.application.look.size is TypeSize.LARGE
    assert one.kept.preferences == [Preferences(size=TypeSize.LARGE)]


def test_settings_are_worn_at_once_and_kept(life):
    one = life()
    one.unlock()
    one.day.go("settings")
    view = one.day.halves("settings").view

    view.colours.setFocus()
    one.hands.press("2")
    view.minutes.setFocus()
    one.hands.press("1")
    one.qtbot.waitUntil(lambda: len(one.kept.preferences) == 2)

    assert one.application.look.palette.dark
    assert one.kept.preferences[-1] == Preferences(dark=True, lock_minutes=1)
    assert one.day.status.findChild(type(view.title)) is not None


@pytest.mark.parametrize("own", [True, None])
def test_the_hand_of_papers_is_a_choice_only_where_the_machine_has_one(life, own):
    one = life()
    one.kept.hand.own = own
    one.unlock()
    one.day.go("settings")
    view = one.day.halves("settings").view
    one.qtbot.waitUntil(lambda: one.application.store.idle)
    before = view.hand.isVisibleTo(view), view.hand.value() if own else None

    if own:
        view.hand.setFocus()
        one.hands.press("2")
        one.qtbot.waitUntil(lambda: one.kept.hand.own is False)

    assert before == (own is not None, own)


def test_a_program_without_households_says_above_the_page_where_to_begin(life):
    one = life()
    one.kept.status = Status(waiting=0, is_empty=True)

    one.unlock()
    one.qtbot.waitUntil(lambda: one.day.findChildren(NobodyYet) != [])

    (bar,) = one.day.findChildren(NobodyYet)
    assert bar.isVisible()
    assert bar.headline.text() == "这台电脑里还没有家庭。"
