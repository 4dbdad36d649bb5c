"""A record the county sent back keeps no other laptop from hearing of the rest."""

from __future__ import annotations

import pytest

from app.domain.operations import OperationState
from app.store import held
from tests.counties import OTHER_VILLAGE, VILLAGE
from tests.laptops import joined_laptop

SPOILED = "459901199001010000"
"""As Excel leaves it: the county sends the person back."""


@pytest.fixture
def neighbour(office, clock, tmp_path):
    """A colleague's laptop, of the same village."""
    colleague = joined_laptop(office, clock, tmp_path / "neighbour")
    yield colleague
    colleague.vault.close()


def returned(laptop):
    items = laptop.syncing.status().items
    return [item for item in items if item.state is OperationState.RETURNED]


def mend(laptop, home):
    person = home.members[0].person.id
    with laptop.begin() as work:
        work.change(
            kind="record", entity="person", entity_id=person, subject=home.id,
            fields={"id_number": None},
        )  # fmt: skip
        work.commit()


def is_waiting(laptop):
    with laptop.begin() as work:
        return held.is_any(work.connection)


@pytest.fixture
def spoiled(laptop, road):
    """A household of which a member was sent back; another one is in order."""
    home = laptop.add_household("覃桂英", id_number=SPOILED)
    laptop.visit(home.id, "屋顶漏雨")
    laptop.add_household("韦大山")
    laptop.sync(road)
    assert [item.entity for item in returned(laptop)] == ["person"]
    return home


def names(laptop):
    return [line.head_name for line in laptop.households.lines()]


def test_the_others_hear_of_everything_else(laptop, neighbour, road, spoiled):
    neighbour.sync(road)

    assert names(neighbour) == ["韦大山"]
    assert is_waiting(neighbour)
    assert neighbour.syncing.check() == []
    neighbour.visit(neighbour.households.lines()[0].id)
    assert neighbour.sync(road).sent > 0


def test_once_it_is_mended_all_of_it_is_there(laptop, neighbour, road, spoiled):
    neighbour.sync(road)
    mend(laptop, spoiled)
    laptop.sync(road)
    neighbour.sync(road)

    assert returned(laptop) == []
    assert not is_waiting(neighbour)
    assert sorted(names(neighbour)) == sorted(["覃桂英", "韦大山"])
    with neighbour.begin() as work:
        assert [visit.note for visit in work.casework.visits_of(spoiled.id)] == ["屋顶漏雨"]
    assert neighbour.syncing.check() == []


def test_what_waits_counts_in_the_weekly_comparison(laptop, neighbour, road, spoiled, clock):
    neighbour.sync(road)
    clock.advance(days=8)

    tally = neighbour.sync(road)

    assert tally.sent_again == 0
    assert is_waiting(neighbour)


def test_who_takes_the_village_over_meanwhile_gets_it_with_the_mending(
    laptop, office, road, spoiled, clock, tmp_path
):
    taker = joined_laptop(office, clock, tmp_path / "taker", OTHER_VILLAGE)
    hands = VILLAGE.code, laptop.vault.device_id, taker.vault.device_id
    mend(laptop, spoiled)
    office.assignments.hand_over(*hands)
    taker.sync(road)
    before = names(taker)
    laptop.sync(road)
    taker.sync(road)

    assert before == ["韦大山"]
    assert sorted(names(taker)) == sorted(["覃桂英", "韦大山"])
    taker.vault.close()
