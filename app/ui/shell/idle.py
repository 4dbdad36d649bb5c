"""Nobody at the keyboard: after so many minutes the program locks itself (security R07)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

DEFAULT_MINUTES: Final = 5
_SIGNS_OF_LIFE: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """Emits `expired` once when nothing was touched for `minutes`.

    `seconds` is a clock that only goes forward and keeps counting while the machine sleeps, so
    that a laptop opened again in the evening is locked.
    """

    expired = Signal()

    def __init__(
        self, seconds: Callable[[], float], *, minutes: int, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._seconds = seconds
        self.minutes = minutes
        self._last = seconds()
        self._over = False
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.check)

    def watch(self, window: QWidget) -> None:
        """Start watching the native window: key and mouse events pass there once, whoever has the
        focus. A filter on the application would run for every event of the program instead."""
        handle = window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)
        self.touch()
        self._timer.start()

    @Slot()
    def touch(self) -> None:
        """Somebody is there."""
        self._last = self._seconds()

    @property
    def quiet_seconds(self) -> float:
        """For how long nothing was touched."""
        return self._seconds() - self._last

    @Slot()
    def check(self) -> None:
        """Lock if the time is up."""
        if not self._over and self.quiet_seconds >= self.minutes * 60:
            self._over = True
            self.expired.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Notice life, change nothing."""
        del watched
        if event.type() in _SIGNS_OF_LIFE:
            self.touch()
        return False
