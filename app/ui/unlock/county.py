"""The form of the last road: passphrase forgotten, sheet lost, so the county is asked to open."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.clock import CHINA
from app.ui.doors import Asked
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.labels import Role, Text
from app.ui.widgets.layout import column, row
from app.ui.widgets.places import FolderDialog, OpenDialog
from app.ui.widgets.secret import SecretEdit
from app.ui.widgets.sheets import Sheets


class CountyForm(QWidget):
    """Two sheets: asking, and waiting for the answer.

    `begun(new passphrase, the same again)`, then `asked(folder, new passphrase)` once `ask_where`
    was answered; `written_again(folder)`; `answered(file, passphrase)`.
    """

    begun = Signal(str, str)
    asked = Signal(object, str)
    written_again = Signal(object)
    answered = Signal(object, str)
    stick_chosen = Signal(str)
    answer_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.passphrase = SecretEdit(name="新口令")
        self.again = SecretEdit(name="新口令再输一遍")
        self.ask = Button("写申请到U盘", icon="usb", kind=Kind.PRIMARY, keys=("Ctrl+Return",))
        self.when = Text("", tone=Tone.SOFT, wrap=True)
        self.fingerprint = Text("", Role.HEADING)
        self.known = SecretEdit(name="写申请时定的新口令")
        self.take = Button("选答复文件", icon="key", kind=Kind.PRIMARY)
        self.write = Button("再存一份", icon="usb", kind=Kind.LINK)
        self.anew = Button("重新写", icon="pencil", kind=Kind.LINK)
        self.back = Button("返回", icon="chevron-left", kind=Kind.LINK)
        self._is_again = False
        self.asking = self._asking_sheet()
        self.waiting = self._waiting_sheet()
        self.sheets = Sheets()
        self._connect()
        box = column(gap=0.6)
        self.sheets.add(self.asking)
        self.sheets.add(self.waiting)
        box.addWidget(self.sheets)
        foot = row()
        for button in (self.back, self.write, self.anew):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.ask)
        foot.addWidget(self.take)
        box.addLayout(foot)
        self.setLayout(box)
        self._bring(self.asking)

    def put(self, asked: Asked | None) -> None:
        """Show the request that waits, or the way to make one."""
        for field in (self.passphrase, self.again, self.known):
            field.put("")
        if asked is None:
            self._bring(self.asking)
            self.resume()
            return
        at = asked.at.astimezone(CHINA)
        self.when.setText(
            f"{at.month}月{at.day}日 {at:%H:%M} 写的申请。"
            "把U盘交给县里，打电话把这 8 组数字念给他们听："
        )
        groups = asked.fingerprint.split()
        half = len(groups) // 2
        self.fingerprint.setText(
            "\n".join(" ".join(part) for part in (groups[:half], groups[half:]))
        )
        self._bring(self.waiting)
        self.resume()

    def resume(self) -> None:
        """To the first field of the sheet in front."""
        first = self.passphrase if self.waiting.isHidden() else self.known
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _bring(self, sheet: QWidget) -> None:
        """A sheet to the front, with the buttons that belong to it."""
        self.sheets.bring(sheet)
        self.ask.setVisible(sheet is self.asking)
        for button in (self.write, self.anew, self.take):
            button.setVisible(sheet is self.waiting)

    def ask_where(self) -> None:
        """The new passphrase will do: on which stick?"""
        self._choose_stick(again=False)

    def _connect(self) -> None:
        self.passphrase.returnPressed.connect(self.again.setFocus)
        self.again.returnPressed.connect(self._begin)
        self.ask.clicked.connect(self._begin)
        self.known.returnPressed.connect(self._choose_answer)
        self.take.clicked.connect(self._choose_answer)
        self.write.clicked.connect(self._write_again)
        self.anew.clicked.connect(self._ask_anew)
        self.stick_chosen.connect(self._stick_chosen)
        self.answer_chosen.connect(self._answer_chosen)

    def _asking_sheet(self) -> QWidget:
        sheet, box = QWidget(), column(gap=0.6)
        box.addWidget(
            Text(
                "县里有两个人一起，就能帮你打开。先在这里定一个新口令，再插上U盘写一份申请。"
                "没传上去的也都还在，不会丢。",
                tone=Tone.SOFT,
                wrap=True,
            )
        )
        _add_field(box, "新口令（至少 12 个字符）", self.passphrase)
        _add_field(box, "再输一遍", self.again)
        sheet.setLayout(box)
        return sheet

    def _waiting_sheet(self) -> QWidget:
        sheet, box = QWidget(), column(gap=0.6)
        box.addWidget(self.when)
        box.addWidget(self.fingerprint)
        _add_field(box, "拿到答复以后，输入写申请时定的新口令", self.known)
        sheet.setLayout(box)
        return sheet

    def _choose_stick(self, *, again: bool) -> None:
        self._is_again = again
        dialog = FolderDialog(self, title="申请存到哪个U盘")
        dialog.placed.connect(self.stick_chosen)
        dialog.open()

    @Slot()
    def _begin(self) -> None:
        self.begun.emit(self.passphrase.text(), self.again.text())

    @Slot()
    def _write_again(self) -> None:
        self._choose_stick(again=True)

    @Slot()
    def _ask_anew(self) -> None:
        self.put(None)

    @Slot()
    def _choose_answer(self) -> None:
        if not self.known.text():
            self.known.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        dialog = OpenDialog(self, title="选县里给的答复", kinds="所有文件 (*)")
        dialog.placed.connect(self.answer_chosen)
        dialog.open()

    @Slot(str)
    def _stick_chosen(self, path: str) -> None:
        if self._is_again:
            self.written_again.emit(Path(path))
        else:
            self.asked.emit(Path(path), self.passphrase.text())

    @Slot(str)
    def _answer_chosen(self, path: str) -> None:
        self.answered.emit(Path(path), self.known.text())


def _add_field(box: QVBoxLayout, label: str, field: SecretEdit) -> None:
    text = Text(label)
    text.setBuddy(field)
    box.addWidget(text)
    box.addWidget(field)
