"""Relief and the fund on their way to the county: said twice, said late, paid on two laptops."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain.casework import EventKind, ReliefWay
from app.domain.money import Money
from app.domain.operations import OperationState
from app.domain.problem import Problem, Refused
from app.domain.relief_words import ApprovalWay
from app.services.due_differences import differences_due
from app.services.due_relief import relief_due
from app.services.fund import ReserveFunds
from app.services.ground_rules import GroundRules
from app.services.relief import ReliefCases
from app.services.relief_asked import Approval, PayRelief
from app.services.relief_debts import DOUBLE, DOUBLE_NEXT
from county_server.purse import Purse
from county_server.tables import document
from tests.laptops import Laptop, open_laptop
from tests.policies import PracticePolicies
from tests.vaults import make_vault


def relief_of(laptop: Laptop) -> ReliefCases:
    rules = GroundRules(PracticePolicies(), laptop.clock)
    return ReliefCases(laptop.begin, laptop.clock, rules)


def fund_of(laptop: Laptop) -> ReserveFunds:
    return ReserveFunds(laptop.begin, laptop.clock)


def asked(household=None, **changes) -> PayRelief:
    usual = {
        "household": household,
        "payee_name": "覃桂英",
        "event": EventKind.FIRE,
        "amount": Money.yuan(300),
        "way": ReliefWay.CASH,
    }
    return PayRelief(**(usual | changes))


def purse(office, laptop) -> int:
    with laptop.begin() as work:
        device = work.identity.device_id
    with office.database.read() as connection:
        return Purse(connection, device).balance()


@pytest.fixture
def second(office, tmp_path: Path, clock):
    """Another laptop of the same village."""
    other = open_laptop(make_vault(tmp_path / "second", clock), clock)
    folder = tmp_path / "second-ticket"
    folder.mkdir()
    other.join(office, folder)
    yield other
    other.vault.close()


def test_a_day_of_relief_is_in_the_countys_books_as_in_the_villages(laptop, office, road):
    laptop.sync(road)
    fund_of(laptop).put_in(Money.yuan(1000), laptop.clock.today())
    paid = relief_of(laptop).pay(asked(parts=(Money.yuan(200), Money.yuan(100))))
    laptop.clock.advance(days=31)
    relief_of(laptop).pay_part(paid.id, relief_of(laptop).case(paid.id).instalments[1].id)
    relief_of(laptop).steps.reverse(paid.id, "记错了")
    relief_of(laptop).pay(asked(event=EventKind.FLOOD))

    tally = laptop.sync(road)

    assert tally.returned == 0
    assert purse(office, laptop) == fund_of(laptop).state().balance.fen == 70_000
    assert office.status()["payments"] == 5
    assert laptop.syncing.check() == []


def test_the_county_takes_what_one_word_allowed_part_by_part(laptop, office, road):
    laptop.sync(road)
    cases = relief_of(laptop)
    referred = cases.refer(asked(amount=Money.yuan(9000)), "超过村里的上限")
    laptop.sync(road)
    cases.steps.approve(referred.id, Approval("镇民政办", ApprovalWay.WRITTEN), Money.yuan(600))
    laptop.sync(road)
    paid = cases.pay_known(referred.id, (Money.yuan(400), Money.yuan(200)))
    between = laptop.sync(road)
    laptop.clock.advance(days=31)
    cases.pay_part(paid.id, cases.case(paid.id).instalments[1].id)

    tally = laptop.sync(road)

    assert (between.returned, tally.returned) == (0, 0)
    assert office.status()["payments"] == 2
    assert laptop.syncing.check() == []


def test_the_county_has_why_a_second_payment_of_a_night_is_another_matter(laptop, office, road):
    laptop.sync(road)
    cases = relief_of(laptop)
    referred = cases.refer(asked(event=EventKind.TRAFFIC))
    cases.steps.approve(referred.id, Approval("镇民政办", ApprovalWay.WRITTEN))
    laptop.sync(road)
    first = cases.pay(asked())
    paid = cases.pay_known(referred.id, apart="夜里另被车撞了")

    tally = laptop.sync(road)

    query = select(document.c.body).where(document.c.entity_id == paid.id)
    with office.database.read() as connection:
        body = connection.execute(query).scalar_one()
    assert tally.returned == 0
    assert (body["apart_from_id"], body["apart_reason"]) == (first.id, "夜里另被车撞了")
    assert laptop.syncing.check() == []


def test_the_same_batch_again_changes_nothing(laptop, office, road):
    laptop.sync(road)
    fund_of(laptop).put_in(Money.yuan(1000), laptop.clock.today())
    relief_of(laptop).pay(asked())
    laptop.sync(road)
    before = (purse(office, laptop), office.status())

    for batch in road.sent:
        office.intake.receive(batch)

    assert (purse(office, laptop), office.status()) == before


def test_a_batch_that_comes_before_the_one_before_it_is_not_taken(laptop, office, road):
    laptop.sync(road)
    held = []
    receive, road.send_batch = road.send_batch, lambda data: held.append(data) or receive(data)
    fund_of(laptop).put_in(Money.yuan(1000), laptop.clock.today())
    laptop.sync(road)
    relief_of(laptop).pay(asked())

    early = []

    def keep(data):
        early.append(data)
        raise Problem("断网了。", do="请再试。", code="S-10")

    road.send_batch = keep
    with pytest.raises(Problem):
        laptop.sync(road)
    fund_of(laptop).put_in(Money.yuan(5), laptop.clock.today())
    road.send_batch = receive
    laptop.sync(road)

    assert purse(office, laptop) == fund_of(laptop).state().balance.fen == 70_500
    for batch in [*early, *held]:
        office.intake.receive(batch)
    assert purse(office, laptop) == 70_500


def test_the_losing_laptop_keeps_its_row_and_says_what_to_do(laptop, second, office, road):
    household = laptop.add_household("覃桂英")
    laptop.sync(road)
    second.sync(road)
    for one in (laptop, second):
        relief_of(one).pay(asked(household.id))
    laptop.sync(road)
    second.sync(road)
    second.sync(road)

    listed = relief_of(second).listed()
    ((double, (debt,)),) = [(one, owed) for one, owed in listed if owed[0].what == DOUBLE]
    assert len(listed) == 2
    assert debt.text == DOUBLE_NEXT
    with pytest.raises(Refused) as caught:
        relief_of(second).steps.reverse(double.id, "记了两次")
    assert caught.value.code == "M-57"
    with second.begin() as work:
        (row,) = differences_due(work, relief_of(second).rules, household.id)
        assert relief_due_of(work, relief_of(second).rules, household.id, double.id) == []
    assert (row.why, row.action, row.page, row.target) == (
        DOUBLE, DOUBLE_NEXT, "relief_case", double.id,
    )  # fmt: skip
    assert second.syncing.check() == []
    assert DOUBLE not in [owed[0].what for _one, owed in relief_of(laptop).listed()]


def relief_due_of(work, rules, household, relief):
    """Rows of one record."""
    return [row for row in relief_due(work, rules, household) if row.entity_id == relief]


def test_a_payment_made_on_two_laptops_counts_once_and_leaves_one_purse(
    laptop, second, office, road
):
    household = laptop.add_household("覃桂英")
    laptop.sync(road)
    second.sync(road)
    for one in (laptop, second):
        fund_of(one).put_in(Money.yuan(1000), one.clock.today())
        relief_of(one).pay(asked(household.id))
    laptop.sync(road)

    tally = second.sync(road)
    second.sync(road)

    assert tally.differing == 1
    assert office.status()["payments"] == 1
    assert (purse(office, laptop), purse(office, second)) == (70_000, 100_000)
    returned = [
        item
        for item in second.syncing.status().items
        if item.entity == "reserve_entry" and item.state is OperationState.RETURNED
    ]
    assert len(returned) == 1
    assert second.syncing.check() == []
