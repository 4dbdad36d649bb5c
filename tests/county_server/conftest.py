"""Fixtures of the county."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from county_server.database import sqlite_url
from tests.counties import Office, found_office
from tests.fakes import StoppedClock


@pytest.fixture
def office(tmp_path: Path, clock: StoppedClock) -> Iterator[Office]:
    """A county on SQLite."""
    made = found_office(tmp_path / "county", sqlite_url(tmp_path / "county.db"), clock)
    yield made
    made.database.close()
