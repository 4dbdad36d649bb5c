"""The fields of the relief form in talk order: four answers, a word more, and what is folded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtWidgets import QWidget

from app.domain.casework import EventKind, ReliefWay
from app.domain.households import HouseholdLine
from app.domain.problem import Problem
from app.ui.relief.form import ReliefForm
from app.ui.relief.more import MoreFields
from app.ui.runner import Runner
from app.ui.widgets.choices import ChoiceRow
from app.ui.widgets.figures import MoneyEdit
from app.ui.widgets.form import FormRows
from app.ui.widgets.inputs import LineEdit
from app.ui.widgets.labels import Role, Text
from app.ui.widgets.picker import Find, HouseholdPicker

_FIELD_OF: Final = {
    "payee_name": "payee",
    "event_note": "note",
    "approval": "approver",
    "by": "approver",
}
"""Fields the service names otherwise than the form."""


class ReliefRows(FormRows):
    """One row for each field; `fields` has them by the names of the form."""

    def __init__(
        self,
        *,
        find: Find,
        runner: Runner,
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
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
        self.apart = LineEdit(hint="写清是哪两件事，比如：下午火灾，夜里另摔伤；县里看得到")
        self.others = MoreFields(now)
        self.fields: dict[str, QWidget] = {
            "payee": self.payee,
            "event": self.what,
            "amount": self.amount,
            "way": self.way,
            "goods": self.goods,
            "note": self.note,
            "apart": self.apart,
            **self.others.fields,
        }
        self._lay_out()

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
        self.apart.put(form.apart)
        self.others.put(form)
        for field in self.fields.values():
            self.clear(field)

    def named_in(self, problem: Problem) -> str | None:
        """The field a problem is about; None for none of these."""
        name = _FIELD_OF.get(problem.field or "", problem.field or "")
        return name if name in self.fields else None

    def _lay_out(self) -> None:
        self.add("给谁", self.payee)
        self.add("什么事", self.what)
        self.add("给多少（元）", self.amount)
        self.add("大写", self.capitals)
        self.add("怎么给", self.way)
        self.add("给了什么", self.goods)
        self.add("补一句", self.note)
        self.add("不是同一件事", self.apart)
        for label, other in self.others.labelled:
            self.add(label, other)
        for name, field in self.fields.items():
            field.setObjectName(name)
