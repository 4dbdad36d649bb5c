"""The model of both sides, shortly; torture/ walks it a thousand times."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.sync_model import SyncModel
from tests.sync_model_homes import OnPostgres

SHORT = settings(
    max_examples=3,
    stateful_step_count=30,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_whatever_happens_nothing_is_lost_doubled_or_different():
    run_state_machine_as_test(SyncModel, settings=SHORT)


def test_nor_where_the_county_is_a_postgresql(postgres_server):
    walk = type("Walk", (SyncModel,), {"county_home": OnPostgres(postgres_server)})
    run_state_machine_as_test(walk, settings=settings(SHORT, max_examples=2))
