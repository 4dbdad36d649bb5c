"""Shared fixtures."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.fakes import StoppedClock

if TYPE_CHECKING:
    from tests.vaults import Kept

pytest.register_assert_rewrite("tests.screens")


@pytest.fixture
def clock() -> StoppedClock:
    """A stopped clock at noon on Monday 2 March 2026 in China."""
    return StoppedClock()


@pytest.fixture(scope="session")
def folder_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for every process of this run: a worker's own folder lies in that of the run."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def vault_template(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """One small vault per test process; copy it, never open it."""
    from tests.vaults import make_vault  # SQLAlchemy: tests of the pure core do without

    return make_vault(tmp_path_factory.mktemp("template") / "vault", StoppedClock())


@pytest.fixture
def kept(vault_template: Kept, tmp_path: Path) -> Kept:
    """A closed vault of the test's own: three operations, one backup."""
    from tests.vaults import Kept  # as above

    directory = tmp_path / "vault"
    shutil.copytree(vault_template.directory, directory)
    return Kept(directory, vault_template.recovery)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL server of this test process, without a database."""
    from tests.postgres import running_postgres

    with running_postgres() as url:
        yield url


@pytest.fixture
def postgres_url(postgres_server: str) -> str:
    """The URL of an empty PostgreSQL database of the test's own."""
    from sqlalchemy import create_engine

    name = "county_" + secrets.token_hex(6)
    engine = create_engine(f"{postgres_server}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return f"{postgres_server}/{name}"
