"""How often one may ask, counted by every process of a county together."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select, update

from county_server import limits
from county_server.database import Database
from county_server.declined import Declined
from county_server.limits import OwnLimit, SharedLimit, limit
from county_server.tables import pace
from county_server.upgrade import upgrade


@pytest.fixture
def one(postgres_url):
    database = Database(postgres_url)
    upgrade(database)
    yield database
    database.close()


@pytest.fixture
def other(one, postgres_url):
    """What another process has."""
    database = Database(postgres_url)
    yield database
    database.close()


def spent(limit, name, tries) -> int:
    """How many of `tries` were let through."""
    through = 0
    for _ in range(tries):
        try:
            limit.spend(name)
        except Declined:
            continue
        through += 1
    return through


def test_two_processes_have_one_bucket(one, other, clock):
    pair = [limit(database, clock, "device", 5) for database in (one, other)]

    assert [spent(each, "a", 3) for each in pair] == [3, 2]
    assert spent(pair[0], "b", 6) == 5


def test_one_kind_does_not_count_for_another(one, clock):
    devices, addresses = (limit(one, clock, what, 3) for what in ("device", "address"))

    assert (spent(devices, "a", 4), spent(addresses, "a", 4)) == (3, 3)


def test_who_is_turned_away_hears_how_long_to_wait_and_is_let_in_then(one, clock):
    devices = limit(one, clock, "device", 2)
    assert spent(devices, "a", 2) == 2

    with pytest.raises(Declined) as declined:
        devices.spend("a")
    with one.alone() as connection:
        connection.execute(update(pace).values(free_at_ms=pace.c.free_at_ms - 30_000))

    assert declined.value.retry_after == 30
    assert spent(devices, "a", 2) == 1


def test_what_is_drawn_together_costs_one_statement_and_never_more_than_the_bucket(
    one, other, clock
):
    pair = [limit(database, clock, "address", 10, at_once=4) for database in (one, other)]

    assert [spent(each, "a", 5) for each in pair] == [5, 2]


def test_what_was_drawn_is_not_kept_for_later(one, clock):
    addresses = limit(one, clock, "address", 6, at_once=4)
    addresses.spend("a")

    clock.advance(seconds=3)

    assert spent(addresses, "a", 6) == 2


def test_names_that_ask_no_more_leave_no_row(one, clock, monkeypatch):
    monkeypatch.setattr(limits, "_SWEPT_EVERY", 2)
    devices = limit(one, clock, "device", 5)
    devices.spend("a")
    with one.alone() as connection:
        connection.execute(update(pace).values(free_at_ms=0))

    devices.spend("b")

    with one.read() as connection:
        assert connection.execute(select(func.count()).select_from(pace)).scalar_one() == 1


def test_a_trial_on_sqlite_counts_in_its_own_memory(one, tmp_path, clock):
    trial = Database(f"sqlite:///{tmp_path / 'county.db'}")

    assert isinstance(limit(trial, clock, "device", 5), OwnLimit)
    assert isinstance(limit(one, clock, "device", 5), SharedLimit)
    trial.close()


def test_the_buckets_are_not_logged(one):
    with one.read() as connection:
        kind = connection.exec_driver_sql(
            "SELECT relpersistence FROM pg_class WHERE relname = 'pace'"
        ).scalar_one()

    assert kind == "u"
