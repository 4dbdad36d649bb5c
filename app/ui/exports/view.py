"""The export page: a few questions, the first lines as they will look, and one button."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.column_layout import ColumnLayout
from app.domain.exporting import ExportBook, Recipient
from app.domain.masking import Mask
from app.domain.problem import Problem
from app.services.export_books import NUMBERED
from app.ui.exports.desk import Sample
from app.ui.exports.form import ExportForm, FileKind, More, Span
from app.ui.exports.table import COLUMNS, count_text, sample_rows
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.choices import ChoiceRow
from app.ui.widgets.feedback import Bar
from app.ui.widgets.figures import DateEdit
from app.ui.widgets.form import FormRows
from app.ui.widgets.formcard import FormCard
from app.ui.widgets.inputs import LineEdit
from app.ui.widgets.labels import Role, Text
from app.ui.widgets.layout import row
from app.ui.widgets.page import PageFrame
from app.ui.widgets.places import SaveDialog
from app.ui.widgets.secret import SecretEdit
from app.ui.widgets.select import Select
from app.ui.widgets.several import SeveralRow
from app.ui.widgets.table import Table

_MOST_ROWS = 2
_KINDS = "Excel 表 (*.xlsx);;文本表 (*.csv);;PDF (*.pdf)"


class ExportView(PageFrame):
    """Says what was chosen; `placed` comes from the dialog for another place."""

    book_chosen = Signal(object)
    recipient_chosen = Signal(object)
    span_chosen = Signal(object)
    first_chosen = Signal(object)
    last_chosen = Signal(object)
    mask_chosen = Signal(object)
    kind_chosen = Signal(object)
    more_chosen = Signal(object)
    layout_chosen = Signal(str)
    reason_said = Signal(str)
    passphrase_said = Signal(str)
    placed = Signal(str)
    export_requested = Signal()
    reports_requested = Signal()

    def __init__(self, *, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__("台账统计", hint="导出台账和报表：每一次导出都记下来", parent=parent)
        self.book = ChoiceRow.of_words(ExportBook)
        self.recipient = ChoiceRow.of_words(Recipient)
        self.span = ChoiceRow.of_words(Span)
        self.first = DateEdit(today=today)
        self.last = DateEdit(today=today)
        self.number = ChoiceRow.of_words(Mask)
        self.kind = ChoiceRow.of_words(FileKind)
        self.more = SeveralRow([((), "都不写"), *((one, one.label) for one in More)])
        self.layout_of = Select(name="列怎么排")
        self.reason = LineEdit(hint="给谁、做什么用；会写进导出记录")
        self.passphrase = SecretEdit(name="口令", hint="打开程序的口令，再输一次")
        self.rows = FormRows()
        self.card = FormCard("导出")
        self.count = Text("", Role.STRONG)
        self.sample = Table(COLUMNS, name="导出的样子")
        self.said = Bar()
        self.place = Text("", tone=Tone.SOFT, wrap=True)
        self.elsewhere = Button("换个地方", icon="folder")
        self.export = Button("导出", icon="file-export", kind=Kind.PRIMARY, keys=("Ctrl+Return",))
        self.reports = Button("季报报送", icon="table", kind=Kind.LINK)
        self._form: ExportForm | None = None
        self._low = False
        self._sample: Sample | None = None
        self._lay_out()
        self._connect()

    def put(self, form: ExportForm, layouts: Sequence[ColumnLayout]) -> None:
        """Fill every field; `layouts` are those the book may take."""
        self._form = form
        self.book.put(form.book)
        self.recipient.put(form.recipient)
        self.span.put(form.span)
        self.first.set_day(form.days.first)
        self.last.set_day(form.days.last)
        self.number.put(form.mask)
        self.kind.put(form.kind)
        self.reason.put(form.reason)
        self.place.setText(f"存到 {form.path.with_suffix('')}")
        self.more.put(form.seen.more)
        self._put_layouts(layouts, form.layout)
        self._show_rows(form, layouts)
        said = (self.recipient, self.number, self.more, self.reason, self.passphrase)
        for entry in (self.book, *said):
            self.rows.clear(entry)
        if form.may_tell_illness and form.book is ExportBook.VISITS:
            self.rows.say(
                self.more, "“走访情况”里要是写了病情，对方也看得到；不想给就去掉它。", Tone.WARN
            )
        elif form.may_tell_illness:
            self.rows.say(self.book, "“主要情况”里要是写了病情，对方也看得到。", Tone.WARN)
        if form.recipient is Recipient.OWN_COPY:
            self.rows.say(self.recipient, "自己备份的文件会加口令，只能存成 Excel 表。", Tone.SOFT)
        if form.mask is Mask.FULL and form.book in NUMBERED:
            self.rows.say(
                self.number, "没藏号码的文件会加口令，只能存成 Excel 表，要写明用途。", Tone.WARN
            )

    def _put_layouts(self, layouts: Sequence[ColumnLayout], chosen: str) -> None:
        self.layout_of.clear()
        self.layout_of.addItem("协理的样子", "")
        for one in layouts:
            self.layout_of.addItem(one.title, one.id)
        self.layout_of.setCurrentIndex(max(self.layout_of.findData(chosen), 0))

    def _show_rows(self, form: ExportForm, layouts: Sequence[ColumnLayout]) -> None:
        """Only what the book asks."""
        numbered = form.book in NUMBERED
        dated = form.book not in (ExportBook.WATCHED, ExportBook.ROSTER)
        own = dated and form.span is Span.OWN
        shown = (
            (self.span, dated),
            (self.first, own),
            (self.last, own),
            (self.number, numbered or form.book is ExportBook.FUND),
            (self.more, numbered),
            (self.passphrase, self._is_guarded(form)),
            (self.layout_of, bool(layouts) and form.kind is not FileKind.PDF),
        )
        for entry, wanted in shown:
            self.rows.show_row(entry, shown=wanted)

    def show_sample(self, sample: Sample, mask: Mask) -> None:
        """The first lines as they will look."""
        self.sample.put(sample_rows(sample, mask))
        self.sample.fit_rows(_MOST_ROWS)
        self._sample = sample
        if self._form is not None:
            self.rows.show_row(self.passphrase, shown=self._is_guarded(self._form))
        self._show_first_lines()
        self.export.setEnabled(sample.count > 0)

    def _is_guarded(self, form: ExportForm) -> bool:
        """Whether the passphrase will be asked for, as far as it is known how many people it is."""
        return form.order().is_guarded(0 if self._sample is None else self._sample.persons)

    def fit(self, *, low: bool, narrow: bool) -> None:
        """The first lines are the first thing spared."""
        del narrow
        self._low = low
        self._show_first_lines()

    def _show_first_lines(self) -> None:
        """What is said of them goes with them."""
        if self._sample is not None:
            shown = bool(self._sample.rows) and not self._low
            self.sample.setVisible(shown)
            self.count.setText(count_text(self._sample, shown=shown))

    def say(self, headline: str, detail: str) -> None:
        """What was done."""
        self.problem.hide()
        self.said.say(headline, detail, tone=Tone.OK, icon="circle-check")

    def forget_passphrase(self) -> None:
        """It was tried."""
        self.passphrase.clear()

    def lock(self) -> None:
        """Take no input while writing."""
        self.said.hide()
        self.rows.setEnabled(False)
        self.export.setEnabled(False)

    def unlock(self) -> None:
        """Take input again."""
        self.rows.setEnabled(True)
        self.export.setEnabled(True)
        self.export.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, problem: Problem) -> None:
        """On top of the page, and at its field where it has one."""
        self.problem.show_problem(problem)
        fields: dict[str, QWidget] = {
            "reason": self.reason,
            "mask": self.number,
            "first": self.span,
            "path": self.kind,
            "recipient": self.recipient,
            "layout": self.layout_of,
            "passphrase": self.passphrase,
        }
        entry = fields.get(problem.field or "")
        if entry is not None:
            self.rows.show_problem(entry, problem)
            entry.setFocus(Qt.FocusReason.OtherFocusReason)
            self.card.show_field(entry)

    def _lay_out(self) -> None:
        self.head.addWidget(self.reports)
        named: tuple[tuple[str, str, QWidget], ...] = (
            ("book", "哪一本", self.book),
            ("recipient", "给谁", self.recipient),
            ("span", "哪段时间", self.span),
            ("first", "从哪天", self.first),
            ("last", "到哪天", self.last),
            ("mask", "身份证号", self.number),
            ("kind", "存成", self.kind),
            ("more", "还写上", self.more),
            ("layout", "列怎么排", self.layout_of),
            ("reason", "做什么用", self.reason),
            ("passphrase", "口令", self.passphrase),
        )
        for name, label, entry in named:
            entry.setObjectName(name)
            self.rows.add(label, entry)
        self.card.form.addWidget(self.rows)
        self.card.form.addStretch(1)
        body = self.card.body
        for part in (self.count, self.sample, self.said):
            body.insertWidget(body.count() - 1, part)
        self.said.hide()
        self.card.foot.addWidget(self.place, 1)
        self.card.foot.addWidget(self.elsewhere)
        self.card.foot.addWidget(self.export)
        line = row()
        line.addWidget(self.card, 1)
        self.body.addLayout(line, 1)

    def _connect(self) -> None:
        self.reports.clicked.connect(self.reports_requested)
        self.book.chosen.connect(self.book_chosen)
        self.recipient.chosen.connect(self.recipient_chosen)
        self.span.chosen.connect(self.span_chosen)
        self.first.changed.connect(self.first_chosen)
        self.last.changed.connect(self.last_chosen)
        self.number.chosen.connect(self.mask_chosen)
        self.kind.chosen.connect(self.kind_chosen)
        self.more.chosen.connect(self.more_chosen)
        self.layout_of.activated.connect(self._choose_layout)
        self.reason.committed.connect(self.reason_said)
        self.passphrase.textChanged.connect(self.passphrase_said)
        self.passphrase.returnPressed.connect(self._export)
        self.elsewhere.clicked.connect(self._ask_place)
        self.export.clicked.connect(self._export)

    @Slot()
    def _choose_layout(self) -> None:
        self.layout_chosen.emit(self.layout_of.currentData())

    @Slot()
    def _ask_place(self) -> None:
        name = "走访台账" if self._form is None else self._form.path.name
        dialog = SaveDialog(self, title="存到哪里", name=name, kinds=_KINDS)
        dialog.placed.connect(self.placed)
        dialog.open()

    @Slot()
    def _export(self) -> None:
        """The field at hand counts as typed, though it was not left."""
        entry = QApplication.focusWidget()
        if isinstance(entry, LineEdit) and self.isAncestorOf(entry):
            entry.commit()
        if not self.rows.unread():
            self.export_requested.emit()
