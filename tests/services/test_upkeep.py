"""What an open vault needs while it is used; what goes wrong is told and stops nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.crypto.kdf import FLOOR
from app.domain.problem import Unavailable
from app.services.access import Access
from app.services.upkeep import Upkeep
from app.store.atomic import disk_failing, disk_full
from app.store.backup import list_backups
from app.store.entering import open_vault
from app.store.sqlcipher import database_unreadable
from tests.vaults import OTHER_PASSPHRASE, PASSPHRASE, record


@pytest.fixture
def vault(kept, clock):
    """An open vault in which something was recorded half an hour after the last backup."""
    opened = open_vault(kept.directory, PASSPHRASE, clock=clock)
    record(opened, clock)
    clock.advance(minutes=31)
    yield opened
    opened.close()


def test_a_due_backup_is_taken_and_nothing_is_said(vault, clock):
    upkeep = Upkeep(vault, clock)

    assert upkeep.look_after() is None

    assert list_backups(vault.files.backups)[0].reason == "half-hour"


def test_a_backup_that_fails_is_told_and_not_tried_at_every_save(vault, clock, monkeypatch):
    tries = []

    def full(reason):
        tries.append(reason)
        raise disk_full()

    monkeypatch.setattr(vault, "backup", full)
    upkeep = Upkeep(vault, clock)

    told = [upkeep.look_after() for _ in range(3)]
    clock.advance(minutes=30)
    later = upkeep.look_after()

    assert [problem and problem.code for problem in (*told, later)] == ["D-06", None, None, "D-06"]
    assert tries == ["half-hour", "half-hour"]


def test_an_old_key_file_is_told_until_the_passphrase_was_changed(vault, clock):
    vault.circumstances = replace(vault.circumstances, must_change_passphrase=True)
    upkeep = Upkeep(vault, clock)

    told = upkeep.look_after()
    Access(vault, FLOOR).change_passphrase(
        PASSPHRASE, OTHER_PASSPHRASE, run_in_store=lambda job: job()
    )

    assert told.code == "V-23"
    assert upkeep.look_after() is None


def test_a_damaged_file_is_told_as_that(vault, clock, monkeypatch):
    def damaged(_reason):
        raise database_unreadable()

    monkeypatch.setattr(vault, "backup", damaged)

    assert Upkeep(vault, clock).look_after().code == "V-03"


def test_an_anchor_that_cannot_be_written_never_says_that_a_record_was_not_saved(
    vault, clock, monkeypatch
):
    def fail(*_args, **_named):
        raise disk_failing()

    with monkeypatch.context() as patched:
        patched.setattr(vault, "anchor_now", fail)
        vault.note_head(4, bytes(32), durable=True)
        told = vault.trouble()
    with vault.engine.connect() as connection:
        head = connection.exec_driver_sql("SELECT n, hash FROM operation ORDER BY n DESC").first()
    vault.note_head(head[0], head[1], durable=False)

    assert isinstance(told, Unavailable)
    assert told.code == "D-05"
    assert "没有存上" not in str(told)
    assert vault.trouble() is None
