"""The foot of the 为什么 panel: the sums; or, while something is tried out, both answers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from app.ui.assessment.table import SumLine
from app.ui.assessment.versus import Versus
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.widgets.labels import Role, Text
from app.ui.widgets.layout import column, row

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Sums(QFrame):
    """Words left, figures right; always in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "sunken")
        self._box = column(gap=0.2, margin=0.6)
        self.setLayout(self._box)
        self._lines: list[tuple[Text, Text]] = []

    def put(self, sums: Sequence[SumLine]) -> None:
        """Show the sums."""
        while len(self._lines) < len(sums):
            self._lines.append(self._add())
        for at, (words, figure) in enumerate(self._lines):
            shown = at < len(sums)
            words.setVisible(shown)
            figure.setVisible(shown)
            if shown:
                words.setText(sums[at].words)
                figure.setText(sums[at].figure)

    def _add(self) -> tuple[Text, Text]:
        words, figure = Text("", wrap=True), Text("", Role.STRONG)
        line = row()
        line.addWidget(words, 1)
        line.addWidget(figure)
        self._box.addLayout(line)
        return words, figure


class VersusBox(QFrame):
    """现在 and 假如 beside each other; what differs stands out. Hidden while nothing is tried."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setProperty("tone", Tone.WARN.value)
        self._grid = QGridLayout(self)
        edge = look().scale.px(0.6)
        self._grid.setContentsMargins(edge, edge, edge, edge)
        self._grid.setHorizontalSpacing(look().scale.px(0.9))
        self._grid.setVerticalSpacing(look().scale.px(0.2))
        self._grid.setColumnStretch(0, 1)
        for at, word in enumerate(("", "现在", "假如")):
            self._grid.addWidget(Text(word, Role.SMALL, Tone.SOFT), 0, at, _RIGHT)
        self._lines: list[tuple[Text, Text, Text]] = []
        self.hide()

    def put(self, versus: Sequence[Versus]) -> None:
        """Show the figures, or go away."""
        while len(self._lines) < len(versus):
            self._lines.append(self._add(len(self._lines) + 1))
        for at, line in enumerate(self._lines):
            shown = at < len(versus)
            for text in line:
                text.setVisible(shown)
            if shown:
                one = versus[at]
                for text, words in zip(line, (one.words, one.now, one.then), strict=True):
                    text.setText(words)
                line[2].set_tone(Tone.WARN if one.differs else Tone.SOFT)
        self.setVisible(bool(versus))

    def _add(self, at: int) -> tuple[Text, Text, Text]:
        line = (Text("", wrap=True), Text(""), Text("", Role.STRONG))
        self._grid.addWidget(line[0], at, 0)
        self._grid.addWidget(line[1], at, 1, _RIGHT)
        self._grid.addWidget(line[2], at, 2, _RIGHT)
        return line
