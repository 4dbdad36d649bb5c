"""What is wished for in the print centre happens once, for what was seen, or is said not to."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.domain.problem import Unavailable
from app.services.printing import Printing
from app.ui.nouns import Noun
from tests.pdfs import text_of
from tests.print_page import PrintPage
from tests.work_pages import LI, WU, Room


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> PrintPage:
    return PrintPage(room, qtbot)


def no_fonts(*_anything, **_else):
    raise Unavailable("打印用的字体文件坏了。", do="请重新运行一次安装，再打印。", code="P-10")


def seen(page: PrintPage, form: str) -> str:
    """What stands on the paper as it would be printed now."""
    return text_of(page.screen.presenter._proof(form).paper.pdf).replace(" ", "")


def test_nothing_ticked_is_said_and_nothing_is_sent(page: PrintPage):
    page.press("Ctrl+P")

    assert page.view.said.headline.text().startswith("没有打勾的表。")
    assert page.printers.sent == []


def test_a_paper_that_could_not_be_drawn_is_not_printed_when_nobody_asks(
    page: PrintPage, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as broken:
        broken.setattr(Printing, "sketch", no_fonts)
        page.type("lgf").press("Return")
        page.view.problem.hide()
        page.press("Ctrl+P")
        told = page.view.problem.detail.text() if page.view.problem.isVisible() else ""

    page.view.offers.lines[0].box.setFocus()
    page.type("2")

    assert "P-10" in told
    assert page.printers.sent == []


def test_once_the_fonts_are_back_one_key_prints(page: PrintPage, monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as broken:
        broken.setattr(Printing, "sketch", no_fonts)
        page.type("lgf").press("Return")

    page.press("Ctrl+P")

    assert sorted(page.prints()) == ["F01", "F02", "F03", "F15"]


def test_after_printing_the_preview_is_of_the_next_print(page: PrintPage):
    page.type("lgf").press("Return")
    before = seen(page, "F15")

    page.press("Ctrl+P")

    assert "打印时编号" in before
    assert "打印时编号" not in seen(page, "F15")
    assert "第1次补打" in seen(page, "F15")


def test_what_left_before_the_printer_stopped_is_a_reprint_in_the_preview(page: PrintPage):
    page.printers.problem = Unavailable("打印机没有接。", do="请看看有没有纸。", code="P-50")
    page.printers.takes = 1
    page.type("lgf").press("Return", "Ctrl+P")

    page.view.offers.lines[0].box.setFocus()
    page.type("1")

    assert "第1次补打" in seen(page, "F01")


@pytest.mark.parametrize("takes", [1, 4])
def test_what_has_left_is_told_to_the_other_pages(page: PrintPage, takes: int):
    news: list[frozenset[Noun]] = []
    page.room.changes.saved.connect(news.append)
    page.printers.problem = Unavailable("打印机没有接。", do="请看看有没有纸。", code="P-50")
    page.printers.takes = takes

    page.type("lgf").press("Return", "Ctrl+P")

    assert news == [frozenset({Noun.PRINT})]


def test_what_cannot_be_made_is_not_ticked(page: PrintPage):
    page.type("lgf").press("Return").type("4")
    lacking = [line.form for line in page.view.offers.lines if not line.box.isEnabled()]
    before = page.ticked()

    for form in [*lacking, "F99"]:
        page.screen.presenter.tick(form)
        page.room.settle()

    assert lacking
    assert page.ticked() == before


def test_of_two_households_found_at_once_only_the_last_is_shown(page: PrintPage, monkeypatch):
    shown = []
    monkeypatch.setattr(page.view, "show_household", lambda line: shown.append(line.id))

    for household in (LI, WU):
        page.screen.presenter.open(household)
    page.room.settle()

    assert shown == [WU]


def test_of_two_pages_turned_at_once_only_the_last_is_shown(page: PrintPage, monkeypatch):
    page.type("lgf").press("Return")
    shown = []
    monkeypatch.setattr(page.view, "show_page", lambda _page, number, _of: shown.append(number))

    for _ in range(2):
        page.screen.presenter.turn(1)
    page.room.settle()
    for _ in range(9):
        page.screen.presenter.turn(1)
    page.room.settle()

    assert shown == [3, 6]  # it has six
