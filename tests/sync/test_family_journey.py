"""Families over time between village and county: what is sent, and what a hand-over leaves."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.family import FamilyChange, FamilyDeed
from app.domain.operations import OperationState
from app.domain.people import Relation
from app.services.family_changes import FamilyChanges
from county_server.ledger import Ledger
from county_server.merge import NEVER_MERGED
from tests.counties import OTHER_VILLAGE, VILLAGE, DirectRoad

ON = date(2026, 3, 1)


@pytest.fixture
def families(laptop):
    return FamilyChanges(laptop.begin, laptop.clock)


def change(home, kind, *who, **said):
    people = tuple(home.members[at].person.id for at in who)
    return FamilyChange(household=home.id, kind=kind, on=ON, people=people, **said)


def body_of(office, entity, entity_id):
    with office.database.read() as connection:
        return dict(Ledger(connection, office.clock.now()).get(entity, entity_id).body)


def test_a_split_and_its_undoing_arrive_at_the_county(laptop, road, office, families):
    home = laptop.add_household("覃桂英", "韦小明", "韦小红")
    laptop.sync(road)
    families.do(change(home, FamilyDeed.SPLIT, 1, leads=home.members[1].person.id, door="8号"))
    laptop.sync(road)
    place = body_of(office, "household_member", home.members[1].id)
    (line,) = laptop.households.find("韦小明")
    made = body_of(office, "household", line.id)

    laptop.clock.advance(minutes=1)
    families.undo(home.id)
    laptop.sync(road)

    assert (place["until_on"], place["until_by"]) == ("2026-03-01", "split")
    assert (made["split_from_id"], made["category"]) == (home.id, "none")
    assert body_of(office, "household_member", home.members[1].id)["until_on"] is None
    assert body_of(office, "household", line.id)["is_removed"] is True
    assert {one.state for one in laptop.syncing.status().items} == {OperationState.RECEIVED}
    assert laptop.syncing.check() == []


def test_who_moved_on_outlives_the_household_that_was_handed_over_first(
    laptop, road, office, families
):
    old, new = laptop.add_household("覃桂英", "韦小明"), laptop.add_household("赵大山")
    families.do(change(old, FamilyDeed.MOVE, 1, other=new.id, relation=Relation.OTHER))
    laptop.sync(road)
    taker = office.device(OTHER_VILLAGE)
    office.assignments.hand_over(VILLAGE.code, laptop.vault.device_id, taker.id)

    class LateWord(DirectRoad):
        """She records a visit to the second household while the page is on its way."""

        def fetch_page(self, request: bytes) -> bytes:
            page = super().fetch_page(request)
            laptop.visit(new.id, "路上又记了一条")
            return page

    laptop.sync(LateWord(office))
    between = [one.person.name for one in laptop.household(new.id).members]
    laptop.sync(road)

    assert between == ["赵大山", "韦小明"]
    assert laptop.households.lines() == []
    assert laptop.syncing.check() == []


def test_split_merger_death_and_leaving_are_among_what_no_machine_merges():
    assert {
        "id_number", "bank_account", "head_person_id", "died_on", "until_on", "until_by",
        "ended_on", "successor_id", "split_from_id",
    } <= NEVER_MERGED  # fmt: skip
