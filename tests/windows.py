"""What a test's windows leave behind is gone before the next one begins."""

from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication


def bury_windows() -> None:
    """Delete what was closed, which happens only where an event loop would begin, and break the
    circles a test left: kept, each later test would style every widget of every one before it, and
    a circle might be broken on a runner's thread."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


def take_down_windows() -> None:
    """Delete every window there is, closed or not: for tests that run the program itself, which
    ends with its process and needs no such thing."""
    for window in QApplication.topLevelWidgets():
        window.deleteLater()
    bury_windows()
