"""The day that was chosen to go again, and giving it up with a reason."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.domain.problem import Problem
from app.domain.visiting import VisitPlan
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.entry import short_date
from app.ui.widgets.inputs import LineEdit, set_state
from app.ui.widgets.labels import Icon, Role, Text
from app.ui.widgets.layout import column, row


class PlanPart(QWidget):
    """`cancelled(str)` with why nobody goes. Hidden where no day was chosen."""

    cancelled = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day = Text("")
        self.give_up = Button("不去了", icon="x", kind=Kind.LINK, keys=("F6", "Ctrl+G"))
        self.reason = LineEdit(name="为什么不去了", hint="为什么不去了，写一句")
        self.done = Button("记下不去了", icon="check")
        self.wrong = Text("", Role.SMALL, Tone.BAD, wrap=True)
        line = row(gap=0.6)
        line.addWidget(Icon("calendar-event", Tone.SOFT))
        line.addWidget(self.day)
        line.addWidget(self.give_up)
        line.addWidget(self.reason, 4)
        line.addWidget(self.done)
        line.addStretch(1)
        box = column(gap=0.2)
        self.setLayout(box)
        box.addLayout(line)
        box.addWidget(self.wrong)
        self.give_up.clicked.connect(self._ask)
        self.done.clicked.connect(self._tell)
        self.show_plan(None)

    def show_plan(self, plan: VisitPlan | None) -> None:
        """Which day, or nothing."""
        self.setVisible(plan is not None)
        self.reason.put("")
        for part in (self.reason, self.wrong, self.done):
            part.hide()
        self.give_up.show()
        set_state(self.reason, "")
        if plan is not None:
            self.day.setText(f"约好 {short_date(plan.planned_on)}再去")

    def show_problem(self, problem: Problem) -> None:
        """What is still wanting, under the field."""
        set_state(self.reason, "bad")
        self.wrong.setText(f"{problem.what}{problem.do}")
        self.wrong.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _ask(self) -> None:
        self.give_up.hide()
        self.reason.show()
        self.done.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _tell(self) -> None:
        self.cancelled.emit(self.reason.text())
