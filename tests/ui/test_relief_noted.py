"""先记下，去看了再给: noted without money, on the list by the hour, gone on with on the form."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from app.domain.casework import EventKind, ReliefStatus, ReliefWay
from app.domain.money import Money
from app.domain.problem import Refused
from app.domain.today import WorkKind
from app.services.relief_asked import PayRelief
from app.ui.relief.screen import build_relief_screen
from app.ui.relief_case.deeds import DeedKind
from app.ui.relief_case.screen import build_case_screen
from tests.hands import Hands
from tests.screens import texts
from tests.work_pages import ZHAO, PaperPrinters, Room


class NotedPage:
    """The relief page in front, and two hands."""

    def __init__(self, room: Room, qtbot: QtBot) -> None:
        self.room, self.qtbot = room, qtbot
        self.printers = PaperPrinters()
        self.open(None)

    def open(self, subject: str | None) -> NotedPage:
        desk = self.room.desk
        screen = build_relief_screen(
            desk.relief,
            desk.households,
            desk.drafts,
            desk.printing,
            self.printers,
            self.room.bench,
        )
        self.qtbot.addWidget(screen.view)
        self.room.show(screen, subject)
        self.screen = screen  # nobody else holds the presenter
        self.view, self.hands = screen.view, Hands(screen.view)
        return self

    def press(self, *chords: str) -> NotedPage:
        for chord in chords:
            self.hands.press(chord)
            self.room.settle()
        return self

    def type(self, letters: str) -> NotedPage:
        for letter in letters:
            self.hands.type(letter)
            self.room.settle()
        return self

    def note(self, key: str = "F6") -> NotedPage:
        """Somebody called: 赵大山, a fire."""
        return self.type("zds").press("Return").type("1").press(key)

    def cases(self):
        return self.room.do(self.room.desk.relief.all)

    def row(self):
        """The row of today's list about it."""
        rows = self.room.do(self.room.desk.worklist.today).items
        return next(item for item in rows if item.kind is WorkKind.RELIEF_TO_PAY)


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> NotedPage:
    return NotedPage(room, qtbot)


@pytest.mark.parametrize("key", ["F6", "Ctrl+J"])
def test_who_and_what_are_enough_and_no_money_is_given(page: NotedPage, key: str):
    page.note(key)

    (case,) = page.cases()
    assert (case.status, case.household, case.event) == (
        ReliefStatus.REPORTED,
        ZHAO,
        EventKind.FIRE,
    )
    assert (case.amount, case.payment_id) == (Money(0), None)
    assert "先记下了：赵大山" in page.view.paid.headline.text()
    assert "还没定" in " ".join(texts(page.view.listing))
    assert page.printers.sent == []
    assert not page.view.approval.isEnabled()


@pytest.mark.parametrize(("keys", "code"), [("", "F-45"), ("zds", "F-46")])
def test_without_a_name_or_a_cause_nothing_is_noted(page: NotedPage, keys: str, code: str):
    if keys:
        page.type(keys).press("Return")
    page.press("F6")

    assert code in page.view.problem.detail.text()
    assert page.cases() == []


def test_it_stands_once_in_todays_list_with_its_hour_clock(page: NotedPage):
    page.note()
    page.room.clock.advance(hours=5)

    row = page.row()
    assert (row.due_text, row.page) == ("还剩 19 小时", "relief")
    assert row.target == page.cases()[0].id
    items = page.room.do(page.room.desk.worklist.today).items
    assert [one.kind for one in items if one.entity_id == row.entity_id] == [WorkKind.RELIEF_TO_PAY]


def test_the_row_opens_the_same_form_filled_and_pays_the_same_record(page: NotedPage):
    page.note()
    page.open(page.row().target)

    filled = (page.view.payee.household().id, page.view.what.value())
    assert filled == (ZHAO, EventKind.FIRE)
    assert page.view.amount.hasFocus()
    page.type("800").press("Return").type("1").press("Ctrl+Return")
    (case,) = page.cases()
    assert (case.status, case.amount) == (ReliefStatus.PAPERWORK_PENDING, Money.yuan(800))
    assert len(page.printers.sent) == 1
    assert page.view.report.isVisible()
    assert page.view.payee.isEnabled()


