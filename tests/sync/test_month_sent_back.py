"""A month closed on a laptop before the county had answered: returned, mended, closed anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.fund import fund_of as purse_id
from app.domain.money import Money
from app.domain.problem import Refused
from app.domain.today import WorkKind
from app.services.relief_papers import fund_ledger, fund_page
from county_server.settling import Outcome, Settle, Settling
from county_server.tables import fund_month
from tests.laptops import open_laptop
from tests.sync.test_relief_sync import asked, fund_of, purse, relief_of
from tests.sync.test_today import Listing
from tests.vaults import make_vault

MARCH = "2026-03"
KIND = WorkKind.RETURNED


class Stuck:
    """The second laptop paid what the first had paid, and closed the month before it was heard."""

    def __init__(self, first, second, office, road) -> None:
        self.first, self.second, self.office, self.road = first, second, office, road
        self.fund = fund_of(second)
        home = first.add_household("覃桂英")
        first.sync(road)
        second.sync(road)
        for one in (first, second):
            fund_of(one).put_in(Money.yuan(1000), one.clock.today())
            self.relief = relief_of(one).pay(asked(home.id))
        first.sync(road)
        second.clock.advance(days=35)
        self.fund.close_month(MARCH)
        second.sync(road)
        second.sync(road)

    @property
    def entry(self) -> str:
        """The line the county returned."""
        (entry,) = self.fund.state().returned
        return entry

    def settle(self) -> None:
        """The county says that nothing was given a second time."""
        said = Settle(
            relief_id=self.relief.id,
            outcome=Outcome.ONCE,
            by="县民政局 覃股长",
            paper_no="练民核〔2026〕3号",
            why="问过两边和本人",
        )
        Settling(self.office.database, self.office.clock).settle(said)
        self.second.sync(self.road)

    def listed(self) -> list[str]:
        """What today's list says came back of the fund."""
        assert self.second.worklist.check() == []
        items = self.second.worklist.everything()
        return [one.action for one in items if one.page == "fund" and one.kind is KIND]

    def closed_at_the_county(self) -> list[str]:
        with self.second.begin() as work:
            fund = purse_id(work.identity.device_id)
        with self.office.database.read() as connection:
            query = fund_month.select().where(fund_month.c.fund_id == fund)
            return [row.month for row in connection.execute(query)]


@pytest.fixture
def stuck(laptop, office, road, tmp_path: Path, clock):
    other = Listing(open_laptop(make_vault(tmp_path / "second", clock), clock).vault, clock)
    folder = tmp_path / "second-ticket"
    folder.mkdir()
    other.join(office, folder)
    yield Stuck(laptop, other, office, road)
    other.vault.close()


def test_a_month_the_county_returned_is_open_again_and_says_why(stuck: Stuck):
    state = stuck.fund.state()

    assert state.months == ()
    assert state.open_months == (MARCH,)
    assert list(state.sent_back) == [MARCH]
    assert "和县里算的不一样" in state.sent_back[MARCH]
    assert len(state.returned) == 1
    assert stuck.listed() == ["改好再报"]
    assert stuck.closed_at_the_county() == []


def test_it_is_not_closed_again_before_what_came_back_is_mended(stuck: Stuck):
    with pytest.raises(Refused) as refused:
        stuck.fund.close_month(MARCH)

    assert refused.value.code == "M-66"


def test_what_came_back_is_mended_in_it_and_it_is_closed_with_the_countys_balance(stuck: Stuck):
    stuck.settle()
    stuck.fund.strike(stuck.entry, "县里核定重复登记")
    next_step = stuck.listed()
    stuck.second.clock.advance(minutes=1)
    closed = stuck.fund.close_month(MARCH)
    waits = stuck.fund.state()

    tally = stuck.second.sync(stuck.road)

    assert tally.returned == 0
    assert (next_step, stuck.listed()) == (["对过账，再月结一次"], [])
    assert stuck.closed_at_the_county() == [MARCH]
    assert closed.balance.fen == purse(stuck.office, stuck.second) == 100_000
    for state in (waits, stuck.fund.state()):
        assert [one.month for one in state.months] == [MARCH]
        assert (state.sent_back, state.open_months) == ({}, ())
    with pytest.raises(Refused) as again:
        stuck.fund.close_month(MARCH)
    assert again.value.code == "M-46"
    assert stuck.second.syncing.check() == []


def test_money_of_the_open_month_can_be_booked_in_it_again(stuck: Stuck):
    with stuck.second.begin() as work:
        on = work.fund.entries(purse_id(work.identity.device_id))[0].booked_on

    stuck.fund.put_in(Money.yuan(50), on)
    tally = stuck.second.sync(stuck.road)

    assert tally.returned == 0
    assert purse(stuck.office, stuck.second) == 105_000


def test_its_ledger_is_printed_as_one_that_is_not_closed(stuck: Stuck):
    with stuck.second.begin() as work:
        page = fund_page(work, MARCH)
        assert page is not None
        assert fund_ledger(work, page).closed_by == ""
