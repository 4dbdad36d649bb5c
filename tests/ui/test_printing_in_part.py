"""Paper that leaves, and the record that it did: neither without the other, as far as can be."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.problem import Unavailable
from app.services.printing import Printing
from app.store.atomic import disk_full
from tests.print_page import PrintPage
from tests.work_pages import Room


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> PrintPage:
    return PrintPage(room, qtbot)


def full(*_all: object) -> None:
    """The disk is full when it is to be recorded."""
    raise disk_full()


def test_what_left_before_the_printer_stopped_is_recorded_and_not_printed_again(page: PrintPage):
    page.type("lgf").press("Return")
    page.printers.problem = Unavailable("打印机没有接。", do="请看看有没有纸。", code="P-50")
    page.printers.takes = 1

    page.press("Ctrl+P")
    told = f"{page.view.problem.headline.text()}{page.view.problem.detail.text()}"
    left = page.prints()
    ticked = page.ticked()
    page.printers.problem = None
    page.press("Ctrl+P")

    assert "前面 1 样已经打出来、记好了" in told
    assert left == ["F01"]
    assert ticked == ["F02", "F03", "F15"]
    assert sorted(page.prints()) == ["F01", "F02", "F03", "F15"]
    assert len(page.printers.sent) == 4


def test_what_was_printed_and_could_not_be_recorded_is_said(page: PrintPage, monkeypatch):
    page.type("lgf").press("Return")
    monkeypatch.setattr(Printing, "record", full)

    page.press("Ctrl+P")

    told = f"{page.view.problem.headline.text()}{page.view.problem.detail.text()}"
    assert len(page.printers.sent) == 1
    assert "已经打出来了，只是没有记上" in told
    assert page.ticked() == ["F02", "F03", "F15"]


def test_a_file_that_cannot_be_recorded_is_not_left(page: PrintPage, tmp_path: Path, monkeypatch):
    page.type("lgf").press("Return")
    monkeypatch.setattr(Printing, "record_all", full)

    page.view.placed.emit(str(tmp_path / "a.pdf"))
    page.room.settle()

    assert "D-01" in page.view.problem.detail.text()
    assert list(tmp_path.glob("*.pdf")) == []
    assert page.prints() == []
