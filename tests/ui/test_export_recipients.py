"""Whom a file goes to: what each gets until another choice is made, and what she keeps herself."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.domain.exporting import Recipient
from app.domain.masking import Mask
from app.ui.exports.form import USUAL, More
from tests.export_page import ExportPage, export_page
from tests.locked_workbooks import opened
from tests.work_pages import Room


@pytest.fixture
def page(room: Room, qtbot: QtBot, tmp_path: Path) -> ExportPage:
    return export_page(room, qtbot, tmp_path)


def test_a_copy_for_oneself_is_locked_and_its_password_is_shown(page: ExportPage):
    page.view.kind.setFocus()
    page.type("2")
    page.view.recipient.setFocus()
    page.type("6").press("Ctrl+Return")

    (file,) = page.files()
    said = page.view.said.detail.text()
    (password,) = re.findall(r"[A-Z1-9]{4}-[A-Z1-9]{4}-[A-Z1-9]{4}", said)
    book = openpyxl.load_workbook(BytesIO(opened(file.read_bytes(), password)))
    assert (file.suffix, page.deed()["recipient"]) == (".xlsx", "own_copy")
    assert "459901********" in str(list(book.active.values))


@pytest.mark.parametrize("who", Recipient)
def test_every_recipient_has_a_mask_until_another_is_chosen(page: ExportPage, who: Recipient):
    page.view.recipient.setFocus()
    page.type(str(list(Recipient).index(who) + 1))

    assert page.view.number.value() is USUAL[who].mask
    assert USUAL[who].mask is not Mask.FULL


def test_who_is_not_told_of_health_is_not_told_of_it_in_the_words_of_a_visit_unawares(
    page: ExportPage,
):
    def warned() -> bool:
        return "写了病情" in "".join(one.text() for one in page.view.findChildren(QLabel))

    township = warned()
    page.view.more.setFocus()
    page.type("4")  # the state of health as well
    with_health = warned()
    page.view.recipient.setFocus()
    page.type("4")
    federation, untold = page.view.more.value(), warned()
    page.view.book.setFocus()
    page.type("3")
    watched = warned()
    page.view.recipient.setFocus()
    page.type("6")

    assert (township, with_health, untold) == (True, False, False)
    assert federation == (More.PLACE,)
    assert (watched, warned()) == (True, False)
