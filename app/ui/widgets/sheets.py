"""Several sheets, one in front. Unlike Qt's stack it keeps no room for the others."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget


class Sheets(QWidget):
    """Shows one sheet and hides the rest, so that the layout only counts the one in front."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._sheets: list[QWidget] = []

    def add(self, sheet: QWidget) -> None:
        """Append a sheet; the first one is in front."""
        self._sheets.append(sheet)
        self._box.addWidget(sheet)
        sheet.setVisible(len(self._sheets) == 1)

    def bring(self, sheet: QWidget) -> None:
        """Bring a sheet to the front. Raises ValueError for one that was never added."""
        self._sheets.index(sheet)
        for other in self._sheets:
            other.setVisible(other is sheet)
