"""The machines of care agreements, of the watch list and of cases, pair by pair."""

from __future__ import annotations

from itertools import product

import pytest

from app.domain.care_states import CARE, FOLLOWED, IN_FORCE, CareEvent
from app.domain.care_states import IN_HAND as CARE_IN_HAND
from app.domain.care_states import CareStatus as C
from app.domain.case_plan_states import CASE_PLAN, STAGES, CaseEvent
from app.domain.case_plan_states import IN_HAND as CASE_IN_HAND
from app.domain.case_plan_states import CaseStage as P
from app.domain.problem import Refused
from app.domain.watch_states import IN_HAND as WATCH_IN_HAND
from app.domain.watch_states import TOLD_BY_OTHERS, WATCH, WATCHED, WatchEvent
from app.domain.watch_states import WatchStatus as W

LEGAL = {
    (C.DRAFTED, CareEvent.SIGN): C.SIGNED,
    (C.DRAFTED, CareEvent.DROP): C.CLOSED,
    (C.SIGNED, CareEvent.BEGIN): C.ACTIVE,
    (C.SIGNED, CareEvent.CHECK): C.SIGNED,
    (C.SIGNED, CareEvent.REPLACE): C.TERMINATED,
    (C.SIGNED, CareEvent.TERMINATE): C.TERMINATED,
    (C.ACTIVE, CareEvent.CHECK): C.ACTIVE,
    (C.ACTIVE, CareEvent.RENEW): C.RENEWED,
    (C.ACTIVE, CareEvent.REPLACE): C.TERMINATED,
    (C.ACTIVE, CareEvent.TERMINATE): C.TERMINATED,
    (C.TERMINATED, CareEvent.CLOSE): C.CLOSED,
    (W.NOTICED, WatchEvent.VERIFY): W.VERIFIED,
    (W.NOTICED, WatchEvent.DISMISS): W.DISMISSED,
    (W.VERIFIED, WatchEvent.LIST): W.LISTED,
    (W.VERIFIED, WatchEvent.PROMOTE): W.PROMOTED,
    (W.VERIFIED, WatchEvent.DISMISS): W.DISMISSED,
    (W.LISTED, WatchEvent.COMPARE): W.LISTED,
    (W.LISTED, WatchEvent.OBSERVE): W.OBSERVED,
    (W.LISTED, WatchEvent.PROMOTE): W.PROMOTED,
    (W.OBSERVED, WatchEvent.COMPARE): W.OBSERVED,
    (W.OBSERVED, WatchEvent.REOPEN): W.LISTED,
    (W.OBSERVED, WatchEvent.PROMOTE): W.PROMOTED,
    (W.OBSERVED, WatchEvent.REMOVE): W.OFF,
}
OF_A_CASE = {
    (P.IDENTIFY, CaseEvent.DONE): P.ANALYSE,
    (P.ANALYSE, CaseEvent.DONE): P.DRAW_UP,
    (P.ANALYSE, CaseEvent.SKIP): P.DRAW_UP,
    (P.DRAW_UP, CaseEvent.DONE): P.GATHER,
    (P.DRAW_UP, CaseEvent.SKIP): P.GATHER,
    (P.GATHER, CaseEvent.DONE): P.STEP_IN,
    (P.GATHER, CaseEvent.SKIP): P.STEP_IN,
    (P.STEP_IN, CaseEvent.DONE): P.FOLLOW,
    (P.STEP_IN, CaseEvent.SKIP): P.FOLLOW,
    (P.FOLLOW, CaseEvent.CLOSE): P.CLOSED,
    (P.FOLLOW, CaseEvent.REOPEN): P.ANALYSE,
    (P.CLOSED, CaseEvent.REOPEN): P.ANALYSE,
    (P.DROPPED, CaseEvent.REOPEN): P.ANALYSE,
} | {
    (stage, event): after
    for stage in (P.IDENTIFY, P.ANALYSE, P.DRAW_UP, P.GATHER, P.STEP_IN, P.FOLLOW)
    for event, after in ((CaseEvent.NOTE, stage), (CaseEvent.DROP, P.DROPPED))
}
LEGAL = LEGAL | OF_A_CASE
MACHINES = ((CARE, C, CareEvent), (WATCH, W, WatchEvent), (CASE_PLAN, P, CaseEvent))
OF = {C: CARE, W: WATCH, P: CASE_PLAN}
ILLEGAL = [
    (machine, *pair)
    for machine, states, events in MACHINES
    for pair in product(states, events)
    if pair not in LEGAL
]


@pytest.mark.parametrize(("pair", "after"), LEGAL.items(), ids=lambda x: "-".join(map(str, x)))
def test_a_legal_move_leads_where_it_should(pair, after):
    machine = OF[type(pair[0])]

    assert machine.after(*pair) is after


@pytest.mark.parametrize(("machine", "state", "event"), ILLEGAL)
def test_a_move_that_is_not_legal_is_refused_with_both_words(machine, state, event):
    with pytest.raises(Refused) as refused:
        machine.after(state, event)

    assert refused.value.code == machine.code
    assert state.label in refused.value.what
    assert event.label in refused.value.what


def test_what_is_in_hand_can_go_on_and_an_end_is_an_end():
    assert {state for state in C if not CARE.is_final(state)} == CARE_IN_HAND
    assert {state for state in W if not WATCH.is_final(state)} == WATCH_IN_HAND


def test_what_stands_apart_is_part_of_the_tables():
    assert IN_FORCE < CARE_IN_HAND
    assert WATCHED < WATCH_IN_HAND
    assert {event for _, event in LEGAL} >= FOLLOWED | TOLD_BY_OTHERS


def test_the_six_steps_stand_in_the_order_of_the_document():
    """识别对象—分析需求—制定计划—协调资源—专业介入—跟踪问效 (S2:L24)."""
    said = "识别对象—分析需求—制定计划—协调资源—专业介入—跟踪问效"

    assert "—".join(stage.label for stage in STAGES) == said
    assert len(STAGES) == 6
    assert set(STAGES) == CASE_IN_HAND


def test_whose_case_it_is_and_whether_it_helped_cannot_be_skipped():
    skipped = {stage for stage in P if CASE_PLAN.may(stage, CaseEvent.SKIP)}

    assert set(STAGES) - skipped == {P.IDENTIFY, P.FOLLOW}
