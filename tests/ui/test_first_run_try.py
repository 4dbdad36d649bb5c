"""打个字试试: the first run says whether Chinese arrives, and the size of type is tried at once."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.ui.first_run.pages import TryPage
from app.ui.theme.scale import TypeSize
from tests.hands import Hands


@pytest.fixture
def page(look, qtbot: QtBot) -> TryPage:
    made = TryPage()
    qtbot.addWidget(made)
    made.show()
    made.field.setFocus()
    return made


def test_letters_alone_say_how_to_switch_the_input_method(page: TryPage):
    Hands(page).type("wang")

    assert page.verdict.isVisible()
    assert "Ctrl+空格" in page.verdict.text.text()


def test_a_chinese_character_is_enough(page: TryPage):
    Hands(page).compose("王")

    assert page.verdict.text.text() == "好，能打汉字。"


def test_nothing_typed_says_nothing(page: TryPage):
    Hands(page).type("w")

    page.field.put("")

    assert not page.verdict.isVisible()


def test_the_size_of_type_is_chosen_with_a_digit(page: TryPage, qtbot: QtBot):
    page.type_size.setFocus()

    with qtbot.waitSignal(page.size_chosen) as chosen:
        Hands(page).press("3")

    assert chosen.args == [list(TypeSize)[2]]
