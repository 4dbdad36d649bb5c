"""Fixtures of the console: a county with its staff, made once and copied for every test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from county_server.console.roles import Role
from county_server.county import load_county
from county_server.database import Database, sqlite_url
from tests.consoles import Bureau, Person
from tests.counties import Office, found_office
from tests.devices import Device
from tests.fakes import StoppedClock

STAFF = {
    "lan": Role.TOWNSHIP_HANDLER,
    "wei": Role.TOWNSHIP_HEAD,
    "mo": Role.COUNTY_HANDLER,
    "qin": Role.COUNTY_REVIEWER,
}


@dataclass(frozen=True)
class Template:
    """A county on the disk, and what its people know and hold."""

    folder: Path
    people: dict[str, Person]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """One county per test process; copy it, never use it."""
    folder = tmp_path_factory.mktemp("console")
    office = found_office(folder / "county", sqlite_url(folder / "county.db"), StoppedClock())
    bureau = Bureau(office)
    people = {login: bureau.hire(login, role) for login, role in STAFF.items()}
    office.database.close()
    return Template(folder, people)


@pytest.fixture
def office(template: Template, tmp_path: Path, clock: StoppedClock) -> Iterator[Office]:
    """A county on SQLite."""
    shutil.copytree(template.folder, tmp_path / "copy")
    county = load_county(tmp_path / "copy" / "county")
    database = Database(sqlite_url(tmp_path / "copy" / "county.db"), county.root.private)
    yield Office(county, database, clock)
    database.close()


@pytest.fixture
def bureau(office: Office) -> Bureau:
    """The county's console."""
    return Bureau(office)


@pytest.fixture
def device(office: Office) -> Device:
    """The laptop of the tests' village."""
    return office.device()


@pytest.fixture
def handler(template: Template) -> Person:
    """The handler of the township of the tests' village."""
    return template.people["lan"]


@pytest.fixture
def head(template: Template) -> Person:
    """Its head."""
    return template.people["wei"]


@pytest.fixture
def county_handler(template: Template) -> Person:
    """Who proposes at the county."""
    return template.people["mo"]


@pytest.fixture
def reviewer(template: Template) -> Person:
    """Who decides at the county."""
    return template.people["qin"]
