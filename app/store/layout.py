"""Where everything in a vault lies (design §6). Nothing else spells these names."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.store.atomic import (
    PRIVATE_DIRECTORY,
    PRIVATE_FILE,
    disk_problem,
    make_private_directory,
    remove,
)


@dataclass(frozen=True, slots=True)
class VaultFiles:
    """The paths of one vault."""

    directory: Path

    @property
    def header(self) -> Path:
        """The public header; a directory without it holds no vault."""
        return self.directory / "vault.json"

    @property
    def previous_header(self) -> Path:
        """The generation before, for torn media."""
        return self.directory / "vault.json.prev"

    @property
    def database(self) -> Path:
        """The encrypted database."""
        return self.directory / "xieli.db"

    @property
    def next_database(self) -> Path:
        """A database being prepared to take its place."""
        return self.directory / "xieli.db.next"

    @property
    def anchor(self) -> Path:
        """How far the operation log had come."""
        return self.directory / "anchor.bin"

    @property
    def lock(self) -> Path:
        """Who has the vault open."""
        return self.directory / "lock"

    @property
    def asked(self) -> Path:
        """A request to the county for the vault's key that waits for its answer."""
        return self.directory / "asked.json"

    @property
    def reserve(self) -> Path:
        """Room kept for the day the disk is full."""
        return self.directory / "reserve.bin"

    @property
    def blobs(self) -> Path:
        """Encrypted attachments."""
        return self.directory / "blobs"

    @property
    def outbox(self) -> Path:
        """Sealed batches on their way."""
        return self.directory / "outbox"

    @property
    def inbox(self) -> Path:
        """What the county sent."""
        return self.directory / "inbox"

    @property
    def backups(self) -> Path:
        """Verified backups, and databases that were replaced."""
        return self.directory / "backups"

    def make_directories(self) -> None:
        """The tree, private to its owner. Raises Unavailable D-01…D-03."""
        for path in (self.directory, self.blobs, self.outbox, self.inbox, self.backups):
            make_private_directory(path)

    def close_to_others(self) -> None:
        """Take from everybody else what a copying tool may have given. Raises Unavailable D-03."""
        if sys.platform == "win32":
            return  # the profile directory's ACL is the guard there
        try:
            for path, mode in self._modes():
                if path.stat().st_mode & 0o777 != mode:
                    path.chmod(mode)
        except OSError as error:
            raise disk_problem(error) from error

    def sweep_leftovers(self) -> None:
        """Remove what a program killed while writing left behind; never a file in force.

        Raises Unavailable D-02, D-03.
        """
        try:
            for pattern in (".*.tmp", f"{self.next_database.name}*"):
                for path in self.directory.glob(pattern):
                    remove(path)
        except OSError as error:
            raise disk_problem(error) from error

    def _modes(self) -> Iterator[tuple[Path, int]]:
        yield self.directory, PRIVATE_DIRECTORY
        for path in self.directory.iterdir():
            yield path, PRIVATE_DIRECTORY if path.is_dir() else PRIVATE_FILE


def journal_of(database: Path) -> Path:
    """SQLite's rollback journal of a database file."""
    return database.with_name(database.name + "-journal")
