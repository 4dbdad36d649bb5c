"""The "saved" news: who saved says which nouns changed; the screen in front may refresh."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.ui.nouns import Noun


class Changes(QObject):
    """One per window. `saved` carries a frozenset of `Noun`."""

    saved = Signal(object)

    def announce(self, nouns: frozenset[Noun]) -> None:
        """Tell everybody."""
        self.saved.emit(nouns)
