"""The recovery sheet on the screen: eight groups to print or copy, then two of them typed back."""

from __future__ import annotations

import secrets

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.feedback import Bar
from app.ui.widgets.labels import Role, Text
from app.ui.widgets.layout import column, row
from app.ui.widgets.secret import CodeEdit

GROUPS = 8
DIGITS = 5
ASKED = 2
"""So many groups are typed back (security R11)."""


class RecoverySheet(QWidget):
    """`print_requested`; `confirmed` once two groups were typed back right. Cannot be skipped."""

    print_requested = Signal()
    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups: tuple[str, ...] = ()
        self._asked: tuple[int, ...] = ()
        self._cells = tuple(self._cell() for _ in range(GROUPS))
        self.print_button = Button("打印恢复纸", icon="printer")
        self.copied = Button("我抄好了 / 打好了", icon="check", kind=Kind.PRIMARY)
        self.answers = tuple(CodeEdit(digits=DIGITS, name="抄下的一组") for _ in range(ASKED))
        self._questions = tuple(Text() for _ in range(ASKED))
        self.check = Button("核对", icon="circle-check", kind=Kind.PRIMARY, keys=("Ctrl+Return",))
        self.look_again = Button("再看一眼", icon="eye", kind=Kind.LINK)
        self.wrong = Bar()
        self.print_button.clicked.connect(self.print_requested)
        self.copied.clicked.connect(self._ask_back)
        self.check.clicked.connect(self._check)
        self.look_again.clicked.connect(self._show_code)
        self._sheet = self._lay_out_sheet()
        self._quiz = self._lay_out_quiz()
        box = column()
        box.addWidget(self._sheet)
        box.addWidget(self._quiz)
        box.addStretch(1)
        self.setLayout(box)

    def put(self, code: str) -> None:
        """Show `code` (8 groups of 5 digits) and choose which groups will be asked for."""
        self._groups = tuple(code.split())
        if len(self._groups) != GROUPS:
            raise ValueError("a recovery code has eight groups")
        for at, (cell, group) in enumerate(zip(self._cells, self._groups, strict=True), 1):
            cell.setText(f"{at}   {group}")
            cell.setAccessibleName(f"第 {at} 组 {group}")
        first, second = sorted(secrets.SystemRandom().sample(range(GROUPS), ASKED))
        self._asked = (first, second)
        for question, answer, at in zip(self._questions, self.answers, self._asked, strict=True):
            question.setText(f"第 {at + 1} 组")
            answer.setAccessibleName(f"第 {at + 1} 组")
        self._show_code()

    @property
    def asked(self) -> tuple[int, ...]:
        """Which groups (from 0) have to be typed back."""
        return self._asked

    def _cell(self) -> QLabel:
        cell = Text("", Role.HEADING)
        cell.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return cell

    def _lay_out_sheet(self) -> QWidget:
        sheet = QWidget()
        box = column(gap=0.7)
        frame = QFrame()
        frame.setProperty("role", "sunken")
        grid = QGridLayout(frame)
        scale = look().scale
        grid.setContentsMargins(scale.px(1), scale.px(0.9), scale.px(1), scale.px(0.9))
        grid.setSpacing(scale.px(0.8))
        for at, cell in enumerate(self._cells):
            grid.addWidget(cell, at // 4, at % 4)
        box.addWidget(frame)
        box.addWidget(
            Text(
                "这 8 组数字只出现这一次。打印出来，或者一个不差抄在纸上，"
                "锁在柜子里，别和电脑放一起。"
                "忘了口令，只有它和县里能打开。",
                tone=Tone.SOFT,
                wrap=True,
            )
        )
        line = row()
        line.addWidget(self.print_button)
        line.addStretch(1)
        line.addWidget(self.copied)
        box.addLayout(line)
        sheet.setLayout(box)
        return sheet

    def _lay_out_quiz(self) -> QWidget:
        quiz = QWidget()
        box = column(gap=0.7)
        box.addWidget(Text("看着你的纸，把这两组填回来，就知道没抄错：", wrap=True))
        line = row()
        for question, answer in zip(self._questions, self.answers, strict=True):
            line.addWidget(question)
            line.addWidget(answer)
        line.addStretch(1)
        box.addLayout(line)
        box.addWidget(self.wrong)
        foot = row()
        foot.addWidget(self.look_again)
        foot.addStretch(1)
        foot.addWidget(self.check)
        box.addLayout(foot)
        quiz.setLayout(box)
        return quiz

    @Slot()
    def _show_code(self) -> None:
        self._sheet.show()
        self._quiz.hide()

    @Slot()
    def _ask_back(self) -> None:
        self._sheet.hide()
        self._quiz.show()
        self.wrong.hide()
        for answer in self.answers:
            answer.put("")
        self.answers[0].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _check(self) -> None:
        given = [answer.text() for answer in self.answers]
        if given == [self._groups[at] for at in self._asked]:
            self.confirmed.emit()
            return
        self.wrong.say(
            "对不上，可能抄错了一个数字。",
            "请点“再看一眼”核对你的纸，再填一次。",
            tone=Tone.WARN,
            icon="alert-triangle",
        )
