"""One row that is no JSON any more stops no comparison: it is named, and comes again."""

from __future__ import annotations

import pytest

from tests.counties import DirectRoad
from tests.sync.test_villages import forget_the_check


def spoil(laptop, statement, *values):
    with laptop.begin() as work:
        work.connection.exec_driver_sql(statement, values)
        work.commit()


@pytest.fixture
def homes(laptop, road):
    made = [laptop.add_household("覃桂英"), laptop.add_household("韦小明")]
    for home in made:
        laptop.visit(home.id)
    laptop.sync(road)
    return [home.id for home in made]


def test_a_household_s_document_is_named_and_repaired_from_the_county(laptop, office, homes):
    spoil(
        laptop,
        "UPDATE server_document SET body = '{\"door\": ' WHERE entity = 'household'"
        " AND entity_id = ?",
        homes[0],
    )

    named = laptop.syncing.check()
    forget_the_check(laptop)
    laptop.sync(DirectRoad(office))
    laptop.sync(DirectRoad(office))

    assert named == [("household", homes[0])]
    assert laptop.syncing.check() == []
    assert {line.id for line in laptop.households.lines()} == set(homes)
    laptop.change(homes[0], phone="13800000001")
    laptop.sync(DirectRoad(office))
    assert laptop.household(homes[0]).phone == "13800000001"


def test_a_visit_s_document_is_named_and_repaired_from_the_county(laptop, office, homes):
    spoil(laptop, "UPDATE server_document SET body = '' WHERE entity = 'visit'")

    named = laptop.syncing.check()
    forget_the_check(laptop)
    laptop.sync(DirectRoad(office))
    laptop.sync(DirectRoad(office))

    assert {entity for entity, _ in named} == {"visit"}
    assert len(named) == 2
    assert laptop.syncing.check() == []


def test_a_working_row_is_named_and_made_again_from_the_document(laptop, office, homes):
    head = laptop.household(homes[0]).head
    spoil(laptop, "UPDATE person SET receives = '[1,' WHERE id = ?", head)

    named = laptop.syncing.check()
    forget_the_check(laptop)
    tally = laptop.sync(DirectRoad(office))

    assert len(named) == 1
    assert tally.mended == 1
    assert laptop.syncing.check() == []


def test_once_a_week_everything_is_proved_not_only_what_moved(laptop, office, homes, clock):
    spoil(laptop, "UPDATE visit SET note = '别人改的' WHERE household_id = ?", homes[1])
    clock.advance(days=6)
    early = laptop.sync(DirectRoad(office)).mended
    clock.advance(days=1)

    late = laptop.sync(DirectRoad(office)).mended

    assert (early, late) == (0, 1)
    assert laptop.syncing.check() == []
