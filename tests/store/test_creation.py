"""Whose a new vault is: what its header could not say is refused before anything is built."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.crypto.kdf import FLOOR
from app.store import creation, entering
from app.store.atomic import disk_full
from app.store.entering import create_vault, open_vault
from app.store.header import MOST_NAME, VaultOwner
from app.store.header_file import read_header, write_header
from app.store.layout import VaultFiles
from app.sync.protocol.enrolment import PersonName
from tests.vaults import OWNER, PASSPHRASE, problem

UNFIT = ["", " 　", "长" * (MOST_NAME + 1), "村\n", "村\x00", "\udc80", "村\u2028"]


def create(directory, clock, **changes):
    return create_vault(
        directory,
        PASSPHRASE,
        owner=replace(OWNER, **changes),
        practice=True,
        clock=clock,
        kdf=FLOOR,
    )


@pytest.mark.parametrize("whose", ["name", "village"])
@pytest.mark.parametrize("name", UNFIT, ids=lambda name: ascii(name)[:12])
def test_a_vault_is_not_made_for_what_is_no_name(tmp_path, clock, whose, name):
    with problem("V-27"):
        create(tmp_path / "v", clock, **{whose: name})

    assert list(tmp_path.iterdir()) == []


def test_the_longest_name_the_county_may_send_makes_a_vault_that_opens(tmp_path, clock):
    (meta,) = PersonName.__metadata__
    longest = "青" * meta.max_length
    made, _ = create(tmp_path / "v", clock, name=longest, village=longest)
    made.close()

    opened = open_vault(tmp_path / "v", PASSPHRASE, clock=clock)

    assert opened.header.owner == VaultOwner(longest, longest)
    opened.close()


def test_a_header_that_would_not_read_back_is_not_put_in_force(kept):
    files, header = VaultFiles(kept.directory), read_header(kept.directory)
    before = files.header.read_bytes()

    with problem("V-02"):
        write_header(files, replace(header, idle_seconds=-1))

    assert files.header.read_bytes() == before


def test_a_vault_that_cannot_be_made_durable_leaves_nothing(tmp_path, clock, monkeypatch):
    def fail(_directory):
        raise OSError(28, "full")

    monkeypatch.setattr(creation, "sync_directory", fail)

    with problem("D-01"):
        create(tmp_path / "v", clock)

    assert list(tmp_path.iterdir()) == []


def test_a_new_vault_that_cannot_be_taken_hold_of_goes_again(tmp_path, clock, monkeypatch):
    def fail(*_all):
        raise disk_full()

    monkeypatch.setattr(entering, "take_lock", fail)

    with problem("D-01"):
        create(tmp_path / "v", clock)

    assert list(tmp_path.iterdir()) == []
