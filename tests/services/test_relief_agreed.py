"""A word from above is worth as much on a record that waits as it is on the form that pays."""

from __future__ import annotations

import pytest

from app.domain.casework import EventKind, ReliefStatus
from app.domain.money import Money
from tests.cases import layered, value_toml
from tests.published import publish
from tests.relief import asked, refusal
from tests.services.test_relief_stages import BY_PHONE
from tests.storefile import household_of

CAPPED = (
    value_toml("dibao_standard", 'area = "rural"\nvalue = 500\nunit = "元/月"')
    + value_toml("relief_small_cap", 'value = 0.5\nunit = "倍低保标准"')
)  # fmt: skip
A_HEAD = value_toml("relief_person_cap", 'value = 0.8\nunit = "倍低保标准"')
TOGETHER = value_toml("township_approval_cap", 'value = 0.8\nunit = "倍低保标准"')
ONCE = value_toml("relief_same_cause_per_year", 'value = 1\nunit = "次"')
MUCH = Money.yuan(950)


@pytest.fixture
def household(work):
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    return made


@pytest.mark.parametrize(("cap", "code"), [(A_HEAD, "F-14"), (TOGETHER, "M-20")])
def test_what_is_the_countys_cannot_be_agreed_to_by_a_word_on_the_spot(work, household, cap, code):
    publish(work, layered(CAPPED + cap))
    noted = work.relief.report(asked(household, amount=MUCH))
    work.relief.steps.verify(noted.id)

    problem = refusal(work.relief.steps.approve, noted.id, BY_PHONE)

    assert problem.code == code
    assert refusal(work.relief.pay, asked(household, amount=MUCH, approval=BY_PHONE)).code == code
    assert work.relief.case(noted.id).relief.status is ReliefStatus.VERIFIED
    less = work.relief.steps.approve(noted.id, BY_PHONE, Money.yuan(300))
    assert work.relief.pay_known(less.id).status is ReliefStatus.PAPERWORK_PENDING


@pytest.mark.parametrize("cap", [A_HEAD, TOGETHER])
def test_what_was_sent_up_and_agreed_to_is_paid(work, household, cap):
    publish(work, layered(CAPPED + cap))
    sent = work.relief.refer(asked(household, amount=MUCH))

    work.relief.steps.approve(sent.id, BY_PHONE)

    assert work.relief.pay_known(sent.id).amount == MUCH


def test_nor_the_same_cause_a_second_time_in_a_year(work, household):
    publish(work, layered(CAPPED + ONCE))
    work.relief.pay(asked(household, event=EventKind.SUDDEN_ILLNESS, amount=Money.yuan(50)))
    work.clock.advance(days=3)
    again = asked(household, event=EventKind.SUDDEN_ILLNESS, amount=Money.yuan(60))
    noted = work.relief.report(again)
    work.relief.steps.verify(noted.id)

    assert refusal(work.relief.steps.approve, noted.id, BY_PHONE).code == "M-21"
