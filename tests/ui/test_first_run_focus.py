"""On every page of the first run something that can be pressed has the keys."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.first_run.presenter import Step
from app.ui.first_run.view import FirstRunView
from app.ui.theme.look import Look
from tests.screens import settle


@pytest.mark.parametrize("step", list(Step))
def test_whoever_presses_enter_is_heard(step: Step, look: Look, qtbot: QtBot):
    del look
    view = FirstRunView()
    qtbot.addWidget(view)
    view.resize(1093, 543)
    view.show()
    view.activateWindow()

    for before in Step:
        view.show_step(before, practice=False)
        settle()
        if before is step:
            break

    at = QApplication.focusWidget()
    assert at is not None
    assert at.isVisible()
