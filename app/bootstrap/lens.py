"""The camera that walks the window: it waits until nobody has anything left to do, then looks."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QEventLoop, QSize
from PySide6.QtWidgets import QWidget

from app.ui.preferences import Preferences
from app.ui.widgets.feedback import ProblemBar

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from app.ui.application import Application
    from app.ui.shell.day import Day

V = TypeVar("V", bound=QWidget)

ROOMY: Final = QSize(1366, 768)
CRAMPED: Final = QSize(1093, 543)
"""A 1366 × 768 laptop at 125 %, less its task bar: the smallest screen the pages must fit."""
WEARS: Final = (
    ("-1093x543", CRAMPED, Preferences()),
    ("-dark", ROOMY, Preferences(dark=True)),
    ("-dark-1093x543", CRAMPED, Preferences(dark=True)),
)
"""How pages are looked at once more: what their pictures are called, size and colours. The larger
types are looked at by tests/work_screens.py: every picture is a third of a second of the day."""
WAITING: Final = QEventLoop.ProcessEventsFlag.WaitForMoreEvents
"""Turning round and round would keep the processor from the thread that is waited for."""
ROUNDS: Final = 6
"""A page asks, shows and asks again; so many rounds of both threads and everything is there."""


_FAULT: Final = "编号 X-"


class Camera:
    """Looks at one application after the other; the pictures are numbered through."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self._app = app
        self._folder = folder
        self._taken = 0
        self._application: Application | None = None

    @property
    def application(self) -> Application:
        """What is looked at."""
        if self._application is None:
            raise RuntimeError("the camera looks at nothing yet")
        return self._application

    def aim(self, application: Application) -> None:
        """Look at this one from now on, in its usual clothes."""
        self._application = application
        self.wear(ROOMY, Preferences())
        application.show()

    def door(self, kind: type[V]) -> V:
        """The page in front of the vault. Raises TypeError when another one is there."""
        return _of_kind(self.application.window.door, kind)

    def page(self, key: str, kind: type[V]) -> V:
        """A page's view. Raises TypeError when it is another kind."""
        return _of_kind(self.day.halves(key).view, kind)

    @property
    def day(self) -> Day:
        """The day, once the vault is open."""
        if self.application.day is None:
            raise RuntimeError("no day to walk through")
        return self.application.day

    def take(self, name: str, *, at_once: bool = False) -> None:
        """One picture, numbered in order; `at_once` while something is under way."""
        if not at_once:
            self.settle()
        self._require_sound(name)
        self._taken += 1
        picture = self.application.window.grab()
        picture.save(str(self._folder / f"{self._taken:02d}-{name}.png"))

    def _require_sound(self, name: str) -> None:
        """A page that tells of a fault of the program is nothing to show anybody."""
        bars = self.application.window.findChildren(ProblemBar)
        if any(bar.isVisible() and _FAULT in bar.detail.text() for bar in bars):
            raise RuntimeError(f"the program failed before {name}")

    def settle(self) -> None:
        """Wait until both runners and the window have nothing more to do."""
        for _ in range(ROUNDS):
            for runner in (self.application.work, self.application.store):
                answered: list[object] = []
                runner.run(partial(bool), done=answered.append, failed=answered.append)
                while not answered:
                    self._app.processEvents(WAITING)
        self._app.processEvents()

    def wear(self, size: QSize, preferences: Preferences) -> None:
        """Another window size, type size or colours."""
        self.application.prefer(preferences)
        self.application.window.resize(size)


def _of_kind(view: QWidget, kind: type[V]) -> V:
    if not isinstance(view, kind):
        raise TypeError(f"{kind.__name__} is not in front")
    return view
