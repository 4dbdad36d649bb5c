"""The eight daily tasks by keyboard alone, in the whole window on a real vault (ux §5.2, §5.3).

Each starts on the home page; every key of a chord counts; the result is looked up in the file.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.domain.casework import ApplicationStatus, Met, Need, ReliefStatus
from app.domain.households import Category
from app.domain.money import Money
from app.services.applications import FileApplication
from app.ui.pages import pages_of
from app.ui.shell.day import Day
from app.ui.shell.idle import IdleWatch
from app.ui.shell.nav import Who
from app.ui.shell.window import MainWindow
from app.ui.widgets import places
from tests.hands import Hands
from tests.work_pages import LI, WU, ZHAO, PaperPrinters, Room


@dataclass
class Desk:
    """The window on the home page, and two hands."""

    room: Room
    day: Day
    hands: Hands
    printers: PaperPrinters

    def press(self, *chords: str) -> Desk:
        """Press, and let the answers come: a person is slower than the file."""
        for chord in chords:
            self.hands.press(chord)
            self.room.settle()
        return self

    def type(self, text: str) -> Desk:
        """As `press`, for letters and digits."""
        for letter in text:
            self.hands.type(letter)
            self.room.settle()
        return self


def _no_clock() -> float:
    return 0.0


@pytest.fixture
def desk(room: Room, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Desk:
    def never(_dialog: QDialog) -> int:
        raise AssertionError("a daily task opened a box that waits")

    monkeypatch.setattr(QDialog, "exec", never)
    monkeypatch.setattr(
        QStandardPaths, "writableLocation", staticmethod(lambda _which: str(tmp_path))
    )
    assert places.documents_folder() == str(tmp_path)
    day = Day(
        who=Who("青石村", "王秀英"),
        clock=room.clock,
        store=room.store,
        work=room.work,
        find=room.desk.households.find,
        idle=IdleWatch(_no_clock, minutes=5),
    )
    printers = PaperPrinters()
    day.put_pages(pages_of(room.desk, day.bench, printers))
    window = MainWindow()
    window.show_day(day, practice=True)
    qtbot.addWidget(window)
    window.resize(1366, 697)
    window.show()
    day.go("today")
    window.activateWindow()
    room.settle()
    qtbot.waitUntil(window.isActiveWindow)
    return Desk(room, day, Hands(window), printers)


def test_t2_a_household_is_found_in_six_keys(desk: Desk):
    desk.press("Ctrl+F").type("wxl").press("Return")

    assert desk.hands.count <= 6
    assert desk.day.place().subject == WU


def test_t3_a_routine_visit_takes_sixteen_keys(desk: Desk):
    desk.press("Ctrl+N").type("wxl").press("Return").type("141111").press("Ctrl+Return")

    visit = desk.room.ask(lambda work: work.casework.visits_of(WU))[0]
    assert desk.hands.count <= 16
    assert (visit.visited_on, visit.met, visit.need) == (
        desk.room.clock.today(),
        Met.SELF,
        Need.NONE,
    )


def test_t3_the_cursor_is_ready_for_the_next_household(desk: Desk):
    desk.press("Ctrl+N").type("wxl").press("Return").type("3").press("Ctrl+Return")

    desk.type("zds").press("Return").type("141111").press("Ctrl+Return")

    assert len(desk.room.ask(lambda work: work.casework.visits_of(ZHAO))) == 1


def test_t4_relief_with_its_receipt_takes_sixteen_keys(desk: Desk):
    desk.press("Ctrl+E").type("zds").press("Return").type("1")
    desk.type("800").press("Return").type("1").press("Ctrl+Return")

    paid = desk.room.ask(lambda work: work.casework.relief_of(ZHAO))
    prints = desk.room.ask(lambda work: work.casework.household_prints(ZHAO))
    assert desk.hands.count <= 16
    assert [(case.amount, case.status) for case in paid] == [
        (Money.yuan(800), ReliefStatus.PAPERWORK_PENDING)
    ]
    assert [one.form for one in prints] == ["SJ"]
    assert len(desk.printers.sent) == 1


def test_t5_a_means_test_of_three_people_with_its_working_sheet_takes_eighty_keys(desk: Desk):
    desk.press("Ctrl+M").type("lgf").press("Return")
    # 李桂芳: hukou, living, labour, illness, disability, what she cannot do, what she receives
    desk.type("1131111").press("Return")
    desk.type("11111").press("Return")  # 李建国
    desk.type("112111").press("Return")  # 李小雨: schooling instead of labour; what she receives
    desk.press("Return")  # 李桂芳's pension is on record
    desk.type("12200").press("Return", "Return").type("11").press("Return")  # 2200 a month
    desk.type("9").press("Return")
    desk.type("9").press("Return")  # nothing else of the household's
    desk.type("14800").press("Return").type("1").press("Return")  # own share of the hospital
    desk.type("9").press("Return").type("9").press("Return")
    desk.type("0").press("Return", "Return").type("0").press("Return").type("1").press("Return")
    desk.type("11").press("Return")
    desk.type("8").press("Return")  # nobody bound to support them
    desk.press("Ctrl+P", "Ctrl+P")  # kept, and its working sheet printed

    kept = desk.room.ask(lambda work: work.casework.assessments_of(LI))
    assert desk.hands.count <= 80
    assert len(kept) == 1
    assert '"27960.00"' in kept[0].answer  # 130 × 12 + 2200 × 12
    household = desk.room.ask(lambda work: work.households.get(LI))
    assert len(household.incomes) == 2
    assert len(household.expenses) == 1
    prints = desk.room.ask(lambda work: work.casework.household_prints(LI))
    assert [(one.form, one.entity_id) for one in prints] == [("F05", kept[0].id)]
    assert desk.printers.sent[0][0].startswith(b"%PDF")


def test_t5_the_test_becomes_an_application_without_asking_anything_again(desk: Desk):
    desk.press("Ctrl+M").type("lgf").press("Return")
    view = desk.day.halves("assessment").view

    desk.hands.click(view.apply)
    desk.room.settle()

    filed = desk.room.ask(lambda work: work.casework.applications_of(LI))
    kept = desk.room.ask(lambda work: work.casework.assessments_of(LI))
    assert [one.assessment for one in filed] == [kept[0].id]
    assert filed[0].status is ApplicationStatus.DRAFT
    assert Category.DIBAO in filed[0].requested


def test_t5_the_papers_of_the_application_are_the_ones_chosen_to_print(desk: Desk):
    desk.press("Ctrl+M").type("lgf").press("Return")
    view = desk.day.halves("assessment").view
    desk.hands.click(view.apply)
    desk.room.settle()

    desk.press("Ctrl+P", "Ctrl+P")

    prints = desk.room.ask(lambda work: work.casework.household_prints(LI))
    assert {one.form for one in prints} == {"F01", "F02", "F03", "F05"}
    assert desk.day.current == "printing"


def test_t6_the_papers_of_a_household_take_eight_keys(desk: Desk):
    desk.press("Ctrl+N").type("wxl").press("Return").type("141111").press("Ctrl+Return", "Ctrl+1")
    before = desk.hands.count

    desk.press("Ctrl+P").type("wxl").press("Return", "Ctrl+P")

    prints = desk.room.ask(lambda work: work.casework.household_prints(WU))
    assert desk.hands.count - before <= 8
    assert [one.form for one in prints] == ["F15"]
    assert desk.printers.sent[0][0].startswith(b"%PDF")


def test_t6_the_application_package_takes_eight_keys(desk: Desk):
    desk.room.do(
        lambda: desk.room.desk.applications.file(FileApplication(household=LI, assessment=None))
    )
    before = desk.hands.count

    desk.press("Ctrl+P").type("lgf").press("Return", "Ctrl+P")

    prints = desk.room.ask(lambda work: work.casework.household_prints(LI))
    numbers = {
        one.document_no for one in desk.room.ask(lambda work: work.casework.applications_of(LI))
    }
    assert desk.hands.count - before <= 8
    assert sorted(one.form for one in prints) == ["F01", "F02", "F03"]
    assert {one.document_no for one in prints} == numbers
    assert len(desk.printers.sent) == 3


def test_t8_the_usual_masked_visit_log_takes_four_keys(desk: Desk, tmp_path: Path):
    desk.press("Ctrl+N").type("wxl").press("Return").type("141111").press("Ctrl+Return", "Ctrl+1")
    before = desk.hands.count

    desk.press("Ctrl+6", "Ctrl+Return")

    (file,) = tmp_path.glob("走访台账*")
    cells = str(list(openpyxl.load_workbook(file).active.values))
    deeds = desk.room.ask(
        lambda work: work.connection.exec_driver_sql(
            "SELECT count(*) FROM operation WHERE kind = 'visits.exported'"
        ).scalar_one()
    )
    assert desk.hands.count - before <= 4
    assert "459901********" in cells
    assert "4599011958" not in cells
    assert deeds == 1


def test_t8_a_masked_visit_log_takes_eight_keys(desk: Desk, tmp_path: Path):
    desk.press("Ctrl+N").type("wxl").press("Return").type("141111").press("Ctrl+Return", "Ctrl+1")
    before = desk.hands.count

    desk.press("Ctrl+6").type("1122").press("Ctrl+Return")

    files = list(tmp_path.glob("走访台账*"))
    assert desk.hands.count - before <= 8
    assert [file.suffix for file in files] == [".csv"]
    rows = list(csv.reader(files[0].read_text("utf-8-sig").splitlines()))
    assert any("459901********" in cell for row in rows for cell in row)
