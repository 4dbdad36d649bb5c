"""政策找人 on the home page: a strip that counts while it runs, and leads to whom it found."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from app.domain.reassessment import Change
from app.ui.finding.search import SearchState
from app.ui.finding.table import TOLD, counts, headline, progress_text, stopped_text
from app.ui.theme.tokens import Tone
from app.ui.widgets.feedback import Bar, ProgressRow
from app.ui.widgets.layout import column


class FindingStrip(QWidget):
    """`opened` to the list, `stop_requested`. Hidden while there is nothing to tell.

    Closed by hand, it stays away until another pass.
    """

    opened = Signal()
    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.progress = ProgressRow()
        self.bar = Bar()
        self._shown = ""
        self._closed = ""
        box = column(gap=0.4)
        box.addWidget(self.progress)
        box.addWidget(self.bar)
        self.setLayout(box)
        self.bar.offer("去看是谁")
        self.bar.action.clicked.connect(self.opened)
        self.bar.closed.connect(self._close)
        self.progress.stop_requested.connect(self.stop_requested)
        self.hide()

    def show_state(self, state: SearchState) -> None:
        """Count, tell, or keep away."""
        if state.is_running:
            if self.progress.isHidden():
                self.progress.begin(progress_text(state))
            if state.total:
                self.progress.move_to(state.done, state.total, progress_text(state))
            self.bar.hide()
            self.show()
            return
        self.progress.finish()
        self._tell(state)

    def _tell(self, state: SearchState) -> None:
        latest = state.latest
        concerned = 0 if latest is None else sum(latest.counts.get(one, 0) for one in TOLD)
        if latest is None or latest.id == self._closed or not (concerned or state.is_due):
            self.hide()
            return
        self._shown = latest.id
        if state.is_due:
            self.bar.say(stopped_text(state), tone=Tone.INFO, icon="player-stop")
        else:
            fresh = latest.counts.get(Change.NEWLY_MEETS, 0)
            tone = Tone.OK if fresh else Tone.INFO
            self.bar.say(f"{headline(latest)}。", counts(latest), tone=tone, icon="users")
        self.bar.offer("接着找" if state.is_due else "去看是谁")
        self.show()

    @Slot()
    def _close(self) -> None:
        self._closed = self._shown
        self.hide()
