"""The model of laptops, stick and county: a thousand walks of fifty steps (TT10).

In shards, each from its own seed: `pytest torture/test_sync_model.py -k 17` walks one again, and
`--last-failed` goes on where a run was stopped.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.sync_model import SyncModel

SHARDS = 40
LONG = settings(
    max_examples=1_000 // SHARDS,
    stateful_step_count=50,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)


@pytest.mark.parametrize("shard", range(SHARDS))
def test_a_thousand_walks_of_fifty_steps(shard: int) -> None:
    """Invariants I1 to I6 after every walk."""
    walk = seed(shard)(type("Walk", (SyncModel,), {}))
    run_state_machine_as_test(walk, settings=LONG)
