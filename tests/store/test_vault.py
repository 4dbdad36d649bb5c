"""A vault from outside: made, opened, mistyped, changed, locked."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from sqlalchemy import text

from app.crypto.kdf import FLOOR
from app.crypto.labels import Label
from app.crypto.slots import CountySlot
from app.domain.operations import GENESIS
from app.store import access, place
from app.store.entering import create_vault, open_vault, open_with_recovery, unlock_vault
from app.store.header_file import read_header
from app.store.locking import read_lock_note
from app.store.vault import OpenVault
from tests.vaults import (
    CANARY,
    OTHER_PASSPHRASE,
    OWNER,
    PASSPHRASE,
    problem,
    record,
    snapshot,
)


def test_a_new_vault_is_the_tree_of_the_design_and_private(tmp_path, clock):
    vault, _ = create_vault(
        tmp_path / "vault", PASSPHRASE, owner=OWNER, practice=False, clock=clock, kdf=FLOOR
    )
    vault.close()

    found = {path.name: path for path in vault.directory.iterdir()}
    assert set(found) - {"xieli.db-journal"} == {
        *("vault.json", "xieli.db", "anchor.bin", "lock"),
        *("blobs", "outbox", "inbox", "backups", "reserve.bin"),
    }
    assert stat.S_IMODE(vault.directory.stat().st_mode) == 0o700
    for path in found.values():
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)
    assert [path.name for path in tmp_path.iterdir()] == ["vault"]


def test_what_it_is_can_be_read_without_opening_it(kept):
    header = read_header(kept.directory)

    assert header.owner == OWNER
    assert header.practice
    assert header.gen == 1


def test_a_vault_opens_again_with_all_it_held(kept, clock):
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)

    assert vault.check(deep=True).is_sound
    assert vault.check().head.n == 3
    assert vault.practice
    assert vault.device_id
    assert not vault.circumstances.must_change_passphrase
    assert vault.circumstances.findings == ()
    vault.close()


def test_an_empty_folder_may_become_a_vault_and_a_full_one_may_not(tmp_path, clock):
    empty, full = tmp_path / "empty", tmp_path / "full"
    empty.mkdir()
    full.mkdir()
    (full / "thesis.doc").write_text("mine")

    create_vault(empty, PASSPHRASE, owner=OWNER, practice=False, clock=clock, kdf=FLOOR)[0].close()
    with problem("V-13"):
        create_vault(full, PASSPHRASE, owner=OWNER, practice=False, clock=clock, kdf=FLOOR)
    with problem("V-13"):
        create_vault(empty, PASSPHRASE, owner=OWNER, practice=False, clock=clock, kdf=FLOOR)

    assert [path.name for path in full.iterdir()] == ["thesis.doc"]


def test_a_weak_passphrase_makes_no_vault(tmp_path, clock):
    with problem("V-07"):
        create_vault(
            tmp_path / "vault", "123456789012", owner=OWNER, practice=False, clock=clock, kdf=FLOOR
        )

    assert list(tmp_path.iterdir()) == []


def test_a_creation_cut_short_leaves_nothing(tmp_path, clock, monkeypatch):
    def fail(*_: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr("app.store.creation.write_header", fail)
    with problem("D-01"):
        create_vault(
            tmp_path / "vault", PASSPHRASE, owner=OWNER, practice=False, clock=clock, kdf=FLOOR
        )

    assert list(tmp_path.iterdir()) == []


def test_a_far_place_is_refused_for_making_and_for_opening(kept, tmp_path, clock, monkeypatch):
    table = tmp_path / "mountinfo"
    table.write_text("22 1 8:1 / / rw - nfs4 server:/x rw\n")
    monkeypatch.setattr(place, "_MOUNTS", table)

    with problem("V-06"):
        open_vault(kept.directory, PASSPHRASE, clock=clock)
    with problem("V-06"):
        create_vault(
            tmp_path / "new", PASSPHRASE, owner=OWNER, practice=False, clock=clock, kdf=FLOOR
        )


def test_a_wrong_passphrase_is_that_and_changes_nothing_but_the_count(kept, clock):
    before = snapshot(kept.directory)

    with problem("V-01"):
        open_vault(kept.directory, OTHER_PASSPHRASE, clock=clock)

    after = snapshot(kept.directory)
    assert {name for name in after if after[name] != before.get(name)} == {"lock"}
    assert read_lock_note(kept.directory / "lock").failures == 1


def test_waiting_is_said_and_never_enforced(kept, clock):
    said = []
    for _ in range(4):
        with problem("V-01") as caught:
            open_vault(kept.directory, OTHER_PASSPHRASE, clock=clock)
        said.append(caught.value.do)

    assert "请等" not in said[0]
    assert [line[:7] for line in said[1:]] == ["请等 2 秒，", "请等 5 秒，", "请等 30 秒"]
    open_vault(kept.directory, PASSPHRASE, clock=clock).close()
    assert read_lock_note(kept.directory / "lock").failures == 0


def test_no_vault_is_that(tmp_path, clock):
    with problem("V-12"):
        open_vault(tmp_path, PASSPHRASE, clock=clock)

    assert list(tmp_path.iterdir()) == []


def test_a_vault_in_use_is_that(kept, clock):
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)

    with problem("V-05"):
        open_vault(kept.directory, PASSPHRASE, clock=clock)

    vault.close()
    open_vault(kept.directory, PASSPHRASE, clock=clock).close()


def test_what_is_unlocked_and_not_entered_can_be_let_go(kept, clock):
    unlocked = unlock_vault(kept.directory, PASSPHRASE, clock=clock)
    assert PASSPHRASE not in repr(unlocked)

    unlocked.discard()

    open_vault(kept.directory, PASSPHRASE, clock=clock).close()


def test_a_failed_opening_holds_no_lock(kept, clock):
    with problem("V-01"):
        open_vault(kept.directory, OTHER_PASSPHRASE, clock=clock)
    os.truncate(kept.directory / "xieli.db", 100)
    with problem("V-03"):
        open_vault(kept.directory, PASSPHRASE, clock=clock)

    with problem("V-03"):
        open_vault(kept.directory, PASSPHRASE, clock=clock)


def test_modes_a_copying_tool_opened_are_closed_again(kept, clock):
    kept.directory.chmod(0o755)
    for path in kept.directory.iterdir():
        path.chmod(0o755 if path.is_dir() else 0o644)

    open_vault(kept.directory, PASSPHRASE, clock=clock).close()

    assert stat.S_IMODE(kept.directory.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in kept.directory.iterdir()} == {0}


def test_a_changed_passphrase_opens_and_the_old_one_does_not(kept, clock):
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)
    access.change_passphrase(vault, PASSPHRASE, OTHER_PASSPHRASE, kdf=FLOOR)
    vault.close()

    with problem("V-01"):
        open_vault(kept.directory, PASSPHRASE, clock=clock)
    again = open_vault(kept.directory, OTHER_PASSPHRASE, clock=clock)
    assert again.header.gen == 2
    assert not again.circumstances.must_change_passphrase
    again.close()


def test_changing_needs_the_present_passphrase_and_a_strong_new_one(kept, clock):
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)

    with problem("V-01"):
        access.change_passphrase(vault, OTHER_PASSPHRASE, OTHER_PASSPHRASE, kdf=FLOOR)
    with problem("V-07"):
        access.change_passphrase(vault, PASSPHRASE, "123456", kdf=FLOOR)

    assert vault.header.gen == 1
    vault.close()


def test_power_lost_in_the_middle_of_a_change_asks_for_it_again(kept, clock, monkeypatch):
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)

    expect = OpenVault._expect_generation

    def power_lost(vault: OpenVault, generation: int) -> None:
        expect(vault, generation)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(OpenVault, "_expect_generation", power_lost)
        with pytest.raises(KeyboardInterrupt):
            access.change_passphrase(vault, PASSPHRASE, OTHER_PASSPHRASE, kdf=FLOOR)
    vault.close()

    again = open_vault(kept.directory, PASSPHRASE, clock=clock)
    assert again.circumstances.must_change_passphrase
    access.change_passphrase(again, PASSPHRASE, OTHER_PASSPHRASE, kdf=FLOOR)
    assert not again.circumstances.must_change_passphrase
    again.close()


def test_an_old_header_put_back_demands_a_new_passphrase(kept, clock):
    old = (kept.directory / "vault.json").read_bytes()
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)
    access.change_passphrase(vault, PASSPHRASE, OTHER_PASSPHRASE, kdf=FLOOR)
    vault.close()
    (kept.directory / "vault.json").write_bytes(old)

    again = open_vault(kept.directory, PASSPHRASE, clock=clock)

    assert again.circumstances.must_change_passphrase
    access.add_county_slot(
        again, "kid", X25519PrivateKey.generate().public_key().public_bytes_raw()
    )
    assert again.circumstances.must_change_passphrase
    again.close()


def test_the_recovery_code_opens_and_both_secrets_are_replaced(kept, clock):
    vault = open_with_recovery(kept.directory, kept.recovery, clock=clock)
    new = access.start_afresh(vault, OTHER_PASSPHRASE, kdf=FLOOR)
    vault.close()

    with problem("V-08"):
        open_with_recovery(kept.directory, kept.recovery, clock=clock)
    with problem("V-01"):
        open_vault(kept.directory, PASSPHRASE, clock=clock)
    open_with_recovery(kept.directory, " ".join(new.groups), clock=clock).close()
    open_vault(kept.directory, OTHER_PASSPHRASE, clock=clock).close()


def test_a_miscopied_recovery_code_names_the_group(kept, clock):
    groups = kept.recovery.split()
    groups[4] = "13579" if groups[4] != "13579" else "24680"

    with problem("V-08") as caught:
        open_with_recovery(kept.directory, " ".join(groups), clock=clock)

    assert "第 5 组" in caught.value.what


def test_a_renewed_recovery_code_replaces_the_old(kept, clock):
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)
    code = access.renew_recovery_code(vault)
    vault.close()

    open_with_recovery(kept.directory, " ".join(code.groups), clock=clock).close()
    with problem("V-08"):
        open_with_recovery(kept.directory, kept.recovery, clock=clock)


def test_the_county_can_be_given_a_slot(kept, clock):
    county = X25519PrivateKey.generate()
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)
    access.add_county_slot(vault, "county-rec-2026", county.public_key().public_bytes_raw())
    vault.close()

    header = read_header(kept.directory)
    slot = next(slot for slot in header.slots if isinstance(slot, CountySlot))
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
    released = suite.decrypt(slot.enc, county, info=slot.info(header.binding))
    assert released == vault.data_key().secret
    open_vault(kept.directory, PASSPHRASE, clock=clock).close()


def test_no_word_of_the_log_lies_in_clear_in_any_file(kept, clock):
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)
    vault.blobs.write([CANARY.encode()])
    with vault.engine.begin() as connection:
        row = {"key": "visit", "fields": f'{{"note":"{CANARY}"}}', "at": "2026-03-02"}
        connection.execute(text("INSERT INTO draft VALUES (:key, :fields, :at)"), row)
    record(vault, clock)
    vault.backup()
    vault.close()

    spellings = [CANARY.encode(code) for code in ("utf-8", "utf-16-le", "gb18030")]
    escaped = [CANARY.encode("unicode_escape"), vault.data_key().secret, PASSPHRASE.encode()]
    for name, data in snapshot(kept.directory).items():
        for spelling in spellings + escaped:
            assert spelling not in data, name


def test_subkeys_differ_and_the_vault_shows_none(kept, clock):
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)

    assert len({vault.subkey(label) for label in Label}) == len(Label)
    assert vault.blob_key == vault.subkey(Label.BLOB)
    assert vault.data_key().secret.hex() not in repr(vault)
    vault.close()


def test_a_backup_is_due_after_half_an_hour_in_which_something_changed(kept, clock):
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)

    clock.advance(hours=1)
    assert not vault.is_backup_due()
    record(vault, clock)
    assert vault.is_backup_due()
    vault.backup("half-hour")
    assert not vault.is_backup_due()
    record(vault, clock)
    clock.advance(minutes=29)
    assert not vault.is_backup_due()
    clock.advance(minutes=1)
    assert vault.is_backup_due()
    shutil.rmtree(vault.files.backups)
    vault.files.backups.mkdir()
    assert vault.is_backup_due()
    vault.close()


def test_what_a_killed_program_left_is_swept_at_the_next_opening(kept, clock):
    left = [".vault.json.1234.tmp", "xieli.db.next", "xieli.db.next-journal"]
    for name in left:
        (kept.directory / name).write_bytes(b"half")
    (kept.directory / "backups" / ".unfinished-1234").mkdir()

    open_vault(kept.directory, PASSPHRASE, clock=clock).close()

    assert not any((kept.directory / name).exists() for name in left)
    assert not (kept.directory / "backups" / ".unfinished-1234").exists()


def test_opening_does_not_import_alembic(kept):
    probe = (
        "import sys\nfrom pathlib import Path\nfrom app.store.entering import open_vault\n"
        "from tests.fakes import StoppedClock\n"
        f"open_vault(Path({str(kept.directory)!r}), {PASSPHRASE!r}, clock=StoppedClock()).close()\n"
        "print('alembic' in sys.modules)\n"
    )
    said = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)

    assert said.stdout == "False\n"


def test_the_anchor_starts_at_the_beginning_of_the_log(tmp_path, clock):
    vault, _ = create_vault(
        Path(tmp_path / "vault"), PASSPHRASE, owner=OWNER, practice=True, clock=clock, kdf=FLOOR
    )

    assert vault.check().head.hash == GENESIS
    assert vault.check().is_sound
    vault.close()
