"""A line to search with: a glass stands before what is typed, in the colours of the day."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui.theme.icons import icon
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.widgets.inputs import LineEdit


class GlassEdit(LineEdit):
    """A line whose first sign says that it searches."""

    _glass: QAction | None = None
    """Qt may speak of a change of style before there is one."""

    def __init__(self, *, name: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(name=name, hint=hint, parent=parent)
        self._glass = QAction(_sign(), "", self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """The glass in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._glass is not None:
            self._glass.setIcon(_sign())


def _sign() -> QIcon:
    now = look()
    return icon("search", now.ink(Tone.SOFT), now.scale.icon)
