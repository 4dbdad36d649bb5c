"""From an empty computer to a signed application, by keys: enrolment by file, a roster with a bad
row, the stick there and back, F01. Only the file dialogs are answered for.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap.machine import SystemClock
from app.services.desk import Desk, open_desk
from app.services.policies import Policies
from app.services.vaults import Vaults
from app.settings import Settings
from app.sync.protocol import stick
from county_server.database import sqlite_url
from tests.counties import VILLAGE, Office, found_office
from tests.mornings import Morning, begin_morning
from tests.roster_files import id_number, person, workbook

PASSPHRASE = "tea hill morning lantern"
NOWHERE = "https://127.0.0.1:1"
MOST_TABS = 60


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home with nothing in it."""
    return Settings(tmp_path / "home")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A county that works by this machine's clock and has no network."""
    made = found_office(
        tmp_path / "county", sqlite_url(tmp_path / "county.db"), SystemClock(), is_practice=False
    )
    yield made
    made.database.close()


@pytest.fixture
def usb(tmp_path: Path) -> Path:
    """A stick with the county's enrolment file and a roster that has one bad row."""
    folder = tmp_path / "usb"
    folder.mkdir()
    people = [
        person(村代码=VILLAGE.code),
        person(
            村代码=VILLAGE.code,
            户编号="2",
            户主姓名="何有山",
            姓名="何有山",
            证件号码="4.599E+17",
        ),
    ]
    (folder / "名册.xlsx").write_bytes(workbook(people))
    return folder


def reach(morning: Morning, widget: QWidget) -> Morning:
    """With Tab, as somebody without a mouse would."""
    for _ in range(MOST_TABS):
        if widget.hasFocus():
            return morning
        morning.press("Tab")
    raise AssertionError(f"no Tab leads to {widget.accessibleName()}")


def enrol(morning: Morning, ticket: Path) -> None:
    """The first run as far as the roster's page."""
    door = morning.window.door
    morning.press("Ctrl+Return")
    reach(morning, door.who.choose)
    morning.choose(door.who.ticket_chosen, ticket)
    assert door.who.fingerprint.isVisible()
    morning.press("Ctrl+Return").enter(PASSPHRASE).enter(PASSPHRASE)
    groups = door.sheet._groups
    reach(morning, door.sheet.copied).press("Space")
    for answer, at in zip(door.sheet.answers, door.sheet.asked, strict=True):
        reach(morning, answer).type(groups[at])
    morning.press("Ctrl+Return")


def take_roster(morning: Morning, roster: Path) -> None:
    """The bad row comes back on a sheet; mended on the sheet, everybody comes in."""
    panel = morning.window.door.roster.panel
    reach(morning, panel.choose)
    morning.choose(panel.file_chosen, str(roster))
    sheet = roster.with_name("名册-哪里不对.xlsx")
    assert panel.open_sheet.hasFocus()
    assert "（编号 R-20）" in panel.result.text.text()
    mend(sheet)
    reach(morning, panel.choose)
    morning.choose(panel.file_chosen, str(sheet))
    assert panel.result.text.text() == "名册进来了：2 户，2 人。"


def mend(sheet: Path) -> None:
    """As she would in WPS: what the first column says, in the coloured cell."""
    book = openpyxl.load_workbook(sheet)
    rows = list(book.active.iter_rows())
    heads = next(row for row in rows if row[0].value == "哪里不对")
    at = [cell.value for cell in heads].index("证件号码")
    for row in rows:
        if row[at].value == "4.599E+17":
            row[at].value = id_number(serial=3)
    book.save(sheet)


def to_the_stick(morning: Morning, usb: Path) -> None:
    view = morning.application.day.halves("syncing").view
    reach(morning, view.to_stick)
    morning.choose(view.export_placed, str(usb))


def from_the_stick(morning: Morning, usb: Path) -> None:
    view = morning.application.day.halves("syncing").view
    reach(morning, view.from_stick)
    morning.choose(view.import_placed, str(usb))


def at_the_county(office: Office, usb: Path) -> None:
    office.stick.take(usb)
    office.stick.make(usb)


def apply(settings: Settings) -> str:
    """What the means test's own journey ends with: an application. Its number."""
    clock = SystemClock()
    vault = Vaults(clock).open(settings.vault, PASSPHRASE)
    try:
        desk: Desk = open_desk(vault, clock, Policies())
        household = desk.households.find("hyt")[0].id
        tested = desk.assessments.save(household, desk.assessments.start(household))
        return desk.applications.from_assessment(tested).application.document_no
    finally:
        vault.close()


def print_papers(morning: Morning, place: Path) -> str:
    """Find the household, print what is ticked; without a printer it becomes a file."""
    view = morning.application.day.halves("printing").view
    morning.press("Ctrl+P").type("hyt").press("Return", "Ctrl+P")
    morning.choose(view.placed, str(place))
    document = pypdfium2.PdfDocument(place.read_bytes())
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


def test_a_first_day_by_keys(
    settings: Settings, office: Office, usb: Path, tmp_path: Path, qapp, qtbot: QtBot
):
    ticket = usb / "绑定文件.json"
    ticket.write_bytes(office.ticket_file(url=NOWHERE))
    morning = begin_morning(settings, qapp, qtbot)
    enrol(morning, ticket)
    take_roster(morning, usb / "名册.xlsx")
    morning.press("Ctrl+Return")
    morning.qtbot.waitUntil(lambda: morning.is_open, timeout=60_000)
    morning.settle()

    morning.press("Ctrl+U")
    to_the_stick(morning, usb)
    at_the_county(office, usb)
    from_the_stick(morning, usb)
    to_the_stick(morning, usb)
    sent = list((usb / stick.TO_COUNTY).glob("*.sab"))
    at_the_county(office, usb)
    from_the_stick(morning, usb)
    said = morning.application.day.halves("syncing").view.said.headline.text()
    morning.leave()
    number = apply(settings)
    later = begin_morning(settings, qapp, qtbot).enter(PASSPHRASE)
    text = print_papers(later, tmp_path / "F01.pdf")
    later.leave()

    assert sent
    assert "收好了" in said
    assert office.status()["documents"]["household"] == 2
    assert "申请（审批）表" in text
    assert number in text
    assert printed(settings) >= {"F01"}


def printed(settings: Settings) -> set[str]:
    """The forms the file remembers as printed."""
    clock = SystemClock()
    vault = Vaults(clock).open(settings.vault, PASSPHRASE)
    try:
        desk = open_desk(vault, clock, Policies())
        households = [line.id for line in desk.households.lines()]
        with desk.printing.begin() as work:
            return {p.form for one in households for p in work.casework.household_prints(one)}
    finally:
        vault.close()
