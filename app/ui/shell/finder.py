"""Ctrl+F from anywhere: a search field laid over the page. Escape puts it away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from app.domain.households import HouseholdLine
from app.ui.runner import Runner
from app.ui.theme.look import look
from app.ui.widgets.labels import Role, Text
from app.ui.widgets.layout import column
from app.ui.widgets.picker import Find, HouseholdPicker


class Finder(QFrame):
    """`found(str)` with the household's id."""

    found = Signal(str)

    def __init__(self, find: Find, runner: Runner, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.field = HouseholdPicker(find=find, runner=runner)
        self.field.picked.connect(self._found)
        box = column(gap=0.4, margin=0.9)
        box.addWidget(Text("找哪一户", Role.STRONG))
        box.addWidget(self.field)
        self.setLayout(box)
        self.hide()

    def ask(self) -> None:
        """Show the field, empty, in the upper middle of the window."""
        over = self.parentWidget()
        if over is None:
            return
        width = min(look().scale.px(40), over.width() - look().scale.px(2))
        self.resize(width, self.sizeHint().height())
        self.move((over.width() - width) // 2, look().scale.px(4))
        self.field.clear_search()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Escape puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        super().keyPressEvent(event)

    @Slot(object)
    def _found(self, line: HouseholdLine) -> None:
        self.hide()
        self.found.emit(line.id)
