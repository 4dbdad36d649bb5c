"""先行救助 when it is paid: what is refused, what goes up, what is given in parts."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.casework import EventKind, ReliefStatus, ReliefWay
from app.domain.money import Money
from app.domain.relief_case import LATE_PAPERS
from app.domain.relief_words import (
    ApprovalWay,
    CheckResult,
)
from app.services.relief_asked import NOBODY_KNOWS, Approval, MakeUp
from tests.relief import asked, left, refusal
from tests.storefile import household_of


@pytest.fixture
def household(work):
    """One 低保 household of two."""
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    return made


def head_of(work):
    with work.begin() as unit:
        return unit.head.n


def test_the_same_cause_again_in_the_year_is_refused_and_can_go_up(work, household):
    work.relief.pay(asked(household))
    before = head_of(work)

    problem = refusal(work.relief.pay, asked(household, event_note="又起火了"))
    moved = head_of(work)
    referred = work.relief.refer(asked(household, event_note="又起火了"))

    assert (problem.code, problem.field, moved) == ("M-21", "event", before)
    assert "一年最多 1 次" in referred.referral_reason
    assert referred.status is ReliefStatus.REFERRED_UP
    assert (referred.payment_id, referred.paid_at, referred.paperwork_due_on) == (None, None, None)
    assert left(work) == Money.yuan(700)


def test_a_fire_strikes_the_house_and_an_illness_one_person(work, household):
    other = household.members[1].person
    work.relief.pay(asked(household))
    work.relief.pay(asked(household, event=EventKind.SUDDEN_ILLNESS, apart="夜里又病了"))

    house = refusal(work.relief.pay, asked(household, payee_name=other.name, payee=other.id))
    theirs = {"payee_name": other.name, "payee": other.id, "event": EventKind.SUDDEN_ILLNESS}
    person = work.relief.pay(asked(household, **theirs, apart="孩子也病了"))

    assert house.code == "M-21"
    assert person.payee == other.id


def test_next_year_is_another_year(work, household):
    work.relief.pay(asked(household))
    work.clock.advance(days=305)
    with work.begin() as unit:
        unit.connection.exec_driver_sql("UPDATE quota_token SET not_after = '2027-12-31'")
        unit.commit()

    assert work.relief.pay(asked(household)).status is ReliefStatus.PAPERWORK_PENDING


def test_strangers_nobody_can_tell_apart_are_all_helped(work):
    first = work.relief.pay(asked(payee_name=NOBODY_KNOWS, is_unknown=True))
    second = work.relief.pay(asked(payee_name=NOBODY_KNOWS, is_unknown=True, event_note="另一个"))

    assert first.is_unknown
    assert second.payee_name == NOBODY_KNOWS


def test_what_was_reversed_does_not_count_as_the_same_cause(work, household):
    paid = work.relief.pay(asked(household))
    work.relief.steps.reverse(paid.id, "记错了人")

    assert work.relief.pay(asked(household, event_note="起火")).amount == Money.yuan(300)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"parts": (Money.yuan(300),)}, "M-27"),
        ({"parts": (Money.yuan(300), Money(0))}, "M-27"),
        ({"amount": Money.yuan(350), "parts": (Money.yuan(50),) * 7}, "M-56"),
        ({"parts": (Money.yuan(100), Money.yuan(100))}, "M-28"),
        ({"goods": "大米 2 袋 100", "way": ReliefWay.GOODS}, "M-26"),
        ({"goods": "大米 2 袋 100、面 1 袋", "way": ReliefWay.GOODS}, "M-25"),
        ({"parent": "nobody"}, "M-50"),
        ({"approval": Approval(" ", ApprovalWay.PHONE)}, "M-35"),
        ({"approval": Approval("测试协理员", ApprovalWay.PHONE)}, "M-35"),
        ({"approval": Approval("覃兰英", ApprovalWay.PHONE)}, "M-35"),
        ({"approval": Approval("覃小雨", ApprovalWay.PHONE), "payee_name": "覃兰英"}, "M-35"),
    ],
)
def test_bad_input_is_refused_and_nothing_is_written(work, household, changes, code):
    before = head_of(work)

    assert refusal(work.relief.pay, asked(household, **changes)).code == code
    assert head_of(work) == before
    assert left(work) == Money.yuan(1000)


def test_staged_relief_is_under_the_cap_as_a_whole(work, household):
    too_much = (Money.yuan(900), Money.yuan(2000))

    assert refusal(
        work.relief.pay, asked(household, amount=Money.yuan(2900), parts=too_much)
    ).code == ("F-14")


def test_staged_relief_is_paid_part_by_part_each_with_its_own_number(work, household):
    parts = (Money.yuan(200), Money.yuan(150), Money.yuan(50))
    relief = work.relief.pay(asked(household, amount=Money.yuan(400), parts=parts))
    first = left(work)
    planned = work.relief.case(relief.id).instalments
    work.clock.advance(days=31)
    work.relief.pay_part(relief.id, planned[1].id)
    again = refusal(work.relief.pay_part, relief.id, planned[1].id)

    case = work.relief.case(relief.id)
    assert (first, left(work)) == (Money.yuan(800), Money.yuan(650))
    assert again.code == "M-29"
    assert [part.planned_on for part in planned] == [
        date(2026, 3, 2), date(2026, 4, 2), date(2026, 5, 2),
    ]  # fmt: skip
    assert len({part.payment_id for part in case.instalments[:2]}) == 2
    assert len({part.document_no for part in case.instalments[:2]} | {relief.document_no}) == 3
    assert case.given == Money.yuan(350)
    assert refusal(work.relief.steps.close, relief.id).code == "M-24"


def test_staged_relief_typed_twice_is_one_relief(work, household):
    parts = (Money.yuan(200), Money.yuan(100))
    work.relief.pay(asked(household, parts=parts))

    assert refusal(work.relief.pay, asked(household, parts=parts)).code == "F-13"


def test_a_part_that_is_still_to_come_keeps_the_case_open(work, household):
    relief = work.relief.pay(asked(household, parts=(Money.yuan(200), Money.yuan(100))))
    work.relief.steps.make_up(relief.id, MakeUp(items=LATE_PAPERS))
    open_still = refusal(work.relief.steps.close, relief.id)
    work.relief.steps.drop_part(relief.id, work.relief.case(relief.id).instalments[1].id)
    work.relief.steps.approve(relief.id, Approval("黄镇长", ApprovalWay.PHONE))

    assert open_still.code == "M-38"
    assert work.relief.steps.close(relief.id).status is ReliefStatus.CLOSED


def test_no_part_is_paid_of_relief_that_is_over(work, household):
    relief = work.relief.pay(asked(household, parts=(Money.yuan(200), Money.yuan(100))))
    waiting = work.relief.case(relief.id).instalments[1]
    work.relief.steps.make_up(relief.id, MakeUp(text="不属实", result=CheckResult.RECOVER))

    assert refusal(work.relief.pay_part, relief.id, waiting.id).code == "M-24"
    assert left(work) == Money.yuan(800)
