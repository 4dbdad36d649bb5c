"""A county on SQLite put back from a backup of its own, as its deployment page says."""

from __future__ import annotations

import shutil
from pathlib import Path

from county_server.database import Database
from tests.counties import Office

_FILE = "county.db"


def kept_county(office: Office, folder: Path) -> Path:
    """A copy of the database as it is now."""
    office.database.close()
    folder.mkdir(parents=True, exist_ok=True)
    for path in _file(office).parent.glob(_FILE + "*"):
        shutil.copyfile(path, folder / path.name)
    _reopen(office)
    return folder


def put_back(office: Office, backup: Path) -> None:
    """The database is again what it was, an hour later; nobody told the laptops."""
    office.clock.advance(hours=1)
    office.database.close()
    for path in _file(office).parent.glob(_FILE + "*"):
        path.unlink()
    for path in backup.glob(_FILE + "*"):
        shutil.copyfile(path, _file(office).parent / path.name)
    _reopen(office)


def _file(office: Office) -> Path:
    return Path(str(office.database.url).split("///", 1)[1].split("?")[0])


def _reopen(office: Office) -> None:
    office.database = Database(office.database.url, office.county.root.private)
