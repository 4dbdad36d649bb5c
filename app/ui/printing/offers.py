"""The checklist of papers: a tick, the name, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from app.services.paper_offers import PaperOffer
from app.ui.printing.table import copies_text, missing_text
from app.ui.theme.tokens import Tone
from app.ui.widgets.labels import Role, Text
from app.ui.widgets.layout import column, row
from app.ui.widgets.ticks import TickBox


class OfferList(QWidget):
    """`ticked(form)` by Space, click or digit; `looked_at(form)` when the cursor comes to one."""

    ticked = Signal(str)
    looked_at = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[OfferLine] = []
        self._box = column(gap=0.5)
        self.setLayout(self._box)

    def put(self, offers: Sequence[PaperOffer]) -> None:
        """Show these papers instead."""
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self.lines = [OfferLine(number, offer) for number, offer in enumerate(offers, 1)]
        for line in self.lines:
            line.box.clicked.connect(self._tick)
            line.box.installEventFilter(self)
            self._box.addWidget(line)
            line.show()  # now: the next key may already be meant for it

    def follow(self, before: QWidget, after: QWidget) -> None:
        """Stand between these two in the order of the Tab key: lines made later come last."""
        order = [before, *(line.box for line in self.lines), after]
        for one, another in pairwise(order):
            QWidget.setTabOrder(one, another)

    def show_ticked(self, ticked: frozenset[str]) -> None:
        """Which are to be printed."""
        for line in self.lines:
            line.box.setChecked(line.form in ticked)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """A digit ticks the paper of that number."""
        at = event.key() - Qt.Key.Key_1
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain == Qt.KeyboardModifier.NoModifier and 0 <= at < len(self.lines):
            self.lines[at].box.setFocus(Qt.FocusReason.OtherFocusReason)
            self.lines[at].box.click()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Where the cursor is, that paper is looked at."""
        if event.type() == QEvent.Type.FocusIn:
            self.looked_at.emit(watched.property("form"))
        return super().eventFilter(watched, event)

    @Slot()
    def _tick(self) -> None:
        self.ticked.emit(self.sender().property("form"))


class OfferLine(QWidget):
    """One paper. A click anywhere on it is a click on its box."""

    def __init__(self, number: int, offer: PaperOffer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = offer.form
        self.box = TickBox()
        self.box.setAccessibleName(f"{number} {offer.title}，{copies_text(offer)}")
        self.box.setProperty("form", offer.form)
        self.box.setEnabled(offer.ready)
        title = Text(f"{number}  {offer.title}", wrap=True)
        about = row(gap=0.6)
        about.addWidget(Text(copies_text(offer), Role.SMALL, Tone.SOFT, wrap=True), 1)
        words = column(gap=0.1)
        words.addWidget(title)
        if offer.ready:
            words.addLayout(about)
        else:
            title.set_tone(Tone.SOFT)
        if offer.missing:
            words.addWidget(Text(missing_text(offer), Role.SMALL, Tone.WARN, wrap=True))
        line = row(gap=0.4)
        line.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        self.setLayout(line)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """The words belong to the box."""
        if self.box.isEnabled():
            self.box.setFocus(Qt.FocusReason.MouseFocusReason)
            self.box.click()
        event.accept()
