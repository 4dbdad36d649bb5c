"""The life of one 先行救助: every legal move, and every pair that is not one."""

from __future__ import annotations

from itertools import product

import pytest

from app.domain.casework import ReliefStatus as S
from app.domain.problem import Refused
from app.domain.relief_states import BEGINNINGS, PAID_OUT, RELIEF, reachable
from app.domain.relief_states import ReliefEvent as E

LEGAL = {
    (S.REPORTED, E.VERIFY): S.VERIFIED,
    (S.REPORTED, E.PAY): S.PAID,
    (S.REPORTED, E.REFER): S.REFERRED_UP,
    (S.REPORTED, E.DECLINE): S.DECLINED,
    (S.VERIFIED, E.APPROVE): S.APPROVED_FAST,
    (S.VERIFIED, E.PAY): S.PAID,
    (S.VERIFIED, E.REFER): S.REFERRED_UP,
    (S.VERIFIED, E.DECLINE): S.DECLINED,
    (S.REFERRED_UP, E.APPROVE): S.APPROVED_FAST,
    (S.REFERRED_UP, E.DECLINE): S.DECLINED,
    (S.APPROVED_FAST, E.PAY): S.PAID,
    (S.APPROVED_FAST, E.DECLINE): S.DECLINED,
    (S.PAID, E.OWE): S.PAPERWORK_PENDING,
    (S.PAID, E.CLOSE): S.CLOSED,
    (S.PAID, E.REVERSE): S.REVERSED,
    (S.PAPERWORK_PENDING, E.SUPPLEMENT): S.SUPPLEMENTED,
    (S.PAPERWORK_PENDING, E.NOTE_APPROVAL): S.PAPERWORK_PENDING,
    (S.PAPERWORK_PENDING, E.END_EMERGENCY): S.PAPERWORK_PENDING,
    (S.PAPERWORK_PENDING, E.REJECT): S.RECOVERING,
    (S.PAPERWORK_PENDING, E.REVERSE): S.REVERSED,
    (S.SUPPLEMENTED, E.CLOSE): S.CLOSED,
    (S.SUPPLEMENTED, E.NOTE_APPROVAL): S.SUPPLEMENTED,
    (S.SUPPLEMENTED, E.REJECT): S.RECOVERING,
    (S.SUPPLEMENTED, E.REVERSE): S.REVERSED,
    (S.CLOSED, E.REVERSE): S.REVERSED,
    (S.RECOVERING, E.RECOVER): S.RECOVERING,
    (S.RECOVERING, E.RECOVER_ALL): S.RECOVERED,
    (S.RECOVERING, E.SUPPLEMENT): S.SUPPLEMENTED,
    (S.RECOVERING, E.WRITE_OFF): S.CLOSED,
    (S.REPORTED, E.NAME): S.REPORTED,
    (S.VERIFIED, E.NAME): S.VERIFIED,
    (S.REFERRED_UP, E.NAME): S.REFERRED_UP,
    (S.APPROVED_FAST, E.NAME): S.APPROVED_FAST,
    (S.PAID, E.NAME): S.PAID,
    (S.PAPERWORK_PENDING, E.NAME): S.PAPERWORK_PENDING,
    (S.SUPPLEMENTED, E.NAME): S.SUPPLEMENTED,
    (S.CLOSED, E.NAME): S.CLOSED,
    (S.RECOVERING, E.NAME): S.RECOVERING,
    (S.PAID, E.RECEIPT): S.PAID,
    (S.PAPERWORK_PENDING, E.RECEIPT): S.PAPERWORK_PENDING,
    (S.SUPPLEMENTED, E.RECEIPT): S.SUPPLEMENTED,
    (S.CLOSED, E.RECEIPT): S.CLOSED,
}
ILLEGAL = [pair for pair in product(S, E) if pair not in LEGAL]


@pytest.mark.parametrize(("pair", "after"), LEGAL.items(), ids=lambda x: "-".join(map(str, x)))
def test_a_legal_move_leads_where_it_should(pair, after):
    assert RELIEF.after(*pair) is after
    assert RELIEF.may(*pair)


@pytest.mark.parametrize(("state", "event"), ILLEGAL)
def test_a_move_that_is_not_legal_is_refused_with_both_words(state, event):
    with pytest.raises(Refused) as refused:
        RELIEF.after(state, event)

    assert refused.value.code == "M-24"
    assert state.label in refused.value.what
    assert event.label in refused.value.what


@pytest.mark.parametrize("state", [S.RECOVERED, S.REVERSED, S.DECLINED])
def test_an_end_is_an_end(state):
    assert RELIEF.is_final(state)
    assert reachable(state) == {state}


def test_money_that_left_never_goes_back_to_before_it_left():
    before = {S.REPORTED, S.VERIFIED, S.REFERRED_UP, S.APPROVED_FAST, S.DECLINED}

    for state in PAID_OUT:
        assert not reachable(state) & before


def test_every_state_can_be_reached_and_every_record_can_end():
    assert frozenset().union(*map(reachable, BEGINNINGS)) == set(S)
    for state in S:
        assert any(RELIEF.is_final(end) for end in reachable(state))


def test_what_is_closed_can_only_be_taken_back():
    assert reachable(S.CLOSED) == {S.CLOSED, S.REVERSED}
