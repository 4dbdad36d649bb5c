"""The reserve fund's page: the balance, what can be done, the ledger, and the month on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.problem import Problem
from app.services.fund import FundState
from app.ui.fund.deeds import MENDS, Direction, FundDeed, FundForm
from app.ui.fund.table import (
    COLUMNS,
    balance_note,
    balance_text,
    line_rows,
    month_text,
    months_of,
)
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.choices import ChoiceRow
from app.ui.widgets.deedpage import PaperPage
from app.ui.widgets.deedrow import DeedRow
from app.ui.widgets.figures import OR_TODAY, DateEdit, MoneyEdit
from app.ui.widgets.form import FormRows
from app.ui.widgets.formcard import FormCard
from app.ui.widgets.inputs import LineEdit
from app.ui.widgets.labels import Role, Text
from app.ui.widgets.layout import Card, row
from app.ui.widgets.places import SaveDialog
from app.ui.widgets.select import Select
from app.ui.widgets.sheets import Sheets
from app.ui.widgets.table import Table

_LEAST: Final = 7.0
"""Height of the ledger, in body sizes: its head and a line and a half."""


class FundView(PaperPage):
    """Says which deed was pressed, which field answered, which line and month were chosen."""

    chosen = Signal(object)
    answered = Signal(str, object)
    confirm_requested = Signal()
    back_requested = Signal()
    entry_chosen = Signal(object)
    entry_opened = Signal(object)
    month_chosen = Signal(str)
    print_requested = Signal()
    sheet_requested = Signal()
    sheet_placed = Signal(str)

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__("备用金", hint="每一笔都在账上，记了不能改，只能另记更正", parent=parent)
        self.balance = Text("", Role.FIGURE)
        self.note = Text("", tone=Tone.SOFT, wrap=True)
        self.deeds = DeedRow()
        self.table = Table(COLUMNS, name="备用金台账")
        self.order = Text("新的在上面，回车看那笔救助", Role.SMALL, Tone.FAINT)
        self.month = Select(name="哪个月")
        self.print = Button("打印台账", icon="printer", keys=("Ctrl+P",))
        self.sheet = Button("存成表格", icon="file-spreadsheet")
        self.sheets = Sheets()
        self.form = FormCard()
        self.heading = Text("", Role.HEADING)
        self.named = Text("", tone=Tone.SOFT, wrap=True)
        self.rows = FormRows()
        self.way = ChoiceRow.of_words(Direction)
        self.amount = MoneyEdit()
        self.on = DateEdit(today=today, hint=OR_TODAY)
        self.voucher = LineEdit(hint="拨款单上的号，可不填")
        self.summary = LineEdit(hint="谁拨的，比如：云溪镇拨入")
        self.reason = LineEdit(hint="写一句为什么，会留在账上")
        self.back = Button("先不做", icon="arrow-back-up")
        self.confirm = Button("记下", icon="check", kind=Kind.PRIMARY, keys=("Ctrl+Return",))
        self._fields: dict[str, QWidget] = {
            "way": self.way,
            "amount": self.amount,
            "on": self.on,
            "voucher": self.voucher,
            "summary": self.summary,
            "reason": self.reason,
        }
        self._lay_out()
        self._connect()

    def show_state(self, state: FundState, deeds: Sequence[FundDeed]) -> None:
        """The balance, the ledger, and a button for each deed."""
        self.balance.setText(balance_text(state.balance))
        self.balance.set_tone(Tone.BAD if state.is_low else Tone.TEXT)
        text, tone = balance_note(state)
        self.note.setText(text)
        self.note.set_tone(tone)
        self.table.put(line_rows(state.lines, state.returned))
        self._show_months(months_of(state))
        self._show_deeds(deeds, state)

    def ask(
        self, deed: FundDeed, fields: Sequence[str], form: FundForm, about: str | None = None
    ) -> None:
        """The fields of one deed instead of the ledger."""
        self.problem.hide()
        self.said.hide()
        self.heading.setText(deed.label)
        self.named.setText(self._named(deed, about))
        self.named.setVisible(bool(self.named.text()))
        self.way.put(form.way)
        self.amount.set_money(form.amount)
        self.on.set_day(form.on)
        for line, text in (
            (self.voucher, form.voucher),
            (self.summary, form.summary),
            (self.reason, form.reason),
        ):
            line.put(text)
        for name, field in self._fields.items():
            self.rows.show_row(field, shown=name in fields)
            self.rows.clear(field)
        self.deeds.hide()
        self.sheets.bring(self.form)
        first = self._fields[fields[0]] if fields else self.back
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_ledger(self) -> None:
        """The ledger again."""
        self.problem.hide()
        self.sheets.bring(self.ledger)
        self.deeds.show()
        self.deeds.focus_first()

    @property
    def buttons(self) -> Sequence[Button]:
        """What can be pressed now."""
        return self.deeds.buttons

    @property
    def paper_headline(self) -> str:
        """The only paper there is."""
        return "台账"

    def ask_sheet_place(self, name: str) -> None:
        """Ask where to put the sheet; the answer comes as `sheet_placed`."""
        dialog = SaveDialog(self, title="存成表格", name=name, kinds="Excel 表 (*.xlsx)")
        dialog.placed.connect(self.sheet_placed)
        dialog.open()

    def show_problem(self, problem: Problem) -> None:
        """On top of the page, and at its field where it has one."""
        self.problem.show_problem(problem)
        field = self._fields.get(problem.field or "")
        if field is not None and field.isVisible():
            self.rows.show_problem(field, problem)
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def lock(self) -> None:
        """Take no input while it is written."""
        self.deeds.setEnabled(False)
        self.form.setEnabled(False)

    def unlock(self) -> None:
        """Take input again."""
        self.deeds.setEnabled(True)
        self.form.setEnabled(True)

    def _show_deeds(self, deeds: Sequence[FundDeed], state: FundState) -> None:
        month = month_text(state.open_months[0]) if state.open_months else ""
        labels = {FundDeed.CLOSE: f"{month}月结"}
        self.deeds.put(deeds, primary={FundDeed.PUT_IN}, labels=labels)
        if self.ledger.isVisible():
            self.deeds.focus_first()

    def choose_month(self, month: str) -> None:
        """The month that was just closed is what goes on paper now."""
        self.month.setCurrentIndex(max(self.month.findData(month), 0))

    def _show_months(self, months: Sequence[str]) -> None:
        kept = self.month.currentData()
        self.month.clear()
        for month in months:
            self.month.addItem(month_text(month), month)
        self.month.setCurrentIndex(max(self.month.findData(kept), 0) if months else -1)
        for control in (self.month, self.print, self.sheet):
            control.setEnabled(bool(months))

    def _named(self, deed: FundDeed, about: str | None) -> str:
        """The line a correction is about, or what closing the month will do."""
        if deed is FundDeed.CLOSE:
            return about or ""
        if deed is not FundDeed.ADJUST and deed not in MENDS:
            return ""
        found = next((one for one in self.table.rows.rows() if one.key == about), None)
        if found is not None and deed in MENDS:
            cells = [found.cells[at].text for at in (0, 1, 6)]
            return f"县里退回的是：{'　'.join(cells)}"
        if found is None:
            return "没选台账里的哪一笔；要更正某一笔，先在台账里选中它。"
        return f"更正的是：{found.cells[0].text} {found.cells[1].text}"

    def _lay_out(self) -> None:
        now = Card()
        line = row(gap=1.0)
        line.addWidget(Text("还有", tone=Tone.SOFT))
        line.addWidget(self.balance)
        line.addWidget(self.note, 1)
        now.body.addLayout(line)
        now.body.addWidget(self.deeds)
        self.ledger = Card("台账")
        which = Text("哪个月", tone=Tone.SOFT)
        for part in (self.order, which, self.month, self.print, self.sheet):
            self.ledger.top.addWidget(part)
        self.ledger.body.addWidget(self.table, 1)
        self.table.fill(_LEAST)
        for name, label in (
            ("way", "怎么更正"),
            ("amount", "多少（元）"),
            ("on", "哪一天"),
            ("voucher", "凭证号"),
            ("summary", "谁拨的"),
            ("reason", "为什么"),
        ):
            self._fields[name].setObjectName(f"fund-{name}")
            self.rows.add(label, self._fields[name])
        self.form.form.addWidget(self.heading)
        self.form.form.addWidget(self.named)
        self.form.form.addWidget(self.rows)
        self.form.form.addStretch(1)
        self.form.foot.addWidget(self.back)
        self.form.foot.addStretch(1)
        self.form.foot.addWidget(self.confirm)
        self.sheets.add(self.ledger)
        self.sheets.add(self.form)
        self.body.addWidget(self.said)
        self.body.addWidget(now)
        self.body.addWidget(self.sheets, 1)

    def fit(self, *, low: bool, narrow: bool) -> None:
        """How the ledger reads is known after the first look."""
        del low
        self.order.setVisible(not narrow)

    def _connect(self) -> None:
        self.way.chosen.connect(self._answer)
        self.amount.changed.connect(self._answer)
        self.on.changed.connect(self._answer)
        for figure in (self.amount, self.on):
            figure.refused.connect(partial(self.rows.show_problem, figure))
        for line in (self.voucher, self.summary, self.reason):
            line.committed.connect(self._answer)
        self.deeds.chosen.connect(self.chosen)
        self.back.clicked.connect(self.back_requested)
        self.confirm.clicked.connect(self._confirm)
        self.table.current.connect(self.entry_chosen)
        self.table.opened.connect(self.entry_opened)
        self.month.currentIndexChanged.connect(self._choose_month)
        self.print.clicked.connect(self.print_requested)
        self.sheet.clicked.connect(self.sheet_requested)

    @Slot(object)
    def _answer(self, value: object) -> None:
        field = self.sender()
        if isinstance(field, QWidget):
            self.rows.clear(field)
            self.answered.emit(field.objectName().removeprefix("fund-"), value)

    @Slot()
    def _choose_month(self) -> None:
        month = self.month.currentData()
        if isinstance(month, str):
            self.month_chosen.emit(month)

    @Slot()
    def _confirm(self) -> None:
        """The field at hand counts as typed, though it was not left."""
        field = QApplication.focusWidget()
        if isinstance(field, LineEdit) and self.isAncestorOf(field):
            field.commit()
        if not self.rows.unread():
            self.confirm_requested.emit()
