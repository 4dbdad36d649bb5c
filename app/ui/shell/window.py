"""The one window: first the door (unlock or first run), then the day; a cover while it locks."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from app.domain.problem import Problem
from app.ui.theme.tokens import Tone
from app.ui.widgets.labels import Icon, Role, Text
from app.ui.widgets.layout import Scroll, row

if TYPE_CHECKING:
    from app.ui.widgets.feedback import ProblemBar

SMALLEST = (900, 480)
"""Below this nothing fits; it is under what 1366 × 768 at 125 % leaves."""
USUAL = (1366, 697)


class MainWindow(QWidget):
    """`closing` when the person wants to leave; the owner calls `let_go` when all is stored.
    `action_asked` by the button of the problem above everything."""

    closing = Signal()
    action_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("协理")
        self._may_close = False
        self._halves: object = None
        self.door: QWidget = self
        self.stack = QStackedWidget()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addWidget(self.stack, 1)
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)

    @cached_property
    def stripe(self) -> QFrame:
        """The orange stripe of the practice village."""
        stripe = QFrame()
        stripe.setProperty("role", "practice")
        line = row(margin=0.25)
        line.addStretch(1)
        line.addWidget(Text("练习村：这里的人和事都是编的，随便试，只传给练习县"))
        line.addStretch(1)
        stripe.setLayout(line)
        self._box.insertWidget(0, stripe)
        return stripe

    @cached_property
    def problem(self) -> ProblemBar:
        """Above everything, for what belongs to no page."""
        from app.ui.widgets.feedback import ProblemBar  # not in the first picture

        bar = ProblemBar()
        bar.action.clicked.connect(self.action_asked)
        self._box.insertWidget(self._box.count() - 1, bar)
        return bar

    @cached_property
    def _cover(self) -> _Cover:
        cover = _Cover()
        self.stack.addWidget(cover)
        return cover

    def show_problem(self, problem: Problem, action: str = "") -> None:
        """Say it above everything else; `action_asked` is what its button says."""
        self.problem.show_problem(problem)
        self.problem.action.setVisible(bool(action))
        if action:
            self.problem.offer(action)

    def show_door(self, view: QWidget, halves: object) -> None:
        """Show unlock page or first run; `halves` keeps its presenter alive."""
        self._halves = halves
        self.door = view
        door = Scroll(view)
        self.stack.addWidget(door)
        self.stack.setCurrentWidget(door)

    def show_day(self, day: QWidget, *, practice: bool) -> None:
        """The door is open."""
        if practice:
            self.stripe.show()
        self.stack.addWidget(day)
        self.stack.setCurrentWidget(day)
        self._drop_door(day)
        self._may_close = False

    def cover(self, text: str) -> None:
        """Hide every name at once and say what is going on."""
        self._cover.words.setText(text)
        self.stack.setCurrentWidget(self._cover)

    def let_go(self) -> None:
        """Everything is stored: the window may close."""
        self._may_close = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # Qt's name
        """Ask the owner first; never a question to the person."""
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.closing.emit()

    def _drop_door(self, day: QWidget) -> None:
        """Let the door go, and what was typed there with it."""
        self._halves = None
        self.door = self
        for at in reversed(range(self.stack.count())):
            widget = self.stack.widget(at)
            if widget is not day and not isinstance(widget, _Cover):
                self.stack.removeWidget(widget)
                widget.deleteLater()


class _Cover(QWidget):
    """An empty page with one line."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setAttribute(QtCore.Qt.WidgetAttribute.WA_StyledBackground)
        self.words = Text("", Role.HEADING, Tone.SOFT)
        box = QVBoxLayout(self)
        centre = QtCore.Qt.AlignmentFlag.AlignCenter
        box.addStretch(1)
        box.addWidget(Icon("lock", Tone.PRIMARY, ratio=3), 0, centre)
        box.addWidget(self.words, 0, centre)
        box.addStretch(1)
