"""What is found at the door reaches the application, and the board shows no stale sum."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.application_events import ApplicationEvent as E
from app.domain.casework import ApplicationStatus as S
from app.domain.family import FamilyChange, FamilyDeed, Newcomer
from app.domain.households import Category
from app.domain.money import Money
from app.domain.people import DisabilityKind, Labour, Relation
from app.domain.procedure import ObjectionOutcome
from app.domain.today import WorkKind
from app.rules.facts import Disability
from tests.filing import TOLD, TWO, Filing, refused
from tests.reassessing import interview

POOR, BETTER_OFF = 500, 1_900


@pytest.fixture
def filing(work):
    """An application drafted from a test in which the two of them live on five hundred."""
    filing = Filing(work)
    attach(filing, interview(work, filing.household.id, POOR))
    return filing


def attach(filing, test):
    return filing.work.applications.from_assessment(test).application


def found_at_the_door(filing):
    return interview(filing.work, filing.household.id, BETTER_OFF)


def earn(filing, wage):
    """The wage put right on the household's page; no test is kept."""
    with filing.work.begin() as work:
        (income,) = work.households.get(filing.household.id).incomes
        work.change(
            kind="household.corrected",
            entity="income_item",
            entity_id=income.id,
            subject=filing.household.id,
            fields={"amount_fen": Money.yuan(wage).fen},
        )
        work.commit()


BEFORE_THE_BOARD = {
    S.SUBMITTED: lambda filing: filing.submitted(),
    S.SUPPLEMENT_REQUESTED: lambda filing: filing.submitted().take(
        E.NEED_MATERIAL, materials=("户口本",), **TOLD
    ),
    S.ACCEPTED: lambda filing: filing.accepted(),
    S.CHECKING: lambda filing: filing.accepted().take(E.SEND_CHECK, **TOLD),
    S.INVESTIGATING: lambda filing: filing.checked(),
    S.ASSESSED: lambda filing: filing.assessed(),
    S.IN_REVIEW: lambda filing: filing.assessed().take(E.NEED_REVIEW),
    S.REINVESTIGATING: lambda filing: filing.posted().objected(),
}


@pytest.mark.parametrize("status", BEFORE_THE_BOARD)
def test_a_newer_test_goes_into_what_is_under_way(filing, status):
    BEFORE_THE_BOARD[status](filing)
    before = filing.now
    newer = found_at_the_door(filing)

    made = attach(filing, newer)

    assert before.status is status
    assert made == replace(before, assessment=newer)
    assert attach(filing, newer) == made
    assert len(filing.work.applications.of(filing.household.id)) == 1


def test_an_older_test_does_not_take_the_place_of_a_newer(filing):
    first = filing.now.assessment
    filing.submitted()
    filing.work.clock.advance(hours=1)
    newer = interview(filing.work, filing.household.id, 600)
    attach(filing, newer)

    assert refused(attach, filing, first).code == "A-38"
    assert filing.now.assessment == newer


def test_a_rung_nobody_asked_for_is_asked_for_with_the_newer_test(filing):
    filing.assessed()
    before = filing.now.requested
    newer = interview(filing.work, filing.household.id, 1_200)
    suggested = filing.work.assessments.get(newer).suggested

    made = attach(filing, newer)

    assert suggested is Category.MARGINAL
    assert Category.MARGINAL not in before
    assert made.requested == (Category.MARGINAL, *before)


def test_what_was_reviewed_on_an_older_test_is_reviewed_again(filing):
    filing.assessed().take(E.NEED_REVIEW)
    filing.review()
    filing.work.clock.advance(hours=1)
    attach(filing, interview(filing.work, filing.household.id, 600))

    assert refused(filing.post).code == "A-15"
    filing.work.clock.advance(hours=1)
    filing.review()
    assert filing.post().status is S.NOTICE_POSTED


def test_after_a_review_that_did_not_pass_it_is_looked_at_before_it_is_tested_anew(filing):
    filing.assessed().take(E.NEED_REVIEW)
    filing.review(agree=2, against=8, abstain=0)
    before = filing.now
    newer = interview(filing.work, filing.household.id, 600)

    assert refused(attach, filing, newer).code == "A-16"
    assert filing.now == before


def test_nobody_judges_what_is_not_so_any_more(filing):
    filing.assessed().take(E.NEED_REVIEW)
    earn(filing, BETTER_OFF)

    assert refused(filing.review).code == "A-47"
    assert application_row(filing).action == "家里情况改过，重新测算，放进这份申请"


def test_no_board_says_of_somebody_out_of_reach_that_they_are_agreed_to(filing):
    filing.assessed()
    attach(filing, found_at_the_door(filing))

    refusal = refused(filing.post)

    assert (refusal.code, filing.status) == ("A-49", S.ASSESSED)
    assert application_row(filing).action == "照测算都不符合，告诉镇里"


def application_row(filing):
    rows = filing.work.worklist.today().items
    return next(one for one in rows if one.kind is WorkKind.APPLICATION)


