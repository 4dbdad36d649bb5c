"""Fixtures of both ends of a sync."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from county_server.database import sqlite_url
from tests.counties import DirectRoad, Office, copied_office, found_office
from tests.fakes import StoppedClock
from tests.laptops import Laptop, open_laptop
from tests.servers import FaultProxy, Served
from tests.vaults import Kept


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county on SQLite right after its founding, to be copied."""
    folder = tmp_path_factory.mktemp("founded")
    url = sqlite_url(folder / "county.db")
    found_office(folder / "county", url, StoppedClock()).database.close()
    return folder


@pytest.fixture
def office(founded: Path, tmp_path: Path, clock: StoppedClock) -> Iterator[Office]:
    """A county on SQLite."""
    made = copied_office(founded, tmp_path, clock)
    yield made
    made.database.close()


@pytest.fixture
def road(office: Office) -> DirectRoad:
    """A road that always holds."""
    return DirectRoad(office)


@pytest.fixture
def stranger(kept: Kept, clock: StoppedClock) -> Iterator[Laptop]:
    """An open vault that belongs to no county yet."""
    laptop = open_laptop(kept, clock)
    yield laptop
    laptop.vault.close()


@pytest.fixture
def laptop(stranger: Laptop, office: Office, tmp_path: Path) -> Laptop:
    """An open vault enrolled with `office`."""
    stranger.join(office, tmp_path)
    return stranger


@pytest.fixture
def served(office: Office) -> Iterator[Served]:
    """The county over TLS on loopback."""
    server = Served(office)
    yield server
    server.close()


@pytest.fixture
def proxy(served: Served) -> Iterator[FaultProxy]:
    """A breakable link to it."""
    link = FaultProxy(served.port)
    yield link
    link.close()
