"""A county put back from a backup hears everything again; what it had taken it takes."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.domain.ids import new_id
from app.domain.operations import OperationState
from app.models.base import table_of
from app.models.casework import QuotaTokenRow
from county_server.tables import document
from tests.counties import OTHER_VILLAGE, VILLAGE, DirectRoad
from tests.counties_put_back import kept_county, put_back
from tests.laptops import joined_laptop
from tests.said_again import AT, MACHINES, first_fields, say, walk

QUOTA = table_of(QuotaTokenRow)
NUMBER = "459901197003090013"


@pytest.fixture
def taker(office, clock, tmp_path):
    """A colleague's laptop, of the next village."""
    colleague = joined_laptop(office, clock, tmp_path / "colleague", OTHER_VILLAGE)
    yield colleague
    colleague.vault.close()


@pytest.fixture
def neighbour(office, clock, tmp_path):
    """A colleague's laptop, of the same village."""
    colleague = joined_laptop(office, clock, tmp_path / "neighbour")
    yield colleague
    colleague.vault.close()


def states(office):
    """(entity, id) → the state the county holds a record in."""
    with office.database.read() as connection:
        query = select(document.c.entity, document.c.entity_id, document.c.body)
        return {
            (row.entity, row.entity_id): row.body["status"]
            for row in connection.execute(query)
            if row.entity in MACHINES
        }


def complaints(*laptops):
    """What did not go through."""
    found = []
    for one in laptops:
        status = one.syncing.status()
        found += [(i.entity, i.note) for i in status.items if i.state is OperationState.RETURNED]
        found += [(c.entity, c.field) for c in status.conflicts]
    return found


def test_the_last_copy_of_a_record_is_taken_in_whatever_state_it_is(
    laptop, taker, road, office, tmp_path
):
    laptop.sync(road)
    taker.sync(road)
    backup = kept_county(office, tmp_path / "backup")
    home = laptop.add_household("覃桂英")
    said = walk(laptop, home)
    laptop.sync(road)
    assert complaints(laptop) == []
    hands = VILLAGE.code, laptop.vault.device_id, taker.vault.device_id
    office.assignments.hand_over(*hands)
    laptop.sync(road)
    taker.sync(road)
    put_back(office, backup)
    office.assignments.hand_over(*hands)

    for one in (laptop, taker, taker, laptop, taker):
        one.sync(DirectRoad(office))

    assert complaints(taker) == []
    assert states(office) == said
    assert taker.syncing.waiting() == 0
    assert taker.syncing.check() == []


@pytest.mark.parametrize("order", ["author first", "neighbour first"])
@pytest.mark.parametrize("rounds", ["at once", "step by step"])
def test_two_laptops_of_a_village_say_the_same_again(
    laptop, neighbour, road, office, tmp_path, order, rounds
):
    laptop.sync(road)
    neighbour.sync(road)
    backup = kept_county(office, tmp_path / "backup")
    home = laptop.add_household("覃桂英", id_number=NUMBER)
    phones = iter(range(10))

    def pause():
        laptop.change(home.id, phone=f"1380000000{next(phones)}")
        if rounds == "step by step":
            laptop.sync(road)

    said = walk(laptop, home, pause=pause)
    laptop.sync(road)
    neighbour.sync(road)
    assert complaints(laptop, neighbour) == []
    phone = laptop.household(home.id).phone
    put_back(office, backup)
    pair = (laptop, neighbour) if order == "author first" else (neighbour, laptop)

    for one in (*pair, *pair, *pair):
        one.sync(DirectRoad(office))

    assert complaints(laptop, neighbour) == []
    assert states(office) == said
    for one in pair:
        assert one.household(home.id).phone == phone
        assert one.syncing.waiting() == 0
        assert one.syncing.check() == []


def test_a_neighbour_is_first_and_what_the_author_says_again_is_more_than_a_batch(
    laptop, neighbour, road, office, tmp_path, monkeypatch
):
    """A step in one batch, and what it leads to, which the neighbour said, in the next."""
    monkeypatch.setattr("app.sync.uplink.FIRST_OPERATIONS", 5)
    monkeypatch.setattr("app.sync.uplink.BATCH_OPERATIONS", 7)
    laptop.sync(road)
    neighbour.sync(road)
    backup = kept_county(office, tmp_path / "backup")
    home = laptop.add_household("覃桂英", id_number=NUMBER)
    phones = iter(range(10))
    said = walk(
        laptop, home, pause=lambda: laptop.change(home.id, phone=f"1380000000{next(phones)}")
    )
    laptop.sync(road)
    neighbour.sync(road)
    phone = laptop.household(home.id).phone
    put_back(office, backup)

    for one in (neighbour, laptop) * 3:
        one.sync(DirectRoad(office))

    assert complaints(laptop, neighbour) == []
    assert states(office) == said
    for one in (laptop, neighbour):
        assert one.household(home.id).phone == phone
        assert one.syncing.waiting() == 0
        assert one.syncing.check() == []


