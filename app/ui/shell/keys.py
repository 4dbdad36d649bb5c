"""The window's keys. A page in front that needs one itself takes it over (`Page.claims`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

FIND: Final = "find"
LOCK: Final = "lock"
SAVED: Final = "saved"
LARGER: Final = "larger"
SMALLER: Final = "smaller"

_PAGE_KEYS: Final[dict[str, tuple[str, ...]]] = {
    "relief": ("Ctrl+E",),
    "visits": ("Ctrl+N",),
    "assessment": ("Ctrl+M",),
    "printing": ("Ctrl+P",),
    "syncing": ("Ctrl+U",),
}
_OTHER_KEYS: Final[dict[str, tuple[str, ...]]] = {
    FIND: ("Ctrl+F", "F7"),
    LOCK: ("Ctrl+L",),
    SAVED: ("Ctrl+S",),
    LARGER: ("Ctrl++", "Ctrl+="),
    SMALLER: ("Ctrl+-",),
}


class WindowKeys(QObject):
    """`page_wanted(str)` and `asked(str)`; one action per key, on the widget they work in."""

    page_wanted = Signal(str)
    asked = Signal(str)

    def __init__(self, widget: QWidget, numbered: Iterable[str]) -> None:
        super().__init__(widget)
        self._pages = QActionGroup(self)
        self._others = QActionGroup(self)
        for group in (self._pages, self._others):
            group.setExclusionPolicy(QActionGroup.ExclusionPolicy.None_)
        for number, key in enumerate(numbered, 1):
            self._add(widget, self._pages, key, (f"Ctrl+{number}",))
        for key, sequences in _PAGE_KEYS.items():
            self._add(widget, self._pages, key, sequences)
        for key, sequences in _OTHER_KEYS.items():
            self._add(widget, self._others, key, sequences)
        self._pages.triggered.connect(self._want_page)
        self._others.triggered.connect(self._ask)

    def leave_to_page(self, claims: Iterable[str]) -> None:
        """Switch off the keys the page in front answers itself, and the others on again."""
        taken = {QKeySequence(key) for key in claims}
        for action in (*self._pages.actions(), *self._others.actions()):
            action.setEnabled(taken.isdisjoint(action.shortcuts()))

    def _add(
        self, widget: QWidget, group: QActionGroup, key: str, sequences: tuple[str, ...]
    ) -> None:
        action = QAction(self)
        action.setData(key)
        action.setShortcuts([QKeySequence(sequence) for sequence in sequences])
        group.addAction(action)
        widget.addAction(action)

    @Slot(QAction)
    def _want_page(self, action: QAction) -> None:
        self.page_wanted.emit(action.data())

    @Slot(QAction)
    def _ask(self, action: QAction) -> None:
        self.asked.emit(action.data())
