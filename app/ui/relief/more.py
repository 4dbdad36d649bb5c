"""What most relief needs no word about: folded away, with what is taken where nothing is said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from app.domain.households import HouseholdLine
from app.domain.problem import Problem
from app.domain.relief_area import EventArea
from app.domain.relief_words import ApprovalWay, FundSource, ReportedBy
from app.ui.relief.form import ReliefForm
from app.ui.widgets.choices import ChoiceRow
from app.ui.widgets.count import CountEdit
from app.ui.widgets.inputs import LineEdit
from app.ui.widgets.moment import MomentEdit

_LABELS: Final = {
    "place": "在哪出的事",
    "area": "那里归哪",
    "found": "什么时候发现",
    "persons": "帮几个人",
    "reported": "怎么知道的",
    "parts": "分月给",
    "source": "从哪里出",
    "approver": "谁同意的",
    "approved_how": "怎么同意的",
}


class MoreFields:
    """The fields by name, in talk order."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.place = LineEdit(hint="具体在哪里，比如：省道岔路口；在家里就空着")
        self.area = ChoiceRow.of_words(EventArea)
        self.found = MomentEdit(now=now, hint="就是现在；早些发现的写 14:30、昨天 9:00、3.1 9:00")
        self.persons = CountEdit(least=1)
        self.reported = ChoiceRow.of_words(ReportedBy)
        self.parts = LineEdit(hint="每月给多少：500、300、200；今天给第一次。一次给完就空着")
        self.source = ChoiceRow.of_words(FundSource)
        self.approver = LineEdit(hint="镇上谁先点了头")
        self.approved_how = ChoiceRow.of_words(ApprovalWay)
        self.fields: dict[str, QWidget] = {name: getattr(self, name) for name in _LABELS}
        self.labelled = tuple((_LABELS[name], field) for name, field in self.fields.items())

    def put(self, form: ReliefForm) -> None:
        """Fill every field."""
        self.place.put(form.place)
        self.area.put(form.area)
        self.found.set_moment(form.found)
        self.persons.set_count(form.persons)
        self.reported.put(form.reported)
        self.parts.put(form.parts)
        self.source.put(form.source)
        self.approver.put(form.approver)
        self.approved_how.put(form.approved_how)

    def connect(
        self, answer: Callable[[object], None], wrong: Callable[[QWidget, Problem], None]
    ) -> None:
        """`answer` takes what was committed, `wrong` what could not be read."""
        for entry in (self.place, self.parts, self.approver):
            entry.committed.connect(answer)
        for choice in (self.area, self.reported, self.source, self.approved_how):
            choice.chosen.connect(answer)
        for figure in (self.found, self.persons):
            figure.changed.connect(answer)
            figure.refused.connect(partial(wrong, figure))

    def say_household(self, line: HouseholdLine | None) -> None:
        """How many are taken where nothing is said."""
        self.persons.setPlaceholderText(f"{taken(line)}；只帮其中几个人就改")

    def fix(self, *, fixed: bool) -> None:
        """Of what was noted before, when and for how many stand fast."""
        for field in (self.found, self.persons, self.area):
            field.setEnabled(not fixed)


def taken(line: HouseholdLine | None) -> str:
    """How many people it is for where nothing is said."""
    return "1 人" if line is None else f"全家 {max(line.members, 1)} 人"
