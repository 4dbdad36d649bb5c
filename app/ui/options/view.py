"""The settings page: type, colours, lock, keys, and what the program is made of."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.problem import Problem
from app.ui.access.view import AccessCard
from app.ui.preferences import LOCK_MINUTES, Preferences
from app.ui.theme.look import look
from app.ui.theme.scale import TypeSize
from app.ui.theme.tokens import Tone
from app.ui.widgets.choices import ChoiceRow
from app.ui.widgets.form import FormRows
from app.ui.widgets.labels import IconText, Role, Text
from app.ui.widgets.layout import Card
from app.ui.widgets.page import PageFrame

_KEYS: Final = (
    ("Ctrl+F", "找人"),
    ("Ctrl+N", "记一次走访"),
    ("Ctrl+E", "先行救助"),
    ("Ctrl+M", "申请测算"),
    ("Ctrl+P", "打印"),
    ("Ctrl+U", "同步"),
    ("Ctrl+L", "锁屏"),
    ("Ctrl+1…8", "换页"),
    ("Ctrl++ / -", "字大字小"),
    ("Enter", "下一格"),
    ("Ctrl+Enter", "填完了"),
    ("1…9", "直接选"),
)
_MINUTES: Final = {1: "一分钟", 3: "三分钟", 5: "五分钟", 10: "十分钟", 15: "一刻钟"}
"""In words: a figure after the digit that chooses it would be read as one number."""
_MADE_OF: Final = (
    "字体：思源黑体、思源宋体、霞鹜文楷、花园明朝（开放字体许可）",
    "图标和界面用的是开放许可的软件，许可全文和程序放在一起。",
)


class OptionsView(PageFrame):
    """`size_chosen(TypeSize)`, `dark_chosen(bool)`, `minutes_chosen(int)`, `hand_chosen(bool)`."""

    size_chosen = Signal(object)
    dark_chosen = Signal(bool)
    minutes_chosen = Signal(int)
    hand_chosen = Signal(bool)

    def __init__(self, version: str, parent: QWidget | None = None) -> None:
        super().__init__("设置", parent=parent)
        self.type_size = ChoiceRow.of_words(TypeSize)
        self.colours = ChoiceRow([(False, "浅色"), (True, "深色")])
        self.minutes = ChoiceRow([(minutes, _MINUTES[minutes]) for minutes in LOCK_MINUTES])
        self.hand = ChoiceRow([(True, "用这台电脑的仿宋"), (False, "用协理自己的宋体")])
        self.access = AccessCard()
        self.type_size.chosen.connect(self._choose_size)
        self.colours.chosen.connect(self._choose_colours)
        self.minutes.chosen.connect(self._choose_minutes)
        self.hand.chosen.connect(self._choose_hand)
        self._lay_out(version)

    def show_preferences(self, preferences: Preferences) -> None:
        """What is in force."""
        self.type_size.put(preferences.size)
        self.colours.put(preferences.dark)
        self.minutes.put(preferences.lock_minutes)

    def show_hand(self, own: bool | None) -> None:  # noqa: FBT001  # one of two hands, or no choice
        """The machine's own 仿宋 or the program's 宋体; None where there is nothing to choose."""
        self._printed.setVisible(own is not None)
        if own is not None:
            self.hand.put(own)

    def show_problem(self, problem: Problem) -> None:
        """What went wrong."""
        self.problem.show_problem(problem)

    def _lay_out(self, version: str) -> None:
        seen = Card("看和锁")
        rows = FormRows()
        rows.add("字要多大", self.type_size, hint="随时可以按 Ctrl++ 和 Ctrl+- 换")
        rows.add("颜色", self.colours)
        rows.add("几分钟不动就锁", self.minutes, hint="锁了也不丢：填到一半的东西都在")
        seen.body.addWidget(rows)
        self.body.addWidget(seen)
        self._printed = Card("打印")
        hands = FormRows()
        hands.add("表上的字", self.hand, hint="换了以后，以前打的纸照样能核对")
        self._printed.body.addWidget(hands)
        self._printed.hide()
        self.body.addWidget(self._printed)
        self.body.addWidget(self.access)
        keys = Card("好用的键")
        grid = QGridLayout()
        grid.setHorizontalSpacing(look().scale.px(1.2))
        for at, (key, what) in enumerate(_KEYS):
            grid.addWidget(Text(key, Role.STRONG, Tone.PRIMARY), at % 4, at // 4 * 2)
            grid.addWidget(Text(what), at % 4, at // 4 * 2 + 1)
        grid.setColumnStretch(5, 1)
        keys.body.addLayout(grid)
        self.body.addWidget(keys)
        about = Card("关于协理")
        about.body.addWidget(IconText("info-circle", f"版本 {version}", icon_tone=Tone.PRIMARY))
        for line in _MADE_OF:
            about.body.addWidget(Text(line, Role.SMALL, Tone.SOFT, wrap=True))
        self.body.addWidget(about)
        self.body.addStretch(1)

    @Slot(object)
    def _choose_size(self, size: object) -> None:
        if isinstance(size, TypeSize):
            self.size_chosen.emit(size)

    @Slot(object)
    def _choose_colours(self, dark: object) -> None:
        if isinstance(dark, bool):
            self.dark_chosen.emit(dark)

    @Slot(object)
    def _choose_minutes(self, minutes: object) -> None:
        if isinstance(minutes, int):
            self.minutes_chosen.emit(minutes)

    @Slot(object)
    def _choose_hand(self, own: object) -> None:
        if isinstance(own, bool):
            self.hand_chosen.emit(own)
