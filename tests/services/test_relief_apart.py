"""One night's help typed again under another kind or sum is asked about before it is paid."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from app.domain.casework import EventKind, ReliefStatus, ReliefWay
from app.domain.clock import CHINA
from app.domain.money import Money
from app.domain.relief_words import ApprovalWay
from app.services.relief_asked import Approval
from tests.relief import asked, left, refusal
from tests.storefile import household_of

NIGHT = datetime(2026, 3, 30, 21, 40, tzinfo=CHINA)
FIRE = {"amount": Money.yuan(400)}
HURT = {"event": EventKind.TRAFFIC, "amount": Money.yuan(400)}
WHY = "下午灶房起火，夜里另被车撞了"


@pytest.fixture
def household(work):
    """覃兰英 and 覃小雨, as nobody else is called."""
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    work.clock.at = NIGHT
    return made


@pytest.mark.parametrize(
    "again",
    [
        HURT,
        {**HURT, "amount": Money.yuan(350)},
        {**HURT, "way": ReliefWay.GOODS, "goods": "大米 2 袋"},
        {**HURT, "found_at": NIGHT - timedelta(days=3)},
    ],
    ids=["another kind", "another sum", "goods", "found earlier"],
)
def test_another_kind_or_sum_on_that_night_is_asked_about_and_not_paid(work, household, again):
    first = work.relief.pay(asked(household, **FIRE))
    work.clock.advance(minutes=200)

    problem = refusal(work.relief.pay, asked(household, **again))

    assert (problem.code, problem.field) == ("M-76", "apart")
    assert f"3月30日 21:40 已经给过这一户 400.00 元（火灾，{first.document_no}）" in problem.what
    assert left(work) == Money.yuan(600)


def test_it_is_paid_once_she_says_why_it_is_another_matter_and_the_reason_stays(work, household):
    first = work.relief.pay(asked(household, **FIRE))
    work.clock.advance(minutes=200)

    paid = work.relief.pay(asked(household, **HURT, apart=f" {WHY} "))

    assert paid.status is ReliefStatus.PAPERWORK_PENDING
    assert (paid.apart_from, paid.apart_reason) == (first.id, WHY)
    assert (first.apart_from, first.apart_reason) == (None, "")


@pytest.mark.parametrize("blank", ["", "   ", "\u3000"])
def test_a_blank_is_no_reason(work, household, blank):
    work.relief.pay(asked(household, **FIRE))

    assert refusal(work.relief.pay, asked(household, **HURT, apart=blank)).code == "M-76"


def test_a_reason_without_anything_given_before_is_not_kept(work, household):
    paid = work.relief.pay(asked(household, **FIRE, apart=WHY))

    assert (paid.apart_from, paid.apart_reason) == (None, "")


@pytest.mark.parametrize("typed", ["覃兰英", "覃小雨"])
def test_somebody_of_the_house_typed_by_name_is_the_house(work, household, typed):
    work.relief.pay(asked(household, **FIRE))

    assert refusal(work.relief.pay, asked(payee_name=typed, **HURT)).code == "M-76"


def test_a_stranger_of_the_same_name_typed_twice_is_asked_about(work):
    work.relief.pay(asked(payee_name="过路的老张", **FIRE))

    problem = refusal(work.relief.pay, asked(payee_name="过路的老张", **HURT))

    assert problem.code == "M-76"
    assert "已经给过这个人" in problem.what
    assert work.relief.pay(asked(payee_name="过路的老李", **HURT)).amount


def test_a_day_later_nobody_is_asked(work, household):
    work.relief.pay(asked(household, **FIRE))
    work.clock.advance(minutes=24 * 60)

    assert work.relief.pay(asked(household, **HURT)).apart_from is None


def test_what_was_reversed_is_not_held_against_what_is_given_then(work, household):
    wrong = work.relief.pay(asked(household, **FIRE))
    work.relief.steps.reverse(wrong.id, "是意外，不是火灾")

    assert work.relief.pay(asked(household, **HURT)).apart_from is None


def test_the_entry_that_takes_it_back_is_no_second_mark(work, household):
    work.relief.pay(asked(household, **FIRE))
    paid = work.relief.pay(asked(household, **HURT, apart=WHY))

    work.relief.steps.reverse(paid.id, "还是同一件事")

    assert work.relief.get(paid.id).apart_reason == WHY
    assert work.relief.case(paid.id).reversal.apart_reason == ""


def test_what_was_noted_and_is_paid_that_night_is_asked_about_too(work, household):
    noted = work.relief.report(asked(household, **HURT))
    work.relief.pay(asked(household, **FIRE))

    asked_once = refusal(work.relief.pay, asked(household, **HURT, known=noted.id))
    paid = work.relief.pay(asked(household, **HURT, known=noted.id, apart=WHY))

    assert asked_once.code == "M-76"
    assert (paid.id, paid.apart_reason) == (noted.id, WHY)


@pytest.mark.parametrize("parts", [(), (Money.yuan(250), Money.yuan(150))], ids=["whole", "parts"])
def test_what_was_agreed_to_above_is_asked_about_when_it_is_given(work, household, parts):
    up = work.relief.refer(asked(household, **HURT))
    work.relief.steps.approve(up.id, Approval("镇民政办", ApprovalWay.WRITTEN))
    first = work.relief.pay(asked(household, **FIRE))

    problem = refusal(work.relief.pay_known, up.id, parts)
    paid = work.relief.pay_known(up.id, parts, apart=WHY)

    assert problem.code == "M-76"
    assert (paid.apart_from, paid.apart_reason) == (first.id, WHY)


def test_what_follows_on_is_counted_too(work, household):
    first = work.relief.pay(asked(household, **FIRE))
    work.clock.advance(days=3)
    agreed = Approval("镇民政办", ApprovalWay.WRITTEN)
    work.relief.pay(asked(household, amount=Money.yuan(100), parent=first.id, approval=agreed))

    assert refusal(work.relief.pay, asked(household, **HURT)).code == "M-76"
