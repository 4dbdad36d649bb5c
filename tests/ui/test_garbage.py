"""What nobody holds goes in small helpings; all is looked through when nobody would notice."""

from __future__ import annotations

import gc
import linecache
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from app.ui.application import Application
from app.ui.garbage import GarbageOnGuiThread
from tests.doors import SESSION, Kept, OneVault, start_of
from tests.screens import settle


class Circle:
    """Two that hold each other."""

    def __init__(self) -> None:
        self.other = self


def circle() -> weakref.ref[Circle]:
    return weakref.ref(Circle())


def grown_old() -> weakref.ref[Circle]:
    """One that lived through every young round before it was let go."""
    kept = Circle()
    gc.collect()
    return weakref.ref(kept)


class Still:
    """Whether nobody would notice, as the test says."""

    now = False

    def __call__(self) -> bool:
        return self.now


@pytest.fixture
def still() -> Still:
    return Still()


@pytest.fixture
def garbage(qapp, still: Still) -> Iterator[GarbageOnGuiThread]:
    owner = QObject()
    made = GarbageOnGuiThread(owner, still)
    made._timer.stop()
    yield made
    gc.unfreeze()
    gc.enable()


def rounds(garbage: GarbageOnGuiThread, number: int) -> None:
    for _ in range(number):
        garbage.collect()


def test_what_was_made_and_left_since_is_gone_after_one_round(garbage: GarbageOnGuiThread):
    left = circle()

    rounds(garbage, 1)

    assert left() is None


def test_what_is_old_waits_until_nobody_would_notice(garbage: GarbageOnGuiThread, still: Still):
    left = grown_old()

    rounds(garbage, 500)
    held = left() is not None
    still.now = True
    rounds(garbage, 1)

    assert held
    assert left() is None


def test_the_whole_is_not_looked_through_every_second(garbage: GarbageOnGuiThread, still: Still):
    still.now = True
    rounds(garbage, 120)
    left = grown_old()

    rounds(garbage, 119)
    held = left() is not None
    rounds(garbage, 1)

    assert held
    assert left() is None


def test_nothing_is_collected_by_itself_and_no_source_is_kept(qapp):
    linecache.getlines(__file__)

    owner = QObject()
    GarbageOnGuiThread(owner, Still())._timer.stop()

    assert not gc.isenabled()
    assert linecache.cache == {}
    gc.unfreeze()
    gc.enable()


def test_it_is_still_when_neither_keys_nor_work_are_under_way(look, qtbot):
    seconds = [0.0]
    start = start_of(OneVault(), Kept())._replace(idle_seconds=lambda: seconds[0])
    application = Application(start, look)
    before_the_day = application._is_still()
    application.enter(SESSION)
    qtbot.waitUntil(lambda: application.day is not None and application.store.idle)
    settle()

    just_touched = application._is_still()
    seconds[0] += 10
    quiet = application._is_still()
    application.store.run(lambda: None, done=lambda _: None, failed=lambda _: None)
    at_work = application._is_still()

    assert (before_the_day, just_touched, quiet, at_work) == (False, False, True, False)
    qtbot.waitUntil(lambda: application.store.idle)
    application.store.close()
    application.window.deleteLater()
    settle()
