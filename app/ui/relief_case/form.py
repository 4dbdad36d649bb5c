"""What may be asked about one 先行救助, each deed asking for some of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtWidgets import QWidget

from app.domain.relief_case import LATE_PAPERS
from app.domain.relief_words import Afterwards, ApprovalWay, CheckResult
from app.ui.theme.tokens import Tone
from app.ui.widgets.choices import ChoiceRow
from app.ui.widgets.deedcard import DeedCard, Question
from app.ui.widgets.figures import OR_TODAY, DateEdit, MoneyEdit
from app.ui.widgets.inputs import LineEdit
from app.ui.widgets.labels import Text
from app.ui.widgets.several import SeveralRow

_ALIASES: Final = {
    "home_visited_on": "visited",
    "notice_from": "posted",
    "notice_to": "ended",
}
"""Fields the service names otherwise than the page."""
_NO_PAPERS: Final = (("", "都没有"), *((paper, paper) for paper in LATE_PAPERS))


class DeedFields(DeedCard):
    """The fields of the page of one 先行救助."""

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        self.by = LineEdit(hint="姓名")
        self.how = ChoiceRow.of_words(ApprovalWay)
        self.amount = MoneyEdit()
        self.apart = LineEdit(hint="写清是哪两件事，县里看得到；是同一件就点“先不做”")
        self.parts = LineEdit(hint="每月给多少：500、300、200")
        self.note = LineEdit(hint="想补一句就写，可不填")
        self.reason = LineEdit(hint="写一句为什么，会留在记录里")
        self.on = DateEdit(today=today, hint=OR_TODAY)
        self.text = LineEdit(hint="都交齐了可不填；有没交的，写为什么")
        self.items = SeveralRow(_NO_PAPERS)
        self.checked = LineEdit(hint="核对回来怎么说，可不填")
        self.visited = DateEdit(today=today)
        self.posted = DateEdit(today=today)
        self.ended = DateEdit(today=today, past=False)
        self.result = ChoiceRow.of_words(CheckResult)
        self.afterwards = ChoiceRow.of_words(Afterwards)
        self.payee_name = LineEdit(hint="问到的姓名")
        self.payee_id_number = LineEdit(hint="没有就空着")
        self.receipt_no = LineEdit(hint="收据本上印的号，比如：0012345")
        questions = (
            Question("payee_name", "姓名", self.payee_name),
            Question("payee_id_number", "证件号码", self.payee_id_number),
            Question("receipt_no", "收据号", self.receipt_no),
            Question("by", "谁同意的", self.by),
            Question("how", "怎么同意的", self.how),
            Question("amount", "多少（元）", self.amount),
            Question("apart", "不是同一件事", self.apart),
            Question("parts", "每次多少", self.parts),
            Question("on", "哪一天", self.on),
            Question("reason", "为什么", self.reason),
            Question("items", "补了哪些", self.items),
            Question("text", "补充说明", self.text),
            Question("checked", "核对结果", self.checked),
            Question("visited", "哪天入户", self.visited),
            Question("posted", "公示从", self.posted),
            Question("ended", "公示到", self.ended),
            Question("result", "结论", self.result),
            Question("afterwards", "后面怎么办", self.afterwards),
            Question("note", "补一句", self.note),
        )
        super().__init__("deed", questions, aliases=_ALIASES, parent=parent)
        self.explained = Text("", tone=Tone.SOFT, wrap=True)
        self.form.insertWidget(1, self.explained)

    def explain(self, text: str) -> None:
        """What will happen; nothing for a deed that says so itself."""
        self.explained.setText(text)
        self.explained.setVisible(bool(text))
