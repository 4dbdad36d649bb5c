"""The pages of the first run, each a widget that draws and says what was asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.doors import Imported, Ticket
from app.ui.roster.panel import RosterPanel
from app.ui.theme.look import look
from app.ui.theme.scale import TypeSize
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.choices import ChoiceRow
from app.ui.widgets.form import FormRows
from app.ui.widgets.inputs import LineEdit, PlainEntry
from app.ui.widgets.labels import IconText, Role, Text
from app.ui.widgets.layout import row
from app.ui.widgets.places import OpenDialog
from app.ui.widgets.secret import SecretEdit

_FIRST_HAN: Final = "㐀"


def _body(page: QWidget, lead: str) -> QVBoxLayout:
    """The page's layout with its opening sentence."""
    box = QVBoxLayout(page)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(look().scale.px(0.8))
    if lead:
        box.addWidget(Text(lead, tone=Tone.SOFT, wrap=True))
    return box


class TryPage(QWidget):
    """Can Chinese be typed here, and is the type large enough? `size_chosen(TypeSize)`."""

    size_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = _body(self, "先看看这台电脑打字顺不顺手，字够不够大。都不合适也能接着走，以后再改。")
        rows = FormRows()
        self.field = LineEdit(name="打个字试试", hint="随便打几个汉字，比如自己的名字")
        self.field.textChanged.connect(self._judge)
        self.type_size = ChoiceRow.of_words(TypeSize)
        self.type_size.put(look().size)
        self.type_size.chosen.connect(self.size_chosen)
        rows.add("打个字试试", self.field)
        rows.add("字要多大", self.type_size)
        self.verdict = IconText("info-circle", "")
        self.verdict.hide()
        box.addWidget(rows)
        box.addWidget(self.verdict)
        box.addStretch(1)

    @Slot(str)
    def _judge(self, text: str) -> None:
        """Say whether a Chinese character arrived."""
        self.verdict.setVisible(bool(text))
        if any(letter >= _FIRST_HAN for letter in text):
            self.verdict.say("好，能打汉字。", Tone.OK, "circle-check")
        else:
            self.verdict.say(
                "还没看到汉字。按 Ctrl+空格 或 Shift 换到中文输入法再试；"
                "一直不行，请告诉县里的人。",
                Tone.WARN,
                "alert-triangle",
            )


class WhoPage(QWidget):
    """The county's enrolment file, its code where there is no file, or the practice village.

    `ticket_chosen(Path)`, `code_given(address, code)`.
    """

    ticket_chosen = Signal(object)
    code_given = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = _body(self, "县里会给你一个绑定文件（在U盘或手机里）。选上它，电脑就知道你管哪个村。")
        self.choose = Button("选绑定文件", icon="folder", kind=Kind.PRIMARY)
        self.choose.clicked.connect(self._choose)
        self.practice = Button("还没有？先用练习村", icon="home", kind=Kind.PLAIN)
        line = row()
        line.addWidget(self.choose)
        line.addWidget(self.practice)
        line.addStretch(1)
        box.addLayout(line)
        self.told = Button("没有文件，有绑定码", icon="key", kind=Kind.LINK)
        self.told.clicked.connect(self._told)
        box.addWidget(self.told, alignment=Qt.AlignmentFlag.AlignLeft)
        self._add_code(box)
        self.who = IconText("id-badge-2", "", Tone.TEXT, icon_tone=Tone.PRIMARY)
        self.print_lead = Text(
            "打电话给县里，一组一组念，全对上了再按“下一步”：", tone=Tone.SOFT, wrap=True
        )
        self.fingerprint = Text("", Role.HEADING, wrap=True)
        for widget in (self.who, self.print_lead, self.fingerprint):
            widget.hide()
            box.addWidget(widget)
        box.addStretch(1)

    def _add_code(self, box: QVBoxLayout) -> None:
        """What is typed instead of a file; out of sight until asked for."""
        self.rows = FormRows()
        self.address = PlainEntry(name="县里的网址", hint="照县里给的网址写")
        self.code = PlainEntry(name="绑定码", hint="16 个字母数字，四个一组")
        self.fetch = Button("取绑定资料", icon="cloud-download", kind=Kind.PRIMARY)
        self.fetch.clicked.connect(self._fetch)
        self.rows.add("网址", self.address)
        self.rows.add("绑定码", self.code)
        self.by_file = Button("有绑定文件", icon="folder", kind=Kind.LINK)
        self.by_file.clicked.connect(self._by_file)
        line = row()
        for button in (self.fetch, self.by_file):
            button.hide()
            line.addWidget(button)
        line.addStretch(1)
        self.rows.hide()
        box.addWidget(self.rows)
        box.addLayout(line)

    def put(self, ticket: Ticket) -> None:
        """Show whom the file names."""
        self.who.say(f"{ticket.officer} · {ticket.county}{ticket.village}")
        self.fingerprint.setText(ticket.fingerprint)
        self._by_file()
        for widget in (self.who, self.print_lead, self.fingerprint):
            widget.show()

    @Slot()
    def _told(self) -> None:
        self._show_code(shown=True)
        self.address.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _by_file(self) -> None:
        self._show_code(shown=False)

    def _show_code(self, *, shown: bool) -> None:
        """One of the two ways: on the smallest screen there is no room for both."""
        for widget in (self.rows, self.fetch, self.by_file):
            widget.setVisible(shown)
        for widget in (self.choose, self.practice, self.told):
            widget.setHidden(shown)

    @Slot()
    def _fetch(self) -> None:
        self.code_given.emit(self.address.text(), self.code.text())

    @Slot()
    def _choose(self) -> None:
        dialog = OpenDialog(
            self, title="选绑定文件", kinds="绑定文件 (*.xieli *.json);;所有文件 (*)"
        )
        dialog.placed.connect(self._chosen)
        dialog.open()

    @Slot(str)
    def _chosen(self, path: str) -> None:
        self.ticket_chosen.emit(Path(path))


