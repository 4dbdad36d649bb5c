"""Attachments nobody refers to: let go, unless any database that could come back needs them."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest

from app.services.vaults import Vaults
from app.store.entering import open_vault
from app.store.layout import VaultFiles
from app.store.manifest import DATABASE
from tests.vaults import PASSPHRASE, flip


@pytest.fixture
def vault(kept, clock):
    """An open vault with one blob no row refers to, two days old."""
    opened = open_vault(kept.directory, PASSPHRASE, clock=clock)
    opened.blobs.write([b"photo"])
    age(opened, clock, days=2)
    yield opened
    opened.close()


def age(vault, clock, **ago):
    """Make every blob so old."""
    then = (clock.now() - timedelta(**ago)).timestamp()
    for path in vault.files.blobs.glob("??/*"):
        os.utime(path, (then, then))


def refer(vault):
    """Let a row refer to the only blob."""
    (blob_id,) = vault.blobs.ids()
    with vault.engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        connection.exec_driver_sql(
            "INSERT INTO household (id, area, village_code, group_name, door, address, category,"
            " is_removed) VALUES ('h', 'rural', '459901', '', '', '', 'dibao', 0)"
        )
        connection.exec_driver_sql(
            "INSERT INTO attachment VALUES ('a', 'h', ?, 'k', 'h', 'image/jpeg', 1, '2026')",
            (blob_id,),
        )


def forget(vault):
    """Nobody refers to it any more."""
    with vault.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM attachment")


def test_a_stray_goes_after_a_day(vault, clock):
    age(vault, clock, hours=23)
    young = vault.sweep_blobs()
    age(vault, clock, hours=25)

    assert (young, vault.sweep_blobs()) == (0, 1)
    assert vault.blobs.ids() == set()


def test_what_a_row_refers_to_stays(vault):
    refer(vault)

    assert vault.sweep_blobs() == 0
    assert len(vault.blobs.ids()) == 1


def test_what_a_backup_refers_to_stays_until_the_backup_goes(vault):
    refer(vault)
    backup = vault.backup("manual").path
    forget(vault)
    held = vault.sweep_blobs()

    for path in sorted(backup.iterdir()):
        path.unlink()
    backup.rmdir()

    assert (held, vault.sweep_blobs()) == (0, 1)


def test_nothing_goes_while_a_kept_database_cannot_be_asked(vault):
    backup = vault.backup("manual").path
    flip(backup / DATABASE, 100)

    assert vault.sweep_blobs() == 0
    assert len(vault.blobs.ids()) == 1


def test_locking_sweeps(kept, clock, vault):
    Vaults(clock).lock(vault)

    assert list(VaultFiles(kept.directory).blobs.glob("??/*")) == []
