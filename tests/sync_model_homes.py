"""Where the county of the model lives: a file of its own, or a database of a PostgreSQL server."""

from __future__ import annotations

import atexit
import secrets
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Protocol

from sqlalchemy import create_engine

from county_server.database import Database, sqlite_url
from tests.counties import OTHER_VILLAGE, VILLAGE, DirectRoad, Office, copied_office, found_office
from tests.counties_put_back import kept_county, put_back
from tests.fakes import StoppedClock
from tests.laptops import open_laptop
from tests.vaults import make_vault

HOMES = (VILLAGE, OTHER_VILLAGE)


class Home(Protocol):
    """Gives every walk a county of its own, keeps copies of it and puts them back."""

    def begin(self, folder: Path) -> tuple[Office, str]:
        """A county with two enrolled laptops in `folder`; the recovery words of their vaults."""

    def keep(self, office: Office, folder: Path) -> Callable[[], None]:
        """Copy the county as it is now; what is returned puts it back, as often as it is called."""

    def end(self, office: Office) -> None:
        """Nothing of this county is needed any more."""


class OnSqlite:
    """A county that is a file."""

    def begin(self, folder: Path) -> tuple[Office, str]:
        made, recovery = _in_a_file()
        return copied_office(made, folder, StoppedClock()), recovery

    def keep(self, office: Office, folder: Path) -> Callable[[], None]:
        copy = kept_county(office, folder)
        return lambda: put_back(office, copy)

    def end(self, office: Office) -> None:
        office.database.close()


class OnPostgres:
    """A county that is a database of `server`, its copies other databases there."""

    def __init__(self, server: str) -> None:
        self.server = server
        self._copies: dict[str, list[str]] = {}

    def begin(self, folder: Path) -> tuple[Office, str]:
        made, recovery, template = _in_a_database(self.server)
        shutil.copytree(made, folder, dirs_exist_ok=True)
        office = copied_office(made, folder, StoppedClock())
        office.database.close()
        url = f"{self.server}/{self._copy(template)}"
        office.database = Database(url, office.county.root.private)
        return office, recovery

    def keep(self, office: Office, folder: Path) -> Callable[[], None]:
        del folder
        own = _name(office)
        office.database.close()
        copy = self._copy(own)
        self._copies.setdefault(own, []).append(copy)

        def again() -> None:
            office.clock.advance(hours=1)
            office.database.close()
            self._say(f"DROP DATABASE {own} WITH (FORCE)", f"CREATE DATABASE {own} TEMPLATE {copy}")

        return again

    def end(self, office: Office) -> None:
        office.database.close()
        for name in [_name(office), *self._copies.pop(_name(office), [])]:
            self._say(f"DROP DATABASE {name} WITH (FORCE)")

    def _copy(self, of: str) -> str:
        """A new database like `of`, to which nobody is connected."""
        name = f"model_{secrets.token_hex(6)}"
        self._say(f"CREATE DATABASE {name} TEMPLATE {of}")
        return name

    def _say(self, *statements: str) -> None:
        with _admin(self.server).connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)


@cache
def _admin(server: str):
    return create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")


def _name(office: Office) -> str:
    return str(office.database.url).rsplit("/", 1)[1]


@cache
def _in_a_file() -> tuple[Path, str]:
    """Made once per process."""
    folder = _folder()
    return folder, _found(folder, sqlite_url(folder / "county.db"))


@cache
def _in_a_database(server: str) -> tuple[Path, str, str]:
    """Made once per process and server; with the database's name."""
    folder, name = _folder(), f"founded_{secrets.token_hex(6)}"
    with _admin(server).connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    return folder, _found(folder, f"{server}/{name}"), name


def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="xieli-model-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _found(folder: Path, url: str) -> str:
    """A county on `url` with two enrolled laptops; the recovery words."""
    clock = StoppedClock()
    office = found_office(folder / "county", url, clock)
    recovery = ""
    for number, village in enumerate(HOMES):
        kept = make_vault(folder / f"vault-{number}", clock)
        recovery = kept.recovery
        laptop = open_laptop(kept, clock)
        file = folder / "ticket.json"
        file.write_bytes(office.ticket_file(village))
        fingerprint = laptop.enrolment.read(file).fingerprint
        laptop.enrolment.prepare(file, fingerprint=fingerprint)
        laptop.enrolment.ask_over(DirectRoad(office), run_in_store=lambda job: job())
        laptop.vault.close()
    office.database.close()
    return recovery
