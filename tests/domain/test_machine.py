"""A state machine is its table, and nothing else is legal."""

from __future__ import annotations

import pytest

from app.domain.machine import Machine
from app.domain.problem import Refused
from app.domain.words import Word


class Door(Word):
    OPEN = "open", "开着"
    SHUT = "shut", "关着"
    BRICKED = "bricked", "砌死了"


class Deed(Word):
    PUSH = "push", "推"
    PULL = "pull", "拉"
    BRICK = "brick", "砌死"


DOOR: Machine[Door, Deed] = Machine(
    "这扇门",
    "X-01",
    {
        (Door.OPEN, Deed.PUSH): Door.SHUT,
        (Door.SHUT, Deed.PULL): Door.OPEN,
        (Door.SHUT, Deed.BRICK): Door.BRICKED,
    },
)


def test_a_legal_move_gives_the_state_after_it() -> None:
    assert DOOR.after(Door.OPEN, Deed.PUSH) is Door.SHUT


def test_a_move_that_is_not_in_the_table_is_refused_in_words() -> None:
    with pytest.raises(Refused) as refused:
        DOOR.after(Door.OPEN, Deed.BRICK)

    assert refused.value.what == "这扇门现在是“开着”，不能砌死。"
    assert refused.value.code == "X-01"


def test_what_may_happen_is_told_in_the_order_of_the_table() -> None:
    assert DOOR.events(Door.SHUT) == (Deed.PULL, Deed.BRICK)
    assert DOOR.may(Door.SHUT, Deed.PULL)
    assert not DOOR.may(Door.OPEN, Deed.PULL)


def test_a_state_without_moves_is_final() -> None:
    assert DOOR.is_final(Door.BRICKED)
    assert not DOOR.is_final(Door.OPEN)
