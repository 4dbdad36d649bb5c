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
        self._folded = self._is_wanted = False
        self._told = ("", "")
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
            self._want(wanted=True)
            return
        self.progress.finish()
        self._tell(state)

    def _tell(self, state: SearchState) -> None:
        latest = state.latest
        concerned = 0 if latest is None else sum(latest.counts.get(one, 0) for one in TOLD)
        if latest is None or latest.id == self._closed or not (concerned or state.is_due):
            self._want(wanted=False)
            return
        self._shown = latest.id
        if state.is_due:
            self._told = (stopped_text(state), "")
            self.bar.say(*self._told, tone=Tone.INFO, icon="player-stop")
        else:
            fresh = latest.counts.get(Change.NEWLY_MEETS, 0)
            tone = Tone.OK if fresh else Tone.INFO
            self._told = (f"{headline(latest)}。", counts(latest))
            self.bar.say(*self._told, tone=tone, icon="users")
        self.bar.offer("接着找" if state.is_due else "去看是谁")
        self.fold(folded=self._folded)
        self._want(wanted=True)

    def _want(self, *, wanted: bool) -> None:
        self._is_wanted = wanted
        self.setVisible(wanted)

    @property
    def short(self) -> str:
        """What it tells in a few words; empty while it keeps away or counts."""
        kept_away = not self._is_wanted or not self.progress.isHidden()
        return "" if kept_away else self._told[1].split("，")[0] or "政策找人"

    def tuck(self, *, tucked: bool) -> None:
        """Leave its place to the list; somebody else tells `short`."""
        self.setVisible(self._is_wanted and not (tucked and self.short))

    def fold(self, *, folded: bool) -> None:
        """One line, what matters most of it, where there is little room."""
        self._folded = folded
        whole, detail = self._told
        self.bar.headline.setText(detail.split("，")[0] if folded and detail else whole)
        self.bar.show_detail(shown=not folded and bool(detail))

    @Slot()
    def _close(self) -> None:
        self._closed = self._shown
        self._want(wanted=False)
