"""Beside the relief form: what the payment will still owe, and what may be paid."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from app.services.relief_asked import Allowance
from app.ui.relief.table import FOLLOW_UPS, due_text, plain_yuan
from app.ui.theme.tokens import Tone
from app.ui.widgets.formcard import InnerScroll
from app.ui.widgets.labels import IconText, Role, Text
from app.ui.widgets.layout import Card, Line, column


class ReliefSide(Card):
    """The day and the papers due, the rule that says so, and the rest of the allowance."""

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.today = today
        self.due = Text("", Role.SMALL, Tone.SOFT, wrap=True)
        self.rule = Text("", Role.SMALL, Tone.SOFT, wrap=True)
        self.left = Text("", Role.FIGURE)
        self.cap = Text("", Role.SMALL, Tone.SOFT, wrap=True)
        self.fund = Text("", Role.SMALL, Tone.SOFT, wrap=True)
        words = column(gap=0.5)
        words.addWidget(Text("给了以后要补的", Role.HEADING))
        words.addWidget(self.due)
        for paper in FOLLOW_UPS:
            words.addWidget(IconText("clipboard-list", paper))
        words.addWidget(self.rule)
        words.addWidget(Line())
        words.addWidget(Text("县里给的额度还有", tone=Tone.SOFT))
        words.addWidget(self.left)
        words.addWidget(self.cap)
        words.addWidget(self.fund)
        words.addStretch(1)
        content = QWidget()
        content.setLayout(words)
        self.body.addWidget(InnerScroll(content))

    def show_allowance(self, allowance: Allowance) -> None:
        """Fill it for a payment made today."""
        due = due_text(allowance.paperwork_due_on)
        self.due.setText(f"{due}交齐，登记后自动排进“今日工作”")
        if allowance.paperwork_due_on is None:
            self.due.setText(f"{due}；登记后照样排进“今日工作”")
        said = (allowance.paperwork_rule, allowance.decision_rule)
        self.rule.setText("\n".join(f"期限依据：{one}" for one in said if one))
        self.fund.setText(
            "还没有备用金，钱从临时救助资金里出。"
            if allowance.fund is None
            else f"备用金还有 {plain_yuan(allowance.fund)} 元"
        )
        self.left.setText(f"{plain_yuan(allowance.left)} 元")
        if allowance.most < allowance.left:
            self.left.setText(
                f"{plain_yuan(allowance.left)} 元（一笔最多 {plain_yuan(allowance.most)} 元）"
            )
        self.left.set_tone(Tone.BAD if allowance.left.fen <= 0 else Tone.TEXT)
        if allowance.cap is None:
            why = allowance.cap_rule or "县里没有定一次最多给多少"
            self.cap.setText(f"{why}，只看额度和备用金。")
        else:
            self.cap.setText(f"一次最多 {plain_yuan(allowance.cap)} 元（{allowance.cap_rule}）")
