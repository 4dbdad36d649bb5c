"""The model of laptops, stick and county: a thousand walks of fifty steps (TT10), half of them with
the county on SQLite, half on PostgreSQL.

In shards, each from its own seed: `pytest torture/test_sync_model.py -k 17` walks one again, and
`--last-failed` goes on where a run was stopped.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.postgres import running_postgres
from tests.sync_model import SyncModel
from tests.sync_model_homes import OnPostgres, OnSqlite

SHARDS = 40
LONG = settings(
    max_examples=1_000 // SHARDS,
    stateful_step_count=50,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A PostgreSQL for all shards of this process."""
    with running_postgres() as url:
        yield url


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("shard", range(SHARDS))
def test_a_thousand_walks_of_fifty_steps(shard: int, server: str) -> None:
    """Invariants I1 to I6 after every walk."""
    county_home = OnPostgres(server) if shard % 2 else OnSqlite()
    walk = seed(shard)(type("Walk", (SyncModel,), {"county_home": county_home}))
    run_state_machine_as_test(walk, settings=LONG)
