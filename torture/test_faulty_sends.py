"""Ten thousand batches over a link that breaks, in thirty different runs of luck (TT09)."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from county_server.database import sqlite_url
from tests.counties import found_office
from tests.fakes import StoppedClock
from tests.faulty_sends import FAULTS, FaultySends


# CPython's wrap_socket lets go of a socket that is reset while it looks at it
@pytest.mark.filterwarnings("ignore:.*SSLSocket:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("seed", range(30))
def test_three_hundred_and_thirty_four_batches(tmp_path: Path, seed: int) -> None:
    """Each operation is applied once: 30 × 334 batches in all."""
    office = found_office(tmp_path / "county", sqlite_url(tmp_path / "county.db"), StoppedClock())
    with closing(FaultySends(office, seed)) as sends:
        sends.run(334)
        sends.check()
    office.database.close()

    assert set(FAULTS) <= set(sends.met) | {"stall", "creep"}
