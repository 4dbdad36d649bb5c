"""The disk takes nothing more while money is written: it is said, the form stays, it is done once.

A limit on the size of files says the same as a full disk, for this process alone.
"""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.money import Money
from app.domain.relief_words import EntryKind
from app.store import projection
from app.ui.fund.screen import build_fund_screen
from app.ui.relief.screen import build_relief_screen
from tests.hands import Hands
from tests.work_pages import PaperPrinters, Room


@contextmanager
def no_room() -> Iterator[None]:
    """No file takes another byte."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


class MoneyPage:
    """A page in front, and two hands."""

    def __init__(self, room: Room, qtbot: QtBot, which: str) -> None:
        desk = room.desk
        self.room = room
        if which == "fund":
            screen = build_fund_screen(desk.fund, desk.printing, PaperPrinters(), room.bench)
        else:
            screen = build_relief_screen(
                desk.relief,
                desk.households,
                desk.drafts,
                desk.printing,
                PaperPrinters(),
                room.bench,
            )
        qtbot.addWidget(screen.view)
        room.show(screen)
        qtbot.waitUntil(lambda: screen.view.isAncestorOf(QApplication.focusWidget()))
        self.screen = screen
        self.view = screen.view
        self.hands = Hands(screen.view)

    def press(self, *chords: str) -> MoneyPage:
        for chord in chords:
            self.hands.press(chord)
            self.room.settle()
        return self

    @property
    def told(self) -> str:
        """The code of what is said on top."""
        return self.view.problem.detail.text() if self.view.problem.isVisible() else ""


@pytest.fixture
def relief(room: Room, qtbot: QtBot) -> MoneyPage:
    return MoneyPage(room, qtbot, "relief")


@pytest.fixture
def fund(room: Room, qtbot: QtBot) -> MoneyPage:
    return MoneyPage(room, qtbot, "fund")


def is_whole(room: Room) -> bool:
    return room.ask(lambda work: projection.differences(work.connection)) == []


def test_relief_that_could_not_be_written_is_said_kept_and_then_paid_once(relief: MoneyPage):
    room, view = relief.room, relief.view
    relief.press("z", "d", "s", "Return", "1", *"800", "Return", "1")
    with no_room():
        relief.press("Ctrl+Return")
        told, open_again = relief.told, view.rows.isEnabled() and view.pay.isEnabled()
        stands = view.amount.money()
    nothing = room.do(room.desk.relief.all)
    relief.press("Ctrl+Return")

    paid = room.do(room.desk.relief.all)
    assert any(code in told for code in ("D-01", "D-02"))
    assert (open_again, stands, nothing) == (True, Money.yuan(800), [])
    assert [one.amount for one in paid] == [Money.yuan(800)]
    assert room.do(room.desk.relief.allowance).left == Money.yuan(4200)
    assert is_whole(room)


def test_an_answer_that_could_not_be_kept_is_said_and_stands_in_the_form(relief: MoneyPage):
    relief.press("z", "d", "s", "Return", "1")
    with no_room():
        relief.press(*"800", "Return")
        told = relief.told

    assert any(code in told for code in ("D-01", "D-02"))
    assert relief.view.amount.money() == Money.yuan(800)
    relief.press("1", "Ctrl+Return")
    assert [one.amount for one in relief.room.do(relief.room.desk.relief.all)] == [Money.yuan(800)]


def test_money_that_could_not_be_booked_is_said_kept_and_then_booked_once(fund: MoneyPage):
    room, view = fund.room, fund.view
    fund.press("Space", *"5000", "Return")
    with no_room():
        fund.press("Ctrl+Return")
        told, open_again = fund.told, view.form.isEnabled()
        stands = view.amount.money()
    nothing = room.do(room.desk.fund.state).lines
    fund.press("Ctrl+Return")

    state = room.do(room.desk.fund.state)
    assert any(code in told for code in ("D-01", "D-02"))
    assert (open_again, stands, nothing) == (True, Money.yuan(5000), ())
    assert [line.entry.kind for line in state.lines] == [EntryKind.IN]
    assert is_whole(room)
