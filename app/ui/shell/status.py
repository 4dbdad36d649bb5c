"""The strip at the foot: network, what waits, when it was last stored, when it locks itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.domain.problem import Problem
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.widgets.feedback import SavedMark
from app.ui.widgets.labels import Icon, Role, Text


@dataclass(frozen=True, slots=True)
class Status:
    """What the strip shows. `online` is None while nobody has tried yet.

    `trouble` belongs above the page: what to know about the disk though everything was saved.
    `is_empty`: no household has come in yet, and every page says where to begin.
    """

    waiting: int
    online: bool | None = None
    trouble: Problem | None = None
    is_empty: bool = False


class StatusBar(QFrame):
    """Words beside every icon; being offline is no alarm."""

    def __init__(self, *, lock_minutes: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "status")
        self._network_icon = Icon("wifi-off", Tone.OFFLINE, ratio=1.1)
        self._network = Text("未联网，照常使用", Role.SMALL, Tone.SOFT)
        self._waiting_icon = Icon("cloud-upload", Tone.OFFLINE, ratio=1.1)
        self._waiting = Text("", Role.SMALL, Tone.SOFT)  # nothing is claimed before it is counted
        self.saved = SavedMark()
        self._lock = Text("", Role.SMALL, Tone.SOFT)
        self.set_lock_minutes(lock_minutes)
        self._lay_out()

    def put(self, status: Status) -> None:
        """Show `status`."""
        if status.online:
            self._network_icon.show_icon("wifi", Tone.OK)
            self._network.setText("已连上县平台")
        else:
            self._network_icon.show_icon("wifi-off", Tone.OFFLINE)
            self._network.setText("未联网，照常使用")
        if status.waiting:
            self._waiting_icon.show_icon("cloud-upload", Tone.OFFLINE)
            self._waiting.setText(f"{status.waiting} 条等着上传")
        else:
            self._waiting_icon.show_icon("cloud-check", Tone.OK)
            self._waiting.setText("没有要上传的")

    def mark_saved(self, at: datetime) -> None:
        """Something was stored."""
        self.saved.saved(at)

    def answer_saved(self) -> None:
        """Ctrl+S: it was stored long ago."""
        self.saved.text.setText("已存好，填一格存一格")
        self.saved.show()

    def set_lock_minutes(self, minutes: int) -> None:
        """How long until it locks itself."""
        self._lock.setText(f"{minutes} 分钟不动自动锁屏")

    def _lay_out(self) -> None:
        scale = look().scale
        line = QHBoxLayout(self)
        line.setContentsMargins(scale.px(1.0), scale.px(0.3), scale.px(1.0), scale.px(0.3))
        line.setSpacing(scale.px(0.5))
        line.addWidget(self._network_icon)
        line.addWidget(self._network)
        line.addSpacing(scale.px(1.2))
        line.addWidget(self._waiting_icon)
        line.addWidget(self._waiting)
        line.addStretch(1)
        line.addWidget(self.saved)
        line.addSpacing(scale.px(1.2))
        line.addWidget(self._lock)
