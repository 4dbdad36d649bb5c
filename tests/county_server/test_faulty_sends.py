"""Exactly once over a link that resets, cuts, stalls, creeps and lies (torture/ sends 10,000)."""

from __future__ import annotations

from contextlib import closing

import pytest

from county_server.intake import Intake
from tests.faulty_sends import FAULTS, FaultySends

# CPython's wrap_socket lets go of a socket that is reset while it looks at it
pytestmark = pytest.mark.filterwarnings(
    "ignore:.*SSLSocket:pytest.PytestUnraisableExceptionWarning"
)


def test_each_operation_is_applied_once_whatever_the_link_does(office):
    with closing(FaultySends(office, seed=20260302)) as sends:
        sends.run(40)
        sends.check()

    assert sends.tries > 60
    assert office.clock.heard > 40
    assert len(set(sends.met) & set(FAULTS)) >= 6


def test_without_the_memory_of_batches_the_same_faults_are_noticed(office, monkeypatch):
    """The proof can fail: a county that forgets what it answered is found out."""
    monkeypatch.setattr(Intake, "_known", lambda *_: None)

    with (
        closing(FaultySends(office, seed=20260302)) as sends,
        pytest.raises(AssertionError, match="no way"),
    ):
        sends.run(40)
