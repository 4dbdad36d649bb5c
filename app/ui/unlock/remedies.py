"""What can be done at the door about a vault that does not open: one button each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from app.ui.doors import Remedy
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.layout import column

_ICONS = {Remedy.REPAIR: "key", Remedy.RESTORE: "device-floppy", Remedy.ACCEPT: "chevron-right"}


class Remedies(QWidget):
    """`chosen(Remedy)`; `dropped` before it began. Hidden while there is nothing to choose."""

    chosen = Signal(object)
    dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = {remedy: Button(remedy.label, icon=_ICONS[remedy]) for remedy in Remedy}
        box = column(gap=0.4)
        for remedy, button in self.buttons.items():
            button.setProperty("remedy", remedy)
            button.clicked.connect(self._choose)
            box.addWidget(button)
        self.drop = Button("先不动，照常打开", icon="chevron-left", kind=Kind.LINK)
        self.drop.clicked.connect(self._drop)
        box.addWidget(self.drop)
        self.setLayout(box)
        self.hide()

    def put(self, remedies: Sequence[Remedy]) -> None:
        """Offer these; none hides all."""
        for remedy, button in self.buttons.items():
            button.setVisible(remedy in remedies)
        self.drop.hide()
        self.setVisible(bool(remedies))

    def put_way_back(self) -> None:
        """One was chosen: only that can be taken back."""
        self.put(())
        self.drop.show()
        self.show()

    @Slot()
    def _drop(self) -> None:
        self.put(())
        self.dropped.emit()

    @Slot()
    def _choose(self) -> None:
        self.chosen.emit(Remedy(self.sender().property("remedy")))
