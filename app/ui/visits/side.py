"""Beside the visit form: what to know before knocking, and how far the month has come."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QWidget

from app.domain.people import mask_id_number, spaced_id_number
from app.services.visits import MonthProgress
from app.ui.theme.tokens import Tone
from app.ui.visits.desk import Behind
from app.ui.visits.table import chips_of, last_visit_text, phone_text
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.labels import Chip, IconText, Role, Text
from app.ui.widgets.layout import Card, Flow
from app.ui.widgets.reveal import MaskedText

_SHOWN = 4
"""Phrases named beside the form; the others are there too."""


class VisitSide(Card):
    """Name, chips, phone, the knock note, the last visit; below it the month's count."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.who = Text("", Role.HEADING, wrap=True)
        self.chips = QWidget()
        self._chip_line = Flow(self.chips)
        self.phone = IconText("phone", "")
        self.knock = IconText("map-pin", "")
        self.last = IconText("clock", "")
        self.number = MaskedText()
        self.empty = Text(
            "找到这户以后，这里写着敲门前要知道的：电话、家里情况、上次说了什么。",
            tone=Tone.SOFT,
            wrap=True,
        )
        self.again = Button("看这次走访、补记", icon="note", kind=Kind.LINK)
        self.phrases = Text("", Role.SMALL, Tone.SOFT, wrap=True)
        self.month = Text("", Role.SMALL, Tone.SOFT)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("本月走访")
        for part in (self.empty, self.who, self.chips, self.phone, self.knock, self.last):
            self.body.addWidget(part)
        self.body.addWidget(self.again)
        self.body.addWidget(self.number)
        self.body.addWidget(self.phrases)
        self.body.addStretch(1)
        self.body.addWidget(self.month)
        self.body.addWidget(self.bar)
        self.show_behind(None)

    def show_behind(self, behind: Behind | None) -> None:
        """Fill it, or say what will stand here."""
        known = behind is not None
        for part in (self.who, self.chips, self.phone, self.knock, self.last, self.number):
            part.setVisible(known)
        self.again.setVisible(behind is not None and behind.last is not None)
        self.empty.setVisible(not known)
        if behind is None:
            return
        household = behind.household
        self.who.setText(f"{behind.line.head_name} · {household.place}")
        self._show_chips(behind)
        self.phone.say(phone_text(household))
        self.knock.say(household.knock_note or "")
        self.knock.setVisible(bool(household.knock_note))
        self.last.say(last_visit_text(behind.last))
        head = household.head_member
        number = None if head is None else head.person.id_number
        self.number.put(
            f"身份证 {mask_id_number(number)}",
            f"身份证 {spaced_id_number(number)}" if number else "",
        )
        self.number.setVisible(bool(number))

    def show_progress(self, progress: MonthProgress) -> None:
        """Seen of assisted, this month."""
        self.month.setText(f"本月走访 {progress.seen} / {progress.assisted} 户")
        self.bar.setRange(0, max(progress.assisted, 1))
        self.bar.setValue(progress.seen)

    def show_phrases(self, phrases: tuple[str, ...]) -> None:
        """Which words Alt with a digit puts into the note."""
        shown = (f"Alt+{at} {text}" for at, text in enumerate(phrases[:_SHOWN], 1))
        self.phrases.setText("\n".join(shown))
        self.phrases.setVisible(bool(phrases))

    def _show_chips(self, behind: Behind) -> None:
        while (item := self._chip_line.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for text, tone, icon in chips_of(behind.household):
            self._chip_line.addWidget(Chip(text, tone, icon))
