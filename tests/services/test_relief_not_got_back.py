"""What is to be got back may turn out in order, or beyond reach: then it is no debt for ever."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.casework import ReliefStatus
from app.domain.money import Money
from app.domain.relief_case import LATE_PAPERS
from app.domain.relief_words import CheckResult
from app.domain.today import WorkKind
from app.services.fund import ReserveFunds
from app.services.relief_asked import MakeUp
from tests.relief import asked, refusal
from tests.storefile import household_of

IN_ORDER = MakeUp(items=LATE_PAPERS)


@pytest.fixture
def fund(work):
    """A fund with money in it since February."""
    funds = ReserveFunds(work.begin, work.clock)
    funds.put_in(Money.yuan(1000), date(2026, 2, 10))
    return funds


@pytest.fixture
def owed(work, fund):
    """Three hundred out of the fund, the papers found wrong."""
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    paid = work.relief.pay(asked(made))
    wrong = MakeUp(text="不符", result=CheckResult.RECOVER)
    return work.relief.steps.make_up(paid.id, wrong)


def to_do(work):
    return {one.kind for one in work.worklist.today().items}


def test_looked_at_again_it_was_in_order(work, owed):
    moved = work.relief.steps.make_up(owed.id, IN_ORDER)

    assert (moved.status, moved.paperwork_done_on) == (
        ReliefStatus.SUPPLEMENTED,
        work.clock.today(),
    )
    assert WorkKind.RECOVERY not in to_do(work)


def test_what_came_back_in_part_is_not_called_in_order(work, owed):
    work.relief.steps.recover(owed.id, Money.yuan(100))

    problem = refusal(work.relief.steps.make_up, owed.id, IN_ORDER)
    wrong = MakeUp(text="还是不符", result=CheckResult.RECOVER)
    again = refusal(work.relief.steps.make_up, owed.id, wrong)

    assert (problem.code, again.code) == ("M-77", "M-24")
    assert work.relief.get(owed.id).status is ReliefStatus.RECOVERING


def test_beyond_reach_it_is_written_off_with_who_agreed_and_the_fund_stays_as_the_purse(
    work, owed, fund
):
    before = fund.state()

    moved = work.relief.steps.write_off(owed.id, "黄镇长", "一家人都不在了")

    assert moved.status is ReliefStatus.CLOSED
    assert work.relief.case(owed.id).steps[-1].note == "黄镇长同意不再追：一家人都不在了"
    assert WorkKind.RECOVERY not in to_do(work)
    after = fund.state()
    assert after.balance == before.balance == Money.yuan(700)
    assert [one.entry for one in after.lines] == [one.entry for one in before.lines]


@pytest.mark.parametrize(
    ("by", "reason", "code"),
    [("", "不在了", "M-35"), ("覃兰英", "不在了", "M-35"), ("测试协理员", "不在了", "M-35"),
     ("黄镇长", " ", "M-33")],
)  # fmt: skip
def test_nobody_writes_off_by_themselves_or_without_a_word(work, owed, by, reason, code):
    assert refusal(work.relief.steps.write_off, owed.id, by, reason).code == code
    assert work.relief.get(owed.id).status is ReliefStatus.RECOVERING


def test_what_came_back_in_part_and_was_written_off_does_not_come_back_again(work, owed, fund):
    work.relief.steps.recover(owed.id, Money.yuan(100))
    work.relief.steps.write_off(owed.id, "黄镇长", "找不到人")

    assert refusal(work.relief.steps.reverse, owed.id, "登记错了").code == "M-78"
    assert fund.state().balance == Money.yuan(800)
