"""Fixtures of the county."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from county_server.database import Database, sqlite_url
from county_server.upgrade import upgrade
from tests.counties import Office, copied_office, found_office
from tests.fakes import StoppedClock


@pytest.fixture(scope="session")
def county_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one county on SQLite per test process; copy it, never use it."""
    folder = tmp_path_factory.mktemp("founded")
    url = sqlite_url(folder / "county.db")
    found_office(folder / "county", url, StoppedClock()).database.close()
    return folder


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> Iterator[Callable[[], str]]:
    """Makes an empty county database at a time, from one that was upgraded once."""
    engine = create_engine(f"{postgres_server}/postgres", isolation_level="AUTOCOMMIT")

    def create(name: str, more: str = "") -> str:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}{more}")
        return f"{postgres_server}/{name}"

    template = f"county_template_{secrets.token_hex(6)}"
    database = Database(create(template))
    upgrade(database)
    database.close()
    yield lambda: create(f"county_{secrets.token_hex(6)}", f" TEMPLATE {template}")
    engine.dispose()


@pytest.fixture
def office(
    request: pytest.FixtureRequest, county_template: Path, tmp_path: Path, clock: StoppedClock
) -> Iterator[Office]:
    """A county on SQLite, or on the database a module asks for."""
    made = copied_office(county_template, tmp_path, clock)
    if getattr(request, "param", "sqlite") != "sqlite":
        made.database.close()
        url = request.getfixturevalue("postgres_template")()
        made.database = Database(url, made.county.root.private)
    yield made
    made.database.close()