def test_who_and_what_it_is_about_stand_fast_while_it_is_gone_on_with(page: NotedPage):
    page.note()
    page.open(page.row().target)

    assert not page.view.payee.isEnabled()
    assert not page.view.what.isEnabled()
    assert not page.view.report.isVisible()
    assert "接着先记下的" in page.view.follows.text()


def test_what_was_typed_while_going_on_is_there_again(page: NotedPage):
    page.note()
    target = page.row().target
    page.open(target).type("300").press("Return")

    page.open(target)

    assert page.view.amount.money() == Money.yuan(300)
    page.type("300").press("Return").type("1").press("Ctrl+Return")
    assert [key for key in page.room.do(page.room.desk.drafts.keys) if "relief" in key] == []


def test_too_much_goes_up_with_the_same_record(page: NotedPage):
    page.note()
    page.open(page.row().target).type("9000").press("Return").type("1").press("F9")

    (case,) = page.cases()
    assert (case.status, case.amount) == (ReliefStatus.REFERRED_UP, Money.yuan(9000))


def test_giving_from_its_card_asks_how_much_on_the_form(page: NotedPage, room: Room, qtbot: QtBot):
    page.note()
    case = page.cases()[0]
    screen = build_case_screen(room.desk.relief, room.desk.printing, page.printers, room.bench)
    qtbot.addWidget(screen.view)
    room.show(screen, case.id)

    screen.presenter.choose(DeedKind.PAY)
    room.settle()

    assert room.went[-1] == ("relief", case.id)
    assert "还没定" in " ".join(texts(screen.view))


# the service


def test_what_was_noted_is_given_once(room: Room):
    relief = room.desk.relief
    told = PayRelief(
        household=ZHAO,
        payee_name="赵大山",
        event=EventKind.FIRE,
        amount=Money(0),
        way=ReliefWay.CASH,
    )
    noted = room.do(lambda: relief.report(told))

    def give(amount: Money) -> PayRelief:
        return PayRelief(
            household=None,
            payee_name="别的人",
            event=EventKind.FLOOD,
            amount=amount,
            way=ReliefWay.CASH,
            known=noted.id,
        )

    with pytest.raises(Refused) as nothing:
        room.do(lambda: relief.pay(give(Money(0))))
    with pytest.raises(Refused) as unsaid:
        room.do(lambda: relief.pay_known(noted.id))
    with pytest.raises(Refused) as up:
        room.do(lambda: relief.steps.refer_known(noted.id, "太大"))
    paid = room.do(lambda: relief.pay(give(Money.yuan(500))))
    with pytest.raises(Refused) as again:
        room.do(lambda: relief.pay(give(Money.yuan(200))))

    assert [one.value.code for one in (nothing, unsaid, up)] == ["F-11"] * 3
    assert (paid.payee_name, paid.event, paid.amount) == ("赵大山", EventKind.FIRE, Money.yuan(500))
    assert again.value.code == "M-24"
    assert noted.found_at + timedelta(0) == paid.found_at


def test_who_comes_in_haste_finds_an_empty_form_and_what_was_noted_in_the_list(page: NotedPage):
    noted = page.note().cases()[0]
    page.screen.presenter.open(noted.id)
    page.room.settle()
    assert not page.view.payee.isEnabled()

    page.screen.presenter.open(None)
    page.room.settle()

    assert page.view.payee.isEnabled()
    assert page.view.payee.hasFocus()
    assert not page.view.payee.text()
    assert not page.view.follows.isVisible()
    assert [one.id for one in page.cases()] == [noted.id]


def test_what_was_typed_into_a_noted_one_is_there_on_coming_back(page: NotedPage):
    noted = page.note().cases()[0]
    page.screen.presenter.open(noted.id)
    page.room.settle()
    page.press(*"300", "Return")

    page.screen.presenter.open(None)
    page.room.settle()

    assert page.view.amount.money() == Money.yuan(300)
    assert page.view.payee.text().startswith("赵大山")
