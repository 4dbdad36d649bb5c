"""What the county returned of the reserve fund is re-dated or struck on the laptop, and agrees."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import insert

from app.domain.fund import fund_of
from app.domain.money import Money
from app.domain.problem import Refused
from app.services.fund import ReserveFunds
from county_server.purse import Purse
from county_server.tables import fund_month

FEBRUARY = date(2026, 2, 10)


class Purses:
    """The same purse on the laptop and at the county."""

    def __init__(self, laptop, office, road) -> None:
        self.laptop, self.office, self.road = laptop, office, road
        self.fund = ReserveFunds(laptop.begin, laptop.clock)
        with laptop.begin() as work:
            self.device = work.identity.device_id
        self.fund.put_in(Money.yuan(1000), laptop.clock.today())
        laptop.sync(road)
        with office.database.write() as connection:
            month = {"fund_id": fund_of(self.device), "month": "2026-02"}
            connection.execute(insert(fund_month), month)

    def returned(self) -> str:
        """An entry the county returned: it has closed that month."""
        self.fund.put_in(Money.yuan(300), FEBRUARY)
        self.laptop.sync(self.road)
        return next(iter(self.fund.state().returned))

    @property
    def both(self) -> tuple[Money, Money]:
        """The balance here, and at the county."""
        with self.office.database.read() as connection:
            county = Money(Purse(connection, self.device).balance())
        return self.fund.state().balance, county


@pytest.fixture
def purses(laptop, office, road) -> Purses:
    return Purses(laptop, office, road)


def test_what_was_returned_is_named_with_the_countys_reason(purses):
    entry = purses.returned()

    assert purses.fund.state().returned == {entry: "这个月已经月结，请改记在还没月结的月份里。"}
    assert purses.both == (Money.yuan(1300), Money.yuan(1000))


def test_re_dated_it_goes_up_whole_and_both_sides_agree(purses):
    entry = purses.returned()

    purses.fund.redate(entry, purses.laptop.clock.today())
    waiting = purses.fund.state().returned
    tally = purses.laptop.sync(purses.road)

    assert waiting == {}
    assert tally.returned == 0
    assert purses.both == (Money.yuan(1300), Money.yuan(1300))
    assert purses.laptop.syncing.check() == []


def test_struck_it_counts_on_neither_side_and_is_still_to_be_seen(purses):
    entry = purses.returned()

    purses.fund.strike(entry, "拨款单重复了")
    tally = purses.laptop.sync(purses.road)

    state = purses.fund.state()
    assert (tally.returned, state.returned) == (0, {})
    assert purses.both == (Money.yuan(1000), Money.yuan(1000))
    assert [line.entry.struck for line in state.lines if line.entry.id == entry] == ["拨款单重复了"]
    assert purses.laptop.syncing.check() == []


def test_what_the_county_has_is_not_mended(purses):
    entry = purses.fund.state().lines[0].entry.id

    codes = []
    for deed in (
        lambda: purses.fund.redate(entry, FEBRUARY),
        lambda: purses.fund.strike(entry, "不要了"),
    ):
        with pytest.raises(Refused) as refused:
            deed()
        codes.append(refused.value.code)

    assert codes == ["M-59", "M-59"]


def test_what_was_mended_once_is_the_countys(purses):
    entry = purses.returned()
    purses.fund.redate(entry, purses.laptop.clock.today())
    purses.laptop.sync(purses.road)

    with pytest.raises(Refused) as refused:
        purses.fund.strike(entry, "不要了")

    assert refused.value.code == "M-59"


def test_no_month_is_closed_over_what_the_county_returned(purses):
    entry = purses.returned()

    with pytest.raises(Refused) as refused:
        purses.fund.close_month("2026-02")
    purses.fund.strike(entry, "县里已经月结")

    assert refused.value.code == "M-66"
    assert purses.fund.close_month("2026-02").balance == Money(0)
