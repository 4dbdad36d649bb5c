"""The relief page: four answers and the money is given; below, what has been given and still owes
its papers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.casework import Relief
from app.domain.households import HouseholdLine
from app.domain.ids import ReliefId
from app.domain.money import Money
from app.domain.problem import Problem
from app.ui.relief.card import ReliefCard
from app.ui.relief.desk import Standing
from app.ui.relief.form import APART, MORE, ReliefForm
from app.ui.relief.listing import ReliefListing
from app.ui.relief.more import taken
from app.ui.relief.rows import ReliefRows
from app.ui.relief.side import ReliefSide
from app.ui.relief.table import amount_hint, capitals
from app.ui.runner import Runner
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button
from app.ui.widgets.inputs import LineEdit
from app.ui.widgets.labels import Icon
from app.ui.widgets.layout import column
from app.ui.widgets.page import PageFrame, Split
from app.ui.widgets.picker import Find
from app.ui.widgets.places import SaveDialog

_SIDE_NEEDS: Final = 74
_FORM_SHARE: Final = 3
"""How much more room the form has than what was given."""
_GIVEN: Final = "已经给过的"
_FORM: Final = "回去登记"


class ReliefView(PageFrame):
    """Says which field was answered (`answered(str, object)`) and what was asked for."""

    picked = Signal(object)
    named = Signal(str)
    answered = Signal(str, object)
    amount_typed = Signal(object)
    pay_requested = Signal()
    refer_requested = Signal()
    report_requested = Signal()
    more_requested = Signal()
    fund_requested = Signal()
    opened = Signal(object)
    throw_away_requested = Signal()
    take_back_requested = Signal()
    chosen = Signal(object)
    supplement_requested = Signal()
    receipt_requested = Signal()
    approval_requested = Signal()
    file_requested = Signal()
    placed = Signal(str)

    def __init__(
        self,
        *,
        find: Find,
        runner: Runner,
        side: ReliefSide,
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            "先行救助 — 先给，后补", hint="四格填完就能给钱给物，别的以后补", parent=parent
        )
        self.head.insertWidget(0, Icon("urgent", Tone.BAD, ratio=1.6))
        self.side = side
        self.rows = ReliefRows(find=find, runner=runner, now=now)
        self.payee, self.what, self.amount = self.rows.payee, self.rows.what, self.rows.amount
        self.capitals, self.way, self.goods = self.rows.capitals, self.rows.way, self.rows.goods
        self.note, self.others, self._fields = self.rows.note, self.rows.others, self.rows.fields
        card = self.card = ReliefCard(self.rows)
        self.paid, self.said, self.follows, self.stamp = (
            card.paid,
            card.said,
            card.follows,
            card.stamp,
        )
        self.throw, self.more = card.throw, card.more
        self.pay, self.refer, self.report = card.pay, card.refer, card.report
        self.fund = Button("备用金", icon="cash")
        self.given = Button(_GIVEN, icon="list-check")
        self.given.hide()
        self.listing = ReliefListing()
        self.table, self.number = self.listing.table, self.listing.number
        self.card_of, self.receipt = self.listing.card_of, self.listing.receipt
        self.approval, self.supplement = self.listing.approval, self.listing.supplement
        self._has_fund = False
        self._low = False
        self._narrow = False
        self._lay_out()
        self._connect()
        self.show_chosen(None)

    @property
    def is_untouched(self) -> bool:
        """Whether the cursor stands where the page put it and the search field is empty."""
        focus = QApplication.focusWidget()
        elsewhere = focus is not None and self.isAncestorOf(focus) and focus is not self.payee
        return not elsewhere and not self.payee.typed_name()

    def put(self, form: ReliefForm, line: HouseholdLine | None) -> None:
        """Fill every field."""
        self.rows.put(form, line)
        self._tell_taken(line)
        self.problem.hide()
        self.said.hide()

    def show_form(self, form: ReliefForm) -> None:
        """Goods are named; who is only a name is said to be no obstacle."""
        self.rows.show_row(self.goods, shown=form.is_goods)
        self.rows.show_row(self.rows.apart, shown=bool(form.apart))
        if self.rows.apart.text() and not form.apart:
            self.rows.apart.put("")
        self.throw.setVisible(not form.is_blank)
        stranger = bool(form.payee.name) and form.payee.household is None
        text = "名单里没有这个人：先按名字登记，身份证以后补。" if stranger else ""
        if form.is_unknown:
            text = "不知道姓名也能给：先登记；以后问到了，在这一笔里点“问到姓名了”。"
        self.rows.say(self.payee, text, Tone.INFO)

    def show_standing(self, standing: Standing, chosen: ReliefId | None) -> None:
        """What may be paid, what must follow, and what was paid."""
        self.amount.setPlaceholderText(amount_hint(standing.allowance))
        self.side.show_allowance(standing.allowance)
        self.others.area.rename(standing.areas)
        self._has_fund = standing.allowance.fund is not None
        self.listing.show_standing(standing, chosen)
        self._both.setStretchFactor(self.listing, 1 if standing.cases else 0)

    def show_more(self, *, shown: bool) -> None:
        """The fields most relief needs no word about."""
        for name in MORE:
            self.rows.show_row(self._fields[name], shown=shown)
        self.rows.show_row(self.others.source, shown=shown and self._has_fund)
        self.more.setVisible(not shown)
        self.card.form.activate()

    def show_follows(self, text: str) -> None:
        """What this follows on; nothing for relief of its own."""
        self.follows.setText(text)
        self.follows.setVisible(bool(text))

    def show_noted(self, text: str) -> None:
        """What was noted before is gone on with; whom and what it is about stand fast."""
        self.follows.setText(text or self.follows.text())
        self.follows.setVisible(bool(self.follows.text()))
        self.report.setVisible(not text)
        for fixed in (self.payee, self.what):
            fixed.setEnabled(not text)
        self.others.fix(fixed=bool(text))

    def offer_referral(self, *, offered: bool) -> None:
        """Whether the same answers can go up instead."""
        self.refer.setVisible(offered)

    def show_chosen(self, case: Relief | None) -> None:
        """What can be done about the payment chosen in the list."""
        self.listing.show_chosen(case)

    def warn_amount(self, text: str) -> None:
        """A line under the amount."""
        self.rows.say(self.amount, text, Tone.WARN)

    def show_paid(self, headline: str, detail: str) -> None:
        """The payment stands."""
        self.paid.say(headline, detail, tone=Tone.OK, icon="circle-check")
        self.paid.action.hide()
        self.go_to("payee")

    def tell_paper(self, detail: str, *, to_file: bool) -> None:
        """What became of the paper; a file is offered where no printer took it."""
        self.paid.say(
            self.paid.headline.text() or "单据", detail, tone=Tone.OK, icon="circle-check"
        )
        self.paid.action.setVisible(to_file)

    def ask_place(self, name: str) -> None:
        """Ask where to put the PDF; the answer comes as `placed`."""
        dialog = SaveDialog(self, title="存成 PDF", name=name, kinds="PDF (*.pdf)")
        dialog.placed.connect(self.placed)
        dialog.open()

    def hide_paid(self) -> None:
        """A new form begins."""
        self.paid.hide()

    def say(self, text: str, *, undo: bool = False) -> None:
        """One line below the form."""
        self.said.say(text, tone=Tone.OK, icon="circle-check")
        self.said.action.setVisible(undo)

    def fit(self, *, low: bool, narrow: bool) -> None:
        """The form has all of a low window; what was given takes its place when asked for."""
        self._low = low
        self.given.setVisible(low)
        self._narrow = narrow
        self.stamp.setVisible(not low)
        self._show_capitals()
        self._bring(listing=False)

    def go_to(self, field: str) -> None:
        """Put the cursor into a field."""
        self._bring(listing=False)
        self._fields[field].setFocus(Qt.FocusReason.OtherFocusReason)
        self.card.show_field(self._fields[field])

    def _bring(self, *, listing: bool) -> None:
        """Where there is no room for both, either the form or what was given."""
        self.listing.setVisible(listing or not self._low)
        self.card.setVisible(not listing or not self._low)
        self.given.say(_FORM if listing else _GIVEN)

    def lock(self) -> None:
        """Take no input while paying: a second payment must not slip in."""
        self.rows.setEnabled(False)
        self.pay.setEnabled(False)

    def unlock(self) -> None:
        """Take input again."""
        self.rows.setEnabled(True)
        self.pay.setEnabled(True)

    def show_problem(self, problem: Problem) -> None:
        """On top of the page, and at its field where it has one."""
        self.problem.show_problem(problem)
        name = self.rows.named_in(problem)
        if name is not None:
            field = self._fields[name]
            if name in MORE and field.isHidden():
                self.show_more(shown=True)
            self.rows.show_row(self.rows.apart, shown=name == APART or bool(self.rows.apart.text()))
            self.rows.show_problem(field, problem)
            self.go_to(name)

    def _lay_out(self) -> None:
        self.head.addWidget(self.given)
        self.head.addWidget(self.fund)
        main = QWidget()
        box = column(gap=0.7)
        main.setLayout(box)
        box.addWidget(self.card, _FORM_SHARE)
        box.addWidget(self.listing)
        self._both = box
        self.body.addWidget(Split(main, self.side, share=(3, 1), needs=_SIDE_NEEDS), 1)

    def _connect(self) -> None:
        self.payee.picked.connect(self._pick)
        self.payee.named.connect(self.named)
        self.payee.committed.connect(self._name)
        self.payee.failed.connect(self.show_problem)
        self.what.chosen.connect(self._answer)
        self.amount.textChanged.connect(self._show_capitals)
        self.amount.changed.connect(self._answer)
        self.amount.refused.connect(self._refuse_amount)
        self.way.chosen.connect(self._answer)
        self.goods.committed.connect(self._answer)
        self.note.committed.connect(self._answer)
        self.rows.apart.committed.connect(self._answer)
        self.others.connect(self._answer, self.rows.show_problem)
        self.more.clicked.connect(self.more_requested)
        self.refer.clicked.connect(self._refer)
        self.report.clicked.connect(self._report)
        self.fund.clicked.connect(self.fund_requested)
        self.given.clicked.connect(self._turn)
        self.table.opened.connect(self.opened)
        self.card_of.clicked.connect(self._open_card)
        self.throw.clicked.connect(self.throw_away_requested)
        self.pay.clicked.connect(self._pay)
        self.said.action.clicked.connect(self.take_back_requested)
        self.paid.action.clicked.connect(self.file_requested)
        self.table.current.connect(self.chosen)
        self.receipt.clicked.connect(self.receipt_requested)
        self.approval.clicked.connect(self.approval_requested)
        self.supplement.clicked.connect(self.supplement_requested)
        self._show_capitals()

    @Slot(object)
    def _pick(self, line: HouseholdLine) -> None:
        self.rows.clear(self.payee)
        self._tell_taken(line)
        self.picked.emit(line)

    @Slot(str)
    def _name(self, text: str) -> None:
        """The field was left with something in it: a household says so itself, a name does not."""
        if self.payee.household() is None:
            self._tell_taken(None)
            self.named.emit(text.strip())

    def _tell_taken(self, line: HouseholdLine | None) -> None:
        """What is taken where nothing is said."""
        self.others.say_household(line)
        self.more.say(f"别的情况（没说就按：{taken(line)}，现在发现，在本村）")

    @Slot(object)
    def _answer(self, value: object) -> None:
        field = self.sender()
        if isinstance(field, QWidget):
            self.rows.clear(field)
            self.answered.emit(field.objectName(), value)

    @Slot()
    def _show_capitals(self) -> None:
        money = self.amount.typed_money()
        self.capitals.setText(capitals(money))
        self.rows.show_row(self.capitals, shown=bool(self.amount.text()) or not self._narrow)
        self.capitals.set_tone(Tone.TEXT if isinstance(money, Money) else Tone.FAINT)
        self.amount_typed.emit(money)

    @Slot(object)
    def _refuse_amount(self, problem: Problem) -> None:
        self.rows.show_problem(self.amount, problem)

    @Slot()
    def _pay(self) -> None:
        if self._commit():
            self.pay_requested.emit()

    @Slot()
    def _refer(self) -> None:
        if self._commit():
            self.refer_requested.emit()

    @Slot()
    def _report(self) -> None:
        if self._commit():
            self.report_requested.emit()

    def _commit(self) -> bool:
        """The field at hand counts as typed, though it was not left; whether all can be read."""
        field = QApplication.focusWidget()
        if isinstance(field, LineEdit) and self.isAncestorOf(field):
            field.commit()
        return not self.rows.unread()

    @Slot()
    def _turn(self) -> None:
        self._bring(listing=self.listing.isHidden())

    @Slot()
    def _open_card(self) -> None:
        key = self.table.current_key()
        if key is not None:
            self.opened.emit(key)
