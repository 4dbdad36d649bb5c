"""The roster page on a real vault: whole or not at all, and a sheet of what to mend beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from app.domain.problem import Unavailable
from app.services.rosters import place_of_error_sheet
from app.store.backup import list_backups
from app.ui.roster.screen import build_roster_screen
from app.ui.theme.look import Look
from app.ui.theme.scale import TypeSize
from tests.hands import Hands
from tests.roster_files import id_number, person, workbook
from tests.screens import assert_inside, assert_unclipped, settle
from tests.work_pages import Room

BAD = workbook([person(), person(户编号="2", 证件号码="4.59901198603020E+17")])
SECOND = {"户编号": "2", "姓名": "韦大", "户主姓名": "韦大"}
GOOD = workbook([person(), person(**SECOND, 证件号码=id_number(serial=3))])


@dataclass
class Tables:
    """The desktop: opens what it is given, or nothing."""

    opens: bool = True
    opened: list[Path] = field(default_factory=list)

    def open(self, path: Path) -> bool:
        self.opened.append(path)
        return self.opens


class RosterPage:
    """The page in front, a file to choose, and what opens tables."""

    def __init__(self, room: Room, qtbot: QtBot, folder: Path) -> None:
        self.room, self.folder = room, folder
        self.tables = Tables()
        self.screen = build_roster_screen(room.desk.rosters, room.bench, open_file=self.tables.open)
        self.view, self.panel = self.screen.view, self.screen.view.panel
        qtbot.addWidget(self.view)
        room.show(self.screen)
        self.hands = Hands(self.view)

    def take(self, data: bytes, name: str = "名册.xlsx") -> RosterPage:
        """Choose a file with `data`, as the dialog would say it."""
        path = self.folder / name
        path.write_bytes(data)
        self.panel.file_chosen.emit(str(path))
        self.room.settle()
        return self

    def said(self) -> str:
        return f"{self.view.problem.headline.text()}{self.view.problem.detail.text()}"

    def households(self) -> int:
        return len(self.room.do(self.room.desk.households.lines))

    def backups(self) -> int:
        return len(self.room.do(lambda: list_backups(self.room.vault.files.backups)))


@pytest.fixture
def page(room: Room, qtbot: QtBot, tmp_path: Path) -> RosterPage:
    folder = tmp_path / "u盘"
    folder.mkdir()
    return RosterPage(room, qtbot, folder)


def marked(sheet: Path) -> list[str]:
    """What the sheet's 哪里不对 column says."""
    rows = list(openpyxl.load_workbook(sheet).active.iter_rows(values_only=True))
    at = next(row.index("哪里不对") for row in rows if "哪里不对" in row)
    return [row[at] for row in rows if row[at] and "（编号 " in row[at]]


def test_a_roster_goes_in_beside_what_is_there(page: RosterPage):
    before, backups = page.households(), page.backups()

    page.take(GOOD)

    assert page.panel.result.text.text() == "名册进来了：2 户，2 人。"
    assert page.households() == before + 2
    assert page.backups() == backups + 1
    assert not page.panel.errors.isVisible()


def test_the_list_of_households_hears_of_it(page: RosterPage):
    heard = []
    page.room.changes.saved.connect(heard.append)

    page.take(GOOD)
    page.hands.press("Space")

    assert [{noun.value for noun in news} for news in heard] == [{"household"}]
    assert page.room.went == [("households", None)]


def test_who_may_be_there_twice_is_told_by_row_and_the_roster_is_in(page: RosterPage):
    page.take(GOOD)
    before = page.households()

    page.take(workbook([person(), person(户编号="3", 证件号码=id_number(serial=5))]))

    assert page.households() == before + 1
    assert page.panel.result.text.text().startswith("名册进来了：1 户，1 人。有 2 处可能")
    told = page.panel.errors.toPlainText().splitlines()
    assert [line.split("：")[0] for line in told] == ["第 3 行 何有田", "第 4 行 何有田"]
    assert page.panel.errors.isVisible()
    assert not page.panel.open_sheet.isVisible()


