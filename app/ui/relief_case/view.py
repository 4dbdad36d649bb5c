"""The page of one 先行救助: what can be done now, then everything there is to know about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from app.ui.relief.table import debt_chip
from app.ui.relief_case.deeds import EXPLAINED, DeedForm, DeedKind
from app.ui.relief_case.desk import CaseView
from app.ui.relief_case.form import DeedFields
from app.ui.relief_case.table import (
    CHAIN,
    PARTS,
    STEPS,
    chain_rows,
    facts_of,
    left_text,
    part_rows,
    step_rows,
    title_text,
)
from app.ui.theme.tokens import Tone
from app.ui.widgets.buttons import Button
from app.ui.widgets.deedpage import DeedPage
from app.ui.widgets.formcard import InnerScroll
from app.ui.widgets.labels import Chip, Role, Text
from app.ui.widgets.layout import Card, column, row
from app.ui.widgets.table import Table

_ROWS = 12
_LEAST = 4.5
"""Height of the record, in body sizes: what can be done stands above it, and comes first."""
_PRIMARY = frozenset({DeedKind.PAY, DeedKind.PAY_PART, DeedKind.MAKE_UP, DeedKind.CLOSE})


class ReliefCaseView(DeedPage):
    """Says which deed was pressed and which field answered."""

    chain_opened = Signal(object)
    approval_requested = Signal()
    late_papers_requested = Signal()
    receipt_requested = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        self.fields = DeedFields(today)
        self._owed = self._owed_briefly = self._facts = self._clauses = ""
        self._is_low = False
        super().__init__("先行救助的一笔", self.fields, parent)
        self.chip = Chip("", Tone.SOFT)
        self.debts = Text("", wrap=True)
        self.facts = Text("", tone=Tone.SOFT, wrap=True)
        self.parts = Table(PARTS, name="分几次给的")
        self.steps = Table(STEPS, name="办过的")
        self.chain = Table(CHAIN, name="前后几笔")
        self.approval = Button("审批表", icon="printer")
        self.late = Button("补手续表", icon="printer")
        self.receipt = Button("收条", icon="printer")
        self._lay_out()
        self._connect()

    def show_case(self, seen: CaseView, deeds: Sequence[DeedKind]) -> None:
        """The record, what it owes, and a button for each deed."""
        case = seen.case
        self.title.setText(title_text(case))
        self.chip.say(*debt_chip(case.relief, seen.debts))
        self._spare_chip()
        owed = [f"{debt}（{debt.rule}）" if debt.rule else str(debt) for debt in seen.debts]
        left = left_text(case)
        self._owed = "\n".join([*owed, left]).strip()
        self._owed_briefly = "\n".join([*map(str, seen.debts), left]).strip()
        self.debts.setVisible(bool(self._owed))
        self.debts.set_tone(Tone.BAD if any(d.overdue for d in seen.debts) else Tone.TEXT)
        self._facts = "\n".join(f"{label}：{text}" for label, text in facts_of(case))
        self._clauses = "".join(f"\n{d.what}，依据：{d.rule}" for d in seen.debts if d.rule)
        self._tell_clauses()
        for table, rows in (
            (self.parts, part_rows(case.instalments)),
            (self.steps, step_rows(case)),
            (self.chain, chain_rows(case)),
        ):
            table.put(rows)
            table.fit_rows(_ROWS)
            table.setVisible(bool(rows))
        self.receipt.setEnabled(case.given.fen > 0)
        self._show_deeds(deeds)

    def ask(self, deed: DeedKind, fields: Sequence[str], form: DeedForm) -> None:
        """The fields of one deed instead of the record; the clauses wait with the record."""
        self.deeds.hide()
        self.debts.setText(self._owed_briefly)
        self.now.setVisible(bool(self._owed))
        self.fields.explain(EXPLAINED.get(deed, ""))
        self.bring_fields(deed.label, fields, form)

    def show_record(self) -> None:
        """The record again."""
        self.problem.hide()
        self.sheets.bring(self.record)
        self._tell_clauses()
        self.now.show()
        self.deeds.show()
        self.deeds.focus_first()

    @property
    def paper_headline(self) -> str:
        """The deed a receipt is made with stays to be read above it."""
        return self.said.headline.text() if self.said.isVisible() else super().paper_headline

    def _show_deeds(self, deeds: Sequence[DeedKind]) -> None:
        self.deeds.put(deeds, primary=_PRIMARY)
        self.nothing.setVisible(not deeds)
        if self.sheets.isVisible() and not self.fields.isVisible():
            self.deeds.focus_first()

    def fit(self, *, low: bool, narrow: bool) -> None:
        """What is owed stands below the title, too."""
        del narrow
        self._is_low = low
        self._tell_clauses()
        self._spare_chip()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """The room there is decides whether what is owed is said twice."""
        passed = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.Resize:
            self._spare_chip()
        return passed

    def _tell_clauses(self) -> None:
        """By which rule: beside what is owed, in a low window with what scrolls by itself."""
        is_asking = self.fields.isVisible()
        self.debts.setText(self._owed_briefly if self._is_low or is_asking else self._owed)
        self.facts.setText(self._facts + (self._clauses if self._is_low else ""))

    def _spare_chip(self) -> None:
        """Beside the title only where the line has room for it."""
        parts = (self.title, self.chip, self.receipt, self.approval, self.late)
        around = self._outer.contentsMargins()
        gaps = (self.head.count() - 1) * self.head.spacing() + around.left() + around.right()
        taken = sum(one.sizeHint().width() for one in parts) + gaps
        self.chip.setVisible(taken <= self._around.width())

    def _lay_out(self) -> None:
        self.after_title(self.chip)
        for button in (self.receipt, self.approval, self.late):
            self.head.addWidget(button)
        self.nothing = Text("这一笔已经办完了，没有要做的。", tone=Tone.SOFT)
        self.now = Card()
        for part in (self.debts, self.deeds, self.nothing):
            self.now.body.addWidget(part)
        content = QWidget()
        box = column(gap=0.6)
        content.setLayout(box)
        box.addWidget(self.facts)
        for heading, table in (
            ("", self.parts),
            ("", self.chain),
            ("办过的", self.steps),
        ):
            if heading:
                box.addWidget(Text(heading, Role.HEADING))
            box.addWidget(table)
        box.addStretch(1)
        self.record = Card()
        self.record.body.addWidget(InnerScroll(content, least=_LEAST), 1)
        self.sheets.add(self.record)
        self.sheets.add(self.fields)
        self.body.addWidget(self.said)
        self.body.addWidget(self.now)
        line = row()
        line.addWidget(self.sheets, 1)
        self.body.addLayout(line, 1)

    def _connect(self) -> None:
        self.chain.opened.connect(self.chain_opened)
        self.approval.clicked.connect(self.approval_requested)
        self.late.clicked.connect(self.late_papers_requested)
        self.receipt.clicked.connect(self.receipt_requested)
