"""How 先行救助 ends: made up, got back, taken back whole or in part, each of its own record."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.domain.casework import EventKind, ReliefStatus
from app.domain.money import Money
from app.domain.relief_case import LATE_PAPERS
from app.domain.relief_words import (
    ApprovalWay,
    CheckResult,
    FundSource,
    InstalmentStatus,
)
from app.services.fund import ReserveFunds
from app.services.relief_asked import Approval, MakeUp
from tests.relief import TODAY, asked, refusal
from tests.storefile import household_of

AGREED = Approval("黄镇长", ApprovalWay.PHONE)
PARTS = (Money.yuan(200), Money.yuan(100))
REVERSED, CANCELLED = InstalmentStatus.REVERSED, InstalmentStatus.CANCELLED


@pytest.fixture
def household(work):
    """One household of two."""
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    return made


@pytest.fixture
def fund(work):
    """A fund with money in it since February."""
    funds = ReserveFunds(work.begin, work.clock)
    funds.put_in(Money.yuan(1000), date(2026, 2, 10))
    return funds


def states(work, relief):
    return [part.status for part in work.relief.case(relief.id).instalments]


def test_what_cannot_be_done_in_that_state_is_said_before_what_is_wrong_with_it(work, household):
    noted = work.relief.report(asked(household))
    paid = work.relief.pay(asked(household, event=EventKind.SUDDEN_ILLNESS))
    long_ago = TODAY - timedelta(days=99)

    assert refusal(work.relief.steps.end_emergency, noted.id, long_ago).code == "M-24"
    assert refusal(work.relief.steps.recover, paid.id, Money.yuan(9999)).code == "M-24"


def test_papers_are_done_on_the_day_they_were_and_today_where_none_is_said(work, household):
    said = work.relief.pay(asked(household))
    unsaid = work.relief.pay(asked(household, event=EventKind.SUDDEN_ILLNESS, apart="又病了"))
    wrong = work.relief.pay(asked(household, event=EventKind.TRAFFIC, apart="车也撞了"))
    work.clock.advance(days=3)
    made = MakeUp(items=LATE_PAPERS, completed_on=TODAY, checked=" 看过房子 ")
    not_so = MakeUp(text="不符", result=CheckResult.RECOVER)

    assert work.relief.steps.make_up(said.id, made).paperwork_done_on == TODAY
    later = work.relief.steps.make_up(unsaid.id, MakeUp(items=LATE_PAPERS))
    assert later.paperwork_done_on == TODAY + timedelta(days=3)
    assert work.relief.steps.make_up(wrong.id, not_so).paperwork_done_on is None
    (kept,) = work.relief.case(said.id).supplements
    assert (kept.completed_on, kept.checked) == (TODAY, "看过房子")


def test_what_was_taken_back_whole_still_has_its_papers_made_up(work, household):
    paid = work.relief.pay(asked(household, parts=PARTS))
    work.relief.steps.reverse_part(paid.id, work.relief.case(paid.id).instalments[0].id, "打错")

    made_up = work.relief.steps.make_up(paid.id, MakeUp(items=LATE_PAPERS))

    assert made_up.status is ReliefStatus.SUPPLEMENTED


def test_what_comes_back_says_of_whom_and_why(work, household, fund):
    paid = work.relief.pay(asked(household))
    work.relief.steps.make_up(paid.id, MakeUp(text="不符", result=CheckResult.RECOVER))

    work.relief.steps.recover(paid.id, Money.yuan(120), " 退回一部分 ")

    last, step = fund.state().lines[-1], work.relief.case(paid.id).steps[-1]
    assert (last.who, last.entry.voucher_no) == ("覃兰英", paid.document_no)
    assert (step.note, step.amount) == ("退回一部分", Money.yuan(120))


def test_a_part_that_is_none_or_another_records_is_not_touched(work, household):
    relief = work.relief.pay(asked(household, parts=PARTS))
    other = work.relief.pay(
        asked(household, event=EventKind.TRAFFIC, parts=PARTS, apart="车也撞了")
    )
    given, planned = work.relief.case(relief.id).instalments

    for part in ("nobody", planned.id):
        assert refusal(work.relief.steps.drop_part, other.id, part).code == "M-29"
        assert refusal(work.relief.pay_part, other.id, part).code == "M-29"
    for part in ("nobody", given.id):
        assert refusal(work.relief.steps.reverse_part, other.id, part, "打错").code == "M-34"
    assert states(work, relief) == [InstalmentStatus.PAID, InstalmentStatus.PLANNED]


def test_what_was_taken_back_or_dropped_before_stays_so(work, household):
    thrice = (Money.yuan(100),) * 3
    relief = work.relief.pay(asked(household, parts=thrice))
    first, second, _third = work.relief.case(relief.id).instalments
    work.relief.steps.reverse_part(relief.id, first.id, "打错")
    work.relief.steps.drop_part(relief.id, second.id)

    work.relief.steps.reverse(relief.id, "整笔记错")

    assert states(work, relief) == [REVERSED, CANCELLED, CANCELLED]


def test_what_is_not_closed_can_be_taken_back_after_its_month_is(work, household, fund):
    paid = work.relief.pay(asked(household))
    work.clock.advance(days=31)
    fund.close_month("2026-03")

    work.relief.steps.reverse(paid.id, "不是这户")

    last = fund.state().lines[-1].entry
    assert (last.booked_on, fund.state().balance) == (work.clock.today(), Money.yuan(1000))
    assert [month.balance for month in fund.state().months] == [Money.yuan(700)]


def closed(work, relief):
    work.relief.steps.make_up(relief.id, MakeUp(items=LATE_PAPERS))
    return work.relief.steps.close(relief.id)


def test_nothing_of_it_being_left_in_the_closed_month_it_can_be_taken_back(work, household, fund):
    paid = work.relief.pay(asked(household, parts=PARTS, approval=AGREED))
    first, second = work.relief.case(paid.id).instalments
    work.relief.steps.reverse_part(paid.id, first.id, "打错")
    work.relief.steps.drop_part(paid.id, second.id)
    closed(work, paid)
    work.clock.advance(days=31)
    fund.close_month("2026-03")

    assert work.relief.steps.reverse(paid.id, "整笔记错").status is ReliefStatus.REVERSED


def test_the_first_of_its_months_that_is_closed_freezes_it(work, household, fund):
    paid = work.relief.pay(asked(household, parts=PARTS, approval=AGREED))
    work.clock.advance(days=31)
    work.relief.pay_part(paid.id, work.relief.case(paid.id).instalments[1].id)
    closed(work, paid)
    fund.close_month("2026-03")

    problem = refusal(work.relief.steps.reverse, paid.id, "整笔记错")

    assert (problem.code, "2026-03" in problem.what) == ("M-65", True)


def test_a_sum_that_was_agreed_to_stands_in_the_step(work, household):
    up = work.relief.refer(asked(household, amount=Money.yuan(2500)))
    work.relief.steps.approve(up.id, AGREED, Money.yuan(900))
    paid = work.relief.pay(asked(household, event=EventKind.TRAFFIC, source=FundSource.BUDGET))
    work.relief.steps.approve(paid.id, AGREED, Money.yuan(1))

    assert work.relief.case(up.id).steps[-1].amount == Money.yuan(900)
    assert work.relief.case(paid.id).steps[-1].amount is None


def test_what_others_follow_on_is_taken_back_after_them(work, household):
    first = work.relief.pay(asked(household))
    more = work.relief.pay(
        asked(household, parent=first.id, amount=Money.yuan(100), approval=AGREED)
    )

    problem = refusal(work.relief.steps.reverse, first.id, "金额写错")
    work.relief.steps.reverse(more.id, "金额写错")

    assert (problem.code, more.document_no in problem.what) == ("M-81", True)
    assert work.relief.steps.reverse(first.id, "金额写错").status is ReliefStatus.REVERSED
