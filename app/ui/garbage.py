"""Reference circles are broken on the GUI thread only: a widget collected elsewhere crashes Qt."""

from __future__ import annotations

import gc
import linecache
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

_EVERY_MS: Final = 1_000
_WHOLE_EVERY: Final = 120


class GarbageOnGuiThread(QObject):
    """Switches Python's own collection off and does it from a timer instead.

    What was made in the last second is looked through every second: while a village is printed
    that is some ten milliseconds at a time, after ten seconds it was a tenth of a second in which
    no key was answered. Everything is looked through every other minute, when `is_still` says that
    nobody would notice. What was imported at start is frozen out of it, and the sources that Qt's
    binding had read line by line while it was imported are given back.
    """

    def __init__(self, parent: QObject, is_still: Callable[[], bool]) -> None:
        super().__init__(parent)
        linecache.clearcache()
        gc.disable()
        gc.freeze()
        self._is_still = is_still
        self._since_whole = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    @Slot()
    def collect(self) -> None:
        """One round."""
        self._since_whole += 1
        if self._since_whole >= _WHOLE_EVERY and self._is_still():
            self._since_whole = 0
            gc.collect()
        else:
            gc.collect(1)
