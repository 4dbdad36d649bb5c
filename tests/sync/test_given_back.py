"""A village that left and came back; and a county put back from a backup that has to hear of it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.domain.operations import OperationState
from app.services.change_history import ChangeHistory
from app.store.journal import verify_chain
from county_server.tables import document
from tests.counties import OTHER_VILLAGE, VILLAGE, DirectRoad
from tests.counties_put_back import kept_county, put_back
from tests.sync_invariants import SERVER


def notes(office):
    with office.database.read() as connection:
        bodies = connection.execute(select(document.c.body).where(document.c.entity == "visit"))
        return sorted(body["note"] for body in bodies.scalars())


def hand(office, giver, taker):
    office.assignments.hand_over(VILLAGE.code, giver, taker)


def write(laptop, home, **fields):
    with laptop.begin() as work:
        work.change(
            kind="visit.recorded", entity="visit", entity_id="v-late", subject=home, fields=fields
        )
        work.commit()


@pytest.fixture
def given_away(laptop, road, office):
    """Her village is a colleague's, and nothing of it is left here; (household, colleague)."""
    home = laptop.add_household()
    laptop.visit(home.id, "交出去以前")
    laptop.sync(road)
    taker = office.device(OTHER_VILLAGE)
    hand(office, laptop.vault.device_id, taker.id)
    laptop.sync(road)
    assert laptop.households.lines() == []
    return home.id, taker


def test_a_village_that_comes_back_is_worked_in_as_before(laptop, road, office, given_away):
    home, taker = given_away
    hand(office, taker.id, laptop.vault.device_id)
    laptop.sync(road)

    laptop.visit(home, "回来以后")
    laptop.change(home, phone="13800000008")
    laptop.sync(road)

    assert notes(office) == ["交出去以前", "回来以后"]
    assert laptop.household(home).phone == "13800000008"
    assert laptop.syncing.check() == []
    assert laptop.syncing.status().waiting == 0
    assert ChangeHistory(laptop.begin).of(home)
    with laptop.begin() as work:
        verify_chain(work.connection)


def test_what_was_returned_after_it_came_back_is_carried_along_by_the_next_word(
    laptop, road, office, given_away
):
    """The county reads it with the key of its own time."""
    home, taker = given_away
    hand(office, taker.id, laptop.vault.device_id)
    laptop.sync(road)
    with laptop.begin() as work:
        like = work.connection.execute(
            select(SERVER.c.body).where(SERVER.c.entity == "visit")
        ).scalar_one()
    write(laptop, home, **like | {"visited_on": "2030-03-02", "note": ""})
    laptop.sync(road)
    returned = {item.state for item in laptop.syncing.status().items}

    write(laptop, home, visited_on=laptop.clock.today(), note="日子改对了")
    laptop.sync(road)

    assert OperationState.RETURNED in returned
    assert "日子改对了" in notes(office)
    assert laptop.syncing.check() == []


def test_a_county_put_back_hears_again_of_a_household_whose_key_is_gone(
    laptop, road, office, tmp_path
):
    """It has the key from before; what goes without one holds nothing up."""
    home = laptop.add_household()
    laptop.sync(road)
    before = kept_county(office, tmp_path / "backup")
    laptop.visit(home.id, "备份以后")
    laptop.sync(road)
    taker = office.device(OTHER_VILLAGE)
    hand(office, laptop.vault.device_id, taker.id)
    laptop.sync(road)
    put_back(office, before)

    laptop.sync(DirectRoad(office))
    laptop.sync(DirectRoad(office))

    assert laptop.syncing.status().waiting == 0
    assert notes(office) == ["备份以后"]
    assert [line.id for line in laptop.households.lines()] == [home.id]
    assert laptop.syncing.check() == []


def test_what_neither_side_can_read_any_more_is_said_and_holds_nothing_up(
    laptop, road, office, tmp_path
):
    """The county's backup is older than the household's first word."""
    laptop.sync(road)
    before = kept_county(office, tmp_path / "backup")
    home = laptop.add_household()
    laptop.sync(road)
    taker = office.device(OTHER_VILLAGE)
    hand(office, laptop.vault.device_id, taker.id)
    laptop.sync(road)
    put_back(office, before)

    laptop.sync(DirectRoad(office))

    assert laptop.syncing.status().waiting == 0
    returned = [i for i in laptop.syncing.status().items if i.state is OperationState.RETURNED]
    assert returned
    assert home.id not in [line.id for line in laptop.households.lines()]
    new = laptop.add_household("韦小明")
    laptop.sync(DirectRoad(office))
    assert office.status()["operations"]["household"] >= 1
    assert [line.id for line in laptop.households.lines()] == [new.id]


@pytest.fixture
def old_stick(laptop, road, office, given_away, tmp_path):
    """A stick on which the village that came back lies whole; she has read it since, by network."""
    _, taker = given_away
    hand(office, taker.id, laptop.vault.device_id)
    usb = tmp_path / "usb"
    usb.mkdir()
    laptop.syncing.export_to_usb(usb)
    office.stick.take(usb)
    office.stick.make(usb)
    laptop.sync(road)
    return usb


def test_a_stick_that_was_carried_long_does_not_bring_back_a_village_that_left(
    laptop, road, office, given_away, old_stick
):
    home, taker = given_away
    had = [line.id for line in laptop.households.lines()]
    hand(office, laptop.vault.device_id, taker.id)
    laptop.sync(road)

    laptop.syncing.import_from_usb(old_stick)
    laptop.sync(road)

    assert had == [home]
    assert laptop.households.lines() == []
    assert laptop.syncing.check() == []


def test_and_the_same_stick_does_no_harm_to_one_that_came_back_once_more(
    laptop, road, office, given_away, old_stick
):
    home, taker = given_away
    hand(office, laptop.vault.device_id, taker.id)
    laptop.sync(road)
    hand(office, taker.id, laptop.vault.device_id)
    laptop.sync(road)

    laptop.syncing.import_from_usb(old_stick)
    laptop.sync(road)

    assert [line.id for line in laptop.households.lines()] == [home]
    assert laptop.syncing.check() == []
