"""Passphrase forgotten, sheet lost: the county opens the vault again, with everything in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from app.crypto.envelope import Kind, new_signing_pair, seal_container
from app.crypto.kdf import FLOOR
from app.crypto.slots import CountySlot
from app.services.county_recovery import CountyRecovery
from app.services.vaults import Vaults
from app.store.entering import open_vault
from app.store.erasing import destroy_keys
from app.store.layout import VaultFiles
from app.sync.protocol.coding import decode, encode, to_object
from app.sync.protocol.recovery import VAULT_TOLD, RecoveryRequest, Release, ReleaseHeader
from county_server.__main__ import main
from county_server.recovery import Recovery
from county_server.tables import audit
from tests.counties import DirectRoad, copied_office
from tests.recovering import NEW, Lost, joined_in, kinds_of
from tests.vaults import OTHER_PASSPHRASE, PASSPHRASE, Kept, problem, snapshot


@pytest.fixture(scope="module")
def joined(founded, tmp_path_factory) -> Path:
    return joined_in(founded, tmp_path_factory.mktemp("joined"))


@pytest.fixture
def office(joined, tmp_path, clock):
    made = copied_office(joined, tmp_path, clock)
    yield made
    made.database.close()


@pytest.fixture
def lost(office, tmp_path, clock) -> Lost:
    return Lost(tmp_path / "vault", office, clock, tmp_path / "usb")


def audited(office) -> list[str]:
    with office.database.read() as connection:
        return list(connection.execute(select(audit.c.what).order_by(audit.c.n)).scalars())


def forged(lost: Lost, signer: bytes, **changed: object) -> bytes:
    """A release with the real data key, made by whoever holds `signer`."""
    request = decode(lost.request.read_bytes(), RecoveryRequest)
    vault = open_vault(lost.directory, PASSPHRASE, clock=lost.clock)
    key = vault.data_key().secret
    vault.close()
    said = {"vault_id": request.vault.vault_id, "key": key} | changed
    header = ReleaseHeader(
        v=1, suite="S1", county="459901", request=lost.recovery._asked(lost.directory).sha256
    )
    return seal_container(
        Kind.RELEASE,
        to_object(header),
        encode(Release(**said)),
        recipient=request.reply_to,
        signer=signer,
    )


def test_the_county_s_answer_opens_and_both_old_secrets_are_replaced(lost, joined):
    answer = lost.answered(lost.ask())

    laptop, groups = lost.take(answer)

    assert len(groups) == 8
    assert any(isinstance(slot, CountySlot) for slot in laptop.vault.header.slots)
    laptop.vault.close()
    assert lost.opens_to(NEW)
    with problem("V-01"):
        lost.opens_to(PASSPHRASE)
    with problem("V-08"):
        Vaults(lost.clock).recover(lost.directory, (joined / "sheet").read_text(), OTHER_PASSPHRASE)
    Vaults(lost.clock, FLOOR).recover(lost.directory, " ".join(groups), OTHER_PASSPHRASE)[0].close()


def test_what_was_never_sent_is_all_there_and_goes_up_and_both_sides_have_it_on_record(lost):
    waited = lost.waiting_operations()
    laptop, _ = lost.take(lost.answered(lost.ask()))

    tally = laptop.sync(DirectRoad(lost.office))

    kinds = kinds_of(laptop)
    laptop.vault.close()
    assert kinds.count("vault.opened_by_county") == 1
    assert tally.sent == waited + 1
    assert "recovery-release" in audited(lost.office)


def test_the_request_says_what_is_read_aloud_until_it_is_answered(lost):
    spoken = lost.ask()

    waiting = lost.recovery.waiting(lost.directory)

    assert waiting is not None
    assert waiting.fingerprint == spoken
    assert len(spoken.split()) == 8
    lost.take(lost.answered(spoken))[0].vault.close()
    assert lost.recovery.waiting(lost.directory) is None


def test_the_request_goes_on_a_stick_again(lost):
    lost.ask()
    first = lost.request.read_bytes()
    lost.request.unlink()

    lost.recovery.write_request(lost.directory, lost.usb)

    assert lost.request.read_bytes() == first


def test_without_a_stick_no_request_is_made_and_the_one_before_still_waits(lost):
    spoken = lost.ask()

    with problem("D-07"):
        lost.recovery.ask(lost.directory, NEW, lost.usb / "gone")

    assert lost.recovery.waiting(lost.directory).fingerprint == spoken


def test_the_answer_and_a_copy_of_the_disk_open_nothing_without_the_new_passphrase(lost):
    answer = lost.answered(lost.ask())
    before = snapshot(lost.directory)

    with problem("V-35"):
        lost.take(answer, OTHER_PASSPHRASE)

    after = snapshot(lost.directory)
    assert {name for name in before if before[name] != after[name]} <= {"lock"}
    assert Vaults(lost.clock).seconds_to_wait(lost.directory) == 0
    with problem("V-35"):
        lost.take(answer, OTHER_PASSPHRASE)
    assert Vaults(lost.clock).seconds_to_wait(lost.directory) > 0
    lost.take(answer)[0].vault.close()


def spoiled(lost: Lost, how: str) -> bytes:
    good = lost.answered(lost.ask()).read_bytes()
    match how:
        case "cut short":
            return good[:-1]
        case "nothing":
            return b""
        case "a bit turned":
            return good[:-100] + bytes([good[-100] ^ 1]) + good[-99:]
        case "not signed by the county":
            return forged(lost, new_signing_pair().private)
        case "another vault's key":
            return forged(lost, lost.office.county.root.private, key=bytes(32))
        case "another vault's name":
            return forged(lost, lost.office.county.root.private, vault_id="somebody-else")
        case "much too long":
            return good + bytes(1_000_000)
    raise AssertionError(how)


@pytest.mark.parametrize(
    "how",
    ["cut short", "nothing", "a bit turned", "not signed by the county", "another vault's key",
     "another vault's name", "much too long"],
)  # fmt: skip
def test_an_answer_that_is_not_the_county_s_changes_nothing(lost, how):
    answer = lost.usb / "spoiled"
    answer.write_bytes(spoiled(lost, how))
    header = (lost.directory / "vault.json").read_bytes()

    with problem("V-37"):
        lost.take(answer)

    assert (lost.directory / "vault.json").read_bytes() == header
    assert lost.recovery.waiting(lost.directory) is not None
    assert lost.opens_to(PASSPHRASE)


def test_an_answer_to_an_older_request_or_another_laptop_opens_nothing(lost, tmp_path):
    older = lost.answered(lost.ask())
    kept = older.rename(tmp_path / "older")
    lost.ask()

    with problem("V-36"):
        lost.take(kept)

    assert lost.opens_to(PASSPHRASE)


def test_an_answer_serves_once(lost):
    answer = lost.answered(lost.ask())
    lost.take(answer)[0].vault.close()

    with problem("V-34"):
        lost.take(answer)

    lost.ask()
    with problem("V-36"):
        lost.take(answer)
    assert lost.opens_to(NEW)


def test_whoever_remembers_the_passphrase_after_all_makes_the_request_void(lost):
    """Also one that a colleague wrote behind her back."""
    answer = lost.answered(lost.ask())
    lost.opens_to(PASSPHRASE)

    with problem("V-34"):
        lost.take(answer)

    assert lost.opens_to(PASSPHRASE)


def test_so_does_the_recovery_sheet(lost, joined):
    lost.ask()

    Vaults(lost.clock, FLOOR).recover(
        lost.directory, (joined / "sheet").read_text(), OTHER_PASSPHRASE
    )[0].close()

    assert lost.recovery.waiting(lost.directory) is None


def test_a_vault_that_is_erased_leaves_no_request_behind(lost):
    """It repeats a slot of the vault's key."""
    lost.ask()

    destroy_keys(VaultFiles(lost.directory))

    assert not (lost.directory / "asked.json").exists()


