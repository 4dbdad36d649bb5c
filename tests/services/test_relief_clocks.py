"""From when the clocks of 先行救助 run: the decision from 受理, the papers from the payment."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.casework import EventKind
from app.domain.clock import china_date
from app.domain.money import Money
from app.domain.relief_words import ApprovalWay
from app.services.relief_asked import Approval
from tests.relief import TODAY, asked, refusal
from tests.storefile import household_of

HOURS = timedelta(hours=24)
PARTS = (Money.yuan(200), Money.yuan(100))


@pytest.fixture
def household(work):
    """One household of two."""
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    return made


@pytest.mark.parametrize("deed", ["pay", "refer", "report"])
def test_the_hours_of_the_decision_run_from_when_it_is_recorded(work, household, deed):
    accepted = work.clock.now()

    told = getattr(work.relief, deed)(
        asked(household, found_at=accepted - timedelta(days=6)),
    )

    assert told.decision_due_at == accepted + HOURS
    assert not any(debt.overdue for debt in work.relief.debts(told.id))
    work.clock.advance(hours=25)
    assert any(debt.overdue for debt in work.relief.debts(told.id) if debt.what == "等审批")


def test_what_was_noted_first_keeps_its_hours_when_it_is_paid(work, household):
    noted = work.relief.report(asked(household, amount=Money(0)))
    work.clock.advance(hours=20)

    paid = work.relief.pay(asked(household, known=noted.id))

    assert (paid.found_at, paid.decision_due_at) == (noted.found_at, noted.found_at + HOURS)
    assert paid.paid_at == work.clock.now()


def test_the_papers_are_owed_from_the_payment_and_not_from_when_it_was_found(work, household):
    early = work.relief.pay(asked(household))
    long_known = asked(
        household, event=EventKind.SUDDEN_ILLNESS, apart="上周病的",
        found_at=work.clock.now() - timedelta(days=6),
    )  # fmt: skip

    assert work.relief.pay(long_known).paperwork_due_on == early.paperwork_due_on


def test_the_end_of_an_emergency_given_in_parts_lies_after_the_first_part(work, household):
    found = work.clock.now() - timedelta(days=5)
    paid = work.relief.pay(asked(household, parts=PARTS, found_at=found))

    before = refusal(work.relief.steps.end_emergency, paid.id, china_date(found))
    over = work.relief.steps.end_emergency(paid.id, TODAY)

    assert before.code == "M-49"
    assert over.paperwork_due_on == paid.paperwork_due_on


def test_parts_begun_tonight_are_asked_about_whenever_it_was_found(work, household):
    found = work.clock.now() - timedelta(days=5)
    first = work.relief.pay(asked(household, parts=PARTS, found_at=found))
    work.clock.advance(hours=2)
    hurt = asked(household, event=EventKind.TRAFFIC, amount=Money.yuan(400))

    problem = refusal(work.relief.pay, hurt)
    work.clock.advance(hours=22)

    assert (problem.code, first.document_no in problem.what) == ("M-76", True)
    assert work.relief.pay(hurt).apart_from is None


def test_a_later_part_is_no_help_of_that_night(work, household):
    found = work.clock.now() - timedelta(days=5)
    agreed = Approval("镇民政办", ApprovalWay.WRITTEN)
    first = work.relief.pay(asked(household, parts=PARTS, found_at=found, approval=agreed))
    work.clock.advance(days=31)
    work.relief.pay_part(first.id, work.relief.case(first.id).instalments[1].id)

    hurt = asked(household, event=EventKind.TRAFFIC, amount=Money.yuan(400))

    assert work.relief.pay(hurt).apart_from is None


def test_a_first_part_that_was_taken_back_was_no_help_of_that_night(work, household):
    found = work.clock.now() - timedelta(days=5)
    first = work.relief.pay(asked(household, parts=PARTS, found_at=found))
    part = work.relief.case(first.id).instalments[0]
    work.relief.steps.reverse_part(first.id, part.id, "金额写错")

    hurt = asked(household, event=EventKind.TRAFFIC, amount=Money.yuan(400))

    assert work.relief.pay(hurt).apart_from is None
