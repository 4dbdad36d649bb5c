"""The relief page: four answers and the money is given; below, what has been given and still owes
its papers."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.casework import EventKind, Relief, ReliefWay
from app.domain.households import HouseholdLine
from app.domain.ids import ReliefId
from app.domain.money import Money
from app.domain.problem import Problem
from app.domain.relief_words import ApprovalWay, FundSource, ReportedBy
from app.ui.relief.desk import Standing
from app.ui.relief.form import MORE, ReliefForm
from app.ui.relief.listing import ReliefListing
from app.ui.relief.side import ReliefSide
from app.ui.relief.table import amount_hint, capitals
from app.ui.runner import Runner
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.choices import ChoiceRow
from app.ui.widgets.feedback import Bar
from app.ui.widgets.figures import MoneyEdit
from app.ui.widgets.form import FormRows
from app.ui.widgets.formcard import FormCard
from app.ui.widgets.inputs import LineEdit
from app.ui.widgets.labels import Icon, Role, Text
from app.ui.widgets.layout import column, row
from app.ui.widgets.page import PageFrame, Split
from app.ui.widgets.picker import Find, HouseholdPicker
from app.ui.widgets.places import SaveDialog

_ROWS_SHOWN: Final = 4


class ReliefView(PageFrame):
    """Says which field was answered (`answered(str, object)`) and what was asked for."""

    picked = Signal(object)
    named = Signal(str)
    answered = Signal(str, object)
    amount_typed = Signal(object)
    pay_requested = Signal()
    refer_requested = Signal()
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
        self, *, find: Find, runner: Runner, side: ReliefSide, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "先行救助 — 先给，后补", hint="四格填完就能给钱给物，别的以后补", parent=parent
        )
        self.head.insertWidget(0, Icon("urgent", Tone.BAD, ratio=1.6))
        self.side = side
        self.payee = HouseholdPicker(
            find=find,
            runner=runner,
            name="给谁",
            hint="姓名、首字母、证件后四位；不认识的直接写名字",
            unknown_allowed=True,
        )
        self.what = ChoiceRow.of_words(EventKind)
        self.amount = MoneyEdit()
        self.capitals = Text("", Role.STRONG)
        self.way = ChoiceRow.of_words(ReliefWay)
        self.goods = LineEdit(hint="比如：大米 2 袋、棉被 2 床")
        self.note = LineEdit(hint="想补一句就写，可不填；同样的一笔给第二次时要写清楚")
        self.place = LineEdit(hint="不在本村出的事，写在哪里")
        self.reported = ChoiceRow.of_words(ReportedBy)
        self.parts = LineEdit(hint="每月给多少：500、300、200；今天给第一次。一次给完就空着")
        self.source = ChoiceRow.of_words(FundSource)
        self.approver = LineEdit(hint="镇上谁先点了头")
        self.approved_how = ChoiceRow.of_words(ApprovalWay)
        self.rows = FormRows()
        self.card = FormCard()
        self.paid = Bar()
        self.said = Bar()
        self.follows = Text("", Role.STRONG, wrap=True)
        self.throw = Button("不要了", icon="trash", kind=Kind.LINK)
        self.pay = Button(
            "登记并打印收条", icon="printer", kind=Kind.PRIMARY, keys=("Ctrl+Return",)
        )
        self.more = Button("别的情况", icon="plus", kind=Kind.LINK, keys=("F8",))
        self.refer = Button("先不给，转上级批", icon="building-community", keys=("F9",))
        self.fund = Button("备用金", icon="cash")
        self.listing = ReliefListing()
        self.table, self.number = self.listing.table, self.listing.number
        self.card_of, self.receipt = self.listing.card_of, self.listing.receipt
        self.approval, self.supplement = self.listing.approval, self.listing.supplement
        self._fields: dict[str, QWidget] = {
            "payee": self.payee,
            "event": self.what,
            "amount": self.amount,
            "way": self.way,
            "goods": self.goods,
            "note": self.note,
            "place": self.place,
            "reported": self.reported,
            "parts": self.parts,
            "source": self.source,
            "approver": self.approver,
            "approved_how": self.approved_how,
        }
        self._has_fund = False
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
        self.payee.put_household(line)
        if line is None:
            self.payee.put(form.payee.name)
        self.what.put(form.event)
        self.amount.set_money(form.amount)
        self.way.put(form.way)
        self.goods.put(form.goods)
        self.note.put(form.note)
        self.place.put(form.place)
        self.reported.put(form.reported)
        self.parts.put(form.parts)
        self.source.put(form.source)
        self.approver.put(form.approver)
        self.approved_how.put(form.approved_how)
        for field in self._fields.values():
            self.rows.clear(field)
        self.problem.hide()
        self.said.hide()

    def show_form(self, form: ReliefForm) -> None:
        """Goods are named; who is only a name is said to be no obstacle."""
        self.rows.show_row(self.goods, shown=form.is_goods)
        self.throw.setVisible(not form.is_blank)
        stranger = bool(form.payee.name) and form.payee.household is None
        text = "名单里没有这个人：先按名字登记，身份证以后补。" if stranger else ""
        if form.is_unknown:
            text = "不知道姓名也能给：先登记，问到了在补手续时写清楚。"
        self.rows.say(self.payee, text, Tone.INFO)

    def show_standing(self, standing: Standing, chosen: ReliefId | None) -> None:
        """What may be paid, what must follow, and what was paid."""
        self.amount.setPlaceholderText(amount_hint(standing.allowance))
        self.side.show_allowance(standing.allowance)
        self._has_fund = standing.allowance.fund is not None
        self.listing.show_standing(standing, chosen)

    def show_more(self, *, shown: bool) -> None:
        """The fields most relief needs no word about."""
        for name in MORE:
            self.rows.show_row(self._fields[name], shown=shown)
        self.rows.show_row(self.source, shown=shown and self._has_fund)
        self.more.setVisible(not shown)
        self.card.form.activate()

    def show_follows(self, text: str) -> None:
        """What this follows on; nothing for relief of its own."""
        self.follows.setText(text)
        self.follows.setVisible(bool(text))

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

    def go_to(self, field: str) -> None:
        """Put the cursor into a field."""
        self._fields[field].setFocus(Qt.FocusReason.OtherFocusReason)
        self.card.show_field(self._fields[field])

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
        name = _FIELD_OF.get(problem.field or "", problem.field or "")
        field = self._fields.get(name)
        if field is not None:
            self.rows.show_problem(field, problem)
            self.go_to(name)

    def _lay_out(self) -> None:
        self.rows.add("给谁", self.payee)
        self.rows.add("什么事", self.what)
        self.rows.add("给多少（元）", self.amount)
        self.rows.add("大写", self.capitals)
        self.rows.add("怎么给", self.way)
        self.rows.add("给了什么", self.goods)
        self.rows.add("补一句", self.note)
        self.rows.add("在哪出的事", self.place)
        self.rows.add("怎么知道的", self.reported)
        self.rows.add("分月给", self.parts)
        self.rows.add("从哪里出", self.source)
        self.rows.add("谁同意的", self.approver)
        self.rows.add("怎么同意的", self.approved_how)
        for name, field in self._fields.items():
            field.setObjectName(name)
        self.paid.offer("存成 PDF")
        self.paid.action.hide()
        self.said.offer("撤消")
        self.head.insertWidget(self.head.count(), self.fund)
        self.follows.hide()
        self.card.form.addWidget(self.follows)
        self.card.form.addWidget(self.rows)
        line = row()
        line.addWidget(self.more)
        line.addStretch(1)
        self.card.form.addLayout(line)
        self.card.form.addStretch(1)
        self.card.body.insertWidget(1, self.said)
        self.card.body.insertWidget(2, self.paid)
        stamp = Text(
            "登记时间、经办人自动记下；登记后不能改，只能另记更正。",
            Role.SMALL,
            Tone.SOFT,
            wrap=True,
        )
        self.card.foot.addWidget(self.throw)
        self.card.foot.addWidget(stamp, 1)
        self.card.foot.addWidget(self.refer)
        self.card.foot.addWidget(self.pay)
        main = QWidget()
        box = column(gap=0.7)
        main.setLayout(box)
        box.addWidget(self.card, 1)
        box.addWidget(self.listing)
        self.body.addWidget(Split(main, self.side, share=(3, 1)), 1)

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
        for entry in (self.note, self.place, self.parts, self.approver):
            entry.committed.connect(self._answer)
        for choice in (self.reported, self.source, self.approved_how):
            choice.chosen.connect(self._answer)
        self.more.clicked.connect(self.more_requested)
        self.refer.clicked.connect(self._refer)
        self.fund.clicked.connect(self.fund_requested)
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
        self.picked.emit(line)

    @Slot(str)
    def _name(self, text: str) -> None:
        """The field was left with something in it: a household says so itself, a name does not."""
        if self.payee.household() is None:
            self.named.emit(text.strip())

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
        self.capitals.set_tone(Tone.TEXT if isinstance(money, Money) else Tone.FAINT)
        self.amount_typed.emit(money)

    @Slot(object)
    def _refuse_amount(self, problem: Problem) -> None:
        self.rows.show_problem(self.amount, problem)

    @Slot()
    def _pay(self) -> None:
        self._commit()
        self.pay_requested.emit()

    @Slot()
    def _refer(self) -> None:
        self._commit()
        self.refer_requested.emit()

    def _commit(self) -> None:
        """The field at hand counts as typed, though it was not left."""
        field = QApplication.focusWidget()
        if isinstance(field, LineEdit) and self.isAncestorOf(field):
            field.commit()

    @Slot()
    def _open_card(self) -> None:
        key = self.table.current_key()
        if key is not None:
            self.opened.emit(key)


_FIELD_OF: Final = {
    "payee_name": "payee",
    "event_note": "note",
    "approval": "approver",
    "by": "approver",
}
"""Fields the service names otherwise than the form."""
