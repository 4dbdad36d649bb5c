"""The work pages at every size: freed at once, named, unclipped, in Chinese, numbers masked."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.shell.page import PageScreen
from app.ui.theme.look import Look
from app.ui.widgets.formcard import InnerScroll
from app.ui.widgets.layout import Scroll
from tests.screens import (
    assert_chinese,
    assert_freed,
    assert_inside,
    assert_masked,
    assert_named,
    assert_unclipped,
    settle,
)
from tests.work_screens import BUTTONS, SCREENS, SIZES, loaded


def assert_in_sight(button: QWidget, window: QWidget) -> None:
    """The main button of a form never leaves a small window."""
    corner = button.mapTo(window, button.rect().bottomRight())
    assert corner.y() < window.height()
    assert corner.x() < window.width()


@pytest.mark.parametrize("build", SCREENS)
def test_a_dropped_screen_is_freed_at_once(build, room):
    assert_freed(lambda: build(room))
    assert_freed(lambda: loaded(build, room))


@pytest.mark.parametrize("build", SCREENS)
def test_a_window_it_was_shown_in_is_freed_at_once_too(build, room):
    def shown() -> PageScreen:
        screen = loaded(build, room)
        window = Scroll(screen.view)
        window.show()
        room.settle()
        return PageScreen(window, screen.presenter)

    assert_freed(shown)


@pytest.mark.parametrize("build", SCREENS)
def test_what_is_on_view_is_named_chinese_and_masked(build, room, qtbot: QtBot):
    screen = loaded(build, room)
    qtbot.addWidget(screen.view)

    assert_named(screen.view)
    assert_chinese(screen.view)
    assert_masked(screen.view)


@pytest.mark.parametrize("build", SCREENS)
def test_nothing_is_clipped_at_any_size(build, room, look: Look, qtbot: QtBot):
    for size, width, height in SIZES:
        look.wear(size=size)
        screen = loaded(build, room)
        window = Scroll(screen.view)
        qtbot.addWidget(window)
        window.resize(width, height)
        window.show()
        room.settle()
        settle()

        assert_unclipped(screen.view)
        assert_inside(screen.view)
        for area in screen.view.findChildren(InnerScroll):
            if not area.isVisible():
                continue
            assert_inside(area.widget())
            assert area.horizontalScrollBar().maximum() == 0
        if build in BUTTONS:
            assert_in_sight(BUTTONS[build](screen.view), window)
