"""Reference circles are broken on the GUI thread only: a widget collected elsewhere crashes Qt."""

from __future__ import annotations

import gc
import linecache
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

_EVERY_MS: Final = 10_000
_WHOLE_EVERY: Final = 12


class GarbageOnGuiThread(QObject):
    """Switches Python's own collection off and does it from a timer instead.

    The young generations every ten seconds, the old one every two minutes; what was imported at
    start is frozen out of it, so that a collection stays far below a frame. The sources that Qt's
    binding had read line by line while it was imported are given back at once.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        linecache.clearcache()
        gc.disable()
        gc.freeze()
        self._times = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    @Slot()
    def collect(self) -> None:
        """One round."""
        self._times += 1
        gc.collect(2 if self._times % _WHOLE_EVERY == 0 else 1)
