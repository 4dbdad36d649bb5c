"""The six steps across the top: where one is, what is answered, and a click to go there.

They stay on one line: where it is too narrow the hint goes first, then the longer words, and the
ticks get smaller.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QToolButton, QWidget

from app.ui.assessment.blocks import Step
from app.ui.theme.icons import icon
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.widgets.labels import Role, Text
from app.ui.widgets.layout import Flow, row

_SHORT: Final = {
    Step.PEOPLE: "家人",
    Step.EXPENSE: "支出",
    Step.OBLIGORS: "赡养",
    Step.CHECK: "核对",
}
"""What is said where the whole words have no room."""
_EDGE: Final = 4.8
"""Beside its word a button has its tick, its padding and the gap to the next, in body sizes."""
_TICK: Final = 1.1
_SMALL_TICK: Final = 0.8
"""In body sizes; the second where all six would not stand in one line."""


class Steps(QWidget):
    """`chosen(Step)` on a click; by keys it is Ctrl+PgDn and Ctrl+PgUp."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._here: Step | None = None
        self._done: frozenset[Step] = frozenset()
        self._labels: Mapping[Step, str] = {step: step.label for step in Step}
        self._tick = _TICK
        self.buttons = {step: self._button(number, step) for number, step in enumerate(Step, 1)}
        self.words = Text("Ctrl+PgDn 下一步", Role.SMALL, Tone.SOFT)
        places = QWidget()
        flow = Flow(places)
        for button in self.buttons.values():
            flow.addWidget(button)
        line = row()
        line.addWidget(places, 1)
        line.addWidget(self.words)
        self.setLayout(line)

    def show_step(self, here: Step, done: Iterable[Step]) -> None:
        """Mark where one is and what is finished."""
        if (here, frozenset(done)) == (self._here, self._done):
            return
        self._here, self._done = here, frozenset(done)
        for step, button in self.buttons.items():
            button.setChecked(step is here)
            said = "，问完了" if step in self._done else ""
            button.setAccessibleName(f"{step.label}{said}")
        self._draw()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """Redraw the ticks in the new colours."""
        if event.type() == QEvent.Type.StyleChange:
            self._draw()
            self._fit()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """More room, more words."""
        super().resizeEvent(event)
        self._fit()

    def _button(self, number: int, step: Step) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("role", "choice")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setText(f"{number} {step.label}")  # a step done has its tick for its number
        button.clicked.connect(self._choose)
        return button

    @Slot()
    def _choose(self) -> None:
        button = self.sender()
        self.chosen.emit(next(step for step, own in self.buttons.items() if own is button))

    def _fit(self) -> None:
        """Say as much as there is room for."""
        edge = look().scale.px(_EDGE)
        wanted = sum(
            button.fontMetrics().horizontalAdvance(step.label) + edge
            for step, button in self.buttons.items()
        )
        is_roomy = wanted <= self.width()
        self._labels = {
            step: step.label if is_roomy else _SHORT.get(step, step.label) for step in Step
        }
        self._tick = _TICK if is_roomy else _SMALL_TICK
        self.words.setVisible(wanted + self.words.sizeHint().width() <= self.width())
        self._draw()

    def _draw(self) -> None:
        now = look()
        side = now.scale.px(self._tick)
        for number, (step, button) in enumerate(self.buttons.items(), 1):
            done = step in self._done
            # Fusion sets icon and word too close
            button.setText(f" {self._labels[step]}" if done else f"{number} {self._labels[step]}")
            button.setIcon(icon("circle-check", now.ink(Tone.OK), side) if done else QIcon())
            button.setIconSize(QSize(side, side))
