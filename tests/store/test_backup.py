"""Backups: proved before they count, refused when harmed, put back whole."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import textwrap
from datetime import timedelta

import pytest

from app.crypto.kdf import FLOOR
from app.domain.problem import Problem
from app.store import access, journal
from app.store.backup import list_backups, verify_backup
from app.store.entering import open_vault
from app.store.header_file import read_header
from app.store.layout import VaultFiles, journal_of
from app.store.marks import note_restore_recorded
from app.store.replaced import forget_old, side_copy, swap_in
from app.store.restoring import restore_backup
from app.store.sqlcipher import connect
from tests.vaults import (
    CANARY,
    OTHER_PASSPHRASE,
    PASSPHRASE,
    flip,
    make_vault,
    problem,
    record,
    snapshot,
)


@pytest.fixture
def opened(kept, clock):
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)
    yield vault
    vault.close()


def proof(vault, path):
    return verify_backup(
        path, vault.data_key(), vault_id=vault.vault_id, verify_chain=journal.verify_chain
    )


def refusal(vault, path):
    """The code a backup is refused with, None when it is not."""
    try:
        proof(vault, path)
    except Problem as caught:
        return caught.code
    return None


def newest(directory):
    return list_backups(directory / "backups")[0].path


def test_a_backup_holds_everything_and_is_private(opened, clock):
    record(opened, clock, 2)

    report = opened.backup("half-hour")

    assert report.n == 5
    assert report.reason == "half-hour"
    assert proof(opened, report.path).n == 5
    assert {path.name for path in report.path.iterdir()} == {
        *("vault.db", "vault.json", "manifest.json")
    }
    assert stat.S_IMODE(report.path.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in report.path.iterdir()} == {0o600}


def test_backups_are_listed_newest_first_by_their_own_word(opened, clock):
    for _ in range(3):
        clock.advance(hours=1)
        record(opened, clock)
        opened.backup()

    listed = list_backups(opened.files.backups)

    assert [one.n for one in listed] == [6, 5, 4, 3]
    assert listed[0].at == clock.now()


def test_two_backups_in_one_second_are_two(opened):
    first, second = opened.backup(), opened.backup()

    assert first.path != second.path
    assert proof(opened, second.path).n == 3


def test_a_backup_of_a_damaged_database_does_not_count(opened, clock):
    clock.advance(minutes=1)
    flip(opened.files.database, opened.files.database.stat().st_size - 50)

    with problem("V-03"):
        opened.backup()

    assert len(list_backups(opened.files.backups)) == 1
    assert not list(opened.files.backups.glob(".*"))


def test_a_backup_of_a_broken_chain_does_not_count(opened):
    raw = connect(opened.files.database, opened.subkey("sa/db/v1"))
    raw.execute("DROP TRIGGER tr_operation_no_update")
    raw.execute("UPDATE operation SET actor = 'x' WHERE n = 1")
    raw.close()

    with problem("V-03"):
        opened.backup()


def test_every_sampled_flip_of_a_backup_is_refused(opened):
    path = opened.backup().path
    missed = []
    for name, step in (("vault.db", 9000), ("manifest.json", 17), ("vault.json", 31)):
        for place in range(0, (path / name).stat().st_size, step):
            flip(path / name, place, place % 8)
            if refusal(opened, path) not in {"V-16", "V-17"}:  # V-17: the vault's id was hit
                missed.append((name, place))
            flip(path / name, place, place % 8)

    assert missed == []
    assert proof(opened, path).n == 3


@pytest.mark.parametrize("name", ["vault.db", "manifest.json", "vault.json"])
def test_a_backup_with_a_part_missing_or_cut_is_refused(opened, name):
    path = opened.backup().path
    os.truncate(path / name, (path / name).stat().st_size // 2)
    with problem("V-16"):
        proof(opened, path)
    (path / name).unlink()
    with problem("V-16"):
        proof(opened, path)


def test_the_database_of_another_backup_is_refused(opened, clock):
    old = opened.backup().path
    record(opened, clock)
    new = opened.backup().path
    shutil.copy(old / "vault.db", new / "vault.db")

    with problem("V-16"):
        proof(opened, new)


def test_backups_are_thinned_and_a_half_deleted_one_has_no_date(opened, clock):
    for _ in range(5):
        clock.advance(minutes=1)
        opened.backup()

    assert len(list_backups(opened.files.backups)) == 1


def test_a_backup_on_a_stick_carries_the_attachments(opened, tmp_path):
    stored = opened.blobs.write([CANARY.encode()])
    stick = tmp_path / "stick"

    first = opened.backup(destination=stick)
    opened.backup(destination=stick)

    assert first.path.parent == stick
    assert (stick / "blobs" / stored.blob_id[:2] / stored.blob_id).exists()
    assert all(CANARY.encode() not in data for data in snapshot(stick).values())
    assert len(list_backups(stick)) == 2


def test_a_restored_backup_is_what_it_was_in_an_epoch_of_its_own(kept, clock):
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)
    head = vault.check().head
    record(vault, clock, 4)
    vault.close()
    clock.advance(hours=2)

    done = restore_backup(kept.directory, newest(kept.directory), PASSPHRASE, clock=clock)

    assert (done.n, done.head) == (head.n, head.hash)
    again = open_vault(kept.directory, PASSPHRASE, clock=clock)
    assert again.check(deep=True).is_sound
    assert again.check().head == head
    assert again.circumstances.restore_unrecorded
    with again.engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT epoch FROM device").scalar() == 2
        note_restore_recorded(connection)
    again.close()


def test_what_was_there_is_kept_and_backed_up(kept, clock):
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)
    record(vault, clock, 4)
    vault.close()
    before = (kept.directory / "xieli.db").read_bytes()
    clock.advance(hours=2)

    done = restore_backup(kept.directory, newest(kept.directory), PASSPHRASE, clock=clock)

    assert (done.kept / "vault.db").read_bytes() == before
    assert list_backups(kept.directory / "backups")[0].n == 7
    assert list_backups(kept.directory / "backups")[0].reason == "restore"


def test_a_damaged_vault_is_restored(kept, clock):
    os.truncate(kept.directory / "xieli.db", 8192)

    restore_backup(kept.directory, newest(kept.directory), PASSPHRASE, clock=clock)

    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)
    assert vault.check(deep=True).is_sound
    vault.close()


def test_a_vault_without_a_header_is_restored_with_the_backup_s(kept, clock):
    backup = newest(kept.directory)
    (kept.directory / "vault.json").write_bytes(b"{}")

    with problem("V-01"):
        restore_backup(kept.directory, backup, OTHER_PASSPHRASE, clock=clock)
    restore_backup(kept.directory, backup, PASSPHRASE, clock=clock)

    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)
    assert vault.check(deep=True).is_sound
    vault.close()


def test_a_new_laptop_is_filled_from_a_stick(kept, tmp_path, clock):
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)
    stored = vault.blobs.write([b"photo"])
    backup = vault.backup(destination=tmp_path / "stick").path
    vault.close()
    shutil.rmtree(kept.directory)

    done = restore_backup(tmp_path / "new", backup, PASSPHRASE, clock=clock)

    assert done.kept is None
    vault = open_vault(tmp_path / "new", PASSPHRASE, clock=clock)
    assert vault.check(deep=True).is_sound
    assert b"".join(vault.blobs.read(stored.blob_id, stored.wrapped_key)) == b"photo"
    vault.close()


def test_after_a_changed_passphrase_the_present_one_restores(kept, clock):
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)
    access.change_passphrase(vault, PASSPHRASE, OTHER_PASSPHRASE, kdf=FLOOR)
    vault.close()
    backup = newest(kept.directory)

    with problem("V-01"):
        restore_backup(kept.directory, backup, PASSPHRASE, clock=clock)
    restore_backup(kept.directory, backup, OTHER_PASSPHRASE, clock=clock)

    again = open_vault(kept.directory, OTHER_PASSPHRASE, clock=clock)
    assert not again.circumstances.must_change_passphrase
    again.close()


def test_the_backup_of_another_vault_is_refused_and_nothing_changes(kept, tmp_path, clock):
    other = make_vault(tmp_path / "other", clock)
    before = snapshot(kept.directory)

    with problem("V-17"):
        restore_backup(kept.directory, newest(other.directory), PASSPHRASE, clock=clock)

    after = snapshot(kept.directory)
    assert {name for name in after if after[name] != before.get(name)} <= {"lock"}


def test_a_harmed_backup_is_refused_and_nothing_changes(kept, clock):
    backup = newest(kept.directory)
    flip(backup / "vault.db", 20_000)
    before = snapshot(kept.directory)

    with problem("V-16"):
        restore_backup(kept.directory, backup, PASSPHRASE, clock=clock)

    after = snapshot(kept.directory)
    assert {name for name in after if after[name] != before.get(name)} <= {"lock"}


def test_a_folder_that_is_no_backup_is_refused(kept, tmp_path, clock):
    with problem("V-16"):
        restore_backup(kept.directory, tmp_path, PASSPHRASE, clock=clock)
    with problem("V-12"):
        restore_backup(tmp_path / "nowhere", tmp_path, PASSPHRASE, clock=clock)


def test_an_open_vault_is_not_restored(opened, clock):
    with problem("V-05"):
        restore_backup(opened.directory, newest(opened.directory), PASSPHRASE, clock=clock)


KILLED = textwrap.dedent("""
    import os, sys
    from pathlib import Path
    from app.store.entering import open_vault
    from tests.fakes import StoppedClock
    from tests.vaults import PASSPHRASE
    vault = open_vault(Path(sys.argv[1]), PASSPHRASE, clock=StoppedClock())
    connection = vault.engine.connect()
    connection.exec_driver_sql("PRAGMA cache_size = 1")
    connection.exec_driver_sql("CREATE TABLE spill (a)")
    for _ in range(300):
        connection.exec_driver_sql("INSERT INTO spill VALUES (randomblob(4000))")
    os.kill(os.getpid(), 9)
