"""Tells when today's list reads otherwise by itself: midnight came, or an hour clock went on."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.domain.clock import Clock

_LOOK_MS: Final = 20_000
"""How often the clock is looked at: a laptop that slept through midnight is right at once."""


class TurnWatch(QObject):
    """Emits `turned` once when the clock has reached what it watches for."""

    turned = Signal()

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._until: datetime | None = None
        self.timer = QTimer(self)
        self.timer.setInterval(_LOOK_MS)
        self.timer.timeout.connect(self.check)

    def watch(self, until: datetime | None) -> None:
        """Wait for this instant, and no other; None waits for nothing."""
        self._until = until
        if until is None:
            self.timer.stop()
        else:
            self.timer.start()

    @Slot()
    def check(self) -> None:
        """Look at the clock."""
        if self._until is not None and self._clock.now() >= self._until:
            self.watch(None)
            self.turned.emit()
