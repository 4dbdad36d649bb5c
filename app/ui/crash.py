"""What a person sees when the program is wrong: calm words, a number, and never a trace.

Only the kind of the exception and the place in our code are logged; the message may hold names.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QWidget

from app.domain.crash_number import crash_number, crash_place
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.labels import IconText, Role, Text
from app.ui.widgets.layout import column, row

_LOG = logging.getLogger("xieli.crash")


class CrashWindow(QDialog):
    """Says that the stored work is safe. `leave_requested` for closing the program."""

    leave_requested = Signal()

    def __init__(self, number: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("协理")
        self.setMinimumWidth(look().scale.px(28))
        self.stay = Button("接着用", icon="check", kind=Kind.PRIMARY)
        self.leave = Button("关掉程序", icon="x")
        self.stay.clicked.connect(self.accept)
        self.leave.clicked.connect(self._leave)
        box = column(gap=0.8, margin=1.5)
        box.addWidget(Text("程序刚才出了点错", Role.HEADING))
        box.addWidget(IconText("circle-check", "已经存好的都在，一条不少。", icon_tone=Tone.OK))
        advice = "可以接着用；要是又这样，请关掉再打开，并把编号告诉县里。"
        box.addWidget(Text(advice, wrap=True))
        self.number = Text(f"编号 {number}", Role.SMALL, Tone.SOFT)
        box.addWidget(self.number)
        line = row()
        line.addStretch(1)
        line.addWidget(self.leave)
        line.addWidget(self.stay)
        box.addLayout(line)
        self.setLayout(box)

    @Slot()
    def _leave(self) -> None:
        self.accept()
        self.leave_requested.emit()


class CrashHook:
    """An excepthook: logs kind and place, and shows one window at a time."""

    def __init__(self, window: Callable[[], QWidget | None], leave: Callable[[], object]) -> None:
        self._window = window
        self._leave = leave
        self._shown: CrashWindow | None = None

    def __call__(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Take what nobody caught."""
        del error
        number = crash_number(kind, trace)
        _LOG.error("%s %s at %s", number, kind.__name__, crash_place(trace))
        if self._shown is not None and self._shown.isVisible():
            return
        self._shown = CrashWindow(number, self._window())
        self._shown.leave_requested.connect(self._leave)
        self._shown.open()
