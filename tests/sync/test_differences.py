"""What two sides said about one field: asked once, decided once, and the loser kept for a month."""

from __future__ import annotations

import pytest

from app.models.base import table_of
from app.models.log import ConflictRow
from app.services.change_history import ChangeHistory
from app.services.sync_status import Side
from app.store.feed import apply_news
from app.store.receipts import forget_decided
from app.sync.protocol.feed import Entry
from tests.sync.test_engine import county_body, county_changes

CONFLICT = table_of(ConflictRow)
MINE, THEIRS = "13800000002", "13800000001"


def rows(laptop):
    with laptop.begin() as work:
        return [
            (row.field, row.mine["value"], row.theirs["value"], row.resolution)
            for row in work.connection.execute(CONFLICT.select().order_by(CONFLICT.c.raised_at))
        ]


def differ(laptop, road, office):
    home = laptop.add_household()
    laptop.sync(road)
    county_changes(office, home.id, phone=THEIRS)
    laptop.change(home.id, phone=MINE)
    laptop.sync(road)
    return home


@pytest.mark.parametrize("side", list(Side))
def test_the_side_that_was_not_chosen_can_be_found_in_the_list_of_changes(
    laptop, road, office, side
):
    home = differ(laptop, road, office)

    laptop.syncing.resolve(laptop.syncing.status().conflicts[0].id, side)

    told = [(one.old, one.new) for one in ChangeHistory(laptop.begin).of(home.id)]
    values = {value for pair in told for value in pair}
    assert MINE in values
    assert side is Side.THEIRS or THEIRS in values


def test_both_sides_stay_side_by_side_for_thirty_days_and_then_go(laptop, road, office, clock):
    differ(laptop, road, office)
    laptop.syncing.resolve(laptop.syncing.status().conflicts[0].id, Side.MINE)
    laptop.sync(road)
    clock.advance(days=30)
    laptop.sync(road)
    on_the_last_day = rows(laptop)

    clock.advance(seconds=1)
    laptop.sync(road)

    assert on_the_last_day == [("phone", MINE, THEIRS, "mine")]
    assert rows(laptop) == []


def test_what_nobody_decided_stays_for_ever(laptop, road, office, clock):
    differ(laptop, road, office)
    clock.advance(days=400)

    with laptop.begin() as work:
        gone = forget_decided(work.connection, clock.now())
        work.commit()

    assert gone == 0
    assert len(laptop.syncing.status().conflicts) == 1


def test_a_newer_word_on_the_same_field_is_asked_once(laptop, road, office):
    home = differ(laptop, road, office)
    county_changes(office, home.id, phone="13800000003")
    laptop.change(home.id, phone="13800000004")
    laptop.sync(road)

    (conflict,) = laptop.syncing.status().conflicts
    laptop.syncing.resolve(conflict.id, Side.MINE)
    laptop.sync(road)

    assert (conflict.mine, conflict.theirs) == ("13800000004", "13800000003")
    assert laptop.syncing.status().conflicts == ()
    assert county_body(office, "household", home.id)["phone"] == "13800000004"
    assert office.status()["conflicts"] == 0
    assert laptop.syncing.check() == []


def test_the_county_s_news_leaves_a_word_it_has_not_answered_where_it_stands(laptop, road, office):
    home = laptop.add_household()
    laptop.sync(road)
    laptop.change(home.id, phone=MINE)
    body = county_body(office, "household", home.id) | {"door": "99号"}
    news = Entry(
        kind="upsert",
        scope="village",
        position=1,
        entity="household",
        entity_id=home.id,
        subject=home.id,
        version=2,
        body=body,
    )

    with laptop.begin() as work:
        apply_news(work.connection, [news], laptop.clock.now())
        work.commit()

    with laptop.begin() as work:
        found = work.households.get(home.id)
    assert (found.phone, found.door) == (MINE, "99号")
    assert laptop.syncing.check() == []
