"""An entry of the reserve fund that came back from the county is mended on the page, by keys."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.domain.casework import EventKind, ReliefWay
from app.domain.fund import month_id
from app.domain.money import Money
from app.domain.operations import OperationState
from app.domain.problem import Refused
from app.models.base import table_of
from app.models.log import OperationRow
from app.services.relief_asked import PayRelief
from app.store.outbox import put_states
from app.ui.fund.deeds import FundDeed
from app.ui.fund.screen import build_fund_screen
from tests.fakes import NOON
from tests.hands import Hands
from tests.work_pages import ZHAO, PaperPrinters, Room

TODAY = date(2026, 3, 2)
BEFORE = TODAY - timedelta(days=1)
_OPERATION = table_of(OperationRow)


class ReturnedPage:
    """A fund with 1,000 the county has, and 300 it returned."""

    def __init__(self, room: Room, qtbot: QtBot) -> None:
        self.room = room
        fund = room.desk.fund
        room.do(lambda: fund.put_in(Money.yuan(1000), BEFORE))
        room.do(lambda: fund.put_in(Money.yuan(300), BEFORE, "重复的"))
        self.entry = self.send_back("重复的")
        self.screen = build_fund_screen(fund, room.desk.printing, PaperPrinters(), room.bench)
        qtbot.addWidget(self.screen.view)
        room.show(self.screen)
        self.hands = Hands(self.screen.view)

    @property
    def view(self):
        return self.screen.view

    def send_back(self, summary: str) -> str:
        """The county returns the entry with these words."""
        entry = next(line.entry.id for line in self.state().lines if line.entry.summary == summary)
        return self.send_record_back(entry)

    def send_record_back(self, entry: str, reason: str = "日期不对。") -> str:
        """The county returns what was last said of a record."""

        def settle() -> None:
            with self.room.desk.fund.begin() as work:
                query = select(_OPERATION.c.n).where(_OPERATION.c.entity_id == entry)
                row = {
                    "n": work.connection.execute(query).scalars().all()[-1],
                    "state": OperationState.RETURNED,
                    "verdict": {"reason": reason, "field": "booked_on", "version": 0},
                    "receipt_sha256": None,
                    "changed_at": NOON,
                }
                put_states(work.connection, [row])
                work.commit()

        self.room.do(settle)
        return entry

    def state(self):
        return self.room.do(self.room.desk.fund.state)

    def rows(self):
        return self.view.table.rows.rows()

    def press(self, *chords: str) -> ReturnedPage:
        for chord in chords:
            self.hands.press(chord)
            self.room.settle()
        return self

    def deed(self, deed: FundDeed) -> ReturnedPage:
        """Tab to its button and press it."""
        button = next(one for one in self.view.buttons if deed.label in one.text())
        for _ in range(40):
            if QApplication.focusWidget() is button:
                break
            self.press("Tab")
        return self.press("Space")

    def refused(self, deed) -> str:
        with pytest.raises(Refused) as refused:
            self.room.do(deed)
        return refused.value.code


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> ReturnedPage:
    return ReturnedPage(room, qtbot)


def test_it_stands_in_the_ledger_with_the_countys_words(page: ReturnedPage):
    statuses = {row.key == page.entry: row.cells[6].text for row in page.rows()}

    assert statuses == {True: "县里退回：日期不对。", False: ""}


def test_it_is_re_dated_by_keys_and_waits_to_be_sent(page: ReturnedPage):
    page.deed(FundDeed.REDATE)
    told = page.view.named.text()
    page.hands.press("Ctrl+A")
    page.hands.type("0302")
    page.press("Return", "Ctrl+Return")

    entry = page.state().lines[-1].entry
    assert "重复的" in told
    assert (entry.id, entry.booked_on) == (page.entry, TODAY)
    assert page.state().returned == {}
    assert FundDeed.REDATE.label not in " ".join(one.text() for one in page.view.buttons)


def test_it_is_struck_by_keys_with_a_reason(page: ReturnedPage):
    page.deed(FundDeed.STRIKE).press("Ctrl+Return")
    wanting = page.view.problem.detail.text()
    page.hands.compose("拨款单重复了")
    page.press("Ctrl+Return")

    assert "M-44" in wanting
    assert page.state().balance == Money.yuan(1000)
    (struck,) = [row.cells[6].text for row in page.rows() if row.key == page.entry]
    assert struck == "已冲正：拨款单重复了"


def test_where_nothing_came_back_nothing_is_offered(room: Room, qtbot: QtBot):
    room.do(lambda: room.desk.fund.put_in(Money.yuan(1000), BEFORE))
    screen = build_fund_screen(room.desk.fund, room.desk.printing, PaperPrinters(), room.bench)
    qtbot.addWidget(screen.view)
    room.show(screen)

    labels = " ".join(one.text() for one in screen.view.buttons)
    assert FundDeed.REDATE.label not in labels
    assert FundDeed.STRIKE.label not in labels


def test_a_day_that_cannot_be_is_refused(page: ReturnedPage):
    fund, entry = page.room.desk.fund, page.entry
    codes = [
        page.refused(lambda: fund.redate(entry, BEFORE)),
        page.refused(lambda: fund.redate(entry, TODAY + timedelta(days=1))),
        page.refused(lambda: fund.redate("nobody", TODAY)),
    ]

    assert codes == ["M-60", "M-42", "M-59"]


def test_nothing_is_mended_into_a_closed_month(page: ReturnedPage):
    fund = page.room.desk.fund
    page.room.do(lambda: fund.put_in(Money.yuan(5), date(2026, 2, 3)))
    page.room.do(lambda: fund.close_month("2026-02"))

    assert page.refused(lambda: fund.redate(page.entry, date(2026, 2, 20))) == "M-41"


def test_a_month_is_not_closed_over_what_came_back(page: ReturnedPage):
    page.room.clock.advance(days=35)
    fund = page.room.desk.fund

    assert page.refused(lambda: fund.close_month("2026-03")) == "M-66"


def test_a_month_the_county_returned_is_said_and_closed_again_by_keys(page: ReturnedPage):
    fund = page.room.desk.fund
    page.room.do(lambda: fund.strike(page.entry, "重复"))
    page.room.clock.advance(days=35)
    closed = page.room.do(lambda: fund.close_month("2026-03"))
    page.send_record_back(month_id(closed.fund, closed.month), "月结的结余和县里算的不一样。")
    page.room.clock.advance(minutes=5)
    page.screen.presenter.open(None)
    page.room.settle()
    said = page.view.note.text()

    page.deed(FundDeed.CLOSE).press("Ctrl+Return")

    assert said == "2026年3月的月结县里退回了：月结的结余和县里算的不一样。对过账，再月结一次。"
    assert [one.month for one in page.state().months] == ["2026-03"]
    assert "退回" not in page.view.note.text()


def test_nothing_is_mended_in_a_closed_month(page: ReturnedPage):
    fund = page.room.desk.fund
    page.room.do(lambda: fund.strike(page.entry, "重复"))
    page.room.do(lambda: fund.put_in(Money.yuan(200), BEFORE, "又一笔"))
    page.room.clock.advance(days=35)
    page.room.do(lambda: fund.close_month("2026-03"))
    late = page.send_back("又一笔")

    assert page.refused(lambda: fund.strike(late, "重复")) == "M-41"


def test_the_fund_never_falls_below_nothing_by_mending(page: ReturnedPage):
    fund = page.room.desk.fund
    page.room.do(lambda: fund.put_in(Money.yuan(500), BEFORE, "又一笔"))
    page.room.do(lambda: page.room.desk.relief.pay(relief(1200)))
    late = page.send_back("又一笔")
    page.room.do(lambda: fund.strike(page.entry, "重复"))

    assert page.refused(lambda: fund.strike(late, "重复")) == "M-22"


def test_what_the_county_returned_is_not_spent(page: ReturnedPage):
    room = page.room

    assert room.do(room.desk.relief.allowance).fund == Money.yuan(1000)
    assert page.refused(lambda: room.desk.relief.pay(relief(1001))) == "M-22"
    assert page.refused(lambda: room.desk.fund.adjust(Money.yuan(-1001), "对账")) == "M-22"
    room.do(lambda: room.desk.fund.redate(page.entry, TODAY))
    room.do(lambda: room.desk.relief.pay(relief(1001)))
    assert page.state().balance == Money.yuan(299)


def test_what_relief_wrote_is_reversed_there(page: ReturnedPage):
    page.room.do(lambda: page.room.desk.relief.pay(relief(200)))
    entry = page.send_back("先行救助（火灾）")

    assert page.refused(lambda: page.room.desk.fund.strike(entry, "重复")) == "M-58"


def relief(amount: int) -> PayRelief:
    return PayRelief(
        household=ZHAO,
        payee_name="赵大山",
        event=EventKind.FIRE,
        amount=Money.yuan(amount),
        way=ReliefWay.CASH,
    )
