"""What pages ask of the window. A page holds this, not the window: no circle of references."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Errands(QObject):
    """Passes a page's wishes on, at once."""

    page_wanted = Signal(str, object)
    saved = Signal()

    def go(self, key: str, subject: str | None = None) -> None:
        """Go to a page about a subject."""
        self.page_wanted.emit(key, subject)

    def mark_saved(self) -> None:
        """Show that something was stored."""
        self.saved.emit()