def test_a_bad_row_keeps_everything_out_and_the_sheet_lies_beside_the_roster(page: RosterPage):
    before = page.households()

    page.take(BAD)

    sheet = page.folder / "名册-哪里不对.xlsx"
    assert page.panel.result.text.text().endswith("（编号 R-20）")
    assert "名册-哪里不对.xlsx" in page.panel.sheet.text.text()
    assert len(marked(sheet)) == 1
    assert page.panel.errors.toPlainText().startswith("第 4 行")
    assert page.households() == before


def test_the_sheet_is_opened_with_one_key_and_mended_it_goes_in(page: RosterPage):
    page.take(BAD)

    page.hands.press("Space")
    page.take(GOOD, "名册-哪里不对.xlsx")

    assert page.tables.opened == [page.folder / "名册-哪里不对.xlsx"]
    assert "2 户" in page.panel.result.text.text()


def test_a_sheet_that_is_there_is_never_written_over(page: RosterPage):
    page.take(BAD)
    (page.folder / "名册-哪里不对.xlsx").write_bytes(b"mended by hand")

    page.take(BAD)

    assert (page.folder / "名册-哪里不对.xlsx").read_bytes() == b"mended by hand"
    assert marked(page.folder / "名册-哪里不对2.xlsx")


def test_the_sheet_of_a_sheet_keeps_the_rosters_name(tmp_path: Path):
    sheet = tmp_path / "名册-哪里不对.xlsx"
    sheet.touch()

    assert place_of_error_sheet(tmp_path / "名册.csv").name == "名册-哪里不对2.xlsx"
    assert place_of_error_sheet(sheet).name == "名册-哪里不对2.xlsx"


def test_where_the_sheet_cannot_lie_beside_the_roster_another_place_is_asked_for(
    page: RosterPage, tmp_path: Path, monkeypatch
):
    def locked(*_args):
        raise Unavailable("写不进去。", do="请换一个。", code="D-03")

    with monkeypatch.context() as stick:
        stick.setattr("app.ui.roster.desk.save_error_sheet", locked)
        page.take(BAD)
    asked, offered = page.panel.sheet.text.text(), page.panel.open_sheet.isVisible()
    page.panel.sheet_placed.emit(str(tmp_path / "要改的"))
    page.room.settle()

    assert "请另存一份" in asked
    assert not offered
    assert marked(tmp_path / "要改的.xlsx")
    assert "要改的.xlsx" in page.panel.sheet.text.text()
    assert page.panel.open_sheet.isVisible()


def test_without_a_program_for_tables_it_says_so(page: RosterPage):
    page.tables.opens = False
    page.take(BAD)

    page.hands.click(page.panel.open_sheet)

    assert "R-22" in page.said()


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"name,id\n", "R-04"), (workbook([]), "R-17"), (GOOD[: len(GOOD) // 2], "R-06")],
    ids=["text", "empty", "half"],
)
def test_what_is_no_roster_is_refused_as_everywhere(page: RosterPage, data: bytes, code: str):
    before = page.households()

    page.take(data)

    assert code in page.said()
    assert page.panel.choose.isEnabled()
    assert page.households() == before
    assert [path.name for path in page.folder.iterdir()] == ["名册.xlsx"]


def test_the_same_roster_twice_is_refused_and_nobody_is_there_twice(page: RosterPage):
    page.take(GOOD)
    after = page.households()

    page.take(GOOD)

    assert "R-30" in page.said()
    assert not page.panel.result.isVisible()
    assert page.households() == after


@pytest.mark.parametrize(
    ("size", "width", "height"), [(TypeSize.STANDARD, 982, 511), (TypeSize.EXTRA, 1211, 665)]
)
def test_what_is_to_be_mended_fits_a_small_window(
    page: RosterPage, look: Look, size, width, height
):
    look.wear(size=size)
    page.view.resize(width, height)
    page.take(BAD)
    settle()

    assert_unclipped(page.view)
    assert_inside(page.view)
