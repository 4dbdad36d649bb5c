"""Passphrase forgotten, sheet lost: the window, a stick and two officers of a real county bring
the vault back by keys. Only the file dialogs are answered for.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap.machine import SystemClock
from app.crypto.kdf import FLOOR
from app.services.vaults import CreateVault, Vaults
from app.settings import Settings
from app.sync.protocol.stick import TO_COUNTY
from county_server.database import sqlite_url
from county_server.recovery import Recovery
from tests.counties import DirectRoad, Office, found_office
from tests.laptops import Laptop
from tests.mornings import Morning, begin_morning

FORGOTTEN = "bamboo raft winter ferry"
NEW = "tea hill morning lantern"
OFFICERS = {"兰桂英": "青石坳 早春 水车 两座", "秦立": "白沙渡 晚稻 三亩 斗笠"}
MOST_TABS = 60


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A county with the recovery key, by this machine's clock."""
    made = found_office(
        tmp_path / "county", sqlite_url(tmp_path / "county.db"), SystemClock(), is_practice=False
    )
    recovery_of(made).create(OFFICERS)
    yield made
    made.database.close()


@pytest.fixture
def settings(tmp_path: Path, office: Office) -> Settings:
    """A home whose vault has met the county, and has a household the county has not seen."""
    made = Settings(tmp_path / "home")
    clock = SystemClock()
    vault, _ = Vaults(clock, FLOOR).create(
        CreateVault(directory=made.vault, passphrase=FORGOTTEN, officer="王秀英", village="测试村")
    )
    laptop = Laptop(vault, clock)
    laptop.join(office, tmp_path)
    laptop.sync(DirectRoad(office))
    laptop.sync(DirectRoad(office))
    laptop.add_household("覃桂英")
    vault.close()
    return made


@pytest.fixture
def usb(tmp_path: Path) -> Path:
    folder = tmp_path / "usb"
    folder.mkdir()
    return folder


def recovery_of(office: Office) -> Recovery:
    return Recovery(office.county, office.database, office.clock, cost=FLOOR)


def released(office: Office, usb: Path, spoken: str) -> Path:
    """Two officers answer what lies on the stick."""
    (request,) = (usb / TO_COUNTY).glob("*.sar-key")
    answer = usb / "答复"
    answer.write_bytes(recovery_of(office).release(request.read_bytes(), spoken, OFFICERS))
    return answer


def reach(morning: Morning, widget: QWidget) -> Morning:
    """With Tab, as somebody without a mouse would."""
    for _ in range(MOST_TABS):
        if widget.hasFocus():
            return morning
        morning.press("Tab")
    raise AssertionError(f"no Tab leads to {widget.accessibleName()}")


def ask(morning: Morning, usb: Path) -> str:
    """From the unlock page to a request on the stick; what she reads aloud."""
    door = morning.window.door
    reach(morning, door.forgotten).press("Space")
    reach(morning, door.recover.lost).press("Space")
    morning.enter(NEW).enter(NEW)
    morning.choose(door.county.stick_chosen, str(usb))
    return door.county.fingerprint.text()


def take(morning: Morning, answer: Path, passphrase: str = NEW) -> Morning:
    morning.enter(passphrase)
    return morning.choose(morning.window.door.county.answer_chosen, str(answer))


def test_two_officers_bring_the_vault_back_with_all_that_was_never_sent(
    settings, office, usb, qapp, qtbot: QtBot
):
    morning = begin_morning(settings, qapp, qtbot)
    spoken = ask(morning, usb)
    morning.leave()  # the answer takes a day
    morning = begin_morning(settings, qapp, qtbot)
    door = morning.window.door
    reach(morning, door.forgotten).press("Space")
    reach(morning, door.recover.lost).press("Space")
    assert door.county.fingerprint.text() == spoken

    take(morning, released(office, usb, spoken))
    groups = door.sheet._groups
    reach(morning, door.sheet.copied).press("Space")
    for field, at in zip(door.sheet.answers, door.sheet.asked, strict=True):
        reach(morning, field).type(groups[at])
    morning.press("Ctrl+Return")

    assert morning.is_open
    assert morning.application.day is not None
    morning.leave()
    again = begin_morning(settings, qapp, qtbot)
    again.enter(FORGOTTEN)
    assert (again.is_open, again.said()) == (False, "V-01")
    again.enter(NEW)
    assert again.is_open
    again.leave()
    vault = Vaults(SystemClock()).open(settings.vault, NEW)
    Laptop(vault, SystemClock()).sync(DirectRoad(office))
    vault.close()
    assert office.status()["devices"][0]["operations"] > 1


def test_an_answer_that_was_cut_short_or_is_for_an_older_request_is_said_and_opens_nothing(
    settings, office, usb, tmp_path, qapp, qtbot: QtBot
):
    morning = begin_morning(settings, qapp, qtbot)
    older = released(office, usb, ask(morning, usb)).rename(tmp_path / "older")
    door = morning.window.door
    cut = tmp_path / "cut"
    cut.write_bytes(older.read_bytes()[:-5])
    take(morning, cut)
    assert morning.said() == "V-37"
    reach(morning, door.county.anew).press("Space")
    morning.enter(NEW).enter(NEW).choose(door.county.stick_chosen, str(usb))

    take(morning, older)

    assert morning.said() == "V-36"
    morning.leave()
    Vaults(SystemClock()).open(settings.vault, FORGOTTEN).close()
