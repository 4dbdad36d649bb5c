"""The line below a list that says what made the day of the row at hand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot

from app.ui.theme.tokens import Tone
from app.ui.widgets.labels import Role, Text
from app.ui.widgets.table import Table


class RuleText(Text):
    """Follows the chosen row of `table`; hidden where there is nothing to say of it."""

    def __init__(self, table: Table) -> None:
        super().__init__("", Role.SMALL, Tone.SOFT, wrap=True)
        self._table = table
        self._rules: Sequence[str] = ()
        table.current.connect(self._follow)

    def put(self, rules: Sequence[str]) -> None:
        """What there is to say of each row, in the order of the rows just put."""
        self._rules = tuple(rules)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        at = self._table.currentIndex().row()
        self.setText(self._rules[at] if 0 <= at < len(self._rules) else "")
        self.setVisible(bool(self.text()))
