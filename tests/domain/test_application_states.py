"""The application's machine, pair by pair: what is legal, and that nothing else is."""

from __future__ import annotations

from itertools import product

import pytest

from app.domain.application_events import ApplicationEvent as E
from app.domain.application_states import (
    APPLICATION,
    BY_COUNTY,
    DECIDED,
    OVER,
    county_may_decide,
    device_may_move,
)
from app.domain.casework import ApplicationStatus as S
from app.domain.problem import Refused

UNDER_WAY = (
    S.ACCEPTED, S.CHECKING, S.INVESTIGATING, S.ASSESSED, S.IN_REVIEW, S.NOTICE_POSTED,
    S.REINVESTIGATING,
)  # fmt: skip
OPEN = (
    S.DRAFT, S.SUBMITTED, S.SUPPLEMENT_REQUESTED, *UNDER_WAY, S.SENT_FOR_CONFIRMATION, S.RETURNED,
)  # fmt: skip
LEGAL = {
    (S.DRAFT, E.SUBMIT, S.SUBMITTED),
    (S.SUBMITTED, E.NEED_MATERIAL, S.SUPPLEMENT_REQUESTED),
    (S.SUPPLEMENT_REQUESTED, E.MATERIAL_IN, S.SUBMITTED),
    (S.SUBMITTED, E.NOT_ACCEPT, S.NOT_ACCEPTED),
    (S.SUBMITTED, E.PRECHECK, S.SUBMITTED),
    (S.SUBMITTED, E.ACCEPT, S.ACCEPTED),
    (S.ACCEPTED, E.SEND_CHECK, S.CHECKING),
    (S.ACCEPTED, E.CHECK_REPORT, S.INVESTIGATING),
    (S.CHECKING, E.CHECK_REPORT, S.INVESTIGATING),
    (S.INVESTIGATING, E.INVESTIGATED, S.ASSESSED),
    (S.ASSESSED, E.NEED_REVIEW, S.IN_REVIEW),
    (S.IN_REVIEW, E.REVIEWED, S.IN_REVIEW),
    (S.ASSESSED, E.POST, S.NOTICE_POSTED),
    (S.IN_REVIEW, E.POST, S.NOTICE_POSTED),
    (S.IN_REVIEW, E.OBJECTION, S.REINVESTIGATING),
    (S.NOTICE_POSTED, E.OBJECTION, S.REINVESTIGATING),
    (S.REINVESTIGATING, E.REINVESTIGATED, S.ASSESSED),
    (S.REINVESTIGATING, E.OBJECTION, S.REINVESTIGATING),
    (S.NOTICE_POSTED, E.POST, S.NOTICE_POSTED),
    (S.NOTICE_POSTED, E.NOTICE_CLEAN, S.SENT_FOR_CONFIRMATION),
    (S.SENT_FOR_CONFIRMATION, E.CONFIRM, S.CONFIRMED),
    (S.SENT_FOR_CONFIRMATION, E.RETURN, S.RETURNED),
    (S.SENT_FOR_CONFIRMATION, E.REFUSE, S.REFUSED),
    (S.CONFIRMED, E.PUBLISH, S.PUBLISHED),
    (S.CONFIRMED, E.REGISTER, S.WATCHLISTED),
    (S.REFUSED, E.REGISTER, S.WATCHLISTED),
    (S.RETURNED, E.RESUBMIT, S.SUBMITTED),
    (S.RETURNED, E.RESEND, S.SENT_FOR_CONFIRMATION),
    (S.RETURNED, E.REOPEN, S.ASSESSED),
    (S.RETURNED, E.REWORK, S.DRAFT),
    *((state, event, state) for state in UNDER_WAY
      for event in (E.NEED_MATERIAL, E.MATERIAL_IN, E.EXTEND)),
    *((state, E.TELL, state) for state in
      (S.NOT_ACCEPTED, S.CONFIRMED, S.REFUSED, S.PUBLISHED, S.WATCHLISTED)),
    *((state, E.POST_LIST, state) for state in (S.CONFIRMED, S.PUBLISHED)),
    *((state, E.WITHDRAW, S.WITHDRAWN) for state in OPEN),
    *((state, E.DEATH, S.CLOSED_BY_DEATH) for state in OPEN),
}  # fmt: skip
"""Written out beside the table on purpose: a move that slips in or out is seen here."""
PAIRS = {(before, event) for before, event, _ in LEGAL}


@pytest.mark.parametrize(("before", "event", "after"), sorted(LEGAL))
def test_a_legal_step_leads_where_it_should(before, event, after):
    assert APPLICATION.after(S(before), E(event)) is S(after)


@pytest.mark.parametrize(("before", "event"), sorted(set(product(S, E)) - PAIRS))
def test_every_other_step_is_refused_by_name(before, event):
    with pytest.raises(Refused) as refused:
        APPLICATION.after(before, event)

    assert refused.value.code == "A-01"
    assert before.label in refused.value.what
    assert event.label in refused.value.what


def test_what_the_county_does_no_laptop_does():
    assert {E.CONFIRM, E.RETURN, E.REFUSE, E.PUBLISH, E.REGISTER} == BY_COUNTY
    moves = [(one, other) for one, other in product(S, S) if one is not other]
    reached = {after for before, after in moves if device_may_move(before, after)}
    assert reached.isdisjoint(DECIDED | {S.RETURNED})


def test_the_county_answers_what_was_handed_in_and_is_not_over():
    answered = {state for state in S if county_may_decide(state)}

    assert answered == set(S) - {S.DRAFT} - OVER
    assert {S.RETURNED, S.SUBMITTED, S.SENT_FOR_CONFIRMATION} <= answered


def test_what_is_over_moves_no_more_but_for_telling_and_the_county():
    for state in OVER:
        assert set(APPLICATION.events(state)) <= {E.TELL, E.POST_LIST, *BY_COUNTY}