def test_what_hangs_on_the_board_hangs_anew_before_it_goes_up(filing):
    filing.posted()
    filing.work.clock.advance(days=3)
    attach(filing, interview(filing.work, filing.household.id, 600))
    filing.work.clock.advance(days=5)

    assert "报上去" not in today(filing).action
    refusal = filing.refusal(E.NOTICE_CLEAN)
    assert (refusal.code, filing.status) == ("A-48", S.NOTICE_POSTED)
    assert E.POST in filing.events()

    filing.post()
    assert E.POST not in filing.events()
    assert filing.refusal(E.NOTICE_CLEAN).code == "A-19"
    filing.work.clock.advance(days=8)
    assert filing.take(E.NOTICE_CLEAN).status is S.SENT_FOR_CONFIRMATION


def today(filing):
    """The row about the notice."""
    rows = filing.work.worklist.today().items
    return next(one for one in rows if one.kind is WorkKind.NOTICE_END)


def test_who_applies_now_is_who_people_could_read_of(filing):
    filing.posted()
    other = filing.household.members[1].person.id
    filing.work.signatures.set_applicant(filing.id, other)
    filing.work.clock.advance(days=8)

    assert filing.refusal(E.NOTICE_CLEAN).code == "A-48"


def test_what_hangs_as_it_is_is_not_put_up_twice(filing):
    filing.posted()

    assert E.POST not in filing.events()


def test_a_second_villager_objects_while_the_first_objection_is_looked_into(filing):
    filing.posted().objected().objected()
    assert filing.status is S.REINVESTIGATING

    filing.answered()

    assert [one.outcome for one in filing.whole.objections] == [ObjectionOutcome.DISMISSED] * 2


def test_the_board_says_how_many_the_rung_covers(work):
    """Two people, one of them 重残: the rung is for one."""
    filing = Filing(work)
    attach(filing, interview(work, filing.household.id, 1_400))
    facts = work.assessments.start(filing.household.id)
    first, second = facts.household.members
    ill = replace(
        second, disabled=True, disability=Disability(DisabilityKind.PHYSICAL, 1), labour=Labour.NONE
    )
    known = replace(facts.household, members=(first, ill))
    attach(filing, work.assessments.save(filing.household.id, replace(facts, household=known)))

    filing.posted()

    tested = work.assessments.get(filing.now.assessment)
    assert tested.suggested in {Category.TEKUN, Category.SINGLE_PERSON}
    body = filing.whole.notices[0].body
    assert (body["category"], body["people"], body["covered"]) == (tested.suggested.value, 2, 1)


@pytest.mark.parametrize("status", [S.SENT_FOR_CONFIRMATION])
def test_with_the_county_it_is_the_countys(filing, status):
    filing.county_says(status)
    newer = found_at_the_door(filing)

    refusal = refused(attach, filing, newer)

    assert (refusal.code, "报到县里" in refusal.what) == ("A-38", True)


def test_an_objection_that_holds_leads_to_another_sum_on_the_board(filing):
    filing.posted().objected()
    first = filing.whole.notices[0].body["benefit_fen"]
    newer = interview(filing.work, filing.household.id, 600)
    filing.answered(ObjectionOutcome.UPHELD)

    assert refused(filing.post).code == "A-47"
    attach(filing, newer)
    filing.post()

    assert 0 < filing.whole.notices[0].body["benefit_fen"] < first


def test_no_sum_hangs_that_the_facts_do_not_give_any_more(filing):
    filing.assessed()
    earn(filing, BETTER_OFF)

    refusal = refused(filing.post)

    assert (refusal.code, filing.status) == ("A-47", S.ASSESSED)
    assert "测算以后家里的情况改过，要重新测算" in [one.what for one in filing.whole.lacks]
    attach(filing, interview(filing.work, filing.household.id, 600))
    assert "测算以后家里的情况改过，要重新测算" not in [one.what for one in filing.whole.lacks]
    assert filing.post().status is S.NOTICE_POSTED


def test_a_fact_that_changes_no_answer_asks_for_no_new_test(filing):
    filing.assessed()
    with filing.work.begin() as work:
        work.change(
            kind="household.corrected",
            entity="household",
            entity_id=filing.household.id,
            subject=filing.household.id,
            fields={"phone": "0773-5550123"},
        )
        work.commit()

    assert filing.post().status is S.NOTICE_POSTED


def test_a_child_born_since_the_test_is_recorded_and_asks_for_a_new_one(filing):
    filing.assessed()
    filing.work.clock.advance(days=20)
    born = filing.today - timedelta(days=3)
    child = Newcomer(name="覃小宝", relation=Relation.GRANDCHILD, birth=born)

    filing.work.families.do(
        FamilyChange(
            household=filing.household.id, kind=FamilyDeed.BIRTH, on=born, people=(),
            newcomer=child,
        )
    )  # fmt: skip

    assert filing.whole.household.members[-1].person.name == "覃小宝"
    assert refused(filing.post).code == "A-47"


def test_the_second_look_may_find_what_the_first_did_not(filing):
    """Two people look, the sum changes, and the notice says the new one."""
    filing.checked()
    newer = interview(filing.work, filing.household.id, 600)
    attach(filing, newer)
    filing.take(E.INVESTIGATED, investigators=TWO)

    filing.post()

    assert filing.now.assessment == newer
