"""Every field of the visit form, by name, in talk order, with the rows that show them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from PySide6.QtWidgets import QWidget

from app.domain.households import HouseholdLine
from app.domain.referral_words import ReferralNeed
from app.domain.visit_words import FollowUp
from app.services.visit_roads import RoadWord
from app.ui.runner import Runner
from app.ui.theme.look import look
from app.ui.theme.tokens import Tone
from app.ui.visits.form import ORDER, WORDS, VisitForm
from app.ui.visits.photos import PhotoRow
from app.ui.widgets.choices import ChoiceRow
from app.ui.widgets.figures import DateEdit
from app.ui.widgets.form import FormRows
from app.ui.widgets.inputs import TextEdit
from app.ui.widgets.phrases import PhraseLine
from app.ui.widgets.picker import Find, HouseholdPicker
from app.ui.widgets.signature import SignatureRow

LABELS: Final = {
    "household": "哪一户",
    "visited_on": "哪一天",
    "channel": "怎么走访",
    "met": "见到谁",
    "health": "身体",
    "supplies": "吃饭穿衣",
    "housing": "住房",
    "income_change": "收入变化",
    "need": "需要什么",
    "cleanliness": "个人清洁",
    "dwelling": "屋里卫生",
    "fire_safety": "用火用电",
    "carer": "照料人",
    "explained": "政策讲了哪样",
    "satisfaction": "对救助满意吗",
    "note": "情况说明",
    "again_on": "哪天再去",
    "follow_up": "接着办",
    "lead_text": "线索写什么",
    "to_org": "转给哪里",
    "ref_need": "为了什么",
    "consented": "本人同意吗",
    "kind": "这次是",
    "photos": "照片",
    "signature": "本人签字",
}
_GOES: Final = {
    FollowUp.LEAD: "保存走访时一起记下，排进今日工作。",
    FollowUp.REFERRAL: "保存走访时一起记下；本人同意了才送出去。",
    FollowUp.PROTECTION: "保存走访时一起记下，今天就报，不用谁同意；有危险先打 110。",
}
_REPORTED: Final = ReferralNeed.PROTECTION
"""Chosen as what follows, and for no other referral."""


class VisitFields(FormRows):
    """The fields in their rows. `by_name` finds one."""

    def __init__(self, *, today: Callable[[], date], find: Find, runner: Runner) -> None:
        super().__init__()
        self._today = today
        self.household = HouseholdPicker(find=find, runner=runner)
        self.day = DateEdit(today=today, hint="3.2 或 0302，＋ － 换一天")
        self.choices = {
            name: ChoiceRow.of_words(words) for name, words in WORDS.items() if name != "ref_need"
        }
        needs = [(one, one.label) for one in ReferralNeed if one is not _REPORTED]
        self.choices["ref_need"] = ChoiceRow(needs)
        self.choices["consented"] = ChoiceRow(((True, "同意"), (False, "还没问")))
        self.note = TextEdit(hint="想到什么写什么，可不填。Alt+1…9 插入常用话，写 .. 照抄上次")
        self.again = DateEdit(today=today, past=False)
        self.lead_text = PhraseLine(hint="不写就用上面的情况说明")
        self.to_org = PhraseLine(hint="比如镇卫生院、县残联；Alt+1…9 用过的")
        self.photos = PhotoRow()
        self.signature = SignatureRow()
        self.by_name: Mapping[str, QWidget] = {
            "household": self.household,
            "visited_on": self.day,
            **self.choices,
            "note": self.note,
            "again_on": self.again,
            "lead_text": self.lead_text,
            "to_org": self.to_org,
            "photos": self.photos,
            "signature": self.signature,
        }
        for name in ORDER:
            field = self.by_name[name]
            field.setObjectName(name)
            self.add(LABELS[name], field)
        self.note.setFixedHeight(look().scale.px(4.4))

    def put(self, form: VisitForm, line: HouseholdLine | None) -> None:
        """Fill every field."""
        self.household.put_household(line)
        self.day.set_day(form.visited_on)
        for name, choice in self.choices.items():
            choice.put(getattr(form, name))
        self.note.put(form.note)
        self.lead_text.put(form.lead_text)
        self.to_org.put(form.to_org)
        self.signature.put(form.signature)
        for field in self.by_name.values():
            self.clear(field)

    def show_form(self, form: VisitForm) -> None:
        """Fold the rows that make no sense now; say what the others bring about."""
        shown = form.shown
        for name in ORDER:
            if name in _FOLDING:
                self.show_row(self.by_name[name], shown=name in shown)
        if form.is_nobody_home:
            self.say(self.choices["met"], "这户到那天再排进今日工作，不算走访过。", Tone.INFO)
            if not self.again.hasFocus():
                self.again.set_day(form.goes_again_on(self._today()))
        else:
            self.clear(self.choices["met"])
        said = _GOES.get(form.follow_up or FollowUp.NOTHING, "")
        self.say(self.choices["follow_up"], "" if form.is_nobody_home else said, Tone.INFO)
        for name in ("channel", "met", "kind"):
            self.choices[name].put(getattr(form, name))
        self.photos.put(len(form.files))

    def show_road(self, word: RoadWord) -> None:
        """Whether a contact by this road settles what is asked for."""
        self.say(self.choices["channel"], word.text, Tone.INFO if word.counts else Tone.WARN)

    def offer_phrases(self, phrases: Mapping[str, tuple[str, ...]], last: str) -> None:
        """What Alt+digit inserts in each field, and `..` in the note."""
        self.note.offer_phrases(phrases.get("note", ()))
        self.note.remember_last(last)
        self.lead_text.offer_phrases(phrases.get("lead_text", ()))
        self.to_org.offer_phrases(phrases.get("to_org", ()))


_FOLDING: Final = frozenset(ORDER) - {
    "household", "visited_on", "channel", "met", "note", "photos",
}  # fmt: skip
