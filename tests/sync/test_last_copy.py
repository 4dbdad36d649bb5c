"""A village given away, a county put back from a backup: whoever took it has the last copy."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.domain.operations import OperationState
from app.store import villages
from app.sync.again import SAID_BY_THE_COUNTY
from app.sync.road import run_here
from county_server.authority import COUNTY_FIELDS
from county_server.tables import document
from tests.counties import OTHER_VILLAGE, VILLAGE, DirectRoad
from tests.counties_put_back import kept_county, put_back
from tests.laptops import open_laptop
from tests.vaults import make_vault


def ids(laptop):
    return [line.id for line in laptop.households.lines()]


def records(office, *entities):
    """How many records of each kind the county holds."""
    with office.database.read() as connection:
        held = list(connection.execute(select(document.c.entity)).scalars())
    return [held.count(entity) for entity in entities]


@pytest.fixture
def taker(office, clock, tmp_path):
    """A colleague's laptop, of the next village."""
    colleague = open_laptop(make_vault(tmp_path / "colleague", clock), clock)
    file = tmp_path / "ticket.json"
    file.write_bytes(office.ticket_file(OTHER_VILLAGE))
    fingerprint = colleague.enrolment.read(file).fingerprint
    colleague.enrolment.prepare(file, fingerprint=fingerprint)
    colleague.enrolment.ask_over(DirectRoad(office), run_in_store=run_here)
    yield colleague
    colleague.vault.close()


@pytest.fixture
def forgotten(laptop, taker, road, office, tmp_path):
    """A household the county lost, its giver has erased and its taker holds; the county handed the
    village over once more, as the duty book says."""
    laptop.sync(road)
    taker.sync(road)
    backup = kept_county(office, tmp_path / "backup")
    home = laptop.add_household("覃桂英", "韦小明")
    laptop.visit(home.id, "县里备份以后")
    laptop.change(home.id, phone="13800000007")
    laptop.sync(road)
    hands = VILLAGE.code, laptop.vault.device_id, taker.vault.device_id
    office.assignments.hand_over(*hands)
    laptop.sync(road)
    taker.sync(road)
    assert (ids(laptop), ids(taker)) == ([], [home.id])
    put_back(office, backup)
    office.assignments.hand_over(*hands)
    return home.id


def test_who_took_the_village_says_what_nobody_else_has_any_more(laptop, taker, office, forgotten):
    for one in (laptop, taker, taker, laptop, taker):
        one.sync(DirectRoad(office))

    assert ids(taker) == [forgotten]
    assert taker.household(forgotten).phone == "13800000007"
    assert records(office, "household", "person", "visit") == [1, 2, 1]
    assert taker.syncing.waiting() == 0
    assert taker.syncing.check() == []
    states = {item.state for item in taker.syncing.status().items}
    assert OperationState.RETURNED not in states


def test_a_third_laptop_gets_it_from_there(laptop, taker, office, forgotten):
    taker.sync(DirectRoad(office))
    taker.sync(DirectRoad(office))
    third = office.device(OTHER_VILLAGE)
    office.assignments.hand_over(VILLAGE.code, taker.vault.device_id, third.id)

    told = {entry.entity for page in office.pull(third) for entry in page.entries}

    assert {"household", "person", "household_member", "visit"} <= told


def test_what_a_county_that_lost_nothing_does_not_send_is_not_said_again(
    laptop, taker, road, office
):
    """A village that only comes again keeps to what the county says of it."""
    home = laptop.add_household()
    laptop.sync(road)
    office.assignments.hand_over(VILLAGE.code, laptop.vault.device_id, taker.vault.device_id)
    taker.sync(road)
    with taker.begin() as work:
        villages.begin_repair(work.connection, VILLAGE.code)
        gone = villages.finish_repair(work.connection, VILLAGE.code)

    assert home.id not in {one.entity_id for one in gone}
    assert gone == []


def test_a_laptop_says_nothing_of_what_only_the_county_changes():
    assert SAID_BY_THE_COUNTY == COUNTY_FIELDS
