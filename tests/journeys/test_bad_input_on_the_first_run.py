"""A wrong file on the first run — enrolment or roster — is said, and the next one goes in."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.bootstrap.machine import SystemClock
from app.domain.problem import Problem
from app.services.vaults import Vaults
from app.settings import Settings
from app.store.atomic import disk_full
from app.store.journal import Head, read_head
from app.sync.protocol.enrolment import Village
from county_server.database import sqlite_url
from tests.counties import Office, found_office
from tests.mornings import Morning, begin_morning
from tests.roster_files import HEADINGS, SHEET, id_number, person, repacked, workbook

PASSPHRASE = "tea hill morning lantern"
GOOD = workbook([person()])


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home with nothing in it."""
    return Settings(tmp_path / "home")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A county that works by this machine's clock and cannot be reached."""
    made = found_office(
        tmp_path / "county",
        sqlite_url(tmp_path / "county.db"),
        SystemClock(),
        is_practice=False,
    )
    yield made
    made.database.close()


@pytest.fixture
def ticket(office: Office, tmp_path: Path) -> Path:
    """The county's enrolment file; nobody answers at the address in it."""
    path = tmp_path / "ticket.json"
    path.write_bytes(office.ticket_file(url="https://127.0.0.1:1"))
    return path


@pytest.fixture
def morning(settings: Settings, qapp, qtbot: QtBot) -> Morning:
    """The first run, on its second page."""
    begun = begin_morning(settings, qapp, qtbot).press("Ctrl+Return")
    yield begun
    begun.leave()


def choose_ticket(morning: Morning, path: Path) -> None:
    morning.choose(morning.window.door.who.ticket_chosen, path)


def make_vault(morning: Morning, ticket: Path) -> None:
    """On to the page of the roster: ticket, passphrase twice, recovery sheet copied."""
    choose_ticket(morning, ticket)
    morning.press("Ctrl+Return")
    morning.enter(PASSPHRASE).enter(PASSPHRASE)
    sheet = morning.window.door.sheet
    groups = sheet._groups
    morning.click(sheet.copied)
    for answer, at in zip(sheet.answers, sheet.asked, strict=True):
        answer.setFocus()
        morning.type(groups[at])
    morning.click(sheet.check)


def choose_roster(morning: Morning, path: Path) -> None:
    morning.choose(morning.window.door.roster.panel.file_chosen, str(path))


def head(settings: Settings) -> Head:
    """The end of the operation log in the new vault."""
    vault = Vaults(SystemClock()).open(settings.vault, PASSPHRASE)
    with vault.engine.connect() as connection:
        found = read_head(connection)
    vault.close()
    return found


def forged(data: bytes) -> bytes:
    """The same ticket for another village, with the signature it had."""
    return data.replace("测试村".encode(), "別的村".encode())


