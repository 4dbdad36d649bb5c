"""What may be asked on the page 照料备案, each deed asking for some of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtWidgets import QWidget

from app.domain.caring import AbilityKind, CareEnd, ComplaintChannel, Have, WatchCause
from app.domain.people import SelfCare
from app.ui.widgets.choices import ChoiceRow
from app.ui.widgets.deedcard import DeedCard, Question
from app.ui.widgets.figures import OR_TODAY, DateEdit, MoneyEdit
from app.ui.widgets.inputs import LineEdit
from app.ui.widgets.several import SeveralRow

_ACTS: Final = (((), "都能自己做"), *((act, act.label) for act in SelfCare))
_SAID: Final = "写一句，会留在记录里"


class CaringFields(DeedCard):
    """The fields of the page 照料备案."""

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        self.cause = ChoiceRow.of_words(WatchCause)
        self.channel = ChoiceRow.of_words(ComplaintChannel)
        self.ended_by = ChoiceRow.of_words(CareEnd)
        self.has_standard = ChoiceRow.of_words(Have)
        self.has_plan = ChoiceRow.of_words(Have)
        self.note = LineEdit(hint=_SAID)
        questions = (
            Question("name", "是谁", LineEdit(hint="姓名；只有一个人的空着")),
            Question("ended_by", "为什么停", self.ended_by),
            Question("has_standard", "服务标准和标识", self.has_standard),
            Question("has_plan", "应急预案", self.has_plan),
            Question("unable", "自己做不了哪些", SeveralRow(_ACTS)),
            Question("assessor", "评估人", LineEdit(hint="第一个人的姓名")),
            Question("other_assessor", "另一个评估人", LineEdit(hint="第二个人的姓名")),
            Question("ability_kind", "首次还是复核", ChoiceRow.of_words(AbilityKind)),
            Question("carer", "照料人", LineEdit(hint="谁来照料")),
            Question("carer_phone", "照料人电话", LineEdit()),
            Question("carer_relation", "和本人什么关系", LineEdit(hint="女儿、侄子、邻居")),
            Question("carer_id_number", "照料人身份证号", LineEdit(hint="还不知道就空着")),
            Question("carer_address", "照料人住哪里", LineEdit()),
            Question("fee", "每月护理费（元）", MoneyEdit()),
            Question("services", "照料什么", LineEdit(hint="吃饭、洗衣、陪看病")),
            Question("starts_on", "从哪天", DateEdit(today=today, past=False)),
            Question("ends_on", "到哪天", DateEdit(today=today, past=False)),
            Question("cause", "哪一类", self.cause),
            Question("channel", "怎么来的", self.channel),
            Question("who", "谁反映的", LineEdit(hint="不肯说的空着")),
            Question("content", "反映什么", LineEdit(hint=_SAID)),
            Question("answer", "怎么答复的", LineEdit(hint=_SAID)),
            Question("need", "什么难处", LineEdit(hint=_SAID)),
            Question("note", "怎么样、为什么", self.note),
            Question("finding", "看到什么", LineEdit(hint="可不填，会印在备注里")),
            Question("by_whom", "谁来办", LineEdit(hint="找了谁、请谁办；自己办的空着")),
            Question("due_on", "说定哪天做", DateEdit(today=today, past=False)),
            Question("happened_on", "哪一天", DateEdit(today=today, hint=OR_TODAY)),
            Question("told_by", "谁定的", LineEdit(hint="哪个单位、谁")),
            Question("paper_no", "文书编号", LineEdit(hint="照文书上的编号抄")),
        )
        super().__init__("caring", questions, parent=parent)
