"""The model of laptops, stick and county: a thousand walks of fifty steps (TT10)."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.sync_model import SyncModel

LONG = settings(
    max_examples=1_000,
    stateful_step_count=50,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)


def test_a_thousand_walks_of_fifty_steps() -> None:
    """Invariants I1 to I6 after every walk."""
    run_state_machine_as_test(SyncModel, settings=LONG)
