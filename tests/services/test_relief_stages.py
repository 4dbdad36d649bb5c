"""一次审批、分阶段: one word from above, one record, and the money month by month under it."""

from __future__ import annotations

import pytest

from app.domain.casework import EventKind, ReliefStatus
from app.domain.money import Money
from app.domain.relief_case import LATE_PAPERS
from app.domain.relief_words import ApprovalWay, InstalmentStatus
from app.domain.today import WorkKind
from app.services.relief_asked import Approval, MakeUp
from tests.cases import layered, value_toml
from tests.published import publish
from tests.relief import asked, left, refusal
from tests.storefile import household_of

BY_PHONE = Approval("黄镇长", ApprovalWay.PHONE)
ON_PAPER = Approval("镇民政办", ApprovalWay.WRITTEN)
TOTAL = Money.yuan(2800)
THRICE = (Money.yuan(800), Money.yuan(1200), Money.yuan(800))
"""Together above what the village gives before anybody has agreed; no single one is."""


@pytest.fixture
def household(work):
    """One 低保 household of two."""
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    return made


@pytest.fixture
def agreed(work, household):
    """2,800 yuan that went up and were agreed to on paper."""
    referred = work.relief.refer(asked(household, amount=TOTAL))
    return work.relief.steps.approve(referred.id, ON_PAPER)


def kinds_due(work):
    return [item.kind for item in work.worklist.today().items]


def test_what_was_agreed_to_above_the_cap_is_given_part_by_part(work, agreed):
    paid = work.relief.pay_known(agreed.id, THRICE)
    first = left(work)
    parts = work.relief.case(paid.id).instalments

    assert (paid.id, paid.amount, paid.is_staged) == (agreed.id, TOTAL, True)
    assert (paid.decided_by, paid.payment_id, paid.paid_at) == ("镇民政办", None, None)
    assert [part.amount for part in parts] == list(THRICE)
    assert parts[0].status is InstalmentStatus.PAID
    assert work.relief.case(paid.id).given == THRICE[0]
    assert first == Money.yuan(1000) - THRICE[0]


def test_every_part_is_inside_the_quota_though_the_sum_was_agreed_to(work, agreed):
    paid = work.relief.pay_known(agreed.id, THRICE)
    second = work.relief.case(paid.id).instalments[1]
    work.clock.advance(days=31)

    assert refusal(work.relief.pay_part, paid.id, second.id).code == "F-15"
    assert work.relief.case(paid.id).given == THRICE[0]


def test_the_next_part_of_what_was_agreed_to_on_paper_comes_up_on_its_day(work, agreed):
    paid = work.relief.pay_known(agreed.id, THRICE)
    at_once = kinds_due(work)
    work.clock.advance(days=29)

    assert paid.status is ReliefStatus.PAID  # 书面同意：没有后补的手续
    assert WorkKind.INSTALMENT not in at_once
    assert WorkKind.INSTALMENT in kinds_due(work)
    assert refusal(work.relief.steps.close, paid.id).code == "M-38"


def test_a_part_still_to_be_given_says_on_whose_word_and_which_plan(work, agreed):
    paid = work.relief.pay_known(agreed.id, THRICE)
    work.clock.advance(days=30)

    owed = next(one for one in work.relief.debts(paid.id) if "第 2 次" in one.what)
    row = next(i for i in work.worklist.today().items if i.kind is WorkKind.INSTALMENT)

    assert owed.rule == "3月2日镇民政办书面同意，分 3 次给，芒巩固振兴组办〔2021〕6号 二(六)"
    assert row.rule == owed.rule


def test_parts_nobody_has_agreed_to_yet_say_so(work, household):
    small = (Money.yuan(100), Money.yuan(100))
    paid = work.relief.pay(asked(household, amount=Money.yuan(200), parts=small))

    owed = next(one for one in work.relief.debts(paid.id) if "第 2 次" in one.what)

    assert owed.rule == "还没人批，3月2日定下分 2 次给，芒巩固振兴组办〔2021〕6号 二(六)"


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ((Money.yuan(800), Money.yuan(1200)), "M-28"),
        ((Money.yuan(800), Money.yuan(1200), Money.yuan(801)), "M-28"),
        ((TOTAL,), "M-27"),
        ((TOTAL, Money(0)), "M-27"),
        ((Money.yuan(400),) * 7, "M-56"),
    ],
)
def test_parts_are_exactly_what_was_agreed_to(work, agreed, parts, code):
    assert refusal(work.relief.pay_known, agreed.id, parts).code == code
    assert work.relief.get(agreed.id).status is ReliefStatus.APPROVED_FAST
    assert work.relief.case(agreed.id).instalments == ()
    assert left(work) == Money.yuan(1000)


def test_what_nobody_agreed_to_is_under_the_cap_in_parts_too(work, household):
    noted = work.relief.report(asked(household, amount=TOTAL))

    assert refusal(work.relief.pay_known, noted.id, THRICE).code == "F-14"


def test_who_agreed_before_is_said_on_the_form_and_the_cap_is_no_more(work, household):
    staged = asked(household, amount=TOTAL, parts=THRICE)
    alone = refusal(work.relief.pay, staged)
    paid = work.relief.pay(asked(household, amount=TOTAL, parts=THRICE, approval=BY_PHONE))

    assert alone.code == "F-14"
    assert (paid.amount, paid.decided_by) == (TOTAL, "黄镇长")
    assert work.relief.case(paid.id).given == THRICE[0]


def test_what_there_is_a_head_is_not_lifted_by_a_word_from_above(work, household):
    publish(
        work,
        layered(
            value_toml("dibao_standard", 'area = "rural"\nvalue = 500\nunit = "元/月"')
            + value_toml("relief_small_cap", 'value = 0.5\nunit = "倍低保标准"')
            + value_toml("relief_person_cap", 'value = 0.8\nunit = "倍低保标准"')
        ),
    )
    most = asked(household, amount=Money.yuan(800), approval=BY_PHONE)
    more = asked(household, amount=Money.yuan(801), approval=BY_PHONE, event=EventKind.FLOOD)

    assert work.relief.pay(most).amount == Money.yuan(800)
    problem = refusal(work.relief.pay, more)
    assert (problem.code, "每人能给" in problem.what) == ("F-14", True)


def test_a_word_from_above_does_not_lift_what_is_the_countys(work, household):
    work.relief.pay(asked(household, amount=Money.yuan(100)))
    again = asked(household, amount=Money.yuan(200), approval=BY_PHONE)

    assert refusal(work.relief.pay, again).code == "M-21"


def test_what_was_noted_can_be_given_in_parts(work, household):
    noted = work.relief.report(asked(household, amount=Money(0)))
    parts = (Money.yuan(200), Money.yuan(100))
    paid = work.relief.pay(asked(household, known=noted.id, parts=parts))

    assert (paid.id, paid.is_staged, paid.payment_id) == (noted.id, True, None)
    assert left(work) == Money.yuan(800)
    assert work.relief.case(paid.id).given == Money.yuan(200)


def test_parts_under_one_word_are_taken_back_and_made_up_as_others_are(work, household):
    referred = work.relief.refer(asked(household, amount=TOTAL))
    work.relief.steps.approve(referred.id, BY_PHONE)
    paid = work.relief.pay_known(referred.id, THRICE)
    work.relief.steps.make_up(paid.id, MakeUp(items=LATE_PAPERS))
    work.relief.steps.reverse(paid.id, "记错了")

    states = {part.status for part in work.relief.case(paid.id).instalments}
    assert states == {InstalmentStatus.REVERSED, InstalmentStatus.CANCELLED}
    assert left(work) == Money.yuan(1000)
