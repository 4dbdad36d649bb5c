"""Passphrase forgotten, sheet lost: the county opens the vault again, with everything in it."""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from sqlalchemy import select

from app.cli import vault as verbs
from app.crypto.envelope import Kind, new_signing_pair, seal_container
from app.crypto.kdf import FLOOR
from app.crypto.slots import CountySlot
from app.services.county_recovery import CountyRecovery
from app.services.vaults import Vaults
from app.store.erasing import destroy_keys
from app.store.journal import read_operations
from app.store.layout import VaultFiles
from app.store.outbox import waiting_operations
from app.store.vault import open_vault
from app.sync.protocol.coding import decode, encode, to_object
from app.sync.protocol.recovery import VAULT_TOLD, RecoveryRequest, Release, ReleaseHeader
from app.sync.protocol.stick import TO_COUNTY
from county_server.__main__ import main
from county_server.recovery import Recovery
from county_server.tables import audit
from tests.counties import DirectRoad, copied_office
from tests.fakes import StoppedClock
from tests.laptops import Laptop, open_laptop
from tests.vaults import OTHER_PASSPHRASE, PASSPHRASE, Kept, make_vault, problem, record, snapshot

OFFICERS = {"兰桂英": "青石坳 早春 水车 两座", "秦立": "白沙渡 晚稻 三亩 斗笠"}
NEW = "tea hill morning lantern"


class Lost:
    """A laptop whose passphrase and sheet are gone, with work the county has not seen."""

    def __init__(self, directory: Path, office, clock: StoppedClock, usb: Path) -> None:
        self.directory, self.office, self.clock, self.usb = directory, office, clock, usb
        self.recovery = CountyRecovery(clock, FLOOR)
        self.usb.mkdir(exist_ok=True)

    def ask(self) -> str:
        """Write a request; what is read aloud."""
        return self.recovery.ask(self.directory, NEW, self.usb).fingerprint

    @property
    def request(self) -> Path:
        (path,) = (self.usb / TO_COUNTY).glob("*.sar-key")
        return path

    def answered(self, spoken: str) -> Path:
        """What two officers release for it."""
        county = Recovery(self.office.county, self.office.database, self.clock, cost=FLOOR)
        path = self.usb / "答复"
        path.write_bytes(county.release(self.request.read_bytes(), spoken, OFFICERS))
        return path

    def take(self, answer: Path, passphrase: str = NEW) -> tuple[Laptop, tuple[str, ...]]:
        vault, groups = self.recovery.take(self.directory, answer, passphrase)
        return Laptop(vault, self.clock), groups

    def waiting_operations(self) -> int:
        """How many records the county has not seen."""
        vault = open_vault(self.directory, PASSPHRASE, clock=self.clock)
        with vault.engine.connect() as connection:
            waiting = waiting_operations(connection)
        vault.close()
        return waiting

    def opens_to(self, passphrase: str) -> bool:
        vault = Vaults(self.clock).open(self.directory, passphrase)
        sound = vault.check(deep=True).is_sound
        vault.close()
        return sound


@pytest.fixture(scope="module")
def joined(founded, tmp_path_factory) -> Path:
    """A county with the recovery key, and a vault that has learned of it and holds unsent work."""
    folder, clock = tmp_path_factory.mktemp("joined"), StoppedClock()
    office = copied_office(founded, folder, clock)
    Recovery(office.county, office.database, clock, cost=FLOOR).create(OFFICERS)
    made = make_vault(folder / "vault", clock)
    (folder / "sheet").write_text(made.recovery)
    laptop = open_laptop(made, clock)
    laptop.join(office, folder)
    laptop.sync(DirectRoad(office))
    laptop.sync(DirectRoad(office))
    laptop.add_household("覃桂英")
    laptop.vault.close()
    office.database.close()
    return folder


@pytest.fixture
def office(joined, tmp_path, clock):
    made = copied_office(joined, tmp_path, clock)
    yield made
    made.database.close()


@pytest.fixture
def lost(office, tmp_path, clock) -> Lost:
    return Lost(tmp_path / "vault", office, clock, tmp_path / "usb")


def kinds_of(laptop: Laptop) -> list[str]:
    """Every operation of the log by its kind, oldest first."""
    with laptop.vault.engine.connect() as connection:
        return [one.kind for one in read_operations(connection)]


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


