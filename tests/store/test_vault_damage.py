"""A vault harmed, edited, put back or cut off: every fault is named, none passes for another."""

from __future__ import annotations

import json
import os
import shutil

import pytest

from app.crypto.encoding import to_base64
from app.domain.operations import canonical
from app.domain.problem import Problem
from app.services.desk import begin_in
from app.services.household_records import write_household
from app.store.entering import enter, open_vault, unlock_vault
from app.store.header import header_check
from app.store.header_file import read_header
from app.store.header_parser import parse_header
from app.store.layout import VaultFiles
from app.store.locking import read_lock_note, take_lock
from app.store.marks import RESTORED, note_restore_recorded, read_mark
from app.store.repair import repair_header
from app.store.sqlcipher import connect
from app.store.vault import Unlocked
from tests.storefile import household_of
from tests.vaults import OTHER_PASSPHRASE, PASSPHRASE, flip, problem, record, snapshot

PAGE = 4096


PROVED = {}
"""The data keys of vaults once opened; deriving them each time is the slow part."""


def faults(directory, clock):
    """Codes of everything opening and a deep check have to say."""
    files = VaultFiles(directory)
    try:
        header = read_header(directory)
        key = PROVED.get(header.vault_id)
        if key is None:
            unlocked = unlock_vault(directory, PASSPHRASE, clock=clock)
            PROVED[header.vault_id] = unlocked.key
        else:
            unlocked = Unlocked(files, header, key, take_lock(files.lock, clock.evidence()))
        vault = enter(unlocked, clock=clock)
    except Problem as caught:
        return {caught.code}
    try:
        noted = vault.circumstances.findings
        return {finding.code for finding in (*noted, *vault.check(deep=True).findings)}
    finally:
        vault.close()


def test_a_whole_vault_has_no_faults(kept, clock):
    assert faults(kept.directory, clock) == set()


def test_every_sampled_flip_of_the_database_is_named(kept, clock):
    path = kept.directory / "xieli.db"
    missed = []
    for place in range(7, path.stat().st_size, path.stat().st_size // 60):
        flip(path, place, place % 8)
        if faults(kept.directory, clock) != {"V-03"}:
            missed.append(place)
        flip(path, place, place % 8)

    assert missed == []


@pytest.mark.parametrize("pages", [0, 1, 2, 10, 50])
def test_a_database_cut_off_is_named(kept, clock, pages):
    os.truncate(kept.directory / "xieli.db", pages * PAGE)

    assert faults(kept.directory, clock) == {"V-03"}


def test_a_database_that_is_gone_is_named(kept, clock):
    (kept.directory / "xieli.db").unlink()

    assert faults(kept.directory, clock) == {"V-03"}


def test_the_database_of_another_vault_is_named(kept, tmp_path, clock, vault_template):
    (kept.directory / "xieli.db").write_bytes(os.urandom(20 * PAGE))

    assert faults(kept.directory, clock) == {"V-03"}


def test_a_database_that_says_it_is_another_vault_s_is_named(kept, clock):
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)
    with vault.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE device SET vault_id = 'another'")
    vault.close()

    assert faults(kept.directory, clock) == {"V-03"}


def test_a_damaged_database_is_not_a_wrong_passphrase_and_the_other_way_round(kept, clock):
    flip(kept.directory / "xieli.db", 40)

    with problem("V-01"):
        open_vault(kept.directory, OTHER_PASSPHRASE, clock=clock)
    with problem("V-03"):
        open_vault(kept.directory, PASSPHRASE, clock=clock)


def test_a_damaged_header_is_not_a_wrong_passphrase(kept, clock):
    flip(kept.directory / "vault.json", 300)

    with problem("V-02"):
        open_vault(kept.directory, OTHER_PASSPHRASE, clock=clock)
    assert read_lock_note(kept.directory / "lock").failures == 0


def forge(directory, **changes):
    """Edit the header as somebody without the key would, its unkeyed check made to fit."""
    path = directory / "vault.json"
    fields = {**json.loads(path.read_bytes()), **changes}
    del fields["check"]
    path.write_bytes(canonical({**fields, "check": to_base64(header_check(fields))}))


