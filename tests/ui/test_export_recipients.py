"""Whom a file goes to: what each gets until another choice is made, and what she keeps herself."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from app.domain.exporting import Recipient
from app.domain.masking import Mask
from app.ui.exports.form import USUAL
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
