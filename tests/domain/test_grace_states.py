"""The life of one 渐退: every legal move and every other pair; what is typed and summed."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from app.domain.grace_shares import ToldStep, read_steps
from app.domain.grace_states import DECIDED_ABOVE, GRACE, UNDER_WAY, may_become
from app.domain.grace_states import GraceEvent as E
from app.domain.grace_states import GraceStatus as S
from app.domain.money import Money
from app.domain.problem import Refused
from app.domain.standing import GraceShare, moved_to, paid_by_month

LEGAL = {
    (S.PROPOSED, E.APPROVE): S.APPROVED,
    (S.PROPOSED, E.SCHEDULE): S.PROPOSED,
    (S.PROPOSED, E.CANCEL): S.CANCELLED,
    (S.APPROVED, E.BEGIN): S.RUNNING,
    (S.APPROVED, E.SCHEDULE): S.APPROVED,
    (S.APPROVED, E.CANCEL): S.CANCELLED,
    (S.RUNNING, E.END): S.ENDED,
    (S.RUNNING, E.SCHEDULE): S.RUNNING,
    (S.RUNNING, E.REINSTATE): S.REINSTATED,
    (S.RUNNING, E.CANCEL): S.CANCELLED,
    (S.ENDED, E.EXIT): S.EXITED,
    (S.ENDED, E.REINSTATE): S.REINSTATED,
    (S.ENDED, E.CANCEL): S.CANCELLED,
}
ILLEGAL = [pair for pair in product(S, E) if pair not in LEGAL]


@pytest.mark.parametrize(("pair", "after"), LEGAL.items(), ids=lambda x: "-".join(map(str, x)))
def test_a_legal_move_leads_where_it_should(pair, after):
    assert GRACE.after(*pair) is after


@pytest.mark.parametrize(("state", "event"), ILLEGAL)
def test_a_move_that_is_not_legal_is_refused_with_both_words(state, event):
    with pytest.raises(Refused) as refused:
        GRACE.after(state, event)

    assert refused.value.code == "G-01"
    assert state.label in refused.value.what
    assert event.label in refused.value.what


def test_what_is_under_way_can_end_and_an_end_is_an_end():
    for state in S:
        assert GRACE.is_final(state) == (state not in UNDER_WAY)


def test_the_word_of_somebody_above_is_a_move_of_its_own():
    assert {event for _, event in LEGAL} >= DECIDED_ABOVE


@pytest.mark.parametrize(
    ("before", "after", "may"),
    [
        (S.PROPOSED, S.PROPOSED, True),
        (S.PROPOSED, S.EXITED, True),
        (S.ENDED, S.RUNNING, False),
        (S.EXITED, S.REINSTATED, False),
    ],
)
def test_a_state_is_reached_by_moves_in_a_row(before, after, may):
    assert may_become(before, after) is may


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("3个月100%，3个月50%", (ToldStep(3, 100), ToldStep(3, 50))),
        ("6*100", (ToldStep(6, 100),)),
        ("3月100 + 3x50=118.00元", (ToldStep(3, 100), ToldStep(3, 50, Money(118_00)))),
    ],
)
def test_what_each_month_pays_is_read_as_it_is_typed(text, steps):
    assert read_steps(text) == steps


@pytest.mark.parametrize(
    "text", ["", "全额", "3个月120%", "0个月50%", "40*100 40*50", "3*100 再说"]
)
def test_what_cannot_be_read_is_refused_at_its_field(text):
    with pytest.raises(Refused) as refused:
        read_steps(text)

    assert (refused.value.code, refused.value.field) == ("G-14", "shares")


def shares(*amounts):
    return tuple(
        GraceShare(date(2026, 4 + n, 1), 50, None if fen is None else Money(fen))
        for n, fen in enumerate(amounts)
    )


def test_the_running_sum_stops_at_the_first_month_nobody_knows():
    found = paid_by_month(shares(100, 200, None, 50))

    assert [one.so_far for one in found] == [Money(100), Money(300), None, None]


def test_a_schedule_moves_as_a_whole():
    moved = moved_to(shares(1, 2, 3), date(2026, 12, 1))

    assert [one.month for one in moved] == [date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)]
    assert [one.amount for one in moved] == [Money(1), Money(2), Money(3)]
