"""Guards nothing else would miss: each is here because taking it away went unnoticed once."""

from __future__ import annotations

import errno
import os
import secrets
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from app.domain.operations import canonical
from app.models.base import table_of
from app.models.log import DeviceRow
from app.store import atomic, backup, manifest, vault
from app.store.atomic import atomic_write, create_private, disk_full, laid_down, sweep_drafts
from app.store.backup import list_backups
from app.store.engine import open_engine
from app.store.entering import enter, open_vault, unlock_vault
from app.store.header_file import read_header
from tests.vaults import OTHER_PASSPHRASE, PASSPHRASE, flip, problem, snapshot


def test_a_new_file_is_never_one_that_is_there(tmp_path):
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")

    with pytest.raises(FileExistsError):
        create_private(victim)

    assert victim.read_bytes() == b"mine"


def test_a_link_laid_where_the_draft_will_be_is_not_followed(tmp_path, monkeypatch):
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    monkeypatch.setattr(secrets, "token_hex", lambda _: "00000000")
    (tmp_path / ".file.00000000.tmp").symlink_to(victim)

    with problem("D-02"):
        atomic_write(tmp_path / "file", b"theirs")

    assert victim.read_bytes() == b"mine"


def test_the_copy_is_proved_not_what_it_was_copied_from(kept, clock, monkeypatch):
    copy = backup._copy_database

    def copy_badly(source: Path, target: Path, key: bytes) -> None:
        copy(source, target, key)
        flip(target, target.stat().st_size - 50)

    monkeypatch.setattr(backup, "_copy_database", copy_badly)
    opened = open_vault(kept.directory, PASSPHRASE, clock=clock)
    clock.advance(minutes=1)

    with problem("V-03"):
        opened.backup()

    assert len(list_backups(opened.files.backups)) == 1
    opened.close()


def test_a_database_without_a_device_is_no_vaults(kept, clock):
    proved = unlock_vault(kept.directory, PASSPHRASE, clock=clock)
    engine = open_engine(proved.files.database, proved.key.subkey("sa/db/v1"))
    with engine.begin() as connection:
        connection.execute(delete(table_of(DeviceRow)))
    engine.dispose()

    with problem("V-03"):
        enter(proved, clock=clock)


@pytest.mark.parametrize("field", ["gen", "op_n"])
@pytest.mark.parametrize("value", [True, "1", None, [1]])
def test_a_number_of_a_manifest_is_a_number(kept, monkeypatch, field, value):
    (listed,) = list_backups(kept.directory / "backups")
    path = listed.path / manifest.NAME
    fields = dict(manifest.load(path.read_bytes())) | {field: value}
    path.write_bytes(canonical(fields))

    with problem("V-16"):
        manifest.read_manifest(listed.path)

    if value is not True:  # which is 1 to Python, and only the spelling tells
        monkeypatch.setattr(manifest, "canonical", lambda _: b"")
        with problem("V-16"):
            manifest.read_manifest(listed.path)


LEFT_BEHIND = [".a.tmp", "xieli.db.next", "xieli.db.next-journal", "backups/.unfinished-0123abcd"]


@pytest.mark.parametrize("as_folder", [True, False], ids=["folder", "file"])
@pytest.mark.parametrize("name", LEFT_BEHIND)
def test_what_a_killed_program_left_goes_whatever_it_is(kept, clock, name, as_folder):
    before = snapshot(kept.directory)
    left = kept.directory / name
    if as_folder:
        left.mkdir()
        (left / "inside").write_bytes(b"x")
    else:
        left.write_bytes(b"x")

    open_vault(kept.directory, PASSPHRASE, clock=clock).close()

    assert not left.exists()
    assert set(snapshot(kept.directory)) == set(before) | {"lock"}


def test_a_killed_backup_to_a_stick_leaves_its_draft_until_the_next_one(kept, clock, tmp_path):
    stick = tmp_path / "stick"
    (stick / ".unfinished-0123abcd").mkdir(parents=True)
    (stick / ".unfinished-0123abcd" / "vault.db").write_bytes(b"half")
    (stick / ".unfinished-mine").mkdir()
    opened = open_vault(kept.directory, PASSPHRASE, clock=clock)

    opened.backup(destination=stick)
    opened.close()

    assert {path.name for path in stick.glob(".*")} == {".unfinished-mine"}


def generation(opened) -> int:
    with opened.engine.connect() as connection:
        return connection.execute(select(table_of(DeviceRow).c.header_generation)).scalar_one()


def test_a_full_disk_while_the_passphrase_is_changed_changes_nothing(kept, clock, monkeypatch):
    from app.crypto.kdf import FLOOR
    from app.store.access import change_passphrase

    opened = open_vault(kept.directory, PASSPHRASE, clock=clock)
    before = generation(opened)

    def full(*_all: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(atomic, "_write_new", full)
        with problem("D-01"):
            change_passphrase(opened, PASSPHRASE, OTHER_PASSPHRASE, kdf=FLOOR)

    assert generation(opened) == before == opened.header.gen
    opened.close()
    again = open_vault(kept.directory, PASSPHRASE, clock=clock)
    assert not again.circumstances.must_change_passphrase
    again.close()


def test_a_database_that_cannot_learn_of_it_keeps_the_old_passphrase(kept, clock, monkeypatch):
    from app.crypto.kdf import FLOOR
    from app.store.access import change_passphrase

    opened = open_vault(kept.directory, PASSPHRASE, clock=clock)
    header = read_header(kept.directory)

    def full(*_all: object) -> None:
        raise disk_full()

    monkeypatch.setattr(vault.OpenVault, "_expect_generation", full)
    with problem("D-01"):
        change_passphrase(opened, PASSPHRASE, OTHER_PASSPHRASE, kdf=FLOOR)
    opened.close()

    assert read_header(kept.directory) == header
    assert [path for path in kept.directory.iterdir() if path.suffix == ".tmp"] == []


def test_a_file_has_its_name_only_after_what_is_recorded_of_it(tmp_path):
    path = tmp_path / "paper.pdf"

    with laid_down(path, b"paper"):
        is_there_before = path.exists()

    assert not is_there_before
    assert path.read_bytes() == b"paper"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_could_not_be_recorded_is_gone(tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"before")

    with problem("D-01"), laid_down(path, b"paper"):
        raise disk_full()

    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_killed_export_left_goes_with_the_next_one_and_nothing_else(tmp_path):
    path = tmp_path / "paper.pdf"
    for name in (".paper.pdf.0123abcd.tmp", ".paper.pdf.notes.tmp", ".other.pdf.0123abcd.tmp"):
        (tmp_path / name).write_bytes(b"half")

    sweep_drafts(path)

    assert {one.name for one in tmp_path.iterdir()} == {
        ".paper.pdf.notes.tmp",
        ".other.pdf.0123abcd.tmp",
    }


def test_a_name_no_disk_takes_is_said(tmp_path):
    with problem("D-08"):
        atomic_write(tmp_path / ("x" * 300), b"data")


def test_a_folder_is_not_replaced_by_a_file_and_nothing_is_recorded(tmp_path):
    (tmp_path / "folder").mkdir()
    recorded = []

    with problem("D-02"), laid_down(tmp_path / "folder", b"data"):
        recorded.append(1)

    assert recorded == []
    assert os.listdir(tmp_path) == ["folder"]
