"""The visit form as a value: what has been answered so far, and its draft. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Final, Self

from app.domain.casework import Channel, Health, Housing, IncomeChange, Met, Need, Supplies, Visit
from app.domain.ids import HouseholdId
from app.domain.problem import Refused
from app.domain.referral_words import ReferralNeed
from app.domain.visit_words import (
    CarerDuty,
    Cleanliness,
    Explained,
    FireSafety,
    FollowUp,
    Satisfaction,
    VisitKind,
)
from app.domain.visiting import KeptFile, Strokes
from app.domain.words import Word
from app.services.drafts import OF_A_VISIT
from app.services.visit_following import LONGEST_CONTENT, Following
from app.services.visits import RecordVisit

ROAD: Final[dict[str, type[Word]]] = {"channel": Channel}
"""By which road: one digit, and at home where nothing is said, so that most visits need none."""

CHOICES: Final[dict[str, type[Word]]] = {
    "met": Met,
    "health": Health,
    "supplies": Supplies,
    "housing": Housing,
    "income_change": IncomeChange,
    "need": Need,
}
"""Fields answered by one digit, in talk order."""

WELFARE: Final[dict[str, type[Word]]] = {
    "cleanliness": Cleanliness,
    "dwelling": Cleanliness,
    "fire_safety": FireSafety,
    "carer": CarerDuty,
}
"""Further questions of a welfare check, one digit each (F15)."""

ASKED: Final[dict[str, type[Word]]] = {
    "explained": Explained,
    "satisfaction": Satisfaction,
}
"""Questions of the pack in force, one digit each; never filled in from the time before."""

AFTER: Final[dict[str, type[Word]]] = {
    "follow_up": FollowUp,
    "ref_need": ReferralNeed,
    "kind": VisitKind,
}
"""Choices below the note; a routine visit needs none of them."""

ANSWERS: Final = {**CHOICES, **WELFARE, **ASKED}
WORDS: Final = {**ROAD, **ANSWERS, **AFTER}

ORDER: Final = (
    "household", "visited_on", *ROAD, *CHOICES, *WELFARE, *ASKED, "note", "again_on", "follow_up",
    "lead_text", "to_org", "ref_need", "consented", "kind", "photos", "signature",
)  # fmt: skip
"""Talk order of the whole form, which is the tab order."""

FOLDED: Final = (
    *(name for name in ANSWERS if name != "met"), "follow_up", "kind", "signature",
)  # fmt: skip
"""Rows nobody can answer when nobody was at home."""

AGAIN_AFTER: Final = timedelta(days=3)
"""When to go again where nobody was at home, unless another day is chosen."""

_REFERRED: Final = frozenset({FollowUp.REFERRAL, FollowUp.PROTECTION})
"""What is handed on to somebody else."""

_NEEDS: Final = {Need.MEDICAL: ReferralNeed.MEDICAL, Need.CARE: ReferralNeed.CARE}
"""What a need is handed on as, unless another is chosen."""

_ALARMS: Final[dict[Word, str]] = {
    Health.ILL: "身体：生病",
    Supplies.SHORT: "吃饭穿衣：不够",
    Housing.DANGEROUS: "住房：危险",
    Need.RELIEF: "需要：临时救助",
}
"""Answers after which relief is offered at once (ux §4.3)."""


@dataclass(frozen=True, slots=True)
class VisitForm:
    """The answers so far; None where nothing was answered yet."""

    household: HouseholdId | None
    visited_on: date | None
    channel: Channel = Channel.HOME
    met: Met | None = None
    health: Health | None = None
    supplies: Supplies | None = None
    housing: Housing | None = None
    income_change: IncomeChange | None = None
    need: Need | None = None
    cleanliness: Cleanliness | None = None
    dwelling: Cleanliness | None = None
    fire_safety: FireSafety | None = None
    carer: CarerDuty | None = None
    explained: Explained | None = None
    satisfaction: Satisfaction | None = None
    note: str = field(default="", repr=False)
    again_on: date | None = None
    follow_up: FollowUp | None = None
    lead_text: str = field(default="", repr=False)
    to_org: str = ""
    ref_need: ReferralNeed | None = None
    consented: bool | None = None
    kind: VisitKind = VisitKind.ROUTINE
    files: tuple[KeptFile, ...] = ()
    signature: Strokes = field(default=(), repr=False)
    asks: frozenset[str] = field(default=frozenset(), compare=False)
    """Which of `ASKED` the pack in force wants; no answer of hers."""

    @property
    def is_nobody_home(self) -> bool:
        """Whether the rest of the questions makes no sense."""
        return self.met is Met.NOBODY

    @property
    def is_blank(self) -> bool:
        """Whether nothing but the day stands in it."""
        return self == VisitForm(household=None, visited_on=self.visited_on)

    @property
    def shown(self) -> frozenset[str]:
        """The rows that make sense now."""
        away = set(FOLDED) if self.is_nobody_home else {"again_on"}
        if self.kind is not VisitKind.WELFARE:
            away |= WELFARE.keys()
        away |= ASKED.keys() - self.asks
        if self.is_nobody_home or self.follow_up is not FollowUp.LEAD:
            away.add("lead_text")
        if self.is_nobody_home or self.follow_up not in _REFERRED:
            away.add("to_org")
        if self.is_nobody_home or self.follow_up is not FollowUp.REFERRAL:
            away |= {"ref_need", "consented"}
        return frozenset(ORDER) - away

    def goes_again_on(self, today: date) -> date | None:
        """When somebody goes again, `today` at the earliest where no day was chosen; None where
        somebody was at home."""
        if not self.is_nobody_home or self.visited_on is None:
            return None
        return self.again_on or max(self.visited_on + AGAIN_AFTER, today)

    @property
    def unasked(self) -> str:
        """Where the cursor goes after the answers of last time: what only today can answer."""
        open_ones = (name for name in ASKED if name in self.shown and getattr(self, name) is None)
        return next(open_ones, "note")

    @property
    def following(self) -> Following | None:
        """The lead or referral the visit ends with; what was noted is its content."""
        how = self.follow_up
        if self.is_nobody_home or how not in {FollowUp.LEAD, *_REFERRED} or how is None:
            return None
        said = (self.lead_text if how is FollowUp.LEAD else "").strip() or self.note
        return Following(
            how=how,
            content=said.strip()[:LONGEST_CONTENT],
            to_org=self.to_org,
            need=self._referred_for,
            consented=how is FollowUp.REFERRAL and bool(self.consented),
        )

    @property
    def _referred_for(self) -> ReferralNeed:
        if self.follow_up is FollowUp.PROTECTION:
            return ReferralNeed.PROTECTION
        return self.ref_need or _NEEDS.get(self.need or Need.NONE, ReferralNeed.OTHER)

    @property
    def noticed(self) -> str:
        """What a case is opened for: what was noted, else the need that was chosen."""
        if self.note.strip() or self.need in (None, Need.NONE, Need.OTHER):
            return self.note.strip()
        return f"需要{self.need.label}"

    @property
    def alarms(self) -> tuple[str, ...]:
        """The answers that call for relief at once, in village words."""
        if self.is_nobody_home:
            return ()
        answers = (self.health, self.supplies, self.housing, self.need)
        return tuple(_ALARMS[answer] for answer in answers if answer in _ALARMS)

    def answered(self, name: str, value: object) -> VisitForm:
        """The form with one field changed; a visit always has a kind and a road, and who was
        spoken to by telephone was not met at home."""
        if name == "kind" and value is None:
            value = VisitKind.ROUTINE
        if name == "channel":
            value = value or Channel.HOME
            calls = self.met is Met.PHONE and value is not Channel.PHONE
            return replace(self, channel=value, met=None if calls else self.met)  # type: ignore[arg-type]  # as below
        form = replace(self, **{name: value})  # type: ignore[arg-type]  # the view knows the types
        if name == "met" and Met.PHONE in (self.met, value):
            return replace(form, channel=Channel.PHONE if value is Met.PHONE else Channel.HOME)
        return form

    def under(self, typed: VisitForm, today: date) -> VisitForm:
        """This form, kept earlier, with what has been typed since on top of it."""
        form = self
        for name, value in typed.as_draft("").items():
            if name == "at" or value in (None, "", (), [], VisitKind.ROUTINE, Channel.HOME):
                continue
            if name == "visited_on" and typed.visited_on == today:
                continue  # the day every new form starts with
            form = form.answered(name, getattr(typed, name))
        return form

    def like(self, last: Visit) -> VisitForm:
        """The same answers as `last`; household, day and note stay as they are."""
        return replace(
            self,
            channel=last.channel,
            met=last.met,
            health=last.health,
            supplies=last.supplies,
            housing=last.housing,
            income_change=last.income_change,
            need=last.need,
            cleanliness=last.cleanliness,
            dwelling=last.dwelling,
            fire_safety=last.fire_safety,
            carer=last.carer,
        )

    def request(self, draft_key: str, today: date) -> RecordVisit:
        """What is asked of the service; a signature is still to be added to its files.

        Raises Refused for what a visit cannot do without.
        """
        if self.household is None:
            raise Refused(
                "还没选是哪一户。",
                do="请在“哪一户”里找到这户再保存。",
                code="F-40",
                field="household",
            )
        if self.visited_on is None:
            raise Refused(
                "还没填哪一天去的。", do="请填走访日期。", code="F-41", field="visited_on"
            )
        if self.met is None:
            raise Refused("还没选见到谁。", do="请按数字选一个。", code="F-42", field="met")
        shown = self.shown
        answers = {name: getattr(self, name) for name in ANSWERS if name in shown}
        return RecordVisit(
            household=self.household,
            visited_on=self.visited_on,
            channel=self.channel,
            **answers,
            kind=self.kind,
            note=self.note,
            again_on=self.goes_again_on(today),
            following=self.following,
            files=self.files,
            draft_key=draft_key,
        )

    def as_draft(self, at: str) -> dict[str, Any]:
        """As stored; `at` is the field committed last, so that the cursor finds the next one."""
        return {
            "household": self.household,
            "visited_on": None if self.visited_on is None else self.visited_on.isoformat(),
            "note": self.note,
            "again_on": None if self.again_on is None else self.again_on.isoformat(),
            "lead_text": self.lead_text,
            "to_org": self.to_org,
            "consented": self.consented,
            "files": [kept.as_fields() for kept in self.files],
            "signature": self.signature,
            "at": at,
        } | {name: getattr(self, name) for name in WORDS}

    @classmethod
    def of_draft(cls, draft: Mapping[str, Any], asks: frozenset[str] = frozenset()) -> Self:
        """The form as it was left, under the pack in force now."""
        answers: dict[str, Any] = {
            name: words(draft[name]) for name, words in WORDS.items() if draft.get(name)
        }
        return cls(
            household=draft.get("household"),
            visited_on=_day(draft.get("visited_on")),
            note=str(draft.get("note", "")),
            again_on=_day(draft.get("again_on")),
            lead_text=str(draft.get("lead_text", "")),
            to_org=str(draft.get("to_org", "")),
            consented=draft.get("consented"),
            files=tuple(KeptFile.of_fields(one) for one in draft.get("files", ())),
            signature=tuple(tuple((x, y) for x, y in line) for line in draft.get("signature", ())),
            asks=asks,
            **answers,
        )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def draft_key(household: HouseholdId | None) -> str:
    """Under which key the form of a household is kept."""
    return f"{OF_A_VISIT}{household or 'new'}"


def next_field(form: VisitForm, after: str) -> str:
    """The field the cursor belongs in when `after` has been committed."""
    shown = [name for name in ORDER if name in form.shown]
    at = shown.index(after) if after in shown else -1
    return shown[min(at + 1, len(shown) - 1)]
