"""One record on which two sides differ, field by field, side by side."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QToolButton, QWidget

from app.services.sync_status import Side
from app.ui.syncing.table import Difference, DifferLine
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.keys import is_plain_enter
from app.ui.widgets.labels import Icon, Role, Text
from app.ui.widgets.layout import Card, row

_SIDES: Final = {"mine": Side.MINE, "theirs": Side.THEIRS}


class DifferenceCard(Card):
    """1 takes mine, 2 the county's, 3 puts it off, Enter decides — or a click for each field.

    `decided(dict)`: conflict id → `Side`; `put_off(str)`: the difference's key.
    """

    decided = Signal(object)
    put_off = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("两边不一样")
        self._difference: Difference | None = None
        self._chosen: dict[str, Side] = {}
        self.buttons: dict[tuple[str, Side], QToolButton] = {}
        self.title = Text("", Role.HEADING, wrap=True)
        self.place = Text("", Role.SMALL, Tone.SOFT)
        top = row()
        top.addWidget(Icon("arrows-diff", Tone.WARN, ratio=1.4))
        top.addWidget(self.title, 1)
        top.addWidget(self.place)
        self._sheet = QWidget()
        self.all_mine = Button("全用我填的  1")
        self.all_theirs = Button("全用县里的  2")
        self.later = Button("先放着，下次再定  3", kind=Kind.LINK)
        self.decide = Button("就这样定  Enter", icon="check", kind=Kind.PRIMARY)
        self.all_mine.clicked.connect(self._choose_mine)
        self.all_theirs.clicked.connect(self._choose_theirs)
        self.later.clicked.connect(self._put_off)
        self.decide.clicked.connect(self._decide)
        foot = row()
        for button in (self.all_mine, self.all_theirs, self.later):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.decide)
        self.body.addLayout(top)
        self.body.addWidget(self._sheet)
        self.body.addLayout(foot)
        note = (
            "没选的那一边也会留底，30 天内可以在“家庭 → 修改记录”里找回；没定以前，以县里的为准。"
        )
        self.body.addWidget(Text(note, Role.SMALL, Tone.SOFT, wrap=True))

    def show_difference(self, difference: Difference, number: int, of: int) -> None:
        """Show one record; nothing is chosen yet."""
        self._difference = difference
        self._chosen = {}
        self.buttons = {}
        self.setAccessibleName(difference.title)
        self.title.setText(difference.title)
        self.place.setText(f"第 {number} 处，共 {of} 处")
        self._rebuild(difference)
        self._mark()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Digits choose for the whole record, Enter decides."""
        deeds = {
            Qt.Key.Key_1: self._choose_mine,
            Qt.Key.Key_2: self._choose_theirs,
            Qt.Key.Key_3: self._put_off,
        }
        deed = deeds.get(Qt.Key(event.key())) if not event.modifiers() else None
        if deed is not None:
            deed()
        elif is_plain_enter(event) and self.decide.isEnabled():
            self._decide()
        else:
            super().keyPressEvent(event)

    def _rebuild(self, difference: Difference) -> None:
        """A fresh grid: fields down, sides across."""
        old = self._sheet
        self._sheet = QWidget()
        self.body.replaceWidget(old, self._sheet)
        old.hide()
        old.deleteLater()
        grid = QGridLayout(self._sheet)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(look().scale.px(0.5))
        for at, words in enumerate(("", "你在村里填的", difference.county, "上次同步时")):
            grid.addWidget(Text(words, Role.STRONG if at in (1, 2) else Role.SMALL), 0, at)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for at, line in enumerate(difference.lines, 1):
            grid.addWidget(Text(line.name, Role.STRONG), at, 0)
            if line.is_county_only:
                grid.addWidget(Text("要由县里核定，请打电话给县里。", tone=Tone.SOFT), at, 1, 1, 2)
            else:
                grid.addWidget(self._side(line, Side.MINE, line.mine), at, 1)
                grid.addWidget(self._side(line, Side.THEIRS, line.theirs), at, 2)
            grid.addWidget(Text(line.base, Role.SMALL, Tone.SOFT), at, 3)

    def _side(self, line: DifferLine, side: Side, text: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "choice")
        button.setProperty("conflict", line.conflict)
        button.setProperty("side", side.value)
        button.setCheckable(True)
        button.setText(text)
        button.setAccessibleName(f"{line.name}，{side.label}：{text}")
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(self._choose_one)
        self.buttons[(line.conflict, side)] = button
        return button

    @Slot()
    def _choose_one(self) -> None:
        button = self.sender()
        self._chosen[str(button.property("conflict"))] = _SIDES[str(button.property("side"))]
        self._mark()

    @Slot()
    def _choose_mine(self) -> None:
        self._choose_all(Side.MINE)

    @Slot()
    def _choose_theirs(self) -> None:
        self._choose_all(Side.THEIRS)

    def _choose_all(self, side: Side) -> None:
        self._chosen = {conflict: side for conflict, _side in self.buttons}
        self._mark()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _mark(self) -> None:
        for (conflict, side), button in self.buttons.items():
            button.setChecked(self._chosen.get(conflict) is side)
        asked = {conflict for conflict, _side in self.buttons}
        self.decide.setEnabled(bool(asked) and asked == set(self._chosen))

    @Slot()
    def _put_off(self) -> None:
        if self._difference is not None:
            self.put_off.emit(self._difference.key)

    @Slot()
    def _decide(self) -> None:
        self.decided.emit(dict(self._chosen))
