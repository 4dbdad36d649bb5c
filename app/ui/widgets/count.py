"""A small whole number: months, head counts. The input method is off."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.problem import Problem, Refused
from app.ui.widgets.inputs import PlainEntry, set_state


class CountEdit(PlainEntry):
    """`changed(int | None)`; `refused(Problem)` keeps the text and marks the field."""

    changed = Signal(object)
    refused = Signal(object)

    def __init__(
        self,
        *,
        least: int = 0,
        most: int = 99,
        name: str = "",
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name=name, hint=hint, parent=parent)
        self._least = least
        self._most = most
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def set_count(self, count: int | None) -> None:
        """Fill from stored data."""
        self.put("" if count is None else str(count))
        set_state(self, "")

    def unread(self) -> Problem | None:
        """Why what stands in the field says nothing; None where it can be read."""
        text = self.text().strip()
        if not text or (text.isdecimal() and self._least <= int(text) <= self._most):
            return None
        return Refused(
            f"这里要填 {self._least} 到 {self._most} 的整数。", do="请改好这个数。", code="F-07"
        )

    def _announce(self) -> None:
        text, problem = self.text().strip(), self.unread()
        set_state(self, "bad" if problem is not None else "")
        if problem is not None:
            self.refused.emit(problem)
        else:
            self.changed.emit(int(text) if text else None)
