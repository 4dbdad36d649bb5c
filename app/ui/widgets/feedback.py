"""How it went: the problem bar, the saved mark, the counted progress. Nothing here is a dialog."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.domain.clock import CHINA
from app.domain.problem import Problem
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.labels import Icon, Role, Text


class Bar(QFrame):
    """A tinted strip with an icon and up to two lines. Hidden until something is said."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        scale = look().scale
        self.setProperty("role", "bar")
        self.icon = Icon("info-circle", Tone.INFO)
        self.headline = Text("", Role.STRONG, wrap=True)
        self.detail = Text("", Role.BODY, Tone.SOFT, wrap=True)
        self.action = Button("再试一次")
        self.close_button = Button("", icon="x", kind=Kind.LINK)
        self.close_button.setAccessibleName("知道了")
        self.close_button.clicked.connect(self._close)
        words = QVBoxLayout()
        words.setSpacing(scale.px(0.15))
        words.addWidget(self.headline)
        words.addWidget(self.detail)
        line = QHBoxLayout(self)
        line.setContentsMargins(scale.px(0.9), scale.px(0.6), scale.px(0.6), scale.px(0.6))
        line.setSpacing(scale.px(0.7))
        line.addWidget(self.icon)
        line.addLayout(words, 1)
        line.addWidget(self.action)
        line.addWidget(self.close_button)
        self._line = line
        self.action.hide()
        self.hide()

    def say(self, headline: str, detail: str = "", *, tone: Tone = Tone.INFO, icon: str) -> None:
        """Show a message; it stays until closed or replaced."""
        self.setProperty("tone", tone.value)
        self.style().unpolish(self)
        self.style().polish(self)
        self.icon.show_icon(icon, tone)
        self.headline.setText(headline)
        self.headline.set_tone(tone)
        self.detail.setText(detail)
        self.show_detail(shown=bool(detail))
        self.setAccessibleName(f"{headline}{detail}")
        self.show()

    def show_detail(self, *, shown: bool) -> None:
        """The second line or not; what stands beside the words keeps to the first."""
        self.detail.setVisible(shown)
        beside = Qt.AlignmentFlag.AlignTop if shown else Qt.AlignmentFlag.AlignVCenter
        for part in (self.icon, self.close_button):
            self._line.setAlignment(part, beside)

    def offer(self, text: str) -> Button:
        """Show the action button with `text`; connect its `clicked` once, at building time."""
        self.action.say(text)
        self.action.show()
        return self.action

    @Slot()
    def _close(self) -> None:
        self.hide()
        self.closed.emit()


class ProblemBar(Bar):
    """What happened, whether the data is safe, one next step, and the number to tell the county."""

    def show_problem(self, problem: Problem) -> None:
        """Show `problem`."""
        rest = f"{problem.safe}{problem.do}（编号 {problem.code}）"
        self.say(problem.what, rest, tone=Tone.BAD, icon="alert-triangle")


class SavedMark(QWidget):
    """ "10:42 已自动保存", so that nobody wonders."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.icon = Icon("device-floppy", Tone.OK, ratio=1.1)
        self.text = Text("", Role.SMALL, Tone.SOFT)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look().scale.px(0.4))
        line.addWidget(self.icon)
        line.addWidget(self.text)
        self.hide()

    def saved(self, at: datetime) -> None:
        """Something was stored at the aware instant `at`."""
        self.text.setText(f"{at.astimezone(CHINA):%H:%M} 已自动保存")
        self.show()


class ProgressRow(QWidget):
    """ "正在上传第 9 条，共 14 条" with a bar and 停下. `stop_requested` once pressed."""

    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Text("", Role.SMALL, Tone.SOFT, wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("进度")
        self.stop = Button("停下", icon="player-stop")
        self.stop.clicked.connect(self._ask_to_stop)
        left = QVBoxLayout()
        left.setSpacing(look().scale.px(0.25))
        left.addWidget(self.words)
        left.addWidget(self.bar)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look().scale.px(0.7))
        line.addLayout(left, 1)
        line.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignBottom)
        self.hide()

    def begin(self, text: str) -> None:
        """Show an uncounted bar until the first step is told."""
        self.stop.setEnabled(True)
        self.words.setText(text)
        self.bar.setRange(0, 0)
        self.show()

    def move_to(self, done: int, total: int, text: str) -> None:
        """`done` of `total` are finished."""
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        if text:
            self.words.setText(text)

    def finish(self) -> None:
        """Hide it."""
        self.hide()

    @Slot()
    def _ask_to_stop(self) -> None:
        self.stop.setEnabled(False)
        self.words.setText("正在停下，做到哪算哪，下次接着来。")
        self.stop_requested.emit()
