"""Which key it was: the questions every widget asks of a key press.

`QtCore.Qt` is named inside the functions: see "Before the first picture" in docs/ui.md.
"""

from __future__ import annotations

from functools import cache

from PySide6 import QtCore
from PySide6.QtGui import QKeyEvent


def is_enter(event: QKeyEvent) -> bool:
    """Either Enter key, whatever else is held."""
    return event.key() in (QtCore.Qt.Key.Key_Return, QtCore.Qt.Key.Key_Enter)


def is_plain_enter(event: QKeyEvent) -> bool:
    """Enter without Ctrl or Shift: "next field"."""
    return is_enter(event) and _held(event) == QtCore.Qt.KeyboardModifier.NoModifier


def belongs_to_window(event: QKeyEvent) -> bool:
    """Whether the key is one of the window's shortcuts, or finishes the form."""
    if _held(event) != QtCore.Qt.KeyboardModifier.ControlModifier:
        return False
    return event.key() in _window_keys() or is_enter(event)


def _held(event: QKeyEvent) -> QtCore.Qt.KeyboardModifier:
    """What is held down with the key; the number pad counts as the other keys do."""
    return event.modifiers() & ~QtCore.Qt.KeyboardModifier.KeypadModifier


@cache
def _window_keys() -> frozenset[QtCore.Qt.Key]:
    """Ctrl with these belongs to the window; on X11 a line edit would take Ctrl+E and Ctrl+U."""
    key = QtCore.Qt.Key
    return frozenset(
        {key.Key_E, key.Key_F, key.Key_L, key.Key_M, key.Key_N, key.Key_P, key.Key_S, key.Key_U}
    )
