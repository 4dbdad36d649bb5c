"""A step stands on what held on its day, whenever it is typed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.application_events import ApplicationEvent as E
from app.domain.casework import ApplicationStatus as S
from app.domain.procedure import SignedKind
from tests.filing import TOLD, Filing

DAY = timedelta(days=1)


@pytest.fixture
def filing(work):
    return Filing(work)


def take_back(filing):
    for one in filing.whole.signatures:
        if one.kind is SignedKind.AUTHORISATION and one.holds:
            filing.work.signatures.revoke(one.paper.id, filing.today, "不想查了")


def test_handed_in_on_a_day_it_needs_the_signatures_of_that_day(filing):
    day = filing.today
    filing.work.clock.advance(days=6)
    filing.sign()

    assert filing.refusal(E.SUBMIT, happened_on=day).code in {"A-02", "A-03"}
    assert filing.take(E.SUBMIT).status is S.SUBMITTED


def test_what_is_over_is_not_extended(filing):
    filing.accepted()
    due = filing.whole.clocks[-1].deadline.due_on
    filing.work.clock.advance(days=(due - filing.today).days + 1)

    assert filing.refusal(E.EXTEND, note="案情复杂", **TOLD).code == "A-21"
    filing.take(E.EXTEND, note="案情复杂", happened_on=due, **TOLD)


def test_a_result_without_a_day_it_was_asked_for_stands_on_the_authorisations_of_its_own(filing):
    filing.accepted()
    filing.work.clock.advance(days=1)
    take_back(filing)

    assert filing.refusal(E.CHECK_REPORT, **TOLD).code == "A-46"
    assert filing.status is S.ACCEPTED


def test_a_result_of_what_was_asked_for_in_time_is_taken(filing):
    filing.accepted().take(E.SEND_CHECK, **TOLD)
    filing.work.clock.advance(days=1)
    take_back(filing)

    assert filing.take(E.CHECK_REPORT, **TOLD).status is S.INVESTIGATING


def test_what_went_up_while_it_was_authorised_may_be_typed_later(filing):
    filing.posted()
    filing.work.clock.advance(days=8)
    up = filing.today
    filing.work.clock.advance(days=3)
    take_back(filing)

    assert filing.refusal(E.NOTICE_CLEAN).code == "A-46"
    assert filing.take(E.NOTICE_CLEAN, happened_on=up).status is S.SENT_FOR_CONFIRMATION
