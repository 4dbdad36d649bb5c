"""Fixtures of the county."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from county_server.database import sqlite_url
from tests.counties import Office, found_office
from tests.fakes import StoppedClock


@pytest.fixture
def office(request: pytest.FixtureRequest, tmp_path: Path, clock: StoppedClock) -> Iterator[Office]:
    """A county on SQLite, or on the database a module asks for."""
    if getattr(request, "param", "sqlite") == "sqlite":
        url = sqlite_url(tmp_path / "county.db")
    else:
        url = request.getfixturevalue("postgres_url")
    made = found_office(tmp_path / "county", url, clock)
    yield made
    made.database.close()