KILLER = textwrap.dedent("""
    import os, signal, sys
    from pathlib import Path
    from app.crypto.kdf import FLOOR
    from app.domain.problem import Refused
    from app.services.county_recovery import CountyRecovery
    from app.services.vaults import Vaults
    from tests.fakes import StoppedClock
    from tests.vaults import snapshot

    directory, answer = Path(sys.argv[1]), Path(sys.argv[2])
    secrets = {"old": sys.argv[3], "new": sys.argv[4]}
    clock, whole = StoppedClock(), snapshot(directory)
    touching = {"os.rename", "os.remove", "open", "sqlite3.connect"}

    def take(left):
        def count(event, args):
            nonlocal left
            if event in touching and str(directory) in str(args[0]):
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        CountyRecovery(clock, FLOOR).take(directory, answer, secrets["new"])

    def opens(passphrase):
        try:
            vault = Vaults(clock).open(directory, passphrase)
        except Refused as error:
            assert error.code == "V-01"
            return False
        assert vault.check(deep=True).is_sound
        vault.close()
        return True

    def put_back():
        for path in directory.rglob("*"):
            if path.is_file() and str(path.relative_to(directory)) not in whole:
                path.unlink()
        for name, data in whole.items():
            (directory / name).write_bytes(data)

    step, died = 0, True
    while died:
        step += 1
        put_back()
        child = os.fork()
        if child == 0:
            take(step)
            os._exit(0)
        ended = os.waitpid(child, 0)[1]
        died = os.WIFSIGNALED(ended)
        assert died or ended == 0
        print(*(name for name, secret in secrets.items() if opens(secret)), flush=True)
""")
"""Dies at the n-th file it opens, renames or removes in the vault, for each n; says which of both
passphrases opens it then, whole. Forks, so that the store is imported once."""


def test_killed_at_any_step_the_vault_opens_with_the_old_secret_or_the_new(lost):
    answer = lost.answered(lost.ask())
    command = [sys.executable, "-c", KILLER, str(lost.directory), str(answer), PASSPHRASE, NEW]

    opened = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\n")

    assert len(opened) > 10
    assert set(opened[:-1]) == {"old", "new"}
    assert opened[-2] == "new"


def vault_verb(*words: object) -> tuple[int, str]:
    """One `vault` command; its status and what it printed."""
    parser = argparse.ArgumentParser()
    verbs.add_parser(parser.add_subparsers(dest="verb"))
    args = parser.parse_args(["vault", *map(str, words)])
    out = io.StringIO()
    return args.run(args, out, out, StoppedClock()), out.getvalue()


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.txt"
    path.write_text(text + "\n", encoding="utf-8")
    return path


def test_by_commands_on_both_sides(lost, tmp_path, capsys):
    new = written(tmp_path, "new", NEW)
    officers: list[str] = []
    for name, passphrase in OFFICERS.items():
        file = written(tmp_path, name, passphrase)
        officers += ["--officer", name, "--passphrase-file", str(file)]

    asked, said = vault_verb(
        "ask-county", lost.directory, "--passphrase-file", new, "--to", lost.usb
    )
    spoken = said.splitlines()[1]
    county = ["--data", str(tmp_path / "county"), str(lost.request)]
    main(["recover-key", "show", *county])
    shown = capsys.readouterr().out
    answer = lost.usb / "答复"
    released = main(
        ["recover-key", "release", *county, *officers, "--fingerprint", spoken, "-o", str(answer)]
    )
    taken, told = vault_verb(
        "take-answer", lost.directory, "--passphrase-file", new, "--answer", answer
    )

    assert (asked, released, taken) == (0, 0, 0)
    assert spoken in shown
    assert len(told.splitlines()[-1].split()) == 8
    assert lost.opens_to(NEW)


def lose_progress(directory: Path) -> str:
    """The note of how far it had come is gone."""
    VaultFiles(directory).anchor.unlink()
    return "V-10"


def older_file(directory: Path) -> str:
    """The database is an older one."""
    files = VaultFiles(directory)
    before = files.database.read_bytes()
    vault = open_vault(directory, PASSPHRASE, clock=StoppedClock())
    record(vault, StoppedClock(), 1)
    vault.close()
    files.database.write_bytes(before)
    return "V-09"


@pytest.mark.parametrize("spoil", [lose_progress, older_file])
def test_a_file_that_may_not_be_the_newest_opens_and_says_so(lost, spoil):
    """Whoever is asked whether to go on with it needs a passphrase, and she has none."""
    answer = lost.answered(lost.ask())
    asked = (lost.directory / "asked.json").read_bytes()
    code = spoil(lost.directory)
    (lost.directory / "asked.json").write_bytes(asked)

    laptop, _ = lost.take(answer)

    told = {finding.code for finding in laptop.vault.circumstances.findings}
    kinds = kinds_of(laptop)
    laptop.sync(DirectRoad(lost.office))
    waiting = laptop.syncing.waiting()
    laptop.vault.close()
    assert told == {code}
    assert kinds.count("vault.restored") == 1
    assert waiting == 0
    assert lost.office.status()["devices"][0]["state"] == "active"
    assert lost.opens_to(NEW)


@pytest.mark.parametrize("spoil", [lose_progress, older_file])
def test_so_it_does_by_the_recovery_sheet(lost, joined, spoil):
    code = spoil(lost.directory)

    vault, _ = Vaults(lost.clock, FLOOR).recover(
        lost.directory, (joined / "sheet").read_text(), OTHER_PASSPHRASE
    )

    told = {finding.code for finding in vault.circumstances.findings}
    vault.close()
    assert told == {code}
    assert lost.opens_to(OTHER_PASSPHRASE)
