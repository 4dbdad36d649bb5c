"""A button for each deed that can be done now, in as many lines as they take."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.words import Word
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.layout import Flow, empty


class DeedRow(QWidget):
    """`chosen(object)`: the deed whose button was pressed. `buttons` stand as they are shown."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[Button] = []
        self._flow = Flow(self)

    def put(
        self,
        deeds: Sequence[Word],
        *,
        primary: Collection[Word],
        labels: Mapping[Any, str] | None = None,
    ) -> None:
        """These instead of what was there; `labels` for those not called by their own word."""
        empty(self._flow)
        self.buttons = []
        named = labels or {}
        for deed in deeds:
            kind = Kind.PRIMARY if deed in primary else Kind.PLAIN
            button = Button(named.get(deed, deed.label), kind=kind)
            button.clicked.connect(partial(self.chosen.emit, deed))
            self.add(button)

    def add(self, button: Button) -> None:
        """One more behind the deeds, such as a paper to be printed."""
        self._flow.addWidget(button)
        # Until it is shown a button cannot keep the focus for a window that is not in front yet.
        button.show()
        self.buttons.append(button)

    def focus_first(self) -> None:
        """The keys to the first of them, where there is one."""
        if self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
