"""One question with more than one answer: digits switch them on and off, the first says "none"."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.ui.widgets.choices import ChoiceRow


class SeveralRow(ChoiceRow):
    """`chosen(tuple | None)`: the codes that are on, in their order; () for "none".

    1 says "none of them" and goes on; 2–9 switch an answer on or off and stay; Enter goes on.
    """

    def __init__(
        self,
        options: Sequence[tuple[object, str]],
        *,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self._on: tuple[object, ...] | None = None
        super().__init__(options, name=name, parent=parent)

    def value(self) -> object:
        """What is on; () for none of them, None where nothing was answered."""
        return self._on

    def put(self, value: object) -> None:
        """Show a stored answer; that is no choosing."""
        self._on = value if isinstance(value, tuple) else None
        none, *others = zip(self.buttons, self._options, strict=True)
        none[0].setChecked(self._on == ())
        for button, (own, _label) in others:
            button.setChecked(self._on is not None and own in self._on)
        self._tell_name()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Arrows would have to pass over answers: they do nothing here."""
        if event.key() not in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            super().keyPressEvent(event)

    def _pick(self, index: int) -> None:
        self._choose(index)
        if not index:
            self.focusNextChild()

    def _choose(self, index: int) -> None:
        if not index:
            self._answer(())
            return
        code, before = self._options[index][0], self._on or ()
        on = {*before} ^ {code}
        # switching the last one off takes the answer back; "none" is said, never left over
        self._answer(tuple(own for own, _label in self._options[1:] if own in on) or None)

    def _answer(self, on: tuple[object, ...] | None) -> None:
        changed = on != self._on
        self.put(on)
        if changed:
            self.chosen.emit(on)

    def _tell_name(self) -> None:
        on = self._on
        if on is None:
            label = "还没选"
        elif not on:
            label = self._options[0][1]
        else:
            label = "、".join(text for own, text in self._options if own in on)
        self._speak(label)
