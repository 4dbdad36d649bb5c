"""Who may judge, look and attest; one application at a time; days that can be."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.domain.application_events import ApplicationEvent as E
from app.domain.casework import ApplicationStatus as S
from app.domain.procedure import (
    Attendant,
    MaterialCode,
    MaterialState,
    ObjectionOutcome,
    ReviewRole,
)
from app.services.application_materials import EARLIEST, SettleMaterial
from app.services.application_publicity import AnswerObjection
from app.services.applications import FileApplication
from app.services.investigations import Investigations, RecordInvestigation
from tests.filing import TWO, Filing, refused, villagers

DAY = timedelta(days=1)
FAILED = {"agree": 2, "against": 8, "abstain": 0}


@pytest.fixture
def filing(work):
    return Filing(work)


@pytest.fixture
def reviewing(filing):
    return filing.assessed().take(E.NEED_REVIEW)


def of_the_village(name, *, recused=False):
    return Attendant(name=name, role=ReviewRole.VILLAGER, recused=recused)


def test_a_name_counts_once_at_a_review(reviewing):
    ten_times = (of_the_village("代表一"),) * 10

    refusal = refused(reviewing.review, attendance=ten_times)

    assert (refusal.code, refusal.field) == ("A-28", "attendance")
    assert "代表一" not in str(refusal)


@pytest.mark.parametrize("name", ["覃兰英", "覃小雨"])
def test_who_applies_and_their_family_sit_out(reviewing, name):
    with_them = (*villagers(9), of_the_village(name))
    sitting_out = (*villagers(10), of_the_village(name, recused=True))

    assert refused(reviewing.review, attendance=with_them).code == "A-41"
    assert reviewing.review(attendance=sitting_out).passed is not None


@pytest.mark.parametrize("expected", [-5, 0, 9])
def test_no_more_come_than_were_expected(reviewing, expected):
    refusal = refused(reviewing.review, expected=expected)

    assert (refusal.code, refusal.field) == ("A-27", "expected")
    assert reviewing.review(expected=10).passed


@pytest.mark.parametrize("votes", [(11, -1, 0), (11, 0, -1), (-1, 11, 0)])
def test_no_votes_are_less_than_none(reviewing, votes):
    agree, against, abstain = votes

    refusal = refused(reviewing.review, agree=agree, against=against, abstain=abstain)

    assert refusal.code == "A-27"


def test_a_review_that_did_not_pass_is_not_followed_by_one_that_does(reviewing):
    assert reviewing.review(**FAILED).passed is False

    assert refused(reviewing.review).code == "A-16"
    assert refused(reviewing.post).code == "A-16"
    assert len(reviewing.whole.reviews) == 1


def test_after_looking_again_they_judge_again_on_the_same_day(reviewing):
    reviewing.review(**FAILED)
    reviewing.objected().answered().take(E.NEED_REVIEW)

    assert refused(reviewing.post).code == "A-15"
    assert reviewing.review().passed
    assert reviewing.post().status is S.NOTICE_POSTED


@pytest.mark.parametrize("name", ["覃兰英", " 覃小雨 "])
def test_nobody_looks_into_their_own_household(filing, name):
    filing.checked()
    theirs = (name, "韦小妹", "覃大山")

    taken = filing.refusal(E.INVESTIGATED, investigators=theirs)
    told = refused(
        Investigations(filing.work.begin, filing.work.clock).record,
        RecordInvestigation(
            household=filing.household.id, investigated_on=filing.today, investigators=theirs,
            respondent="覃兰英", answers={}, fits=True, conclusion="属实",
        ),
    )  # fmt: skip

    assert (taken.code, told.code, told.field) == ("A-13", "F-73", "investigators")
    assert filing.take(E.INVESTIGATED, investigators=TWO).status is S.ASSESSED


def test_nobody_answers_an_objection_to_their_own(filing):
    filing.posted().objected()
    before = filing.status

    refusal = refused(answer_by, filing, ("覃兰英", "韦小妹"))

    assert (refusal.code, filing.status) == ("A-13", before)


def test_an_objection_is_not_answered_without_words(filing):
    filing.posted().objected()

    refusal = refused(answer_by, filing, TWO, " ")

    assert (refusal.code, refusal.field) == ("A-20", "reply")
    assert filing.status is S.REINVESTIGATING


def answer_by(filing, investigators, reply="查了"):
    filing.work.publicity.answer(
        AnswerObjection(
            application=filing.id, handled_on=filing.today, outcome=ObjectionOutcome.DISMISSED,
            reply=reply, investigators=investigators,
        )
    )  # fmt: skip


@pytest.mark.parametrize(
    "status",
    [S.DRAFT, S.SUBMITTED, S.ACCEPTED, S.NOTICE_POSTED, S.SENT_FOR_CONFIRMATION, S.RETURNED],
)
def test_beside_one_under_way_no_other_is_begun(filing, status):
    filing.county_says(status)
    request = FileApplication(household=filing.household.id, assessment=None)

    assert refused(filing.work.applications.file, request).code == "A-38"
    filing.county_says(S.WITHDRAWN)
    assert filing.work.applications.file(request).status is S.DRAFT


def kept_of(filing):
    facts = filing.work.assessments.start(filing.household.id)
    return filing.work.assessments.save(filing.household.id, facts)


@pytest.mark.parametrize("status", [S.DRAFT, S.RETURNED, S.REFUSED, S.WATCHLISTED])
def test_a_new_test_goes_into_what_is_in_hand_or_begins_anew(filing, status):
    filing.county_says(status)

    made = filing.work.applications.from_assessment(kept_of(filing)).application

    assert (made.id == filing.id) is (status not in {S.REFUSED, S.WATCHLISTED})


def test_a_review_too_few_came_to_decides_nothing_and_is_held_again(reviewing):
    few = reviewing.review(attendance=villagers(3), agree=3, against=0, abstain=0)
    assert few.is_void
    assert refused(reviewing.post).code == "A-15"

    assert reviewing.review().passed

    assert reviewing.post().status is S.NOTICE_POSTED


def settle(filing, **said):
    request = {
        "application": filing.id, "code": MaterialCode.HUKOU_BOOK, "person": None, "name": "户口本",
        "state": MaterialState.RECEIVED, "day": filing.today,
    }  # fmt: skip
    filing.work.materials.settle(SettleMaterial(**(request | said)))


def test_material_did_not_come_in_a_year_before_the_application(filing):
    first = filing.now.filed_on - EARLIEST

    assert refused(settle, filing, day=date(1900, 1, 1)).code == "A-26"
    assert refused(settle, filing, day=first - DAY).code == "A-26"
    settle(filing, day=first)


@pytest.mark.parametrize("status", [S.SENT_FOR_CONFIRMATION, S.CONFIRMED, S.WITHDRAWN])
def test_material_stands_while_the_county_has_it_and_after(filing, status):
    filing.county_says(status)

    assert refused(settle, filing).code == "A-35"
    filing.county_says(S.RETURNED)
    settle(filing)
