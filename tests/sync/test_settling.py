"""A payment two laptops told of, settled by the county: both learn it, and the books are true."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain.casework import EventKind, ReliefStatus
from app.domain.money import Money
from app.domain.operations import OperationState
from app.domain.problem import Refused
from app.services.due_differences import differences_due
from app.services.relief_debts import DOUBLE
from county_server.__main__ import build_parser
from county_server.settling import Outcome, Settle, Settling, second_identity
from county_server.tables import payment
from tests.laptops import open_laptop
from tests.sync.test_relief_sync import asked, fund_of, purse, relief_of
from tests.vaults import make_vault

PAPER = {"by": "县民政局 覃股长", "paper_no": "练民核〔2026〕3号", "why": "问过两边和本人"}


class Village:
    """Two laptops that told of one payment; the second came second."""

    def __init__(self, first, second, office, road) -> None:
        self.first, self.second, self.office, self.road = first, second, office, road
        self.home = first.add_household("覃桂英")
        first.sync(road)
        second.sync(road)
        self.reliefs = []
        for one in (first, second):
            fund_of(one).put_in(Money.yuan(1000), one.clock.today())
            self.reliefs.append(relief_of(one).pay(asked(self.home.id)))
        for one in (first, second, second):
            one.sync(road)

    @property
    def double(self) -> str:
        return self.reliefs[1].id

    def settle(self, outcome: Outcome, relief: str = "", **changes) -> str:
        said = PAPER | changes
        request = Settle(relief_id=relief or self.double, outcome=outcome, **said)
        return Settling(self.office.database, self.office.clock).settle(request)

    def sync(self) -> None:
        for one in (self.first, self.second, self.first):
            one.sync(self.road)
        assert self.first.syncing.check() == self.second.syncing.check() == []

    def seen(self, laptop):
        return relief_of(laptop).get(self.double)

    def open_items(self):
        done = {OperationState.RECEIVED, OperationState.MERGED}
        return [
            (item.entity, item.state)
            for item in self.second.syncing.status().items
            if item.state not in done
        ]

    def payments(self) -> int:
        return self.office.status()["payments"]


def numbers(village: Village) -> set[str]:
    with village.office.database.read() as connection:
        return set(connection.execute(select(payment.c.payment_id)).scalars())


@pytest.fixture
def village(laptop, office, road, tmp_path: Path, clock):
    other = open_laptop(make_vault(tmp_path / "second", clock), clock)
    folder = tmp_path / "second-ticket"
    folder.mkdir()
    other.join(office, folder)
    yield Village(laptop, other, office, road)
    other.vault.close()


def test_given_once_the_second_record_is_none_and_its_line_can_be_struck(
    village: Village, tmp_path: Path
):
    said = ["settle", village.double, "--result", "once", "--by", "覃股长"]
    said += ["--paper", "练民核〔2026〕3号", "--why", "问过", "--data", str(tmp_path / "county")]
    args, out = build_parser().parse_args(said), io.StringIO()
    args.database = village.office.database.url

    args.run(args, out)
    village.sync()

    assert "只给了一次，这一笔是重复登记" in out.getvalue()

    for one in (village.first, village.second):
        seen = village.seen(one)
        assert (seen.status, seen.paid_at) == (ReliefStatus.REVERSED, None)
        notes = [step.note for step in relief_of(one).case(village.double).steps]
        assert "只给了一次" in notes[-1]
        assert "练民核〔2026〕3号" in notes[-1]
    assert village.payments() == 1
    assert DOUBLE not in [owed[0].what for _one, owed in relief_of(village.second).listed() if owed]
    assert village.open_items() == [("reserve_entry", OperationState.RETURNED)]
    fund = fund_of(village.second)
    (line,) = (line for line in fund.state().lines if line.entry.relief == village.double)
    fund.strike(line.entry.id, "县里核定重复登记")
    village.sync()
    assert fund.state().balance.fen == purse(village.office, village.second) == 100_000


def test_given_twice_the_second_is_a_payment_of_its_own_to_be_got_back(village: Village):
    first = village.reliefs[0].payment_id
    village.settle(Outcome.TWICE)

    village.sync()

    assert village.seen(village.second).status is ReliefStatus.RECOVERING
    assert village.seen(village.first).status is ReliefStatus.RECOVERING
    assert numbers(village) == {first, second_identity(first, village.double)}
    assert village.open_items() == []
    second = fund_of(village.second)
    assert second.state().balance.fen == purse(village.office, village.second) == 70_000

    relief_of(village.second).steps.recover(village.double, Money.yuan(300), "本人退回来了")
    village.sync()

    assert village.seen(village.first).status is ReliefStatus.RECOVERED
    assert second.state().balance.fen == purse(village.office, village.second) == 100_000

    other = relief_of(village.second).pay(
        asked(village.home.id, event=EventKind.FLOOD, apart="夜里又进了水")
    )
    village.sync()
    village.settle(Outcome.TWICE, other.id)  # another payment number, the same cause in fact
    village.sync()

    assert relief_of(village.second).get(other.id).status is ReliefStatus.RECOVERING
    assert relief_of(village.first).get(other.id).status is ReliefStatus.RECOVERING


def test_where_the_first_was_taken_back_the_second_stands(village: Village):
    relief_of(village.first).steps.reverse(village.reliefs[0].id, "是另一台电脑给的")
    village.first.sync(village.road)

    village.settle(Outcome.STANDS)
    village.sync()

    seen = village.seen(village.second)
    assert (seen.status, seen.amount) == (ReliefStatus.PAPERWORK_PENDING, Money.yuan(300))
    assert purse(village.office, village.first) == fund_of(village.first).state().balance.fen
    assert purse(village.office, village.second) == 70_000
    assert village.open_items() == []
    with village.second.begin() as work:
        rows = differences_due(work, relief_of(village.second).rules, village.home.id)
        assert list(rows) == []


def refused(village: Village, outcome: Outcome, relief: str = "", **changes) -> str:
    with pytest.raises(Refused) as caught:
        village.settle(outcome, relief, **changes)
    return caught.value.code


def test_what_does_not_fit_is_refused_and_nothing_is_entered(village: Village):
    first = village.reliefs[0].id
    assert [refused(village, Outcome.ONCE, **{name: " "}) for name in PAPER] == ["K-91"] * 3
    assert [refused(village, one, first) for one in (Outcome.ONCE, Outcome.STANDS)] == ["K-90"] * 2
    assert refused(village, Outcome.TWICE, "nobody") == "K-90"
    assert refused(village, Outcome.STANDS) == "K-92"
    relief_of(village.first).steps.reverse(first, "是另一台电脑给的")
    village.first.sync(village.road)
    assert refused(village, Outcome.TWICE) == "K-92"
    assert (village.payments(), village.office.status()["conflicts"]) == (2, 1)

    village.settle(Outcome.ONCE)

    assert refused(village, Outcome.TWICE) == "K-90"
    assert village.office.status()["conflicts"] == 0
