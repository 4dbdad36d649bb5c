"""What may be asked about 复核, 渐退 and what is received, each deed asking for some of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtWidgets import QWidget

from app.domain.standing import BenefitKind, CaseClass, CertificateKind, EndsBy, ReviewResult
from app.ui.widgets.choices import ChoiceRow
from app.ui.widgets.deedcard import DeedCard, Question
from app.ui.widgets.figures import OR_TODAY, DateEdit, MoneyEdit
from app.ui.widgets.inputs import LineEdit

_SAME: Final = {"names": "name"}
"""A refusal's name for a field → ours."""


class DeedFields(DeedCard):
    """The fields of the page 复核渐退."""

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        self.result = ChoiceRow.of_words(ReviewResult)
        self.case_class = ChoiceRow.of_words(CaseClass)
        self.kind = ChoiceRow.of_words(BenefitKind)
        self.name = LineEdit(hint="姓名；整户享受的空着")
        self.amount = MoneyEdit()
        self.since = DateEdit(today=today, hint=OR_TODAY)
        self.ends_on = DateEdit(today=today, past=False)
        self.ends_by = ChoiceRow.of_words(EndsBy)
        self.certificate = ChoiceRow.of_words(CertificateKind)
        self.valid_to = DateEdit(today=today, past=False)
        self.reason = LineEdit(hint="写一句，会留在记录里")
        self.note = LineEdit(hint="写一句")
        self.happened_on = DateEdit(today=today, hint=OR_TODAY)
        self.told_by = LineEdit(hint="哪个单位、谁")
        self.paper_no = LineEdit(hint="照文书上的编号抄")
        self.shares = LineEdit(hint="照这样写：3个月100%，3个月50%")
        questions = (
            Question("result", "看下来怎样", self.result),
            Question("case_class", "哪一类", self.case_class),
            Question("kind", "什么待遇", self.kind),
            Question("certificate", "什么证", self.certificate),
            Question("name", "谁", self.name),
            Question("valid_to", "到哪天有效", self.valid_to),
            Question("amount", "每月（元）", self.amount),
            Question("since", "从哪天", self.since),
            Question("ends_on", "到哪天", self.ends_on),
            Question("ends_by", "为什么到期", self.ends_by),
            Question("reason", "为什么", self.reason),
            Question("note", "说明", self.note),
            Question("happened_on", "哪一天", self.happened_on),
            Question("told_by", "谁定的", self.told_by),
            Question("paper_no", "文书编号", self.paper_no),
            Question("shares", "每月发几成", self.shares),
        )
        super().__init__("standing", questions, aliases=_SAME, parent=parent)
