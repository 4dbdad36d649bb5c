"""Every verb that opens a vault, given what is wrong: status 2, one Chinese sentence, no change."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli.main import EXIT_REFUSED, run
from app.store.entering import open_vault, unlock_vault
from app.store.journal import Head, read_head
from app.store.layout import VaultFiles
from app.store.sqlcipher import connect
from app.sync.protocol import stick
from county_server.database import sqlite_url
from tests.counties import VILLAGE, DirectRoad, found_office
from tests.fakes import StoppedClock
from tests.laptops import Laptop, open_laptop
from tests.roster_files import HEADINGS, SHEET, id_number, person, repacked, workbook
from tests.vaults import OTHER_PASSPHRASE, PASSPHRASE, Kept, flip

GOOD = workbook([person()])


class Prompt:
    """Runs verbs on one vault and keeps what they said."""

    def __init__(self, kept: Kept, folder: Path, capsys) -> None:
        self.kept = kept
        self.word = folder / "word"
        self.word.write_text(PASSPHRASE, encoding="utf-8")
        self.capsys = capsys

    def __call__(self, *words: object) -> int:
        self.capsys.readouterr()
        status = run(
            [*map(str, words), "--passphrase-file", str(self.word)],
            clock=StoppedClock(),
            screenshots=lambda *_all: [],
        )
        said = self.capsys.readouterr()
        self.out, self.err = said.out, said.err
        return status

    def refused(self, *words: object) -> str:
        """The code of the one sentence it was refused with; nothing else may have been said."""
        status = self(*words)
        assert status == EXIT_REFUSED
        assert self.out == ""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert lines[0].count("。") >= 2
        return lines[0].rpartition("（编号 ")[2].rstrip("）")


@pytest.fixture
def prompt(kept: Kept, tmp_path: Path, capsys) -> Prompt:
    return Prompt(kept, tmp_path, capsys)


def head(kept: Kept) -> Head:
    """The end of the operation log."""
    vault = open_vault(kept.directory, PASSPHRASE, clock=StoppedClock())
    with vault.engine.connect() as connection:
        found = read_head(connection)
    vault.close()
    return found


def verbs(kept: Kept, folder: Path) -> list[list[object]]:
    """One command line of every verb that opens a vault."""
    roster = folder / "roster.xlsx"
    roster.write_bytes(GOOD)
    days = ["--from", "2026-01-01", "--to", "2026-03-01"]
    return [
        ["import-roster", roster, "--vault", kept.directory],
        ["export", "visits", "--vault", kept.directory, *days, "-o", folder / "log.csv"],
        ["print", "F15", "--vault", kept.directory, "--household", "h", "-o", folder / "f.pdf"],
        ["sync", "--vault", kept.directory],
        ["vault", "check", kept.directory],
        ["vault", "backup", kept.directory],
    ]


def newer(kept: Kept) -> None:
    unlocked = unlock_vault(kept.directory, PASSPHRASE, clock=StoppedClock())
    raw = connect(VaultFiles(kept.directory).database, unlocked.key.subkey("sa/db/v1"))
    raw.execute("UPDATE alembic_version SET version_num = '0099'")
    raw.close()
    unlocked.discard()


def test_a_wrong_passphrase_is_refused_and_changes_nothing(prompt, kept, tmp_path):
    before = head(kept)
    prompt.word.write_text(OTHER_PASSPHRASE, encoding="utf-8")

    assert prompt.refused(*verbs(kept, tmp_path)[1]) == "V-01"

    assert head(kept) == before
    assert not (tmp_path / "log.csv").exists()


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (lambda kept: flip(VaultFiles(kept.directory).header, 60), "V-02"),
        (lambda kept: flip(VaultFiles(kept.directory).database, 900), "V-03"),
        (newer, "V-04"),
        (lambda kept: VaultFiles(kept.directory).anchor.unlink(), "V-10"),
        (lambda kept: shutil.rmtree(kept.directory), "V-12"),
    ],
    ids=["V-02", "V-03", "V-04", "V-10", "V-12"],
)
def test_a_vault_that_does_not_open_is_told_apart_and_left_alone(
    prompt, kept, harm: Callable[[Kept], None], code: str
):
    harm(kept)
    database = VaultFiles(kept.directory).database
    before = database.read_bytes() if database.exists() else b""

    assert prompt.refused("vault", "check", kept.directory) == code

    assert (database.read_bytes() if database.exists() else b"") == before


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (repacked(GOOD, lambda p: p | {SHEET: b"<a>" + b" " * (30 << 20)}, level=9), "R-07"),
        (workbook([person(姓名="=1+1")]), "R-12"),
        (workbook([person()], headings=["甲" + heading for heading in HEADINGS]), "R-16"),
        (workbook([]), "R-17"),
        (GOOD[: len(GOOD) // 2], "R-06"),
    ],
    ids=["bomb", "formula", "columns", "empty", "half"],
)
def test_a_file_that_is_no_roster_is_refused(prompt, kept, tmp_path, data, code):
    before = head(kept)
    path = tmp_path / "bad.xlsx"
    path.write_bytes(data)

    assert prompt.refused("import-roster", path, "--vault", kept.directory) == code

    assert head(kept) == before


def test_bad_rows_are_listed_written_down_and_nothing_goes_in(prompt, kept, tmp_path):
    before, own = head(kept), id_number()
    path, sheet = tmp_path / "bad.xlsx", tmp_path / "wrong.xlsx"
    rows = [
        person(),
        person(户编号="2", 户主姓名="何有山", 姓名="何有山", 证件号码=own),
        person(户编号="3", 证件号码=own[:15] + "000"),
        person(户编号="4", 证件号码="4.59901198603020E+17"),
    ]
    path.write_bytes(workbook(rows))

    status = prompt("import-roster", path, "--vault", kept.directory, "--errors", sheet)

    listed = prompt.err.splitlines()
    assert status == EXIT_REFUSED
    assert listed[-1].endswith("（编号 R-20）")
    assert {line.split()[1] for line in listed[:-1]} >= {"4", "5", "6"}
    assert own not in prompt.err
    assert sheet.read_bytes().startswith(b"PK")
    assert head(kept) == before


@pytest.fixture
def laptop(kept: Kept, tmp_path: Path) -> Laptop:
    """Enrolled with a county nobody reaches; one visit waits, its answer lies on the stick."""
    clock = StoppedClock()
    office = found_office(tmp_path / "county", sqlite_url(tmp_path / "county.db"), clock)
    made = open_laptop(kept, clock)
    made.join(office, tmp_path, url="https://127.0.0.1:1")
    household = made.add_household()
    made.sync(DirectRoad(office))
    made.visit(household.id)
    (tmp_path / "usb").mkdir()
    made.syncing.export_to_usb(tmp_path / "usb")
    office.stick.take(tmp_path / "usb")
    office.stick.make(tmp_path / "usb")
    office.database.close()
    made.vault.close()
    return made


def test_no_network_is_said(prompt, laptop, kept):
    before = head(kept)

    assert prompt.refused("sync", "--vault", kept.directory) == "S-10"

    assert head(kept) == before


@pytest.mark.parametrize(
    "harm", [lambda data: data[:-1] + bytes([data[-1] ^ 1]), lambda data: data[:100]]
)
def test_a_forged_or_truncated_stick_is_refused(prompt, laptop, kept, tmp_path, harm):
    before, usb = head(kept), tmp_path / "usb"
    for path in (usb / stick.FROM_COUNTY).iterdir():
        path.write_bytes(harm(path.read_bytes()))

    code = prompt.refused("sync", "--vault", kept.directory, "--from-usb", usb)

    assert code == "S-21"
    assert head(kept) == before


def test_a_place_that_cannot_be_written_is_said_and_nothing_is_recorded(
    prompt, laptop, kept, tmp_path
):
    before = head(kept)
    with_household = open_laptop(kept, StoppedClock())
    (line,) = with_household.households.lines()
    with_household.vault.close()
    nowhere = tmp_path / "no such folder"

    paper = ["print", "F15", "--vault", kept.directory, "--household", line.id]
    log = ["export", "visits", "--vault", kept.directory, "--from", "2026-01-01"]
    codes = {
        prompt.refused(*paper, "-o", nowhere / "f.pdf"),
        prompt.refused(*log, "--to", "2026-03-31", "-o", nowhere / "log.csv"),
    }
    stick_code = prompt.refused(
        "sync", "--vault", kept.directory, "--to-usb", tmp_path / "ticket.json"
    )

    assert codes == {"D-02"}
    assert stick_code == "D-07"
    assert head(kept) == before


def test_an_outbox_that_cannot_be_read_is_said(prompt, laptop, kept, tmp_path):
    for path in (kept.directory / "outbox").glob("*.sab"):
        path.unlink()
        path.mkdir()

    code = prompt.refused("sync", "--vault", kept.directory, "--to-usb", tmp_path / "usb")

    assert code in {"D-02", "D-03"}


def test_what_a_killed_export_left_on_the_stick_goes_with_the_next_one(
    prompt, laptop, kept, tmp_path
):
    out = tmp_path / "usb" / stick.TO_COUNTY
    left = [out / ".0000-00000001.sab.0123abcd.tmp", kept.directory / "outbox" / ".x.sab.00.tmp"]
    for path in left:
        path.write_bytes(b"half")

    assert prompt("sync", "--vault", kept.directory, "--to-usb", tmp_path / "usb") == 0

    assert [path for path in left if path.exists()] == []
    assert list(out.glob("*.sab"))


def test_a_roster_of_another_county_is_refused(prompt, laptop, kept, tmp_path):
    before, path = head(kept), tmp_path / "other.xlsx"
    path.write_bytes(workbook([person(村代码="459902101201")]))

    assert prompt.refused("import-roster", path, "--vault", kept.directory) == "R-25"
    assert head(kept) == before


def test_a_roster_of_another_village_goes_in_and_is_told_once(prompt, laptop, kept, tmp_path):
    path, mine = tmp_path / "other.xlsx", tmp_path / "mine.xlsx"
    both = [
        person(户编号=str(n), 户主姓名=name, 姓名=name, 证件号码=id_number(serial=2 * n + 1))
        for n, name in ((1, "何有田"), (2, "何有山"))
    ]
    path.write_bytes(workbook(both))
    known = {"村代码": VILLAGE.code, "证件号码": id_number(serial=99)}
    mine.write_bytes(workbook([person(**known)]))

    status = prompt("import-roster", path, "--vault", kept.directory)
    told = [line for line in prompt.err.splitlines() if "459901101201" in line]
    prompt("import-roster", mine, "--vault", kept.directory)

    assert status == 0
    assert len(told) == 1
    assert "不是这台电脑绑定时管的村" in told[0]
    assert "管的村" not in prompt.err


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("at", range(6))
def test_every_verb_takes_the_vault_by_name_or_as_its_last_word(prompt, kept, tmp_path, at, named):
    """A wrong passphrase tells that the vault was found."""
    prompt.word.write_text(OTHER_PASSPHRASE, encoding="utf-8")
    words = [word for word in verbs(kept, tmp_path)[at] if word not in ("--vault", kept.directory)]
    place = ["--vault", kept.directory] if named else [kept.directory]
    if words[0] == "print" and not named:
        words[2:2] = place  # among the forms, before the options
        place = []

    assert prompt.refused(*words, *place) == "V-01"


@pytest.mark.parametrize("words", [["vault", "check"], ["sync"]])
def test_no_vault_or_two_is_refused(prompt, kept, words):
    none = prompt.refused(*words)
    two = prompt.refused(*words, kept.directory, "--vault", kept.directory)

    assert (none, two) == ("V-25", "V-25")


def test_a_form_that_does_not_exist_is_refused_with_those_that_do(prompt, kept, tmp_path):
    words = ["print", "F99", "--vault", kept.directory, "--household", "h"]

    assert prompt.refused(*words, "-o", tmp_path / "f.pdf") == "P-03"
    assert "F15" in prompt.err