@pytest.mark.parametrize(
    "changes",
    [
        {"practice": False},
        {"gen": 9},
        {"owner": {"name": "别人", "village": "测试村"}},
        {"min_app": "0.0"},
        {"policy": {"idle_s": 86000, "fail_limit": 5}},
    ],
)
def test_an_edited_header_is_named(kept, clock, changes):
    forge(kept.directory, **changes)

    with problem("V-02") as caught:
        open_vault(kept.directory, PASSPHRASE, clock=clock)

    assert "改动过" in caught.value.what


def test_a_newer_vault_is_not_damaged(kept, clock):
    forge(kept.directory, v=2)

    with problem("V-04"):
        open_vault(kept.directory, PASSPHRASE, clock=clock)


def test_a_damaged_header_is_mended_from_the_one_before(kept, clock):
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)
    vault.put_in_force(*vault.header.slots)
    vault.close()
    (kept.directory / "vault.json").write_bytes(b"{}")

    with problem("V-01"):
        repair_header(kept.directory, OTHER_PASSPHRASE, clock=clock)
    repair_header(kept.directory, PASSPHRASE, clock=clock)

    again = open_vault(kept.directory, PASSPHRASE, clock=clock)
    assert again.circumstances.must_change_passphrase
    again.close()
    assert parse_header((kept.directory / "vault.json.prev").read_bytes()).gen == 1
    assert read_header(kept.directory).gen == 1


def test_a_damaged_header_is_mended_from_a_backup_when_there_is_no_other(kept, clock):
    (kept.directory / "vault.json").unlink()
    with problem("V-02"):
        open_vault(kept.directory, PASSPHRASE, clock=clock)

    repair_header(kept.directory, PASSPHRASE, clock=clock)

    assert faults(kept.directory, clock) == set()


def test_without_any_spare_the_county_is_the_next_step(kept, clock):
    (kept.directory / "vault.json").write_bytes(b"{}")
    shutil.rmtree(kept.directory / "backups")

    with problem("V-14") as caught:
        repair_header(kept.directory, PASSPHRASE, clock=clock)

    assert "县里" in caught.value.do


def old_database(kept, clock):
    """Record more, then put the database of before back, as an undo tool would."""
    before = (kept.directory / "xieli.db").read_bytes()
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)
    record(vault, clock, 2)
    vault.close()
    (kept.directory / "xieli.db").write_bytes(before)
    (kept.directory / "xieli.db-journal").unlink()


def test_a_database_put_back_is_older_than_its_anchor(kept, clock):
    old_database(kept, clock)
    before = snapshot(kept.directory)

    with problem("V-09") as caught:
        open_vault(kept.directory, PASSPHRASE, clock=clock)

    assert "比记下的进度旧" in caught.value.what
    after = snapshot(kept.directory)
    assert {name for name in after if after[name] != before.get(name)} <= {"lock"}


def test_a_database_put_back_can_be_accepted_and_begins_an_epoch_of_its_own(kept, clock):
    old_database(kept, clock)

    vault = open_vault(kept.directory, PASSPHRASE, clock=clock, accept_older=True)

    assert vault.circumstances.restore_unrecorded
    with vault.engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT epoch FROM device").scalar() == 2
        assert read_mark(connection) == RESTORED
        note_restore_recorded(connection)
    vault.close()
    again = open_vault(kept.directory, PASSPHRASE, clock=clock)
    assert not again.circumstances.restore_unrecorded
    assert again.check(deep=True).is_sound
    again.close()


def test_an_old_database_with_its_old_anchor_is_older_than_its_header(kept, clock):
    before = {name: (kept.directory / name).read_bytes() for name in ("xieli.db", "anchor.bin")}
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)
    vault.put_in_force(*vault.header.slots)
    vault.close()
    for name, data in before.items():
        (kept.directory / name).write_bytes(data)
    (kept.directory / "xieli.db-journal").unlink()

    with problem("V-09") as caught:
        open_vault(kept.directory, PASSPHRASE, clock=clock)

    assert "钥匙文件" in caught.value.what


