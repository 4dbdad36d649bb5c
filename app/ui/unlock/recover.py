"""The form of the forgotten passphrase: eight groups of the sheet, and a new passphrase twice."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.ui.theme.look import look
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.labels import Text
from app.ui.widgets.layout import row
from app.ui.widgets.recovery import DIGITS, GROUPS
from app.ui.widgets.secret import CodeEdit, SecretEdit


class RecoverForm(QWidget):
    """`entered(code, new passphrase, the same again)`."""

    entered = Signal(str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.groups = tuple(
            CodeEdit(digits=DIGITS, name=f"恢复纸第 {at + 1} 组") for at in range(GROUPS)
        )
        self.passphrase = SecretEdit(name="新口令")
        self.again = SecretEdit(name="新口令再输一遍")
        self.back = Button("返回", icon="chevron-left", kind=Kind.LINK)
        self.lost = Button("纸也丢了", kind=Kind.LINK)
        self.go = Button("用恢复纸打开", icon="key", kind=Kind.PRIMARY, keys=("Ctrl+Return",))
        self.go.clicked.connect(self._enter)
        self.again.returnPressed.connect(self._enter)
        self.passphrase.returnPressed.connect(self.again.setFocus)
        self._lay_out()

    def begin(self) -> None:
        """Start at the first group."""
        self.groups[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        scale = look().scale
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(scale.px(0.6))
        box.addWidget(Text("恢复纸上的 8 组数字"))
        grid = QGridLayout()
        grid.setSpacing(scale.px(0.4))
        for at, group in enumerate(self.groups):
            grid.addWidget(group, at // 4, at % 4)
        box.addLayout(grid)
        for label, field in (
            ("新口令（至少 12 个字符）", self.passphrase),
            ("再输一遍", self.again),
        ):
            text = Text(label)
            text.setBuddy(field)
            box.addWidget(text)
            box.addWidget(field)
        line = row()
        line.addWidget(self.back)
        line.addWidget(self.lost)
        line.addStretch(1)
        line.addWidget(self.go)
        box.addLayout(line)

    @Slot()
    def _enter(self) -> None:
        code = " ".join(group.text() for group in self.groups)
        self.entered.emit(code, self.passphrase.text(), self.again.text())
