"""The program as it starts — bootstrap, doors, vault — with two hands at its keys."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap.window import start_of
from app.domain.problem import Problem
from app.settings import Settings
from app.ui.application import Application
from app.ui.theme.look import Look
from app.ui.theme.scale import TypeSize
from app.ui.widgets.feedback import ProblemBar
from tests.hands import Hands
from tests.screens import strange_words

_CODE = re.compile(r"（编号 ([A-Z]-\d{2})）$")


class NoSteps:
    """Nobody watches a long job."""

    stopped = False

    def at(self, done: int, total: int, text: str = "") -> None:
        """Heard and forgotten."""


@dataclass
class Morning:
    """The window, two hands, and how to wait for both runners."""

    application: Application
    hands: Hands
    qtbot: QtBot
    has_left: bool = False

    @property
    def window(self) -> QWidget:
        return self.application.window

    @property
    def is_open(self) -> bool:
        """Whether the day is in front."""
        return self.application.day is not None

    def press(self, *chords: str) -> Morning:
        """Press, and let the answers come."""
        for chord in chords:
            self.hands.press(chord)
            self.settle()
        return self

    def type(self, text: str) -> Morning:
        """As `press`, for letters and digits."""
        for letter in text:
            self.hands.type(letter)
            self.settle()
        return self

    def enter(self, passphrase: str) -> Morning:
        """Type a passphrase at the door."""
        self.hands.type(passphrase)
        return self.press("Return")

    def click(self, widget: QWidget) -> Morning:
        """Click, and let the answers come."""
        self.hands.click(widget)
        return self.settle()

    def choose(self, signal: SignalInstance, what: object) -> Morning:
        """As if a file dialog had answered: Qt's own dialogs are not at home off the screen.

        One that is open is then shut, as it is by its own answer; no key would pass it.
        """
        for dialog in self.window.findChildren(QFileDialog):
            dialog.close()
            self.window.activateWindow()  # off the screen nobody hands the focus back
        signal.emit(what)
        return self.settle()

    def settle(self) -> Morning:
        """Until nobody has anything left to do."""
        runners = (self.application.store, self.application.work)
        for _ in range(3):
            self.qtbot.waitUntil(lambda: all(runner.idle for runner in runners), timeout=60_000)
            QApplication.processEvents()
        return self

    def said(self) -> str:
        """The code of the one problem on view, told as a problem must be: in Chinese, what
        happened, whether the data is safe, what to do, and the number to tell."""
        (bar,) = [one for one in self.window.findChildren(ProblemBar) if one.isVisible()]
        headline, detail = bar.headline.text(), bar.detail.text()
        told = _CODE.search(detail)
        assert headline.endswith("。"), headline
        assert told is not None, detail
        rest = detail[: told.start()]
        assert rest.count("。") >= 2, detail
        assert strange_words(headline + rest) == set(), headline + rest
        return told.group(1)

    def leave(self) -> None:
        """Close the window as its cross would; once is enough."""
        if self.has_left:
            return
        self.has_left = True
        with self.qtbot.waitSignal(self.application.left, timeout=60_000):
            self.application.leave()
        self.application.finish()


def begin_morning(
    settings: Settings, qapp: QApplication, qtbot: QtBot, *, vault: Path | None = None
) -> Morning:
    """Start the program; `vault` instead of the one it would find."""
    look = qapp.findChild(Look) or Look(qapp, size=TypeSize.STANDARD, dark=False)
    application = Application(start_of(settings, locked=False, vault=vault), look)
    application.window.resize(1366, 697)
    application.show()
    application.window.activateWindow()
    qtbot.waitUntil(application.window.isActiveWindow)
    morning = Morning(application, Hands(application.window), qtbot)
    return morning.settle()


def refusal(call: Callable[[], object]) -> str:
    """The code `call` is refused with."""
    try:
        call()
    except Problem as problem:
        return problem.code
    raise AssertionError("it was not refused")
