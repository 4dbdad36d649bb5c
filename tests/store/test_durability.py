"""Every file that must outlive a power cut: on the disk first, then named, then the name kept."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.store import journal, migrating
from app.store.access import change_passphrase
from app.store.atomic import atomic_write, copy_durably, lay_down, replacing
from app.store.backup import list_backups, take_backup
from app.store.blobs import BlobStore
from app.store.creation import build_vault
from app.store.entering import open_vault, unlock_vault
from app.store.header_file import read_header, write_header
from app.store.layout import VaultFiles
from app.store.restoring import restore_backup
from app.store.upgrade import bring_up_to_date
from tests.fakes import NOON, StoppedClock
from tests.vaults import OTHER_PASSPHRASE, OWNER, PASSPHRASE, Kept

BY_SQLITE = frozenset({"xieli.db", "xieli.db-journal"})
"""Written and synced by SQLite itself, which no recorder in Python sees."""


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@dataclass
class Disk:
    """Stands before the system's calls: does them, and notes what was on the disk at each name."""

    synced: dict[Path, str] = field(default_factory=dict)
    """What each file held when the disk was last told to keep it."""
    awaited: set[Path] = field(default_factory=set)
    """Folders with a new name nobody has made durable yet."""
    moves: list[Path] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)

    def sync(self, path: Path) -> None:
        if path.is_dir():
            self.awaited.discard(path)
            self.folders.append(path)
        else:
            self.synced[path] = digest(path)

    def move(self, source: Path, target: Path) -> None:
        files = [source] if source.is_file() else [p for p in source.rglob("*") if p.is_file()]
        for path in files:
            if path.name not in BY_SQLITE and self.synced.get(path) != digest(path):
                self.faults.append(f"{path.name} got a name before it was on the disk")
            self.synced[target / path.relative_to(source)] = self.synced.pop(path, "")
        self.moves.append(target)
        self.awaited.add(target.parent)


@pytest.fixture
def disk(monkeypatch) -> Disk:
    made = Disk()
    fsync, replace, rename = os.fsync, Path.replace, Path.rename

    def noting_fsync(handle: int) -> None:
        fsync(handle)
        made.sync(Path(os.readlink(f"/proc/self/fd/{handle}")))

    def noting_replace(path: Path, target: Path) -> Path:
        made.move(path, Path(target))
        return replace(path, target)

    def noting_rename(path: Path, target: Path) -> Path:
        made.move(path, Path(target))
        return rename(path, target)

    monkeypatch.setattr(os, "fsync", noting_fsync)
    monkeypatch.setattr(Path, "replace", noting_replace)
    monkeypatch.setattr(Path, "rename", noting_rename)
    return made


def write(folder: Path, _kept: Kept) -> None:
    atomic_write(folder / "file", b"new")


def write_by_pieces(folder: Path, _kept: Kept) -> None:
    with replacing(folder / "file") as file:
        file.write(b"new")


def lay_and_take_place(folder: Path, _kept: Kept) -> None:
    lay_down(folder / "file", b"new").take_place()


def create(folder: Path, _kept: Kept) -> None:
    from app.crypto.kdf import FLOOR

    build_vault(folder / "v", PASSPHRASE, owner=OWNER, practice=True, at=NOON, cost=FLOOR)


def change_header(_folder: Path, kept: Kept) -> None:
    write_header(VaultFiles(kept.directory), read_header(kept.directory))


def change_who_may_open(_folder: Path, kept: Kept) -> None:
    from app.crypto.kdf import FLOOR

    vault = open_vault(kept.directory, PASSPHRASE, clock=StoppedClock())
    change_passphrase(vault, PASSPHRASE, OTHER_PASSPHRASE, kdf=FLOOR)
    vault.close()


def back_up(folder: Path, kept: Kept) -> None:
    proved = unlock_vault(kept.directory, PASSPHRASE, clock=StoppedClock())
    BlobStore(proved.files.blobs, bytes(32)).write([b"photo"])
    take_backup(
        proved.files,
        proved.header,
        proved.key,
        verify_chain=journal.verify_chain,
        at=NOON,
        reason="manual",
        destination=folder,
    )
    proved.discard()


def restore(_folder: Path, kept: Kept) -> None:
    (backup,) = list_backups(kept.directory / "backups")
    restore_backup(kept.directory, backup.path, PASSPHRASE, clock=StoppedClock())


PATHS = [
    write,
    write_by_pieces,
    lay_and_take_place,
    create,
    change_header,
    change_who_may_open,
    back_up,
    restore,
]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.__name__)
def test_what_gets_a_name_is_on_the_disk_and_the_name_is_kept(
    disk: Disk, kept: Kept, tmp_path: Path, path: Callable[[Path, Kept], None]
):
    folder = tmp_path / "folder"
    folder.mkdir()

    path(folder, kept)

    assert disk.moves
    assert disk.faults == []
    assert disk.awaited == set()


def test_an_upgrade_is_on_the_disk_before_it_takes_the_place(disk, kept, monkeypatch):
    files = VaultFiles(kept.directory)
    proved = unlock_vault(kept.directory, PASSPHRASE, clock=StoppedClock())
    monkeypatch.setattr("app.store.upgrade.HEAD", "9999")
    monkeypatch.setattr(migrating, "migrate_file", touch_up)

    bring_up_to_date(files, proved.header, proved.key, verify_chain=journal.verify_chain, at=NOON)
    proved.discard()

    assert files.database in disk.moves
    assert disk.faults == []
    assert disk.awaited == set()


def touch_up(path: Path, key: bytes) -> None:
    """A migration that writes something, as SQLite writes: nobody here told the disk."""
    from app.store.sqlcipher import connect

    raw = connect(path, key)
    raw.execute("CREATE TABLE of_tomorrow (id TEXT)")
    raw.close()


def test_what_was_replaced_is_kept_on_the_disk_before_the_new_one_stands(disk, kept):
    files = VaultFiles(kept.directory)

    restore(files.directory, kept)

    (aside,) = files.backups.glob("replaced-*")
    assert aside in disk.folders
    assert disk.synced[aside / "vault.json"] == digest(aside / "vault.json")


def test_every_file_of_a_backup_elsewhere_is_on_its_disk(disk, kept, tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()

    back_up(folder, kept)

    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) == 4  # the database, two small ones, a photo
    assert {path: disk.synced.get(path) for path in files} == {path: digest(path) for path in files}


def test_a_copy_is_on_the_disk(disk, tmp_path):
    (tmp_path / "source").write_bytes(b"what was there")

    copy_durably(tmp_path / "source", tmp_path / "copy")

    assert disk.synced == {tmp_path / "copy": digest(tmp_path / "source")}