def test_a_vault_the_county_holds_no_key_of_says_so(kept: Kept, clock, tmp_path):
    (tmp_path / "usb").mkdir()

    with problem("V-33"):
        CountyRecovery(clock, FLOOR).ask(kept.directory, NEW, tmp_path / "usb")

    assert list((tmp_path / "usb").iterdir()) == []


def test_a_weak_new_passphrase_is_refused_before_anything_is_asked(lost):
    with problem("V-07"):
        lost.recovery.ask(lost.directory, "123456", lost.usb)

    assert lost.recovery.waiting(lost.directory) is None


def test_a_request_file_that_no_longer_reads_is_asked_anew(lost):
    answer = lost.answered(lost.ask())
    (lost.directory / "asked.json").write_bytes(b"{}")

    with problem("V-34"):
        lost.take(answer)

    lost.request.unlink()
    lost.take(lost.answered(lost.ask()))[0].vault.close()


def test_the_county_knows_whose_vault_it_is_by_what_the_laptop_said_itself(lost, capsys, tmp_path):
    lost.ask()
    show = ["recover-key", "show", "--data", str(tmp_path / "county"), str(lost.request)]
    main(show)
    known = capsys.readouterr().out
    thief = lost.office.device()
    vault = decode(lost.request.read_bytes(), RecoveryRequest).vault.vault_id
    thief.operation("audit", "claim", {"vault": vault}, subject=thief.id, kind=VAULT_TOLD)
    lost.office.push(thief)

    main(show)

    assert "号电脑 王秀英 的保险箱" in known
    assert "不止一台电脑" in capsys.readouterr().out


def test_a_stick_that_brings_a_request_says_who_is_to_look_at_it(lost, capsys, tmp_path):
    lost.ask()

    status = main(["take-usb", str(lost.usb), "--data", str(tmp_path / "county")])

    assert status == 0
    assert f"{lost.request.name}：打不开的电脑写的申请" in capsys.readouterr().out


def test_a_vault_the_county_never_heard_of_is_said_to_be_nobody_s(lost):
    county = Recovery(lost.office.county, lost.office.database, lost.clock, cost=FLOOR)

    assert county.owners("another-vault") == []
