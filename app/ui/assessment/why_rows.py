"""Lines of the 为什么 panel: pooled, so that a changed sum repaints and nothing is built anew.

A line opens the clauses behind it right below itself; one that asks for something leads there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.services.clause_words import ClauseCard
from app.ui.assessment.why_lines import WhyGroup, WhyLine
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.widgets.keys import is_enter
from app.ui.widgets.labels import Chip, Role, Text
from app.ui.widgets.layout import column, empty, row

_RADIUS: Final = 6
_RING: Final = 2
_AMOUNT: Final = 4.6
_NO_CLAUSE: Final = "这一句不是哪个文件的条文，是本程序照填的情况说的，或者要由县里给出。"


class WhyRow(QWidget):
    """Who, what and how; the treatment; the signed amount; below it the clause.

    `opened` on click, Enter or Space; `moved(int)` on ↑ and ↓; `left` on Esc.
    """

    opened = Signal()
    moved = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.line = WhyLine("")
        self.lit = False
        self.title = Text("", wrap=True)
        self.detail = Text("", Role.SMALL, Tone.FAINT, wrap=True)
        self.chip = Chip("", Tone.INFO)
        self.amount = Text("", Role.STRONG)
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.clauses: ClauseBox | None = None
        line = row(gap=0.5)
        line.addWidget(self.title, 1, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.amount, 0, Qt.AlignmentFlag.AlignTop)
        self._box = column(gap=0.1, margin=0.3)
        self._box.addLayout(line)
        self._box.addWidget(self.detail)
        self.setLayout(self._box)

    def put(self, line: WhyLine) -> None:
        """Show one line; what was open stays open as long as it leans on the same clauses."""
        if line == self.line:
            return
        if line.bases != self.line.bases:
            self.close_clauses()
        self.line = line
        self.title.setText(line.title)
        self.detail.setText(line.detail)
        self._show_detail()
        self.chip.setVisible(bool(line.chip))
        self.chip.say(line.chip, line.tone, line.icon)
        self.amount.setText(line.amount)
        self.amount.setVisible(bool(line.amount))
        self.amount.setMinimumWidth(look().scale.px(_AMOUNT))
        parts = (line.title, line.chip, line.amount, line.detail)
        self.setAccessibleName("，".join(part for part in parts if part))

    def show_clauses(self, cards: Sequence[ClauseCard]) -> None:
        """Open the clauses below the line."""
        if self.clauses is None:
            self.clauses = ClauseBox()
            self._box.addWidget(self.clauses)
        self.clauses.put(cards)
        self.clauses.show()
        self._show_detail()

    def close_clauses(self) -> None:
        """Fold them away."""
        if self.clauses is not None:
            self.clauses.hide()
        self._show_detail()

    @property
    def is_open(self) -> bool:
        """Whether its clauses are on view."""
        return self.clauses is not None and not self.clauses.isHidden()

    def light_up(self, *, lit: bool) -> None:
        """Stand out, or no longer."""
        self.lit = lit
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Enter opens, arrows walk, Esc goes back to the questions."""
        if is_enter(event) or event.key() == Qt.Key.Key_Space:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.ignore()
            else:
                self.opened.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """A click opens."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit()
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """The ring comes."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802  # Qt's name
        """The ring goes."""
        super().focusOutEvent(event)
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802  # Qt's name
        """It can be clicked."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """The ground of a line that changed, and the ring of the one with the keys.

        Painted here: a style sheet would look its rules up again for every line that changes.
        """
        del event
        if not self.lit and not self.hasFocus():
            return
        palette = look().palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.lit:
            painter.setBrush(QColor(palette.ground(Tone.INFO)))
        if self.hasFocus():
            painter.setPen(QPen(QColor(palette.focus), _RING))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)
        painter.end()

    def _show_detail(self) -> None:
        """A clause named in short is not said twice while it is open."""
        said_below = self.is_open and self.line.detail in self.line.bases
        self.detail.setVisible(bool(self.line.detail) and not said_below)


class ClauseBox(QFrame):
    """The clauses behind a line, one below the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "sunken")
        self._cards: tuple[ClauseCard, ...] | None = None
        self._box: QVBoxLayout = column(gap=0.25, margin=0.7)
        self.setLayout(self._box)

    def put(self, cards: Sequence[ClauseCard]) -> None:
        """Show these instead."""
        if self._cards == tuple(cards):
            return
        self._cards = tuple(cards)
        empty(self._box)
        for card in cards:
            self._add(card)
        if not cards:
            self._box.addWidget(Text(_NO_CLAUSE, Role.SMALL, Tone.SOFT, wrap=True))

    def _add(self, card: ClauseCard) -> None:
        read = f"，{card.read}" if card.read else ""
        self._box.addWidget(Text(f"{card.document} {card.clause}".strip(), Role.STRONG, wrap=True))
        self._box.addWidget(Text(f"核到什么程度：{card.checked}{read}", Role.SMALL, wrap=True))
        self._box.addWidget(Text(f"什么时候用：{card.in_force}", Role.SMALL, wrap=True))
        self._box.addWidget(Text(f"在哪个政策包：{card.pack}", Role.SMALL, wrap=True))
        for words in card.gives:
            self._box.addWidget(Text(f"· {words}", Role.SMALL, Tone.SOFT, wrap=True))


class WhyGroupBox(QWidget):
    """A heading and its lines; hidden while there are none. `made(WhyRow)` for each new line."""

    made = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = Text("", Role.SMALL, Tone.SOFT)
        self._rows: list[WhyRow] = []
        self._used = 0
        self._box = column(gap=0.25)
        self._box.addWidget(self.heading)
        self.setLayout(self._box)
        self.hide()

    @property
    def rows(self) -> list[WhyRow]:
        """The rows on view."""
        return self._rows[: self._used]

    def put(self, group: WhyGroup) -> None:
        """Show its lines."""
        self.heading.setText(group.heading)
        while len(self._rows) < len(group.lines):
            made = WhyRow()
            self._rows.append(made)
            self._box.addWidget(made)
            self.made.emit(made)
        for own, line in zip(self._rows, group.lines, strict=False):
            own.put(line)
        for at, own in enumerate(self._rows):
            own.setVisible(at < len(group.lines))
            if own.isHidden():
                own.close_clauses()
        self._used = len(group.lines)
        self.setVisible(bool(group.lines))