class PassphrasePage(QWidget):
    """A passphrase, twice. `entered(str, str)`."""

    entered = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = _body(self, "")
        self.lead = Text("", tone=Tone.SOFT, wrap=True)
        box.addWidget(self.lead)
        rows = FormRows()
        self.first = SecretEdit(name="口令", hint="至少 12 个字符，或者 4 个不相干的词")
        self.again = SecretEdit(name="再输一遍")
        self.first.returnPressed.connect(self.again.setFocus)
        self.again.returnPressed.connect(self.enter)
        advice = "可以是一句只有你知道的话的拼音。不要用生日、电话、身份证号。"
        rows.add("口令", self.first, hint=advice)
        rows.add("再输一遍", self.again)
        box.addWidget(rows)
        box.addStretch(1)

    def put(self, *, practice: bool) -> None:
        """Say what the passphrase is for."""
        self.lead.setText(
            "练习村也要口令，先学一遍。练习村里的人都是编的，随便试，只传给练习县。"
            if practice
            else "口令锁住全村人的资料。每次打开都要输，电脑丢了别人也看不到。"
        )

    @Slot()
    def enter(self) -> None:
        """Offer what was typed."""
        self.entered.emit(self.first.text(), self.again.text())


class RosterPage(QWidget):
    """Where the households come from. `start_wanted(str)`: a page's key; the rest is `panel`."""

    start_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = _body(self, "最后一步：村里的名册从哪里来？以后随时可以再来一次。")
        self.county = Button("连上网，从县里下载", icon="cloud-download", kind=Kind.PRIMARY)
        self.stick = Button("县里给了U盘", icon="usb")
        self.panel = RosterPanel("手上有 Excel 名册")
        self.later = Button("先不要名册，以后再说", icon="chevron-right", kind=Kind.LINK)
        self.start = Button("打开今日工作", icon="check", kind=Kind.PRIMARY, keys=("Ctrl+Return",))
        self.county.clicked.connect(self._want_sync)
        self.stick.clicked.connect(self._want_sync)
        self.later.clicked.connect(self._want_today)
        self.start.clicked.connect(self._want_today)
        for button in (self.county, self.stick, self.panel.choose, self.later):
            button.setProperty("align", "left")
        for part in (self.county, self.stick, self.later):
            box.addWidget(part)
        box.insertWidget(box.indexOf(self.later), self.panel)
        box.addWidget(self.start, 0, Qt.AlignmentFlag.AlignRight)
        self.start.hide()
        box.addStretch(1)

    def put(self, imported: Imported) -> None:
        """How many came in, or what to mend, row by row."""
        self.panel.put(imported)
        done = bool(imported.households)
        self.start.setVisible(done)
        for other in (self.county, self.stick, self.panel.choose, self.later):
            other.setVisible(not done)
        if done:
            self.start.setFocus()

    @Slot()
    def _want_sync(self) -> None:
        self.start_wanted.emit("syncing")

    @Slot()
    def _want_today(self) -> None:
        self.start_wanted.emit("today")
