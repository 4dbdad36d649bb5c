"""The vault the county opens again: by commands, from an older file, and killed on the way."""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from app.cli import vault as verbs
from app.crypto.kdf import FLOOR
from app.services.vaults import Vaults
from app.store.entering import open_vault
from app.store.layout import VaultFiles
from county_server.__main__ import main
from tests.counties import DirectRoad, copied_office
from tests.fakes import StoppedClock
from tests.recovering import NEW, OFFICERS, Lost, joined_in, kinds_of
from tests.vaults import OTHER_PASSPHRASE, PASSPHRASE, record


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