def test_who_went_on_meanwhile_goes_on_from_what_a_neighbour_said_again(
    laptop, neighbour, road, office, tmp_path
):
    laptop.sync(road)
    neighbour.sync(road)
    backup = kept_county(office, tmp_path / "backup")
    home = laptop.add_household("覃桂英")
    said = walk(laptop, home)
    laptop.sync(road)
    neighbour.sync(road)
    put_back(office, backup)
    lead = next(key for key, state in said.items() if key[0] == "lead" and state == "verified")
    say(laptop, home, *lead, {"status": "handed_on"})
    laptop.change(home.id, phone="13800000009")

    for one in (neighbour, neighbour, laptop, laptop, neighbour):
        one.sync(DirectRoad(office))

    assert complaints(laptop, neighbour) == []
    assert states(office) == said | {lead: "handed_on"}
    assert [one.household(home.id).phone for one in (laptop, neighbour)] == ["13800000009"] * 2


def test_what_differs_from_what_was_said_again_is_still_put_to_a_person(
    laptop, neighbour, road, office, tmp_path
):
    """The neighbour knows a later word than the author, who says his own again."""
    laptop.sync(road)
    neighbour.sync(road)
    backup = kept_county(office, tmp_path / "backup")
    home = laptop.add_household("覃桂英")
    laptop.change(home.id, phone="13800000001")
    laptop.sync(road)
    neighbour.sync(road)
    neighbour.change(home.id, phone="13800000002")
    neighbour.sync(road)
    put_back(office, backup)

    for one in (neighbour, neighbour, laptop, laptop):
        one.sync(DirectRoad(office))

    assert ("household", "phone") in complaints(laptop)
    assert laptop.household(home.id).phone == "13800000002"


def paid(laptop, home):
    """A 先行救助 of the laptop's own money; its id."""
    record = new_id(laptop.clock.now())
    with laptop.begin() as work:
        quota = work.connection.execute(select(QUOTA.c.id)).scalars().first()
    money = {"paid_at": AT, "payment_id": f"p-{record}", "quota_id": quota}
    first = first_fields("emergency_relief", home) | {"status": "reported"}
    say(laptop, home, "emergency_relief", record, first)
    say(laptop, home, "emergency_relief", record, {"status": "paid"} | money)
    return record


def test_money_that_somebody_else_gave_is_not_taken_from_the_last_copy_and_says_what_to_do(
    laptop, taker, road, office, tmp_path
):
    laptop.sync(road)
    taker.sync(road)
    backup = kept_county(office, tmp_path / "backup")
    home = laptop.add_household("覃桂英")
    record = paid(laptop, home)
    laptop.sync(road)
    assert complaints(laptop) == []
    hands = VILLAGE.code, laptop.vault.device_id, taker.vault.device_id
    office.assignments.hand_over(*hands)
    laptop.sync(road)
    taker.sync(road)
    put_back(office, backup)
    office.assignments.hand_over(*hands)

    for one in (laptop, taker, taker, taker):
        one.sync(DirectRoad(office))

    ((entity, words),) = complaints(taker)
    assert entity == "emergency_relief"
    assert "这台电脑里还在" in words
    assert "请告诉县里" in words
    assert taker.syncing.check() == []
    with taker.begin() as work:
        assert work.casework.relief(record).payment_id == f"p-{record}"


def test_what_a_neighbour_could_not_say_for_the_author_is_settled_once_the_author_says_it(
    laptop, neighbour, road, office, tmp_path
):
    laptop.sync(road)
    neighbour.sync(road)
    backup = kept_county(office, tmp_path / "backup")
    record = paid(laptop, laptop.add_household("覃桂英"))
    laptop.sync(road)
    neighbour.sync(road)
    put_back(office, backup)

    for one in (neighbour, neighbour, neighbour):
        one.sync(DirectRoad(office))
    before = complaints(neighbour)
    for one in (laptop, laptop, neighbour):
        one.sync(DirectRoad(office))

    assert [entity for entity, _ in before] == ["emergency_relief"]
    assert complaints(laptop, neighbour) == []
    assert states(office)["emergency_relief", record] == "paid"


def test_a_change_of_a_neighbours_record_that_was_lost_goes_up_with_the_record(
    laptop, neighbour, road, office, tmp_path
):
    laptop.sync(road)
    neighbour.sync(road)
    backup = kept_county(office, tmp_path / "backup")
    home = laptop.add_household("覃桂英")
    laptop.sync(road)
    neighbour.sync(road)
    neighbour.change(home.id, phone="13800000003")
    put_back(office, backup)

    for _ in range(3):
        neighbour.sync(DirectRoad(office))

    assert complaints(neighbour) == []
    assert neighbour.household(home.id).phone == "13800000003"
    with office.database.read() as connection:
        query = select(document.c.body).where(document.c.entity_id == home.id)
        assert connection.execute(query).scalar_one()["phone"] == "13800000003"
    assert neighbour.syncing.check() == []