""")


def test_the_journal_of_a_killed_program_does_not_reach_the_restored_database(kept, clock):
    subprocess.run([sys.executable, "-c", KILLED, str(kept.directory)], check=False)
    assert (kept.directory / "xieli.db-journal").read_bytes()[:8] != bytes(8)

    restore_backup(kept.directory, newest(kept.directory), PASSPHRASE, clock=clock)

    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)
    assert vault.check(deep=True).is_sound
    assert vault.check().head.n == 3
    vault.close()


def test_neither_does_it_when_the_old_database_is_beyond_reading(kept, clock):
    subprocess.run([sys.executable, "-c", KILLED, str(kept.directory)], check=False)
    flip(kept.directory / "xieli.db", 30)
    flip(kept.directory / "xieli.db-journal", 600)

    done = restore_backup(kept.directory, newest(kept.directory), PASSPHRASE, clock=clock)

    assert (done.kept / "vault.db").exists()
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)
    assert vault.check(deep=True).is_sound
    vault.close()


def test_a_journal_goes_aside_with_the_database_it_belongs_to(kept, clock):
    files = VaultFiles(kept.directory)
    journal_of(files.database).write_bytes(b"of the old one")
    prepared = side_copy(files)
    prepared.write_bytes(b"the new one")

    aside = swap_in(files, prepared, clock.now())

    assert files.database.read_bytes() == b"the new one"
    assert not journal_of(files.database).exists()
    assert (aside / "vault.db-journal").read_bytes() == b"of the old one"


def test_a_restore_cut_off_before_the_swap_leaves_the_vault_as_it_was(kept, clock, monkeypatch):
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)
    record(vault, clock, 2)
    vault.close()

    def power_lost(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("app.store.restoring.swap_in", power_lost)
        with pytest.raises(KeyboardInterrupt):
            restore_backup(kept.directory, newest(kept.directory), PASSPHRASE, clock=clock)

    again = open_vault(kept.directory, PASSPHRASE, clock=clock)
    assert again.check(deep=True).is_sound
    assert again.check().head.n == 5
    again.close()


def test_of_replaced_databases_three_stay_and_all_of_the_last_month(kept, clock):
    files = VaultFiles(kept.directory)
    for _ in range(6):
        clock.advance(days=10)
        restore_backup(kept.directory, newest(kept.directory), PASSPHRASE, clock=clock)

    stamps = sorted(path.name for path in files.backups.glob("replaced-*"))
    assert len(stamps) == 4
    forget_old(files, clock.now() + timedelta(days=400))
    assert sorted(path.name for path in files.backups.glob("replaced-*")) == stamps[-3:]
    assert read_header(kept.directory).gen == 1
