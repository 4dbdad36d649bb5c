"""The buttons of what can be done: the keys are at the first of them, in front or not."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.fund.deeds import FundDeed
from app.ui.widgets.deedrow import DeedRow
from app.ui.widgets.inputs import LineEdit


def test_a_window_that_comes_to_the_front_later_has_the_keys_at_the_first_deed(look, qtbot: QtBot):
    page = QWidget()
    lines, deeds = QVBoxLayout(page), DeedRow()
    lines.addWidget(LineEdit())
    lines.addWidget(deeds)
    qtbot.addWidget(page)
    page.show()
    deeds.put([FundDeed.PUT_IN, FundDeed.ADJUST], primary={FundDeed.PUT_IN})
    deeds.focus_first()
    assert not page.isActiveWindow()

    page.activateWindow()

    qtbot.waitUntil(page.isActiveWindow)
    assert QApplication.focusWidget() is deeds.buttons[0]
