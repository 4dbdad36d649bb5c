"""When the program is wrong: calm words, a number, and no name in the log."""

from __future__ import annotations

import logging
import sys

import pytest
from PySide6.QtWidgets import QWidget

from app.ui.crash import CrashHook, CrashWindow, crash_number, crash_place
from app.ui.input_method import choose_input_method
from app.ui.preferences import Preferences
from app.ui.theme.scale import TypeSize
from tests.hands import Hands
from tests.screens import assert_chinese

NAME = "李桂芳 459901195803090020"


def fail() -> None:
    raise ValueError(NAME)


def caught() -> tuple:
    try:
        fail()
    except ValueError:
        return sys.exc_info()
    raise AssertionError


@pytest.fixture
def window(look, qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def test_neither_window_nor_log_says_what_the_error_said(window, caplog):
    hook = CrashHook(lambda: window, window.close)

    with caplog.at_level(logging.ERROR):
        hook(*caught())

    shown = window.findChild(CrashWindow)
    assert shown.isVisible()
    assert_chinese(shown)
    assert NAME not in caplog.text
    assert "ValueError" in caplog.text
    assert "test_crash.py" in caplog.text
    assert "已经存好的都在" in "".join(
        label.text() for label in shown.findChildren(type(shown.number))
    )


def test_one_window_at_a_time(window):
    hook = CrashHook(lambda: window, window.close)

    hook(*caught())
    hook(*caught())

    assert len(window.findChildren(CrashWindow)) == 1


def test_the_person_may_go_on_or_leave(window):
    left: list[int] = []
    hook = CrashHook(lambda: window, lambda: left.append(1))
    hook(*caught())
    shown = window.findChild(CrashWindow)

    Hands(shown).click(shown.stay)
    stayed = (shown.isVisible(), list(left))
    hook(*caught())
    again = window.findChildren(CrashWindow)[-1]
    Hands(again).click(again.leave)

    assert stayed == (False, [])
    assert left == [1]


def test_the_same_fault_has_the_same_number():
    kind, _error, trace = caught()

    assert crash_number(kind, trace) == crash_number(kind, trace)
    assert crash_number(kind, trace) != crash_number(KeyError, trace)
    assert crash_place(None) == "?"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"QT_IM_MODULE": "fcitx"}, "ibus"),
        ({"QT_IM_MODULE": "fcitx5"}, "ibus"),
        ({"XMODIFIERS": "@im=fcitx"}, "ibus"),
        ({"QT_IM_MODULE": "ibus"}, "ibus"),
        ({"XMODIFIERS": "@im=ibus"}, None),
        ({}, None),
    ],
)
def test_where_the_desktop_speaks_fcitx_qt_is_asked_for_ibus(before, after):
    environment = dict(before)

    choose_input_method(environment)

    assert environment.get("QT_IM_MODULE") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("fcitx", "ibus"),
        ("wayland;fcitx;ibus", "wayland;ibus"),
        ("wayland;ibus", "wayland;ibus"),
    ],
)
def test_of_several_input_methods_a_newer_desktop_names_fcitx_becomes_ibus(before, after):
    environment = {"QT_IM_MODULES": before}

    choose_input_method(environment)

    assert environment["QT_IM_MODULES"] == after
    assert environment.get("QT_IM_MODULE") == ("ibus" if "fcitx" in before else None)


def test_preferences_survive_being_kept():
    chosen = Preferences(size=TypeSize.EXTRA, dark=True, lock_minutes=10)

    assert Preferences.of_json(chosen.to_json()) == chosen


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"size": "huge", "lock_minutes": 9999, "dark": "yes"}']
)
def test_preferences_that_make_no_sense_fall_back(text):
    assert Preferences.of_json(text) == Preferences()
