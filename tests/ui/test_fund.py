"""The reserve fund's page on a real vault: opened, spent, put right, closed, printed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.casework import EventKind, ReliefWay
from app.domain.money import Money
from app.services.relief_asked import PayRelief
from app.ui.fund.deeds import FundDeed
from app.ui.fund.screen import build_fund_screen
from tests import pdfs
from tests.hands import Hands
from tests.screens import texts
from tests.work_pages import ZHAO, PaperPrinters, Room


class FundPage:
    """The page in front, and two hands."""

    def __init__(self, room: Room, qtbot: QtBot) -> None:
        self.room = room
        self.printers = PaperPrinters()
        self.screen = build_fund_screen(
            room.desk.fund, room.desk.printing, self.printers, room.bench
        )
        qtbot.addWidget(self.screen.view)
        room.show(self.screen)
        self.hands = Hands(self.screen.view)

    @property
    def view(self):
        return self.screen.view

    def press(self, *chords: str) -> FundPage:
        for chord in chords:
            self.hands.press(chord)
            self.room.settle()
        return self

    def compose(self, text: str) -> FundPage:
        self.hands.compose(text)
        self.room.settle()
        return self

    def deed(self, number: int) -> FundPage:
        """Tab to the button with this place in the row, and press it."""
        button = self.view.buttons[number]
        for _ in range(40):
            if QApplication.focusWidget() is button:
                break
            self.press("Tab")
        assert QApplication.focusWidget() is button
        return self.press("Space")

    def state(self):
        return self.room.do(self.room.desk.fund.state)


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> FundPage:
    return FundPage(room, qtbot)


def pay(room: Room, amount: int):
    request = PayRelief(
        household=ZHAO,
        payee_name="赵大山",
        event=EventKind.FIRE,
        amount=Money.yuan(amount),
        way=ReliefWay.CASH,
    )
    return room.do(lambda: room.desk.relief.pay(request))


def test_the_first_money_opens_the_fund(page: FundPage):
    before = [button.text() for button in page.view.buttons]
    page.deed(0).press(*"5000", "Ctrl+Return")

    assert before == [FundDeed.PUT_IN.label]
    assert page.state().balance == Money.yuan(5000)
    assert page.view.balance.text() == "5,000 元"
    assert FundDeed.ADJUST.label in [button.text() for button in page.view.buttons]


def test_what_was_paid_stands_in_the_ledger_with_the_rest(page: FundPage):
    page.deed(0).press(*"1000", "Ctrl+Return")
    asked = page.view.note.text()
    labels = [button.text() for button in page.view.buttons]
    page.deed(labels.index(FundDeed.WARN.label)).press(*"500", "Ctrl+Return")
    pay(page.room, 800)
    page.screen.presenter.open(None)
    page.room.settle()

    newest = [cell.text for cell in page.view.table.rows.rows()[0].cells]
    assert newest[1:6] == ["先行救助（火灾）", "", "800", "200", "赵大山"]
    assert "还没定" in asked
    assert "低于 500 元了，该请乡镇再拨一些" in page.view.note.text()


def test_a_correction_names_its_line_and_says_why(page: FundPage):
    page.deed(0).press(*"1000", "Ctrl+Return")
    page.view.table.selectRow(0)
    page.room.settle()
    page.deed(1).press("2", *"100", "Return", "Ctrl+Return")
    refused = page.view.problem.detail.text()
    page.view.reason.setFocus()
    page.compose("多记了一百").press("Ctrl+Return")

    state = page.state()
    assert "M-44" in refused
    assert state.balance == Money.yuan(900)
    assert state.lines[-1].entry.names == state.lines[0].entry.id


def test_a_month_that_is_over_is_closed_and_stays_so(page: FundPage):
    page.room.do(lambda: page.room.desk.fund.put_in(Money.yuan(900), date(2026, 2, 10)))
    page.screen.presenter.open(None)
    page.room.settle()
    labels = [button.text() for button in page.view.buttons]
    page.deed(labels.index("2026年2月月结"))
    told, before = page.view.named.text(), page.state().months
    page.press("Return")
    not_yet = page.state().months
    page.deed(labels.index("2026年2月月结")).press("Ctrl+Return")

    assert "1 笔，进 900 元，出 0 元，月底结余 900 元" in told
    assert "撤不回来" in told
    assert (before, not_yet) == ((), ())
    assert page.state().months[0].balance == Money.yuan(900)
    assert "2026年2月月结" not in [button.text() for button in page.view.buttons]


def test_the_month_just_closed_is_what_is_printed_though_money_came_since(page: FundPage):
    fund = page.room.desk.fund
    page.room.do(lambda: fund.put_in(Money.yuan(900), date(2026, 2, 10)))
    page.room.do(lambda: fund.put_in(Money.yuan(100), date(2026, 3, 1)))
    page.screen.presenter.open(None)
    page.room.settle()
    newest = page.view.month.currentData()
    labels = [button.text() for button in page.view.buttons]

    page.deed(labels.index("2026年2月月结")).press("Ctrl+Return")
    page.press("Ctrl+P")

    assert (newest, page.view.month.currentData()) == ("2026-03", "2026-02")
    ((pdf, _printer),) = page.printers.sent
    assert "900.00" in pdfs.text_of(pdf)


def test_a_month_without_a_line_has_no_ledger(page: FundPage):
    page.room.do(lambda: page.room.desk.fund.put_in(Money.yuan(900), date(2026, 2, 10)))
    page.screen.presenter.open(None)
    page.room.settle()

    assert [page.view.month.itemData(at) for at in range(page.view.month.count())] == ["2026-02"]


def test_the_month_goes_to_the_printer_and_into_a_sheet(page: FundPage, tmp_path: Path):
    page.deed(0).press(*"1000", "Ctrl+Return")
    page.press("Ctrl+P")
    page.view.sheet_placed.emit(str(tmp_path / "台账.xlsx"))
    page.room.settle()

    sheet = load_workbook(tmp_path / "台账.xlsx").active
    assert len(page.printers.sent) == 1
    assert sheet["D3"].value == 1000
    assert "存好了" in " ".join(texts(page.view.said))


def test_seventeen_nines_are_too_much_and_not_nothing(page: FundPage):
    page.deed(0).press(*"9" * 17, "Ctrl+Return")

    said = " ".join(texts(page.view.rows))
    assert "金额太大了" in said
    assert "大于零" not in said + page.view.problem.detail.text()
    assert page.view.amount.hasFocus()
    assert page.state().lines == ()


def test_a_sum_that_cannot_be_read_is_not_the_one_before_it(page: FundPage):
    page.deed(0).press(*"500", "Return")
    page.view.amount.setFocus()
    page.press("Ctrl+A", *"9" * 17, "Ctrl+Return")

    assert page.state().lines == ()
