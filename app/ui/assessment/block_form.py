"""One page of the talk as inputs: choices by digit, sums, numbers and days."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.domain.money import Money
from app.domain.problem import Problem
from app.ui.assessment.blocks import Block, Field, Kind, Value, picked, picks_said
from app.ui.widgets.choices import ChoiceRow
from app.ui.widgets.count import CountEdit
from app.ui.widgets.figures import DateEdit, MoneyEdit
from app.ui.widgets.form import FormRows
from app.ui.widgets.several import SeveralRow

_NUMBER_OF_KEYS: Final = 9


class BlockForm(FormRows):
    """`answered(block, field, value)` with a JSON value. Built for one block, gone with it."""

    answered = Signal(str, str, object)

    def __init__(
        self, block: Block, *, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.block = block
        self._today = today
        self.inputs: dict[str, QWidget] = {}
        for field in block.fields:
            self._add(field)

    def show_block(self, block: Block, given: Mapping[str, Value]) -> None:
        """Show the same page with other answers: rows fold in and out, nothing is rebuilt."""
        self.block = block
        for field in block.fields:
            entry = self.inputs[field.key]
            _fill(entry, given.get(field.key))
            self.show_row(entry, shown=field.shown)

    def go_to(self, field: str) -> QWidget | None:
        """Put the cursor into `field`, or into the first open question; None if there is none."""
        entry = self.inputs.get(field) or self._first_open()
        if entry is not None:
            entry.setFocus(Qt.FocusReason.OtherFocusReason)
        return entry

    def after(self, field: str) -> str:
        """The shown field behind `field`, or "" behind the last."""
        shown = [one.key for one in self.block.fields if one.shown]
        at = shown.index(field) + 1 if field in shown else len(shown)
        return shown[at] if at < len(shown) else ""

    def _first_open(self) -> QWidget | None:
        for field in self.block.fields:
            entry = self.inputs[field.key]
            if field.shown and field.needed and _is_empty(entry):
                return entry
        return None

    def _add(self, field: Field) -> None:
        entry = self._made(field)
        entry.setObjectName(f"{self.block.key}/{field.key}")
        entry.setProperty("field", field.key)
        self.inputs[field.key] = entry
        self.add(field.label, entry, hint=field.hint)
        self.show_row(entry, shown=field.shown)

    def _made(self, field: Field) -> QWidget:
        entry: ChoiceRow | MoneyEdit | CountEdit | DateEdit
        match field.kind:
            case Kind.CHOICE:
                entry = ChoiceRow(field.options[:_NUMBER_OF_KEYS])
                entry.chosen.connect(self._answer)
                return entry
            case Kind.SEVERAL:
                entry = SeveralRow(field.options[:_NUMBER_OF_KEYS])
                entry.chosen.connect(self._answer)
                return entry
            case Kind.MONEY:
                entry = MoneyEdit()
            case Kind.COUNT:
                entry = CountEdit(least=field.least, most=field.most)
            case Kind.DAY:
                entry = DateEdit(today=self._today, hint="2025-12-1、12.1")
        entry.changed.connect(self._answer)
        entry.refused.connect(self._refuse)
        return entry

    @Slot(object)
    def _answer(self, value: object) -> None:
        entry = self.sender()
        if isinstance(entry, QWidget):
            self.clear(entry)
            self.answered.emit(self.block.key, str(entry.property("field")), _json(value))

    @Slot(object)
    def _refuse(self, problem: Problem) -> None:
        entry = self.sender()
        if isinstance(entry, QWidget):
            self.show_problem(entry, problem)


def _json(value: object) -> Value:
    """An answer as it is kept."""
    if isinstance(value, Money):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return picks_said(str(code) for code in value)
    return value if isinstance(value, str | int) else None


def _fill(entry: QWidget, value: Value) -> None:
    """Show a kept answer, unless the field already does: it may be being typed in."""
    if isinstance(entry, SeveralRow):
        entry.put(picked(value) if isinstance(value, str) and value else None)
    elif isinstance(entry, ChoiceRow):
        entry.put(value)
    elif isinstance(entry, MoneyEdit):
        money = Money.parse(value) if isinstance(value, str) and value else None
        if entry.money() != money:
            entry.set_money(money)
    elif isinstance(entry, DateEdit):
        day = date.fromisoformat(value) if isinstance(value, str) and value else None
        if entry.day() != day:
            entry.set_day(day)
    elif isinstance(entry, CountEdit):
        entry.set_count(value if isinstance(value, int) else None)


def _is_empty(entry: QWidget) -> bool:
    if isinstance(entry, ChoiceRow):
        return entry.value() is None
    if isinstance(entry, MoneyEdit | DateEdit | CountEdit):
        return not entry.text().strip()
    return False
