"""Visits, payments and the day they make, each in one transaction, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.domain.casework import EventKind, Met, ReliefStatus, ReliefWay
from app.domain.money import Money
from app.domain.relief_case import LATE_PAPERS
from app.domain.relief_words import ApprovalWay
from app.domain.today import WorkKind
from app.services.relief_asked import Approval, MakeUp, PayRelief
from app.services.visits import LONGEST_NOTE
from tests.casework import TODAY, head_of, payment, refusal, visit
from tests.storefile import household_of

AGREED = Approval("黄镇长", ApprovalWay.PHONE)


@pytest.fixture
def household(work):
    """One 低保 household of two."""
    made = household_of("覃兰英", "覃小雨", id_number=None)
    work.households.add_all([made])
    return made


def test_a_visit_is_saved_with_its_visitor_and_its_operation(work, household):
    before = head_of(work)

    saved = work.visits.get(work.visits.record(visit(household, note=" 药快吃完了 ")))

    assert (saved.note, saved.visitor) == ("药快吃完了", "测试协理员")
    assert head_of(work) == before + 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"visited_on": TODAY + timedelta(days=1)}, "F-02"),
        ({"note": "长" * (LONGEST_NOTE + 1)}, "F-03"),
        ({"household": "nobody"}, "F-01"),
    ],
)
def test_a_visit_that_cannot_stand_is_refused_and_not_saved(work, household, changes, code):
    before = head_of(work)

    problem = refusal(work.visits.record, visit(household, **changes))

    assert problem.code == code
    assert head_of(work) == before


def test_finishing_a_visit_drops_its_draft_in_the_same_breath(work, household):
    work.drafts.keep("visit:x", {"note": "写到一半"})

    work.visits.record(visit(household, draft_key="visit:x"))

    assert work.drafts.get("visit:x") is None


def test_a_draft_is_found_again_as_it_was_left(work):
    work.drafts.keep("visit:x", {"note": "写到一半", "health": "ill"})
    work.drafts.keep("visit:x", {"note": "写到一半了", "health": "ill"})

    assert work.drafts.get("visit:x") == {"note": "写到一半了", "health": "ill"}
    assert work.drafts.keys() == ["visit:x"]


def test_a_payment_is_numbered_owed_for_and_taken_from_the_quota(work, household):
    paid = work.relief.pay(payment(household))

    assert paid.status is ReliefStatus.PAPERWORK_PENDING
    assert paid.document_no.startswith("459901-07-2026-000001-")
    assert paid.paperwork_due_on == date(2026, 3, 9)
    assert "练习县临时救助办法" in paid.paperwork_rule
    assert work.relief.allowance().left == Money.yuan(700)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"payee_name": "  "}, "F-10"),
        ({"amount": Money(0)}, "F-11"),
        ({"amount": Money(-1)}, "F-11"),
        ({"amount": Money.yuan(5000)}, "F-14"),
        ({"amount": Money(100_001)}, "F-15"),
    ],
)
def test_a_payment_that_may_not_be_made_is_refused_and_nothing_is_spent(
    work, household, changes, code
):
    problem = refusal(work.relief.pay, payment(household, **changes))

    assert problem.code == code
    assert work.relief.all() == []
    assert work.relief.allowance().left == Money.yuan(1000)


def test_the_same_payment_typed_twice_is_one_payment(work, household):
    work.relief.pay(payment(household))

    problem = refusal(work.relief.pay, payment(household))

    assert problem.code == "F-13"
    assert len(work.relief.all()) == 1


def test_the_quota_is_never_overdrawn(work, household):
    for event in (EventKind.FIRE, EventKind.FLOOD, EventKind.NO_FOOD):
        work.relief.pay(payment(household, event=event, apart="又一件事"))

    other = payment(household, event=EventKind.OTHER, apart="又一件事")
    problem = refusal(work.relief.pay, other)

    assert problem.code == "F-15"
    assert work.relief.allowance().left == Money.yuan(100)


def test_an_expired_quota_pays_nothing(work, household):
    work.clock.advance(days=120)

    assert refusal(work.relief.pay, payment(household)).code == "F-15"


def test_somebody_unknown_here_is_helped_too(work):
    unknown = PayRelief(
        household=None,
        payee_name="不知姓名的过路人",
        event=EventKind.NO_FOOD,
        amount=Money.yuan(100),
        way=ReliefWay.GOODS,
        goods="米十斤",
    )

    assert work.relief.pay(unknown).household is None


def test_handed_in_paperwork_ends_the_debt(work, household):
    paid = work.relief.pay(payment(household))

    work.relief.steps.make_up(paid.id, MakeUp(items=LATE_PAPERS))

    assert work.relief.get(paid.id).status is ReliefStatus.SUPPLEMENTED
    assert WorkKind.RELIEF_PAPERWORK not in {i.kind for i in work.worklist.today().items}


def test_overdue_paperwork_comes_first(work, household):
    work.relief.pay(payment(household, approval=AGREED))
    work.clock.advance(days=14)

    first = work.worklist.today().items[0]

    assert (first.kind, first.overdue) == (WorkKind.RELIEF_PAPERWORK, True)
    assert "超期" in first.due_text


def test_paperwork_presses_when_it_is_nearly_due_not_before(work, household):
    work.relief.pay(payment(household, approval=AGREED))
    early = next(i for i in work.worklist.today().items if i.kind is WorkKind.RELIEF_PAPERWORK)
    work.clock.advance(days=(early.due_on - TODAY).days - 1)

    late = work.worklist.today().items[0]

    assert (early.pressing, early.overdue) == (False, False)
    assert (late.kind, late.pressing) == (WorkKind.RELIEF_PAPERWORK, True)


def test_a_household_nobody_has_seen_this_month_is_on_the_list_until_it_is_seen(work, household):
    assert [i.household for i in work.worklist.today().items] == [household.id]

    work.visits.record(visit(household))

    assert work.worklist.today().items == ()


def test_finding_nobody_at_home_is_not_a_visit_made(work, household):
    work.visits.record(visit(household, met=Met.NOBODY))

    assert [i.kind for i in work.worklist.today().items] == [WorkKind.VISIT]
