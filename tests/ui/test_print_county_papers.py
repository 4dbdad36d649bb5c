"""A county's own file for a form that cannot be used is told where paper is made."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.print_page import PrintPage
from tests.ui.test_print_batches import BatchPage
from tests.work_pages import Room

WRONG = 'form = "F15"\nsource = "甲县的表样"\n[[wording]]\nold = "没有的字"\nnew = "别的"\n'


@pytest.fixture
def wrong(room: Room) -> None:
    """A file in the folder beside the vault that says a word no form has."""
    folder = room.vault.directory.parent / "papers"
    folder.mkdir()
    (folder / "甲县.toml").write_text(WRONG, encoding="utf-8")


def test_the_print_page_names_the_file_and_shows_the_paper_all_the_same(
    room: Room, qtbot: QtBot, wrong: None
):
    page = PrintPage(room, qtbot)
    assert not page.view.problem.isVisible()

    page.type("lgf").press("Return")

    assert "甲县.toml" in page.view.problem.headline.text()
    assert "P-26" in page.view.problem.detail.text()
    assert page.view.preview.words.text().startswith("第 1 页，共")


def test_the_batch_page_names_the_file(room: Room, qtbot: QtBot, wrong: None):
    page = BatchPage(room, qtbot)
    room.settle()

    assert "甲县.toml" in page.view.problem.headline.text()
