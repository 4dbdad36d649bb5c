"""A question with several answers: digits switch, the first says none, Enter goes on."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.theme.look import Look
from app.ui.widgets.several import SeveralRow
from tests.hands import Hands

OPTIONS = [("none", "都没有"), ("a", "甲"), ("b", "乙"), ("c", "丙")]


class Page(QWidget):
    """The row, a field behind it, and two hands."""

    def __init__(self) -> None:
        super().__init__()
        self.row = SeveralRow(OPTIONS, name="享受什么")
        self.behind = QLineEdit()
        box = QVBoxLayout(self)
        box.addWidget(self.row)
        box.addWidget(self.behind)
        self.heard: list[object] = []
        self.row.chosen.connect(self.heard.append)
        self.hands = Hands(self)


@pytest.fixture
def page(look: Look, qtbot: QtBot) -> Page:
    made = Page()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.row.setFocus()
    return made


def test_digits_switch_answers_on_and_off_and_stay(page: Page):
    page.hands.type("342")

    assert page.row.value() == ("a", "b", "c")
    page.hands.type("3")
    assert page.row.value() == ("a", "c")
    assert page.row.hasFocus()


def test_the_first_says_none_and_goes_on(page: Page):
    page.hands.type("21")

    assert page.row.value() == ()
    assert page.heard == [("a",), ()]
    assert page.behind.hasFocus()


def test_an_answer_after_none_takes_none_back(page: Page):
    page.row.put(())

    page.hands.type("4")

    assert page.row.value() == ("c",)
    assert not page.row.buttons[0].isChecked()


def test_switching_the_last_one_off_is_no_answer(page: Page):
    page.hands.type("22")

    assert page.row.value() is None
    assert page.heard == [("a",), None]


def test_enter_goes_on_backspace_clears_and_arrows_do_nothing(page: Page):
    page.hands.type("2").press("Right", "Left", "Backspace")
    cleared = page.row.value()

    page.hands.press("Return")

    assert cleared is None
    assert page.behind.hasFocus()


def test_a_click_on_an_answer_switches_it(page: Page):
    page.hands.click(page.row.buttons[2])

    assert page.row.value() == ("b",)
    assert page.row.hasFocus()


def test_it_says_its_question_and_its_answers(page: Page):
    names = [page.row.accessibleName()]
    for value in (("a", "c"), ()):
        page.row.put(value)
        names.append(page.row.accessibleName())

    assert names == ["享受什么：还没选", "享受什么：甲、丙", "享受什么：都没有"]
