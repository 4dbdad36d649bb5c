"""Deeds of relief and of the fund are kept at every answer and come up again (ADR 0010)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from app.domain.casework import EventKind, ReliefWay
from app.domain.money import Money
from app.domain.relief_words import ApprovalWay
from app.services.relief_asked import PayRelief
from app.ui.fund.deeds import FundDeed
from app.ui.fund.screen import build_fund_screen
from app.ui.relief_case.deeds import DeedKind
from app.ui.relief_case.screen import build_case_screen
from tests.hands import Hands
from tests.killed import until_saved
from tests.work_pages import ZHAO, PaperPrinters, Room


def tell_a_sum(room: Room):
    screen = build_fund_screen(room.desk.fund, room.desk.printing, PaperPrinters(), room.bench)
    room.show(screen)
    screen.view.buttons[0].click()
    room.settle()
    hands = Hands(screen.view)
    hands.type("500")
    until_saved(room, lambda: hands.press("Return"))
    return screen


def test_a_killed_program_loses_nothing_told_of_the_fund(killed: Callable[..., Room], qtbot: QtBot):
    room = killed(tell_a_sum)
    screen = build_fund_screen(room.desk.fund, room.desk.printing, PaperPrinters(), room.bench)
    qtbot.addWidget(screen.view)

    room.show(screen)
    kept = screen.presenter._form.amount
    screen.presenter.confirm()
    room.settle()

    assert kept == Money.yuan(500)
    assert room.do(room.desk.fund.state).balance == Money.yuan(500)
    assert room.do(room.desk.drafts.keys) == []


@pytest.fixture
def case(room: Room) -> str:
    request = PayRelief(
        household=ZHAO,
        payee_name="赵大山",
        event=EventKind.FIRE,
        amount=Money.yuan(500),
        way=ReliefWay.CASH,
    )
    return room.do(lambda: room.desk.relief.pay(request)).id


def shown(room: Room, qtbot: QtBot, case: str):
    desk = room.desk
    screen = build_case_screen(desk.relief, desk.printing, PaperPrinters(), room.bench)
    qtbot.addWidget(screen.view)
    room.show(screen, case)
    return screen


def half_told(room: Room, qtbot: QtBot, case: str):
    """Who agreed was begun, on a page that is gone again."""
    screen = shown(room, qtbot, case)
    screen.view.chosen.emit(DeedKind.APPROVE)
    screen.view.answered.emit("by", "黄镇长")
    screen.view.answered.emit("how", ApprovalWay.PHONE)
    room.settle()
    screen.view.hide()
    return screen


def test_a_deed_about_relief_comes_up_again_and_is_done(room: Room, qtbot: QtBot, case: str):
    half_told(room, qtbot, case)

    again = shown(room, qtbot, case)
    again.presenter.confirm()
    room.settle()

    relief = room.do(lambda: room.desk.relief.get(case))
    assert (relief.decided_by, relief.decided_how) == ("黄镇长", ApprovalWay.PHONE)
    assert room.do(room.desk.drafts.keys) == []


def test_a_deed_put_aside_does_not_come_up_again(room: Room, qtbot: QtBot, case: str):
    screen = half_told(room, qtbot, case)
    screen.presenter.back()
    room.settle()

    again = shown(room, qtbot, case)

    assert again.presenter._deed is None
    assert room.do(room.desk.drafts.keys) == []


def test_a_deed_that_is_no_more_to_be_done_stays_away(room: Room, qtbot: QtBot, case: str):
    half_told(room, qtbot, case)
    room.do(lambda: room.desk.relief.steps.reverse(case, "登记错了"))

    assert shown(room, qtbot, case).presenter._deed is None


def test_a_deed_of_the_fund_put_aside_does_not_come_up_again(room: Room, qtbot: QtBot):
    def build():
        screen = build_fund_screen(room.desk.fund, room.desk.printing, PaperPrinters(), room.bench)
        qtbot.addWidget(screen.view)
        room.show(screen)
        return screen

    screen = build()
    screen.view.chosen.emit(FundDeed.PUT_IN)
    screen.view.answered.emit("amount", Money.yuan(70))
    room.settle()
    begun = build().presenter._form.amount
    screen.presenter.back()
    room.settle()

    assert begun == Money.yuan(70)
    assert build().presenter._deed is None
