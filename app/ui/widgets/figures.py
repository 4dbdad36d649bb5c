"""Inputs for money, days, ID numbers and secrets: the input method is off in all of them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.money import Money
from app.domain.problem import Problem, Refused
from app.ui.widgets.entry import (
    compact_id,
    date_text,
    grouped_id,
    money_text,
    read_date,
    sum_of,
)
from app.ui.widgets.folding import fold
from app.ui.widgets.inputs import PlainEntry, set_state


class Parsed(PlainEntry):
    """An entry whose text means a value. `changed(object)`: the value, or None when emptied.

    `refused(object)`: the `Problem`; the text stays, the field turns red, the old value stands.
    """

    changed = Signal(object)
    refused = Signal(object)

    def _announce(self) -> None:
        """Read the text; show it tidied, or marked."""
        try:
            value = self._read(self.text().strip())
        except Problem as problem:
            set_state(self, "bad")
            self.refused.emit(problem)
            return
        set_state(self, "")
        self._keep(value)
        self.changed.emit(value)

    def unread(self) -> Problem | None:
        """Why what stands in the field says nothing; None where it can be read."""
        try:
            self._read(self.text().strip())
        except Problem as problem:
            return problem
        return None

    @abstractmethod
    def _read(self, text: str) -> object:
        """The value of `text`, None for nothing. Raises Refused."""

    @abstractmethod
    def _keep(self, value: object) -> None:
        """Hold `value` and show it tidied."""


class MoneyEdit(Parsed):
    """Yuan; `1500+700` adds up. `changed(Money | None)`."""

    def __init__(self, *, name: str = "", hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name=name, hint=hint, parent=parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._money: Money | None = None

    def money(self) -> Money | None:
        """The sum last understood."""
        return self._money

    def set_money(self, money: Money | None) -> None:
        """Fill from stored data."""
        self._keep(money)
        set_state(self, "")

    def typed_money(self) -> Money | None:
        """What the text adds up to while it is being typed, or None when it does not yet."""
        try:
            return sum_of(self.text()) if self.text().strip() else None
        except Refused:
            return None

    def _read(self, text: str) -> Money | None:
        return sum_of(text) if text else None

    def _keep(self, value: object) -> None:
        self._money = value if isinstance(value, Money) else None
        self.put("" if self._money is None else money_text(self._money))


OR_TODAY = "不填就是今天"
"""Stands in a day that may be left out."""


class DateEdit(Parsed):
    """A day; `3.2`, `0302`, `zt` are understood, + and − step. `changed(date | None)`."""

    def __init__(
        self,
        *,
        today: Callable[[], date],
        name: str = "",
        hint: str = "",
        past: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name=name, hint=hint, parent=parent)
        self._today = today
        self._past = past
        self._day: date | None = None

    def day(self) -> date | None:
        """The day last understood."""
        return self._day

    def set_day(self, day: date | None) -> None:
        """Fill from stored data."""
        self._keep(day)
        set_state(self, "")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """+ and − go to the next and the day before."""
        step = {"+": 1, "=": 1, "-": -1}.get(fold(event.text()), 0)
        if step and self._is_tidy():
            self._keep((self._day or self._today()) + timedelta(days=step))
            self.changed.emit(self._day)
            return
        super().keyPressEvent(event)

    def _is_tidy(self) -> bool:
        """Whether the text is nothing or a whole day, not a date being typed as 2026-3-2."""
        return self.text() == ("" if self._day is None else date_text(self._day))

    def _read(self, text: str) -> date | None:
        return read_date(text, self._today(), past=self._past) if text else None

    def _keep(self, value: object) -> None:
        self._day = value if isinstance(value, date) else None
        self.put("" if self._day is None else date_text(self._day))


class IdNumberEdit(Parsed):
    """A resident ID number, shown 6-8-4, stored compact. `changed(str | None)`.

    `check` raises Refused for a number that cannot be one; the field only warns then, because a
    draft may hold it (the hard stop is at sending).
    """

    def __init__(
        self,
        *,
        check: Callable[[str], object],
        name: str = "",
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name=name, hint=hint, parent=parent)
        self._check = check
        self._number: str | None = None

    def number(self) -> str | None:
        """The compact number last committed, good or not."""
        return self._number

    def set_number(self, number: str | None) -> None:
        """Fill from stored data."""
        self._keep(number)
        set_state(self, "")

    def shape(self, text: str) -> str:
        """Spaces after the sixth and the fourteenth figure, X in upper case."""
        grouped = grouped_id(compact_id(text))
        return grouped + " " if text.endswith(" ") and not grouped.endswith(" ") else grouped

    def _announce(self) -> None:
        super()._announce()
        if self._number is not None:
            self._warn(self._number)

    def _warn(self, number: str) -> None:
        try:
            self._check(number)
        except Problem as problem:
            set_state(self, "warn")
            self.refused.emit(problem)

    def _read(self, text: str) -> str | None:
        return compact_id(text) or None

    def _keep(self, value: object) -> None:
        self._number = value if isinstance(value, str) else None
        self.put(grouped_id(self._number or ""))
