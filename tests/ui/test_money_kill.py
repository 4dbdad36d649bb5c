"""Kill −9 on the relief and the fund page: no answer is lost, and no sum is booked twice."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.domain.casework import EventKind
from app.domain.money import Money
from app.domain.relief_words import EntryKind
from app.ui.fund.desk import DRAFT
from app.ui.fund.screen import build_fund_screen
from app.ui.relief.form import draft_key
from app.ui.relief.screen import build_relief_screen
from tests.hands import Hands
from tests.killed import strike
from tests.work_pages import ZHAO, PaperPrinters, Room


def screen_of(which: str, room: Room):
    desk = room.desk
    if which == "fund":
        return build_fund_screen(desk.fund, desk.printing, PaperPrinters(), room.bench)
    return build_relief_screen(
        desk.relief, desk.households, desk.drafts, desk.printing, PaperPrinters(), room.bench
    )


def begin(room: Room, which: str, chords: str):
    screen = screen_of(which, room)
    room.show(screen)
    return strike(room, screen, chords)


def opened(which: str, room: Room, qtbot: QtBot):
    screen = screen_of(which, room)
    qtbot.addWidget(screen.view)
    room.show(screen)
    return screen


@pytest.mark.parametrize(
    ("chords", "amount", "cursor"),
    [("z d s Return 2", None, "amount"), ("z d s Return 2 8 0 0 Return", Money.yuan(800), "way")],
)
def test_a_killed_form_of_relief_is_there_again(killed, qtbot: QtBot, chords, amount, cursor):
    room = killed(begin, "relief", chords)

    view = opened("relief", room, qtbot).view

    assert view.payee.household().id == ZHAO
    assert view.what.value() is EventKind.TRAFFIC
    assert view.amount.money() == amount
    assert view._fields[cursor].hasFocus()
    assert room.do(room.desk.relief.all) == []


def test_a_payment_the_program_was_killed_behind_is_paid_once(killed, qtbot: QtBot):
    room = killed(begin, "relief", "z d s Return 2 8 0 0 Return 1 Ctrl+Return")

    view = opened("relief", room, qtbot).view
    paid = room.do(room.desk.relief.all)

    assert [(one.payee_name, one.amount) for one in paid] == [("赵大山", Money.yuan(800))]
    assert view.amount.money() is None
    assert room.do(lambda: room.desk.drafts.get(draft_key(ZHAO))) is None
    assert room.do(room.desk.relief.allowance).left == Money.yuan(4200)


def test_a_killed_deed_of_the_fund_is_there_again_and_done_once(killed, qtbot: QtBot):
    room = killed(begin, "fund", "Space 5 0 0 0 Return")

    screen = opened("fund", room, qtbot)
    asked = screen.view.amount.money()
    Hands(screen.view).press("Ctrl+Return")
    room.settle()

    state = room.do(room.desk.fund.state)
    assert asked == Money.yuan(5000)
    assert [line.entry.kind for line in state.lines] == [EntryKind.IN]
    assert state.balance == Money.yuan(5000)


def test_money_the_program_was_killed_behind_is_booked_once(killed, qtbot: QtBot):
    room = killed(begin, "fund", "Space 5 0 0 0 Return Ctrl+Return")

    screen = opened("fund", room, qtbot)

    assert room.do(lambda: room.desk.drafts.get(DRAFT)) is None
    assert not screen.view.form.isVisible()
    assert room.do(room.desk.fund.state).balance == Money.yuan(5000)


@pytest.mark.parametrize("deed", ["put_in", "adjust"])
def test_the_form_goes_in_the_same_breath_as_the_money(room: Room, deed: str):
    """Nothing may lie between the two: killed there, the sum would be asked for again."""
    fund, drafts = room.desk.fund, room.desk.drafts
    today = room.clock.today()
    room.do(lambda: fund.put_in(Money.yuan(1), today))
    room.do(lambda: drafts.keep(DRAFT, {"deed": deed}))

    if deed == "put_in":
        room.do(lambda: fund.put_in(Money.yuan(2), today, draft_key=DRAFT))
    else:
        room.do(lambda: fund.adjust(Money.yuan(2), "对账", draft_key=DRAFT))

    assert room.do(lambda: drafts.get(DRAFT)) is None
