"""Guards of an application that no other test would miss."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.application_events import ApplicationEvent as E
from app.domain.casework import ApplicationStatus as S
from app.services.application_guards import was_sent
from app.services.stepping import StepFacts, application_in, record_step
from tests.filing import TOLD, TWO, Filing, refused

DAY = timedelta(days=1)


@pytest.fixture
def filing(work):
    return Filing(work)


def reworked(filing):
    """It was at the county, came back and is a draft again."""
    filing.sent().county_says(S.RETURNED)
    with filing.work.begin() as unit:
        application = application_in(unit, filing.id)
        facts = StepFacts(happened_on=filing.today)
        record_step(unit, application, E.REWORK, facts, at=filing.work.clock.now())
        unit.commit()
    return filing


def test_what_was_made_anew_since_has_not_been_at_the_county(filing):
    reworked(filing).take(E.SUBMIT).take(E.ACCEPT, **TOLD)
    filing.county_says(S.RETURNED)

    assert not was_sent(filing.whole.steps)
    assert {E.RESEND, E.REOPEN} & filing.events() == set()
    assert filing.refusal(E.RESEND).code == "A-22"
    assert filing.refusal(E.REOPEN, note="再调查").code == "A-22"
    assert filing.take(E.RESUBMIT).status is S.SUBMITTED


def test_what_was_at_the_county_does_not_begin_at_the_township_again(filing):
    filing.sent().county_says(S.RETURNED)

    assert was_sent(filing.whole.steps)
    assert filing.refusal(E.RESUBMIT).code == "A-22"
    assert filing.take(E.RESEND).status is S.SENT_FOR_CONFIRMATION


@pytest.mark.parametrize("event", [E.NOT_ACCEPT, E.NEED_MATERIAL, E.ACCEPT])
def test_each_paper_of_the_township_has_its_number(filing, event):
    filing.submitted()
    said = {"note": "不够条件", "materials": ("离婚证",)}

    assert filing.refusal(event, told_by="韦主任", **said).code == "A-07"
    assert filing.refusal(event, paper_no="1号", **said).code == "A-06"


def test_a_check_the_township_tells_of_needs_who_and_no_paper(filing):
    filing.accepted()

    assert filing.refusal(E.CHECK_REPORT).code == "A-06"
    assert filing.take(E.CHECK_REPORT, told_by="韦主任").status is S.INVESTIGATING


def test_an_extension_and_looking_again_say_why(filing):
    filing.accepted()
    assert filing.refusal(E.EXTEND, **TOLD).code == "A-08"
    filing.take(E.CHECK_REPORT, **TOLD).take(E.INVESTIGATED, investigators=TWO).post()
    filing.work.clock.advance(days=8)
    filing.take(E.NOTICE_CLEAN).county_says(S.RETURNED)

    assert filing.refusal(E.REOPEN, note=" ").code == "A-08"
    assert filing.take(E.REOPEN, note="漏了一个人").status is S.ASSESSED


@pytest.mark.parametrize(
    ("lacks", "field"),
    [
        ({"places": ()}, "places"),
        ({"posted_by": (" ",)}, "posted_by"),
        ({"witnesses": ("韦小妹", "覃大山")}, "witnesses"),
        ({"witnesses": ("韦小妹", " 韦小妹")}, "witnesses"),
    ],
)
def test_a_notice_has_a_place_a_hand_and_two_other_witnesses(filing, lacks, field):
    filing.assessed()

    refusal = refused(filing.post, **lacks)

    assert (refusal.code, refusal.field) == ("A-17", field)


def test_a_notice_hangs_through_its_last_day(filing):
    filing.posted()
    last = filing.whole.notices[0].ends_on
    filing.work.clock.advance(days=(last - filing.today).days)

    assert filing.refusal(E.NOTICE_CLEAN).code == "A-19"
    filing.work.clock.advance(days=1)
    assert filing.take(E.NOTICE_CLEAN).status is S.SENT_FOR_CONFIRMATION
