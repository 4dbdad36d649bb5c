"""The vault's use cases, as window and command line call them."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from app.crypto.kdf import FLOOR
from app.services.vaults import CreateVault, Vaults
from app.store import journal
from tests.vaults import OTHER_PASSPHRASE, PASSPHRASE, problem, record


@pytest.fixture
def vaults(clock):
    return Vaults(clock, FLOOR)


@pytest.fixture
def request_(tmp_path):
    return CreateVault(
        directory=tmp_path / "new", passphrase=PASSPHRASE, officer="测试协理员", village="测试村"
    )


def kinds(vault):
    with vault.engine.connect() as connection:
        return [operation.kind for operation in journal.read_operations(connection)]


def test_nothing_heavy_is_imported_to_show_the_unlock_page(kept):
    probe = (
        "import sys\nfrom pathlib import Path\nfrom app.services.vaults import Vaults\n"
        "from tests.fakes import StoppedClock\n"
        f"print(Vaults(StoppedClock()).resident(Path({str(kept.directory)!r})).village)\n"
        "print([name for name in ('sqlalchemy', 'alembic') if name in sys.modules])\n"
    )

    said = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)

    assert said.stdout == "测试村\n[]\n"


def test_a_vault_is_made_locked_and_opened_again(vaults, request_):
    vault, groups = vaults.create(request_)
    assert [len(group) for group in groups] == [5] * 8
    vaults.lock(vault)

    again = vaults.open(request_.directory, PASSPHRASE)

    assert vaults.check(again).is_sound
    assert [one.reason for one in vaults.backups(request_.directory)] == ["lock"]
    again.close()


def test_the_key_may_be_derived_on_another_thread_than_the_store_s(vaults, request_):
    found = []
    thread = threading.Thread(target=lambda: found.append(vaults.found(request_)))
    thread.start()
    thread.join()
    unlocked, _ = found[0]

    vault = vaults.enter(unlocked)

    assert vaults.check(vault).is_sound
    vault.close()


def test_the_unlock_page_knows_whose_vault_it_is_and_how_long_to_wait(vaults, kept):
    for _ in range(3):
        with problem("V-01"):
            vaults.prove(kept.directory, OTHER_PASSPHRASE)

    resident = vaults.resident(kept.directory)

    assert (resident.officer, resident.village) == ("测试协理员", "测试村")
    assert resident.practice
    assert resident.seconds_to_wait == vaults.seconds_to_wait(kept.directory) == 5


def test_the_recovery_sheet_opens_once(vaults, kept):
    vault, groups = vaults.recover(kept.directory, kept.recovery, OTHER_PASSPHRASE)
    vault.close()

    with problem("V-08"):
        vaults.recover(kept.directory, kept.recovery, OTHER_PASSPHRASE)
    vaults.recover(kept.directory, " ".join(groups), PASSPHRASE)[0].close()
    vaults.open(kept.directory, PASSPHRASE).close()


def test_a_weak_new_passphrase_is_refused_before_the_sheet_is_spent(vaults, kept):
    with problem("V-07"):
        vaults.recover(kept.directory, kept.recovery, "123456")

    vaults.recover(kept.directory, kept.recovery, OTHER_PASSPHRASE)[0].close()


def test_a_new_passphrase_must_be_new(vaults, kept):
    vault = vaults.open(kept.directory, PASSPHRASE)

    with problem("V-24"):
        vaults.change_passphrase(vault, PASSPHRASE, PASSPHRASE)
    vaults.change_passphrase(vault, PASSPHRASE, OTHER_PASSPHRASE)

    vault.close()
    vaults.open(kept.directory, OTHER_PASSPHRASE).close()


def test_a_restore_is_written_into_the_log_once(vaults, kept, clock):
    vault = vaults.open(kept.directory, PASSPHRASE)
    record(vault, clock, 2)
    vaults.lock(vault)
    oldest = vaults.backups(kept.directory)[-1]

    done = vaults.restore(kept.directory, oldest.path, PASSPHRASE)

    assert done.operations == oldest.operations
    assert done.kept is not None
    for _ in range(2):
        again = vaults.open(kept.directory, PASSPHRASE)
        assert kinds(again).count("vault.restored") == 1
        assert vaults.check(again).is_sound
        again.close()


def test_a_vault_is_let_go_even_when_the_backup_cannot_be_made(vaults, kept):
    vault = vaults.open(kept.directory, PASSPHRASE)
    (kept.directory / "vault.json").unlink()

    with problem("D-02"):
        vaults.lock(vault)

    with problem("V-02"):
        vaults.open(kept.directory, PASSPHRASE)


def test_a_damaged_header_is_mended(vaults, kept):
    (kept.directory / "vault.json").write_bytes(b"")

    vaults.repair_header(kept.directory, PASSPHRASE)

    vaults.open(kept.directory, PASSPHRASE).close()


def test_a_suggested_passphrase_is_strong(vaults):
    suggestion = vaults.suggest_passphrase()

    assert len(suggestion.typed.split()) == len(suggestion.pictured.split()) == 4
    if len(set(suggestion.typed.split())) == 4:
        vaults.require_strong(suggestion.typed, officer="测试协理员", village="测试村")


def test_nothing_secret_shows_in_a_request(request_):
    assert PASSPHRASE not in repr(request_)


def test_a_backup_goes_to_a_stick(vaults, kept, tmp_path):
    vault = vaults.open(kept.directory, PASSPHRASE)
    (tmp_path / "stick").mkdir()

    backup = vaults.back_up(vault, destination=tmp_path / "stick")

    assert backup.path.parent == tmp_path / "stick"
    vault.close()


def test_a_stick_that_is_not_there_is_not_made_on_this_disk(vaults, kept, tmp_path):
    vault = vaults.open(kept.directory, PASSPHRASE)

    with problem("D-07"):
        vaults.back_up(vault, destination=tmp_path / "stick")

    assert not (tmp_path / "stick").exists()
    vault.close()
