"""The sync page: three cards for send, fetch and decide; progress; the list; the stick."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.problem import Problem
from app.services.sync_status import SyncStatus
from app.ui.syncing.difference import DifferenceCard
from app.ui.syncing.table import (
    COLUMNS,
    Difference,
    alarm_text,
    clock_text,
    item_rows,
    last_text,
    leaving_text,
    more_text,
    silence_text,
    waiting_text,
)
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.feedback import Bar, ProgressRow
from app.ui.widgets.labels import Chip, Icon, IconText, Role, Text
from app.ui.widgets.layout import Card, column, row
from app.ui.widgets.page import PageFrame
from app.ui.widgets.places import FolderDialog
from app.ui.widgets.table import Table

_TABLE_LEAST = 9.0


class SyncView(PageFrame):
    """Says what was asked for; folders come back as `export_placed` and `import_placed`."""

    sync_requested = Signal()
    stop_requested = Signal()
    export_placed = Signal(str)
    import_placed = Signal(str)
    decided = Signal(object)
    put_off = Signal(str)
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("同步", parent=parent)
        self.last = Chip("还没同步过", Tone.INFO, "clock")
        self.from_stick = Button("从U盘收", icon="usb", brief="U盘收")
        self.to_stick = Button("存到U盘带走", icon="usb", brief="存U盘")
        self.start = Button(
            "开始同步",
            icon="cloud-upload",
            kind=Kind.PRIMARY,
            keys=("Ctrl+Return",),
            brief="开始同步",
        )
        self.up = _Step("cloud-upload", Tone.OFFLINE)
        self.down = _Step("cloud-download", Tone.PRIMARY)
        self.choose = _Step("arrows-diff", Tone.WARN)
        self.clock = IconText("clock", "", Tone.WARN, icon_tone=Tone.WARN)
        self.silence = IconText("clock", "", Tone.WARN, icon_tone=Tone.WARN)
        self.alarm = IconText("lock", "", Tone.URGENT, icon_tone=Tone.URGENT)
        self.progress = ProgressRow()
        self.said = Bar()
        self.difference = DifferenceCard()
        self.table = Table(COLUMNS, name="每一条怎么样了")
        self.empty = Text(
            "还没有要上传的。走访、测算、先行救助存下以后都会排在这里。", tone=Tone.SOFT, wrap=True
        )
        self._lay_out()
        self._connect()

    def show_status(self, status: SyncStatus) -> None:
        """Cards, chips and the list."""
        text, tone = last_text(status)
        self.last.say(text, tone, "circle-check" if tone is Tone.OK else "clock")
        self.up.say(f"① 要上传 {status.waiting} 条", waiting_text(status), more_text(status))
        notices = "；".join(status.notices[:3])
        self.down.say("② 要下载", notices or "县里的审批结果、名单、新标准", leaving_text(status))
        count = len(status.conflicts)
        self.choose.say(
            f"③ 要你定 {count} 处", "县里和你都改了同一项" if count else "两边都对得上", ""
        )
        for line, text, tone in (
            (self.clock, clock_text(status), Tone.WARN),
            (self.silence, silence_text(status), Tone.WARN),
            (self.alarm, alarm_text(status), Tone.URGENT),
        ):
            line.say(text, tone)
            line.setVisible(bool(text))
        self.table.put(item_rows(status.items))
        if not self.table.hasFocus():
            self.table.selectRow(0)  # what has to be mended stands first
        self.table.setVisible(bool(status.items))
        self.empty.setVisible(not status.items)

    def show_difference(self, difference: Difference | None, number: int, of: int) -> None:
        """One record side by side; it takes the keys so that a digit and Enter will do."""
        focus = QApplication.focusWidget()
        had = focus is not None and self.difference.isAncestorOf(focus)
        self.difference.setVisible(difference is not None)
        if difference is None:
            if had:
                self.start.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.difference.show_difference(difference, number, of)
        if not self.progress.isVisible():
            self.difference.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_progress(self, text: str) -> None:
        """Something has begun: only stopping is possible."""
        self.problem.hide()
        self.said.hide()
        for button in (self.start, self.to_stick, self.from_stick):
            button.setEnabled(False)
        self.progress.begin(text)
        self.progress.stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_progress(self, done: int, total: int, text: str) -> None:
        """So far."""
        if total:
            self.progress.move_to(done, total, text)
        else:
            self.progress.words.setText(text)

    def end_progress(self) -> None:
        """It is over, one way or the other."""
        self.progress.finish()
        for button in (self.start, self.to_stick, self.from_stick):
            button.setEnabled(True)
        self.start.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, headline: str, detail: str = "") -> None:
        """What was done."""
        self.said.say(headline, detail, tone=Tone.OK, icon="cloud-check")

    def say_nothing_new(self, headline: str, detail: str) -> None:
        """Something was done, and nothing came of it."""
        self.said.say(headline, detail, tone=Tone.INFO, icon="usb")

    def say_farewell(self, headline: str, detail: str) -> None:
        """The vault is gone; nothing can be done here any more."""
        self.said.say(headline, detail, tone=Tone.WARN, icon="lock")
        for part in (self.start, self.to_stick, self.from_stick, self.table, self.difference):
            part.setEnabled(False)

    def show_calmly(self, problem: Problem) -> None:
        """What did not come about; the stick is the other road."""
        rest = f"{problem.safe}{problem.do}（编号 {problem.code}）"
        self.problem.say(problem.what, rest, tone=Tone.OFFLINE, icon="wifi-off")
        self.problem.action.show()

    def show_problem(self, problem: Problem) -> None:
        """What went wrong."""
        self.problem.show_problem(problem)
        self.problem.action.hide()

    def _lay_out(self) -> None:
        self.after_title(self.last)
        for button in (self.from_stick, self.to_stick, self.start):
            self.head.addWidget(button)
        self.problem.offer("存到U盘")
        cards = row(gap=0.7)
        for card in (self.up, self.down, self.choose):
            cards.addWidget(card, 1)
        self.body.addLayout(cards)
        lines = (self.alarm, self.silence, self.clock)
        for part in (*lines, self.progress, self.said, self.difference, self.empty):
            self.body.addWidget(part)
        self.table.setMinimumHeight(look().scale.px(_TABLE_LEAST))
        self.body.addWidget(self.table, 1)
        for line in lines:
            line.hide()
        self.difference.hide()
        self.empty.hide()
        self.table.hide()
        self.body.addStretch()

    def _connect(self) -> None:
        self.start.clicked.connect(self.sync_requested)
        self.progress.stop_requested.connect(self.stop_requested)
        self.to_stick.clicked.connect(self._ask_where_to)
        self.problem.action.clicked.connect(self._ask_where_to)
        self.from_stick.clicked.connect(self._ask_where_from)
        self.difference.decided.connect(self.decided)
        self.difference.put_off.connect(self.put_off)
        self.table.opened.connect(self.opened)

    @Slot()
    def _ask_where_to(self) -> None:
        dialog = FolderDialog(self, title="存到哪个U盘")
        dialog.placed.connect(self.export_placed)
        dialog.open()

    @Slot()
    def _ask_where_from(self) -> None:
        dialog = FolderDialog(self, title="从哪个U盘收")
        dialog.placed.connect(self.import_placed)
        dialog.open()


class _Step(Card):
    """One of the three: a number, what it is, and what about it."""

    def __init__(self, icon: str, tone: Tone) -> None:
        super().__init__()
        self.headline = Text("", Role.STRONG, wrap=True)
        self.words = Text("", tone=Tone.SOFT, wrap=True)
        self.more = Text("", Role.SMALL, Tone.SOFT, wrap=True)
        words = column(gap=0.2)
        for part in (self.headline, self.words, self.more):
            words.addWidget(part)
        words.addStretch(1)
        line = row(gap=0.8)
        line.addWidget(Icon(icon, tone, ratio=1.8), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        self.body.addLayout(line)

    def say(self, headline: str, words: str, more: str) -> None:
        """Fill it."""
        self.headline.setText(headline)
        self.words.setText(words)
        self.more.setText(more)
        self.more.setVisible(bool(more))
