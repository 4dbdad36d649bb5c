"""The daily check in the window: only in quiet, piece by piece, and a fault has a next step."""

from __future__ import annotations

import pytest

from app.domain.problem import Unavailable
from app.ui.application import Application
from app.ui.shell.checkup import QUIET_SECONDS, Checkup
from app.ui.unlock.view import UnlockView
from tests.doors import PASSPHRASE, DailyCheck, Kept, OneVault, start_of
from tests.hands import Hands
from tests.screens import settle

DAMAGED = Unavailable("数据文件坏了。", do="请用最近一次备份恢复。", code="V-03")
UNLIKE = Unavailable("有 1 条对不上。", do="请打电话告诉县里。", code="V-19")


class Quiet:
    """A clock that says for how long nobody has touched anything."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Window:
    """The program with a check of so many pieces."""

    def __init__(self, look, qtbot, check: DailyCheck) -> None:
        self.quiet = Quiet()
        self.kept = Kept(check=check)
        self.qtbot = qtbot
        start = start_of(OneVault(), self.kept, seconds=self.quiet)
        self.application = Application(start, look)
        self.application.show()
        self.window = self.application.window
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        Hands(self.window).type(PASSPHRASE).press("Return")
        qtbot.waitUntil(lambda: self.application.day is not None)
        self.settle()

    @property
    def checkup(self) -> Checkup:
        return self.application.findChild(Checkup)

    def look(self) -> None:
        self.checkup.look()
        self.settle()

    def settle(self) -> None:
        runners = (self.application.store, self.application.work)
        for _ in range(12):
            self.qtbot.waitUntil(lambda: all(runner.idle for runner in runners))
            settle()


@pytest.fixture
def window(look, qtbot):
    made: list[Window] = []

    def begin(check: DailyCheck) -> Window:
        made.append(Window(look, qtbot, check))
        return made[-1]

    yield begin
    for each in made:
        each.application.work.close()
        each.application.store.close()
        each.window.deleteLater()
    settle()


def test_nothing_is_checked_while_somebody_is_at_the_keys(window):
    one = window(DailyCheck(pieces=2))

    one.quiet.now += QUIET_SECONDS - 1
    one.look()

    assert one.kept.check.asked == []


def test_in_quiet_every_piece_is_done_and_nothing_is_said_when_all_is_well(window):
    one = window(DailyCheck(pieces=3))

    one.quiet.now += QUIET_SECONDS
    one.look()

    assert one.kept.check.asked == ["begin", "step", "step", "step", "finish"]
    assert not one.window.problem.isVisible()


def test_a_key_between_two_pieces_is_attended_to_first(window):
    check = DailyCheck(pieces=2)
    one = window(check)
    one.quiet.now += QUIET_SECONDS
    went_on = check.step

    def touched() -> bool:
        one.quiet.now -= 5  # somebody touched something
        return went_on()

    check.step = touched
    one.look()
    interrupted = list(check.asked)
    check.step = went_on
    one.quiet.now += QUIET_SECONDS
    one.look()

    assert interrupted == ["begin", "step"]
    assert check.asked == ["begin", "step", "step", "finish"]


def test_what_was_found_is_said_once_with_its_number(window):
    one = window(DailyCheck(pieces=1, trouble=UNLIKE))
    one.quiet.now += QUIET_SECONDS

    one.look()
    one.look()

    assert one.window.problem.isVisible()
    assert "V-19" in one.window.problem.detail.text()
    assert not one.window.problem.action.isVisible()
    assert one.kept.check.asked.count("begin") == 1


def test_a_damaged_file_offers_to_lock_and_restore(window):
    one = window(DailyCheck(pieces=1, trouble=DAMAGED))
    one.quiet.now += QUIET_SECONDS
    one.look()

    with one.qtbot.waitSignal(one.application.left):
        one.window.problem.action.click()
    one.application.finish()

    assert one.kept.order == ["place", "closed", "restore"]


def test_once_the_vault_is_being_closed_it_is_asked_nothing(window):
    one = window(DailyCheck(pieces=2))

    with one.qtbot.waitSignal(one.application.left):
        one.application.leave()
    one.quiet.now += QUIET_SECONDS
    one.look()

    assert one.kept.check.asked == []


def test_after_a_lock_to_restore_the_door_begins_with_it_and_can_be_told_not_to(look, qtbot):
    vault = OneVault()
    application = Application(start_of(vault, Kept(), locked=True, restore=True), look)
    application.show()
    door = application.window.door
    assert isinstance(door, UnlockView)
    qtbot.waitUntil(lambda: "remedies" in door.__dict__ and door.remedies.drop.isVisible())
    offered = door.open_button.text()

    door.remedies.drop.click()
    hidden = not door.problem.isVisible()
    door.passphrase.put(PASSPHRASE)
    door.open_button.click()
    qtbot.waitUntil(lambda: application.day is not None)

    assert "用最近一次备份恢复" in offered
    assert hidden
    assert vault.mended == []
    application.work.close()
    application.store.close()
    application.window.deleteLater()
    settle()
