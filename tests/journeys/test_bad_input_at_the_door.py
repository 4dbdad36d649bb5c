"""What is wrong in front of the vault is said once, changes nothing, and can be mended there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.crypto.encoding import to_base64
from app.domain.operations import canonical
from app.settings import Settings
from app.store.entering import open_vault, unlock_vault
from app.store.header import header_check
from app.store.journal import Head, read_head
from app.store.layout import VaultFiles
from app.store.sqlcipher import connect
from app.ui.doors import Remedy
from tests.fakes import StoppedClock
from tests.mornings import Morning, begin_morning
from tests.screens import assert_named, assert_unclipped
from tests.vaults import OTHER_PASSPHRASE, PASSPHRASE, Kept, flip


@pytest.fixture
def begin(kept: Kept, tmp_path: Path, qapp, qtbot: QtBot):
    """Starts the program on the vault `kept`, as it is by then; ends it afterwards."""
    begun: list[Morning] = []

    def start() -> Morning:
        settings = Settings(tmp_path / "home")
        begun.append(begin_morning(settings, qapp, qtbot, vault=kept.directory))
        return begun[-1]

    yield start
    for morning in begun:
        morning.leave()


def head(kept: Kept, clock: StoppedClock) -> Head:
    """The end of the operation log: its number and its hash."""
    vault = open_vault(kept.directory, PASSPHRASE, clock=clock)
    with vault.engine.connect() as connection:
        found = read_head(connection)
    vault.close()
    return found


def facts(kept: Kept) -> dict[str, bytes]:
    """Everything that holds records or opens them, byte by byte."""
    files = VaultFiles(kept.directory)
    return {
        path.name: path.read_bytes()
        for path in (files.header, files.database, files.anchor)
        if path.exists()
    }


def damage_header(kept: Kept) -> None:
    """One bit of the key file."""
    flip(VaultFiles(kept.directory).header, 60)


def damage_database(kept: Kept) -> None:
    """One bit of the first page."""
    flip(VaultFiles(kept.directory).database, 900)


def newer_header(kept: Kept) -> None:
    """A key file of a later program."""
    path = VaultFiles(kept.directory).header
    fields = json.loads(path.read_bytes()) | {"v": 2}
    del fields["check"]
    path.write_bytes(canonical(fields | {"check": to_base64(header_check(fields))}))


def newer_schema(kept: Kept) -> None:
    """A database a later program has migrated."""
    unlocked = unlock_vault(kept.directory, PASSPHRASE, clock=StoppedClock())
    raw = connect(VaultFiles(kept.directory).database, unlocked.key.subkey("sa/db/v1"))
    raw.execute("UPDATE alembic_version SET version_num = '0099'")
    raw.close()
    unlocked.discard()


def lose_anchor(kept: Kept) -> None:
    """Nothing tells any more how far the log had come."""
    VaultFiles(kept.directory).anchor.unlink()


def test_a_wrong_passphrase_is_said_and_the_right_one_still_opens(begin, kept, clock):
    before = head(kept, clock)
    morning = begin()

    morning.enter(OTHER_PASSPHRASE)
    told, empty = morning.said(), morning.window.door.passphrase.text()
    morning.enter(PASSPHRASE)
    opened = morning.is_open
    morning.leave()

    assert (told, empty, opened) == ("V-01", "", True)
    assert head(kept, clock) == before


def test_a_vault_in_use_elsewhere_is_said_and_opens_when_it_is_free(begin, kept, clock):
    other = open_vault(kept.directory, PASSPHRASE, clock=clock)
    morning = begin()

    morning.enter(PASSPHRASE)
    told = morning.said()
    other.close()
    morning.enter(PASSPHRASE)

    assert told == "V-05"
    assert morning.is_open


@pytest.mark.parametrize(
    ("harm", "code", "remedies"),
    [
        (damage_header, "V-02", {Remedy.REPAIR, Remedy.RESTORE}),
        (damage_database, "V-03", {Remedy.RESTORE}),
        (newer_header, "V-04", set()),
        (newer_schema, "V-04", set()),
        (lose_anchor, "V-10", {Remedy.RESTORE, Remedy.ACCEPT}),
    ],
)
def test_a_vault_that_does_not_open_is_told_apart_untouched_and_what_can_be_done_is_offered(
    begin, kept, harm, code, remedies
):
    harm(kept)
    before = facts(kept)
    morning = begin()

    for _ in range(2):
        morning.enter(PASSPHRASE)
        assert morning.said() == code

    door = morning.window.door
    offered = {one for one, button in door.remedies.buttons.items() if button.isVisible()}
    assert offered == remedies
    assert facts(kept) == before
    assert not morning.is_open
    assert door.passphrase.isEnabled()
    assert_named(door)
    assert_unclipped(door)


@pytest.mark.parametrize(
    ("harm", "remedy", "operations"),
    [
        (damage_header, Remedy.REPAIR, 3),
        (damage_database, Remedy.RESTORE, 4),
        (lose_anchor, Remedy.ACCEPT, 4),
        (lose_anchor, Remedy.RESTORE, 4),
    ],
)
def test_what_is_offered_mends_it(begin, kept, clock, harm, remedy, operations):
    """Putting a backup back, and going on with an older file, are operations themselves."""
    harm(kept)
    morning = begin()
    morning.enter(PASSPHRASE)

    morning.click(morning.window.door.remedies.buttons[remedy])
    asked = morning.window.door.problem.detail.text()
    morning.enter(PASSPHRASE)
    opened = morning.is_open
    morning.leave()

    assert "再输一次口令" in asked
    assert opened
    assert head(kept, clock).n == operations


def test_a_remedy_wants_the_passphrase_too(begin, kept):
    damage_header(kept)
    before = facts(kept)
    morning = begin()
    morning.enter(PASSPHRASE)

    morning.click(morning.window.door.remedies.buttons[Remedy.REPAIR])
    morning.enter(OTHER_PASSPHRASE)

    assert morning.said() == "V-01"
    assert facts(kept) == before
    assert not morning.is_open


def test_without_a_backup_there_is_nothing_to_go_back_to(begin, kept):
    damage_database(kept)
    for path in VaultFiles(kept.directory).backups.glob("[0-9]*/manifest.json"):
        path.unlink()
    morning = begin()
    morning.enter(PASSPHRASE)

    morning.click(morning.window.door.remedies.buttons[Remedy.RESTORE])

    assert morning.said() == "V-21"
    assert morning.window.door.passphrase.isEnabled()
