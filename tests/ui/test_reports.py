"""The page of reports on a real vault, by keys."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from pytestqt.qtbot import QtBot

from app.domain.reports import Quarter
from app.services.reports import ReportLine
from app.ui.reports.screen import build_report_screen
from app.ui.reports.table import state_of
from tests import pdfs
from tests.screens import assert_inside, assert_named, texts
from tests.visit_pages import OnPage
from tests.work_pages import PaperPrinters, Room

FIRST = Quarter(2026, 1)


def shown(room: Room, qtbot: QtBot, subject: str | None = FIRST.key) -> OnPage:
    return OnPage(room, qtbot, screen_of(room, PaperPrinters()), subject)


def screen_of(room: Room, printers: PaperPrinters):
    desk = room.desk
    return build_report_screen(desk.reports, desk.printing, printers, room.bench)


def reports(page: OnPage):
    return page.room.ask(lambda work: work.reports.of(FIRST))


def test_a_quarter_is_opened_from_the_list_and_told_by_keys(room: Room, qtbot: QtBot):
    page = shown(room, qtbot, None)
    page.press("Return")
    page.press("Space")
    page.press("Return", "Return", "Return").write("镇民政办").press("Return").write("都走到了")

    page.press("Ctrl+Return")

    (told,) = reports(page)
    assert (told.first, told.last, told.told_on) == (
        date(2026, 1, 1), room.clock.today(), room.clock.today(),
    )  # fmt: skip
    assert (told.told_to, told.progress) == ("镇民政办", "都走到了")
    assert "已经报送" in " ".join(texts(page.view))
    assert room.do(room.desk.drafts.keys) == []


def test_a_quarter_that_was_told_late_says_by_how_much(room: Room, qtbot: QtBot):
    page = shown(room, qtbot, None)
    page.press("Return", "Space", "Return", "Return", "Return").write("镇民政办").press(
        "Ctrl+Return"
    )
    (told,) = reports(page)

    line = ReportLine(quarter=FIRST, due_on=told.told_on, rule="", told=told, late=False)
    late = replace(line, due_on=told.told_on - timedelta(days=10))

    assert state_of(line) == "2026年3月2日 星期一 报给镇民政办"
    assert state_of(late) == "2026年3月2日 星期一 报给镇民政办，晚了 10 天"


def test_what_was_half_told_comes_up_again(room: Room, qtbot: QtBot):
    page = shown(room, qtbot)
    page.view.begin.click()
    room.settle()
    page.view.answered.emit("told_to", "镇民政办")
    room.settle()
    page.view.hide()

    again = shown(room, qtbot)
    again.screen.presenter.confirm()
    room.settle()

    assert [one.told_to for one in reports(again)] == ["镇民政办"]
    assert room.do(room.desk.drafts.keys) == []


def test_put_aside_it_does_not_come_up_again(room: Room, qtbot: QtBot):
    page = shown(room, qtbot)
    page.view.begin.click()
    room.settle()
    page.view.answered.emit("told_to", "镇民政办")
    room.settle()

    page.click(page.view.fields.back)

    assert room.do(room.desk.drafts.keys) == []
    assert page.view.record.isVisible()


def test_a_day_that_cannot_be_is_said_at_its_field_and_nothing_is_kept(room: Room, qtbot: QtBot):
    page = shown(room, qtbot)
    page.view.begin.click()
    room.settle()
    page.view.answered.emit("told_on", None)
    room.settle()

    page.screen.presenter.confirm()
    room.settle()

    assert "T-02" in " ".join(texts(page.view))
    assert reports(page) == []


def test_it_fits_the_smallest_window(room: Room, qtbot: QtBot):
    page = shown(room, qtbot)
    page.view.resize(1093, 543)
    room.settle()

    assert_inside(page.view)
    assert_named(page.view)


@pytest.mark.parametrize(
    ("keys", "month"), [(("Tab", "Space"), "2026年3月"), (("Tab", "Tab", "Space"), "2026年2月")]
)
def test_the_month_s_report_is_printed_beside_the_quarters(
    room: Room, qtbot: QtBot, keys: tuple[str, ...], month: str
):
    printers = PaperPrinters()
    page = OnPage(room, qtbot, screen_of(room, printers), None)

    for key in keys:
        page.press(key)

    ((pdf, *_rest),) = printers.sent
    assert month in pdfs.text_of(pdf)
    assert "季（月）报" in page.view.said.headline.text()


def test_a_quarter_is_printed_as_it_was_told(room: Room, qtbot: QtBot):
    printers = PaperPrinters()
    page = OnPage(room, qtbot, screen_of(room, printers), FIRST.key)

    page.press("Ctrl+P")

    ((pdf, *_rest),) = printers.sent
    assert FIRST.label in pdfs.text_of(pdf)


def test_the_report_as_a_table_is_one_key_from_here(room: Room, qtbot: QtBot):
    page = OnPage(room, qtbot, screen_of(room, PaperPrinters()), None)

    page.press("Tab").press("Tab").press("Tab").press("Space")

    assert room.went[-1] == ("ledger", "report")