def test_an_anchor_that_is_gone_is_named_and_can_be_begun_anew(kept, clock):
    (kept.directory / "anchor.bin").unlink()

    with problem("V-10"):
        open_vault(kept.directory, PASSPHRASE, clock=clock)
    open_vault(kept.directory, PASSPHRASE, clock=clock, accept_older=True).close()

    assert faults(kept.directory, clock) == set()


def test_every_sampled_flip_of_the_anchor_is_named_and_mended(kept, clock):
    for place in range(0, 192, 11):
        flip(kept.directory / "anchor.bin", place)
        assert faults(kept.directory, clock) == {"V-11"}
        assert faults(kept.directory, clock) == set()


def test_an_anchor_older_than_the_database_is_allowed(kept, clock):
    anchor = (kept.directory / "anchor.bin").read_bytes()
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)
    record(vault, clock, 3)
    vault.close()
    (kept.directory / "anchor.bin").write_bytes(anchor)

    assert faults(kept.directory, clock) == set()


def test_a_page_of_an_older_day_spliced_in_is_named(kept, clock):
    path = kept.directory / "xieli.db"
    before = path.read_bytes()
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)
    record(vault, clock, 1)
    vault.close()
    after = path.read_bytes()
    changed = [
        number
        for number in range(1, len(before) // PAGE)
        if before[number * PAGE :][:PAGE] != after[number * PAGE :][:PAGE]
    ]

    missed = []
    for number in changed:
        start = number * PAGE
        path.write_bytes(after[:start] + before[start : start + PAGE] + after[start + PAGE :])
        if not faults(kept.directory, clock):
            missed.append(number)
        path.write_bytes(after)

    assert changed
    assert missed == []


def test_an_operation_edited_with_the_key_is_named_by_the_chain(kept, clock):
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)
    vault.close()
    raw = connect(kept.directory / "xieli.db", vault.subkey("sa/db/v1"))
    raw.execute("DROP TRIGGER tr_operation_no_update")
    raw.execute("UPDATE operation SET actor = 'somebody else' WHERE n = 2")
    raw.close()

    assert faults(kept.directory, clock) == {"V-03"}


def test_a_row_pointing_nowhere_is_named(kept, clock):
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)
    vault.close()
    raw = connect(kept.directory / "xieli.db", vault.subkey("sa/db/v1"))
    raw.execute("PRAGMA foreign_keys = OFF")
    raw.execute(
        "INSERT INTO attachment VALUES ('a', 'nobody', ?, 'k', 'h', 'image/jpeg', 1, '2026')",
        ("0" * 32,),
    )
    raw.close()

    assert faults(kept.directory, clock) == {"V-03"}


def with_photo(vault, clock):
    """A household with one attachment, as the log tells it; the household."""
    stored = vault.blobs.write([b"photo"])
    household = household_of("覃兰英")
    with begin_in(vault, clock)() as work:
        write_household(work, household, kind="roster.imported")
        work.change(
            kind="attachment.added",
            entity="attachment",
            entity_id="a",
            subject=household.id,
            new=True,
            fields={
                "household_id": household.id,
                "blob_id": stored.blob_id,
                "blob_key": stored.wrapped_key,
                "sha256": stored.sha256,
                "media_type": "image/jpeg",
                "size": stored.size,
                "added_at": clock.now(),
            },
        )
        work.commit()
    return household


def test_a_row_that_says_something_else_than_the_log_is_named(kept, clock):
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)
    household = with_photo(vault, clock)
    sound = vault.check(deep=True).is_sound
    with vault.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE household SET door = '99号'")

    (finding,) = vault.check(deep=True).findings

    assert sound
    assert (finding.code, finding.detail) == ("V-19", f"household {household.id}")
    assert vault.check().is_sound
    vault.close()


def test_an_attachment_that_is_gone_is_named(kept, clock):
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)
    with_photo(vault, clock)
    assert vault.check(deep=True).is_sound
    next(vault.files.blobs.glob("??/*")).unlink()

    found = vault.check(deep=True).findings

    assert [finding.code for finding in found] == ["V-15"]
    assert vault.check().is_sound
    vault.close()