@pytest.mark.parametrize(
    "harm",
    [
        forged,
        lambda data: data[: len(data) // 2],
        lambda _data: b"",
        lambda _data: json.dumps({"village": "x"}).encode(),
    ],
    ids=["forged", "truncated", "empty", "strange"],
)
def test_an_enrolment_file_that_is_not_the_countys_is_refused_and_makes_nothing(
    morning: Morning, ticket: Path, settings: Settings, harm: Callable[[bytes], bytes]
):
    bad = ticket.with_name("bad.json")
    bad.write_bytes(harm(ticket.read_bytes()))

    choose_ticket(morning, bad)
    told = morning.said()
    choose_ticket(morning, ticket)

    assert told == "S-02"
    assert morning.window.door.who.fingerprint.isVisible()
    assert not settings.vault.exists()


def test_a_weak_passphrase_is_refused_and_makes_nothing(
    morning: Morning, ticket: Path, settings: Settings
):
    choose_ticket(morning, ticket)
    morning.press("Ctrl+Return")

    morning.enter("123456789012").enter("123456789012")

    assert morning.said() == "V-07"
    assert not settings.vault.exists()


def test_a_vault_that_cannot_be_furnished_goes_again(
    morning: Morning, ticket: Path, settings: Settings, monkeypatch
):
    def cut_short(*_args, **_named):
        raise Problem("磁盘满了。", safe="没有动过。", do="请腾出空间。", code="D-01")

    choose_ticket(morning, ticket)
    morning.press("Ctrl+Return")
    with monkeypatch.context() as full:
        full.setattr("app.services.enrolment.Enrolment.prepare", cut_short)
        morning.enter(PASSPHRASE).enter(PASSPHRASE)
    told, there = morning.said(), settings.vault.exists()
    morning.press("Ctrl+Return")

    assert (told, there) == ("D-01", False)
    assert morning.window.door.sheet.isVisible()


def test_no_printer_is_said_and_the_sheet_can_be_copied_by_hand(morning: Morning, ticket: Path):
    choose_ticket(morning, ticket)
    morning.press("Ctrl+Return").enter(PASSPHRASE).enter(PASSPHRASE)
    sheet = morning.window.door.sheet

    morning.click(sheet.print_button)

    assert morning.said() == "P-11"
    assert sheet.copied.isEnabled()


def bomb() -> bytes:
    return repacked(GOOD, lambda parts: parts | {SHEET: b"<a>" + b" " * (30 << 20)}, level=9)


def wrong_columns() -> bytes:
    return workbook([person()], headings=["甲" + heading for heading in HEADINGS])


def test_files_that_are_no_roster_are_told_apart_and_leave_the_vault_as_it_is(
    morning: Morning, ticket: Path, settings: Settings, tmp_path: Path
):
    make_vault(morning, ticket)
    before = head(settings)
    told = {}

    for name, data in {
        "bomb": bomb(),
        "formula": workbook([person(姓名="=1+1")]),
        "columns": wrong_columns(),
        "empty": workbook([]),
        "text": b"name,id\n",
        "half": GOOD[: len(GOOD) // 2],
    }.items():
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(data)
        choose_roster(morning, path)
        told[name] = morning.said()

    assert told == {
        "bomb": "R-07",
        "formula": "R-12",
        "columns": "R-16",
        "empty": "R-17",
        "text": "R-04",
        "half": "R-06",
    }
    assert head(settings) == before


def test_bad_rows_are_named_one_by_one_nothing_goes_in_and_the_mended_file_does(
    morning: Morning, ticket: Path, settings: Settings, tmp_path: Path
):
    """A number twice, one with a wrong check digit, and two that Excel has mangled."""
    make_vault(morning, ticket)
    before = head(settings)
    page = morning.window.door.roster.panel
    own = id_number()
    bad = [
        person(),
        person(户编号="2", 户主姓名="何有山", 姓名="何有山", 证件号码=own),
        person(户编号="3", 证件号码=own[:-1] + ("1" if own[-1] != "1" else "2")),
        person(户编号="4", 证件号码=own[:15] + "000"),
        person(户编号="5", 证件号码="4.59901198603020E+17"),
    ]
    path = tmp_path / "roster.xlsx"
    path.write_bytes(workbook(bad))

    choose_roster(morning, path)
    told, lines = page.result.text.text(), page.errors.toPlainText()
    after = head(settings)
    path.write_bytes(GOOD)
    choose_roster(morning, path)

    assert "一户都没有进来，什么都没有改动。" in told
    assert told.endswith("（编号 R-20）")
    assert {line.split()[1] for line in lines.splitlines()} >= {"4", "5", "6", "7"}
    assert own not in lines
    assert after == before
    assert "1 户" in page.result.text.text()
    assert head(settings).n > before.n


@pytest.mark.parametrize("name", ["青石岭{}村委会", "{}" + "长" * 98 + "村"], ids=["many", "long"])
def test_an_officer_of_nine_villages_has_a_vault_that_opens(
    morning: Morning, office: Office, settings: Settings, tmp_path: Path, name: str
):
    villages = [Village(f"4599010010{n:02d}", name.format(chr(0x4E00 + n))) for n in range(1, 10)]
    path = tmp_path / "nine.json"
    path.write_bytes(office.ticket_file(*villages, url="https://127.0.0.1:1"))

    make_vault(morning, path)

    resident = Vaults(SystemClock()).resident(settings.vault)
    assert resident.village.endswith("等 9 个村")
    assert len(resident.village) < 60
    assert head(settings) is not None


def test_a_vault_that_cannot_be_entered_after_it_was_made_is_not_left(
    morning: Morning, ticket: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    def full(*_all: object, **_more: object) -> None:
        raise disk_full()

    choose_ticket(morning, ticket)
    morning.press("Ctrl+Return")
    with monkeypatch.context() as patch:
        patch.setattr("app.store.entering.enter", full)
        morning.enter(PASSPHRASE).enter(PASSPHRASE)
        told = morning.said()

    assert told == "D-01"
    assert not settings.vault.exists()
