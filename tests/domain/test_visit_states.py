"""The machines of planned visits, referrals and leads, pair by pair."""

from __future__ import annotations

from itertools import product

import pytest

from app.domain.problem import Refused
from app.domain.referral_states import (
    AWAY,
    LEAD,
    REFERRAL,
    LeadEvent,
    LeadStatus,
    ReferralEvent,
    ReferralStatus,
)
from app.domain.strokes import MOST_POINTS, strokes_json, strokes_of
from app.domain.visit_states import OPEN_PLANS, PLAN, PlanEvent, PlanStatus

P, PE = PlanStatus, PlanEvent
R, RE = ReferralStatus, ReferralEvent
L, LE = LeadStatus, LeadEvent
LEGAL = {
    (PLAN.code, P.PLANNED, PE.START): P.IN_PROGRESS,
    (PLAN.code, P.PLANNED, PE.MISS): P.MISSED,
    (PLAN.code, P.PLANNED, PE.CANCEL): P.CANCELLED,
    (PLAN.code, P.IN_PROGRESS, PE.COMPLETE): P.COMPLETED,
    (PLAN.code, P.IN_PROGRESS, PE.MISS): P.MISSED,
    (PLAN.code, P.IN_PROGRESS, PE.CANCEL): P.CANCELLED,
    (REFERRAL.code, R.DRAFT, RE.CONSENT): R.CONSENTED,
    (REFERRAL.code, R.DRAFT, RE.REPORT): R.SENT,
    (REFERRAL.code, R.DRAFT, RE.WITHDRAW): R.CLOSED,
    (REFERRAL.code, R.CONSENTED, RE.SEND): R.SENT,
    (REFERRAL.code, R.CONSENTED, RE.WITHDRAW): R.CLOSED,
    (REFERRAL.code, R.SENT, RE.RECEIVE): R.RECEIVED,
    (REFERRAL.code, R.RECEIVED, RE.ACCEPT): R.ACCEPTED,
    (REFERRAL.code, R.RECEIVED, RE.DECLINE): R.DECLINED,
    (REFERRAL.code, R.ACCEPTED, RE.BEGIN): R.IN_SERVICE,
    (REFERRAL.code, R.IN_SERVICE, RE.RESOLVE): R.RESOLVED,
    (REFERRAL.code, R.IN_SERVICE, RE.FAIL): R.UNRESOLVED,
    (REFERRAL.code, R.DECLINED, RE.FEED_BACK): R.FEEDBACK_RECORDED,
    (REFERRAL.code, R.RESOLVED, RE.FEED_BACK): R.FEEDBACK_RECORDED,
    (REFERRAL.code, R.UNRESOLVED, RE.FEED_BACK): R.FEEDBACK_RECORDED,
    (REFERRAL.code, R.FEEDBACK_RECORDED, RE.CLOSE): R.CLOSED,
    (LEAD.code, L.OPEN, LE.VERIFY): L.VERIFIED,
    (LEAD.code, L.OPEN, LE.DISMISS): L.DISMISSED,
    (LEAD.code, L.VERIFIED, LE.HAND_ON): L.HANDED_ON,
    (LEAD.code, L.VERIFIED, LE.DISMISS): L.DISMISSED,
    (LEAD.code, L.HANDED_ON, LE.HAND_ON): L.HANDED_ON,
    (LEAD.code, L.HANDED_ON, LE.DISMISS): L.DISMISSED,
}
MACHINES = ((PLAN, P, PE), (REFERRAL, R, RE), (LEAD, L, LE))


def _legal():
    by_code = {machine.code: machine for machine, _states, _events in MACHINES}
    return [(by_code[code], state, event, after) for (code, state, event), after in LEGAL.items()]


def _illegal():
    return [
        (machine, state, event)
        for machine, states, events in MACHINES
        for state, event in product(states, events)
        if (machine.code, state, event) not in LEGAL
    ]


@pytest.mark.parametrize(("machine", "state", "event", "after"), _legal())
def test_a_legal_pair_leads_where_the_domain_says(machine, state, event, after):
    assert machine.after(state, event) is after


@pytest.mark.parametrize(("machine", "state", "event"), _illegal())
def test_every_other_pair_is_refused_with_the_number_of_its_machine(machine, state, event):
    with pytest.raises(Refused) as refused:
        machine.after(state, event)

    assert refused.value.code == machine.code


def test_nothing_is_sent_without_consent():
    before_sending = [state for state in R if REFERRAL.may(state, RE.SEND)]

    assert before_sending == [R.CONSENTED]
    assert [state for state in AWAY if REFERRAL.is_final(state)] == []


def test_a_plan_is_open_until_something_ends_it():
    assert {state for state in P if not PLAN.is_final(state)} == OPEN_PLANS


def test_a_signature_is_the_same_after_it_was_kept():
    strokes = (((0, 0), (500, 120)), ((1000, 300),))

    assert strokes_of(strokes_json(strokes)) == strokes


@pytest.mark.parametrize("strokes", [(), ((),), (((1, 1),) * (MOST_POINTS + 1),)])
def test_an_empty_or_endless_signature_is_refused(strokes):
    with pytest.raises(Refused) as refused:
        strokes_json(strokes)

    assert refused.value.code == "F-69"


@pytest.mark.parametrize("content", [b"[[[1001, 0]]]", b"[[[0, -1]]]", b"[[[1]]]", b"nothing"])
def test_what_is_no_signature_is_never_drawn(content):
    with pytest.raises(ValueError, match=r"pad|unpack|Expecting"):
        strokes_of(content)
