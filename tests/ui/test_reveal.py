"""Masked numbers: seen while Alt is held, ten seconds at most, and each time told."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.exceptions import capture_exceptions

from app.ui.widgets.inputs import LineEdit
from app.ui.widgets.reveal import LONGEST_MS, MaskedText


def alt(field: QWidget, kind: QEvent.Type) -> None:
    QApplication.sendEvent(field, QKeyEvent(kind, Qt.Key.Key_Alt, Qt.KeyboardModifier.NoModifier))


@pytest.fixture
def page(look, qtbot):
    window = QWidget()
    box = QVBoxLayout(window)
    window.field = LineEdit(name="甲")
    window.number = MaskedText()
    window.number.put("459901********0020", "459901 19580309 0020")
    window.told = []
    window.number.revealed.connect(lambda: window.told.append(1))
    box.addWidget(window.field)
    box.addWidget(window.number)
    qtbot.addWidget(window)
    window.show()
    window.field.setFocus()
    return window


def test_the_number_is_masked_at_first(page):
    assert page.number.text.text() == "459901********0020"
    assert page.told == []


def test_it_is_whole_while_alt_is_held_and_masked_after(page):
    alt(page.field, QEvent.Type.KeyPress)
    held = page.number.text.text()
    alt(page.field, QEvent.Type.KeyRelease)

    assert held == "459901 19580309 0020"
    assert page.number.text.text() == "459901********0020"
    assert page.told == [1]


def test_ten_seconds_are_the_longest(page):
    alt(page.field, QEvent.Type.KeyPress)
    limit = page.number.holder.limit
    running = (limit.isActive(), limit.interval())

    limit.timeout.emit()

    assert running == (True, LONGEST_MS)
    assert LONGEST_MS <= 10_000
    assert page.number.text.text() == "459901********0020"


def test_leaving_the_window_masks_it(page):
    alt(page.field, QEvent.Type.KeyPress)

    QApplication.sendEvent(page, QEvent(QEvent.Type.WindowDeactivate))

    assert page.number.text.text() == "459901********0020"


def test_a_hidden_page_does_not_listen(page):
    page.number.hide()

    alt(page.field, QEvent.Type.KeyPress)

    assert page.told == []


def test_a_window_that_is_destroyed_with_its_page_leaves_no_error(look, qtbot):
    """A crash window at every exit would teach people to ignore it."""
    window = QWidget()
    box = QVBoxLayout(window)
    box.addWidget(MaskedText())
    window.show()

    with capture_exceptions() as caught:
        shiboken6.delete(window)
        QApplication.processEvents()

    assert caught == []
