"""The left half of the means test: one page of questions, and the way on."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.assessment.block_form import BlockForm
from app.ui.assessment.showing import Talk
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.feedback import Bar
from app.ui.widgets.formcard import FormCard
from app.ui.widgets.inputs import LineEdit
from app.ui.widgets.labels import Chip, IconText, Role, Text
from app.ui.widgets.layout import column, empty

_LONGEST: Final = 5
_LEAST: Final = 3.0
"""One line of answers: in a low window the way on must not leave it, whatever bars are open."""


class TalkCard(FormCard):
    """`answered(block, field, value)`, and where to go on from here."""

    answered = Signal(str, str, object)
    next_requested = Signal()
    back_requested = Signal()
    save_requested = Signal()

    def __init__(self, *, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, least=_LEAST)
        self._today = today
        self.question = Text("", Role.HEADING, wrap=True)
        self.rows: BlockForm | None = None
        self.read_out = QWidget()
        self._read_out_lines = column(gap=0.4)
        self.read_out.setLayout(self._read_out_lines)
        self.said = Bar()
        self.verdict = Chip("", Tone.INFO)
        self.back = Button("上一个", icon="chevron-left")
        self.skip = Button("先跳过", kind=Kind.LINK)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._bring_up)
        self.save = Button("存下", icon="device-floppy", keys=("Ctrl+Return",))
        self.next = Button("下一个", icon="chevron-right", kind=Kind.PRIMARY)
        self._lay_out()

    def show_talk(self, talk: Talk, *, after: str | None, at: str | None) -> None:
        """The open page; the same page is filled, another one replaces it."""
        form = self._form_for(talk)
        form.show_block(talk.block, talk.given)
        self.question.setText(talk.block.title)
        self.back.setEnabled(not talk.is_first)
        self.next.setVisible(bool(talk.following))
        self.skip.setVisible(bool(talk.following))
        self.next.say(f"下一个：{_short(talk.following)}")
        self._show_read_out(talk.read_out)
        field = at if after is None else (form.after(after) if after else "")
        if field is not None:
            self._put_cursor(form.go_to(field), last=not talk.following)
        self._later.start()  # a question that just unfolded knows its place only then

    @property
    def open_block(self) -> str:
        """The key of the page on view; "" before the first."""
        return "" if self.rows is None else self.rows.block.key

    def take_keys(self) -> None:
        """The cursor goes to the first open question, or to the way on."""
        if self.rows is not None:
            self._put_cursor(self.rows.go_to(""), last=not self.next.isVisible())

    def commit(self) -> None:
        """The field at hand counts as typed, though it was not left."""
        field = QApplication.focusWidget()
        if isinstance(field, LineEdit) and self.isAncestorOf(field):
            field.commit()

    def is_read(self) -> bool:
        """Whether all that stands on the page could be taken in; else what could not is marked.

        Leaving a sum nobody can read would leave the one before it standing, unseen.
        """
        self.commit()
        return self.rows is None or not self.rows.unread()

    def _put_cursor(self, entry: QWidget | None, *, last: bool) -> None:
        if entry is None:
            way_on = self.save if last else self.next
            way_on.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.show_field(entry)

    def _lay_out(self) -> None:
        self.said.offer("去打印")
        self.body.insertWidget(0, self.question)
        self.form.addWidget(self.read_out)
        self.form.addStretch(1)
        self.body.insertWidget(2, self.said)
        self.body.insertWidget(3, self.verdict)
        self.verdict.hide()
        for part in (self.back, self.skip):
            self.foot.addWidget(part)
        self.foot.addStretch(1)
        for part in (self.save, self.next):
            self.foot.addWidget(part)
        self.next.clicked.connect(self._go_on)
        self.skip.clicked.connect(self._go_on)
        self.back.clicked.connect(self._go_back)
        self.save.clicked.connect(self._save)

    def _form_for(self, talk: Talk) -> BlockForm:
        if self.rows is not None and self.rows.block.key == talk.block.key:
            return self.rows
        if self.rows is not None:
            self.form.removeWidget(self.rows)
            self.rows.hide()
            self.rows.deleteLater()
        self.rows = BlockForm(talk.block, today=self._today)
        self.rows.answered.connect(self.answered)
        self.form.insertWidget(0, self.rows)
        self._order_tabs(list(self.rows.inputs.values()))
        return self.rows

    def _order_tabs(self, fields: Sequence[QWidget]) -> None:
        """Behind the last question comes the way on, whenever the page was built."""
        chain = [*fields, self.next, self.save, self.skip, self.back]
        for before, after in itertools.pairwise(chain):
            QWidget.setTabOrder(before, after)

    def _show_read_out(self, lines: Sequence[str]) -> None:
        empty(self._read_out_lines)
        for line in lines:
            self._read_out_lines.addWidget(IconText("list-check", line))
        self.read_out.setVisible(bool(lines))

    @Slot()
    def _bring_up(self) -> None:
        """The whole field at hand is in sight."""
        field = QApplication.focusWidget()
        if field is not None and self.area.isAncestorOf(field):
            self.show_field(field)

    @Slot()
    def _go_on(self) -> None:
        if self.is_read():
            self.next_requested.emit()

    @Slot()
    def _go_back(self) -> None:
        if self.is_read():
            self.back_requested.emit()

    @Slot()
    def _save(self) -> None:
        if self.is_read():
            self.save_requested.emit()


def _short(name: str) -> str:
    """A name that leaves the button its place beside the others."""
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
