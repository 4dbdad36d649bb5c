"""Room kept for the day the disk is full: taken when there is plenty, given when there is none."""

from __future__ import annotations

import shutil
from collections import namedtuple

import pytest

from app.crypto.kdf import FLOOR
from app.store import reserve
from app.store.entering import create_vault, open_vault
from app.store.reserve import EASY_BYTES, LOW_BYTES, RESERVE_BYTES, Reserve
from tests.vaults import OWNER, PASSPHRASE

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def disk(monkeypatch):
    """A disk whose free bytes are told."""
    told = {"free": RESERVE_BYTES + EASY_BYTES}
    monkeypatch.setattr(reserve.shutil, "disk_usage", lambda _path: Usage(10**12, 0, told["free"]))
    return told


def test_a_roomy_disk_gives_the_reserve_and_a_tight_one_does_not(tmp_path, disk):
    kept = Reserve(tmp_path / "reserve.bin")
    assert kept.take()
    assert kept.path.stat().st_size == RESERVE_BYTES

    kept.path.unlink()
    disk["free"] -= 1

    assert not kept.take()
    assert list(tmp_path.iterdir()) == []


def test_it_is_given_back_only_when_the_disk_is_nearly_full(tmp_path, disk):
    kept = Reserve(tmp_path / "reserve.bin")
    kept.take()

    disk["free"] = LOW_BYTES
    kept.give_if_low()
    still = kept.path.exists()
    disk["free"] = LOW_BYTES - 1
    kept.give_if_low()

    assert still
    assert not kept.path.exists()
    assert not kept.is_held


def test_one_that_was_cut_short_is_made_anew(tmp_path, disk):
    (tmp_path / "reserve.bin").write_bytes(b"half")

    assert Reserve(tmp_path / "reserve.bin").take()

    assert (tmp_path / "reserve.bin").stat().st_size == RESERVE_BYTES


def test_noise_is_not_shrunk_by_a_disk_that_compresses(tmp_path, disk):
    Reserve(tmp_path / "reserve.bin").take()

    shutil.make_archive(str(tmp_path / "packed"), "gztar", tmp_path, "reserve.bin")

    assert (tmp_path / "packed.tar.gz").stat().st_size > RESERVE_BYTES * 0.99


def test_a_disk_that_cannot_be_asked_stops_nobody(tmp_path):
    kept = Reserve(tmp_path / "gone" / "reserve.bin")

    assert not kept.take()
    kept.is_held = True
    kept.give_if_low()

    assert not kept.is_held


def test_an_open_vault_says_when_the_disk_is_nearly_full_and_stops_saying_it(tmp_path, clock, disk):
    vault, _ = create_vault(
        tmp_path / "v", PASSPHRASE, owner=OWNER, practice=False, clock=clock, kdf=FLOOR
    )
    fine = vault.trouble()

    disk["free"] = LOW_BYTES - 1
    vault.make_room()
    told = vault.trouble()
    disk["free"] = RESERVE_BYTES + EASY_BYTES
    again = vault.trouble()
    vault.close()

    assert (fine, again) == (None, None)
    assert told is not None
    assert told.code == "D-04"
    assert vault.files.reserve.exists()


def test_the_practice_village_keeps_no_reserve(kept, clock):
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)
    vault.make_room()
    told = vault.trouble()
    vault.close()

    assert told is None
    assert not vault.files.reserve.exists()
