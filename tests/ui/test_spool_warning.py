"""A machine that keeps what it printed is named before anything is printed (security R23)."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.services.spool_keeping import DAY, FOR_EVER, NOTHING, UNKNOWN
from app.ui.printing.spool import spool_kept
from app.ui.printing.table import kept_text
from tests.print_page import PrintPage
from tests.work_pages import Room


def test_a_spool_that_keeps_is_warned_of_and_one_that_does_not_is_not(room: Room, qtbot: QtBot):
    page = PrintPage(room, qtbot)
    quiet = page.view.kept.isVisible()

    page.printers.keeps = 7 * DAY
    page.screen.presenter.open(None)
    room.settle()

    assert not quiet
    assert page.view.kept.isVisible()
    assert "还会留底（留 7 天）" in page.view.kept.text()
    page.view.fit(low=True, narrow=True)
    assert page.view.kept.isVisible()


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(FOR_EVER, "一直留着"), (7200, "留 2 小时"), (30, "留 几分钟")],
)
def test_how_long_is_said_in_words(seconds, said):
    assert said in kept_text(seconds)
    assert kept_text(NOTHING) == ""


def test_settings_are_read_where_they_are_and_their_absence_means_no_spool(tmp_path: Path):
    conf = tmp_path / "cupsd.conf"
    assert spool_kept(("甲",), conf) == NOTHING

    conf.write_text("PreserveJobFiles Yes\n", encoding="utf-8")
    assert spool_kept(("甲",), conf) is FOR_EVER


def test_settings_that_may_not_be_read_count_as_the_usual_ones(tmp_path: Path):
    (tmp_path / "cupsd.conf").mkdir()

    assert spool_kept(("甲",), tmp_path / "cupsd.conf") == DAY


def test_a_printer_nobody_can_tell_of_is_said_to_be_one():
    assert "程序看不出来" in kept_text(UNKNOWN)
    assert kept_text(NOTHING) == ""
