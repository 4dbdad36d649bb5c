"""A morning by keyboard on the program as it starts: bootstrap, doors, vault, practice county.

T1–T4 of ux §5.2 within their budgets; the results are looked up in the encrypted file afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap.doors import Doors
from app.bootstrap.machine import SystemClock
from app.domain.casework import ReliefStatus
from app.domain.money import Money
from app.services.desk import Desk, open_desk
from app.services.policies import Policies
from app.services.vaults import Vaults
from app.settings import Settings
from app.store.search import fold, readings
from tests.mornings import Morning, NoSteps, begin_morning

PASSPHRASE = "tea hill morning lantern"


@dataclass(frozen=True)
class Home:
    """Where the practice vault lies, and somebody in it with the letters that find them first."""

    settings: Settings
    household: str
    letters: str


@contextmanager
def opened(settings: Settings) -> Iterator[Desk]:
    """The vault on this thread, while the window does not have it."""
    clock = SystemClock()
    vault = Vaults(clock).open(settings.practice_vault, PASSPHRASE)
    try:
        yield open_desk(vault, clock, Policies())
    finally:
        vault.close()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A practice village made through the first-run door; its county has gone home again."""
    settings, clock = Settings(tmp_path_factory.mktemp("home")), SystemClock()
    made = Doors(settings, clock, Vaults(clock), None).practise(PASSPHRASE, NoSteps())
    made.session.county.stop()
    with opened(settings) as desk:
        for line in desk.households.lines():
            letters = "".join(part[:1] for part in readings(fold(line.head_name))[0])[:3]
            if letters.isascii() and desk.households.find(letters)[0].id == line.id:
                return Home(settings, line.id, letters)
    raise AssertionError("nobody can be found by three letters")


@pytest.fixture
def morning(home: Home, qapp: QApplication, qtbot: QtBot) -> Morning:
    """The program, started and showing its unlock page."""
    return begin_morning(home.settings, qapp, qtbot)


def test_a_morning_by_keys_is_within_its_budgets_and_in_the_file(morning: Morning, home: Home):
    hands, application = morning.hands, morning.application

    morning.type(PASSPHRASE).press("Return")
    morning.qtbot.waitUntil(lambda: application.day is not None, timeout=60_000)
    morning.settle()
    assert application.day.place().page == "today"
    assert hands.count == len(PASSPHRASE) + 1

    start = hands.count
    morning.press("Ctrl+F").type(home.letters).press("Return")
    assert application.day.place().subject == home.household
    assert hands.count - start <= 6

    start = hands.count
    morning.press("Ctrl+N").type(home.letters).press("Return").type("141111")
    morning.press("Ctrl+Return")
    assert hands.count - start <= 16

    start = hands.count
    morning.press("Ctrl+E").type(home.letters).press("Return").type("1").type("500")
    morning.press("Return").type("1").press("Ctrl+Return")
    assert hands.count - start <= 16

    _go_home(morning)
    _check_the_file(home)


def _go_home(morning: Morning) -> None:
    """Back to the first page, and close the window as its cross would."""
    morning.press("Ctrl+1")
    morning.leave()


def _check_the_file(home: Home) -> None:
    """What the keys did is in the encrypted file, once the window has closed it."""
    with opened(home.settings) as desk, desk.visits.begin() as work:
        today = desk.visits.clock.today()
        visits = work.casework.visits_between(today, today)
        paid = work.casework.relief_of(home.household)

    assert [visit.household for visit in visits if visit.household == home.household]
    assert [(each.amount, each.status) for each in paid] == [
        (Money.yuan(500), ReliefStatus.PAPERWORK_PENDING)
    ]


def test_the_practice_county_opens_with_the_day_and_takes_everything_in(
    morning: Morning, home: Home
):
    application = morning.application
    morning.type(PASSPHRASE).press("Return")
    morning.qtbot.waitUntil(lambda: application.day is not None, timeout=60_000)
    morning.settle()

    morning.press("Ctrl+U", "Ctrl+Return")

    _go_home(morning)
    with opened(home.settings) as desk:
        assert desk.syncing.status().waiting == 0
        assert desk.syncing.status().last_success is not None
