"""A stick, a network and a printer that are not what they should be: said, nothing changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.settings import Settings
from app.store.entering import open_vault
from app.store.journal import Head, read_head
from app.sync.protocol import stick
from county_server.database import sqlite_url
from tests.counties import DirectRoad, found_office
from tests.fakes import StoppedClock
from tests.laptops import open_laptop
from tests.mornings import Morning, begin_morning
from tests.vaults import PASSPHRASE, Kept


@pytest.fixture
def usb(tmp_path: Path) -> Path:
    """An empty stick."""
    folder = tmp_path / "usb"
    folder.mkdir()
    return folder


@pytest.fixture
def enrolled(kept: Kept, clock: StoppedClock, tmp_path: Path, usb: Path) -> Iterator[Kept]:
    """A vault of a county nobody reaches, whose answer to all there is lies on the stick."""
    office = found_office(tmp_path / "county", sqlite_url(tmp_path / "county.db"), clock)
    laptop = open_laptop(kept, clock)
    laptop.join(office, tmp_path, url="https://127.0.0.1:1")
    household = laptop.add_household()
    laptop.sync(DirectRoad(office))
    laptop.visit(household.id)
    laptop.syncing.export_to_usb(usb)
    office.stick.take(usb)
    office.stick.make(usb)
    laptop.vault.close()
    yield kept
    office.database.close()


@pytest.fixture
def morning(enrolled: Kept, tmp_path: Path, qapp, qtbot: QtBot) -> Iterator[Morning]:
    """The program, unlocked, on the sync page."""
    settings = Settings(tmp_path / "home")
    begun = begin_morning(settings, qapp, qtbot, vault=enrolled.directory)
    begun.enter(PASSPHRASE).press("Ctrl+U")
    yield begun
    begun.leave()


def page(morning: Morning, key: str):
    """The view of a page."""
    return morning.application.day.halves(key).view


def head(kept: Kept) -> Head:
    """The end of the operation log, once the window has let the vault go."""
    vault = open_vault(kept.directory, PASSPHRASE, clock=StoppedClock())
    with vault.engine.connect() as connection:
        found = read_head(connection)
    vault.close()
    return found


def waiting(morning: Morning) -> str:
    """What the sync page says about what waits."""
    return page(morning, "syncing").up.headline.text()


def forge(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def replace(_data: bytes) -> bytes:
    return b"nonsense"


@pytest.mark.parametrize("harm", [forge, cut, replace])
def test_what_the_county_did_not_make_is_refused_and_acknowledges_nothing(
    morning: Morning, enrolled: Kept, usb: Path, harm: Callable[[bytes], bytes]
):
    whole = {path: path.read_bytes() for path in (usb / stick.FROM_COUNTY).iterdir()}
    for path, data in whole.items():
        path.write_bytes(harm(data))
    before = waiting(morning)

    morning.choose(page(morning, "syncing").import_placed, str(usb))
    told, after = morning.said(), waiting(morning)
    for path, data in whole.items():
        path.write_bytes(data)
    morning.choose(page(morning, "syncing").import_placed, str(usb))

    assert told == "S-21"
    assert before == after != waiting(morning)
    assert "收好了" in page(morning, "syncing").said.headline.text()


def test_one_forged_file_stops_no_other_and_is_named(morning: Morning, usb: Path):
    (receipt,) = (usb / stick.FROM_COUNTY).glob("*.sap")
    receipt.write_bytes(forge(receipt.read_bytes()))
    before = waiting(morning)

    morning.choose(page(morning, "syncing").import_placed, str(usb))

    said = page(morning, "syncing").said
    assert "另有 1 个文件不是县里原样发来的，没有收（编号 S-21）。" in said.detail.text()
    assert waiting(morning) == before


def test_a_stick_without_anything_for_us_is_said(morning: Morning, tmp_path: Path):
    (tmp_path / "empty").mkdir()

    morning.choose(page(morning, "syncing").import_placed, str(tmp_path / "empty"))

    assert morning.said() == "S-18"


def test_a_stick_that_cannot_be_written_is_said_and_takes_the_next_one(
    morning: Morning, tmp_path: Path
):
    bad, good = tmp_path / "bad", tmp_path / "good"
    for folder in (bad, good):
        folder.mkdir()
    (bad / stick.TO_COUNTY).write_bytes(b"in the way")

    morning.choose(page(morning, "syncing").export_placed, str(bad))
    told = morning.said()
    morning.choose(page(morning, "syncing").export_placed, str(good))

    assert told == "D-07"
    assert len(list((good / stick.TO_COUNTY).glob("*.sab"))) == 1


def test_no_network_is_calm_offers_the_stick_and_changes_nothing(morning: Morning, enrolled: Kept):
    before = waiting(morning)

    morning.press("Ctrl+Return")

    view = page(morning, "syncing")
    assert morning.said() == "S-10"
    assert view.problem.action.isVisible()
    assert view.start.isEnabled()
    assert waiting(morning) == before


def test_nothing_of_it_is_an_operation(
    morning: Morning, enrolled: Kept, usb: Path, tmp_path: Path, qapp
):
    """The chain ends where it ended, after every refusal of this page."""
    morning.leave()
    before = head(enrolled)
    again = begin_morning(
        Settings(tmp_path / "home"), qapp, morning.qtbot, vault=enrolled.directory
    )
    again.enter(PASSPHRASE).press("Ctrl+U")
    view = page(again, "syncing")
    for path in (usb / stick.FROM_COUNTY).iterdir():
        path.write_bytes(forge(path.read_bytes()))

    again.choose(view.import_placed, str(usb))
    again.choose(view.import_placed, str(tmp_path / "nowhere"))
    again.press("Ctrl+Return")
    again.leave()

    assert head(enrolled) == before


def test_no_printer_is_said_and_the_paper_goes_into_a_file(morning: Morning, tmp_path: Path):
    morning.press("Ctrl+P")
    view = page(morning, "printing")
    morning.type("qgy").press("Return")

    named = view.no_printer.isVisible()
    morning.choose(view.placed, str(tmp_path / "paper"))

    assert named
    assert "没有打印机" in view.print.accessibleName()
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF")


def test_a_paper_that_cannot_be_written_is_said_and_not_recorded(morning: Morning, tmp_path: Path):
    morning.press("Ctrl+P")
    view = page(morning, "printing")
    morning.type("qgy").press("Return")

    morning.choose(view.placed, str(tmp_path / "no such folder" / "paper"))

    assert morning.said() == "D-02"
    assert view.print.isEnabled()
