"""The visit form as a value: what has been answered so far, and its draft. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Self

from app.domain.casework import Health, Housing, IncomeChange, Met, Need, Supplies, Visit
from app.domain.ids import HouseholdId
from app.domain.problem import Refused
from app.domain.words import Word
from app.services.visits import RecordVisit

CHOICES: Final[dict[str, type[Word]]] = {
    "met": Met,
    "health": Health,
    "supplies": Supplies,
    "housing": Housing,
    "income_change": IncomeChange,
    "need": Need,
}
"""Fields answered by one digit, in talk order."""

ORDER: Final = ("household", "visited_on", *CHOICES, "note")
"""Talk order of the whole form, which is the tab order."""

FOLDED: Final = tuple(name for name in CHOICES if name != "met")
"""Rows nobody can answer when nobody was at home."""

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
    met: Met | None = None
    health: Health | None = None
    supplies: Supplies | None = None
    housing: Housing | None = None
    income_change: IncomeChange | None = None
    need: Need | None = None
    note: str = ""

    @property
    def is_nobody_home(self) -> bool:
        """Whether the rest of the questions makes no sense."""
        return self.met is Met.NOBODY

    @property
    def is_blank(self) -> bool:
        """Whether nothing but the day stands in it."""
        return self == VisitForm(household=None, visited_on=self.visited_on)

    @property
    def alarms(self) -> tuple[str, ...]:
        """The answers that call for relief at once, in village words."""
        if self.is_nobody_home:
            return ()
        answers = (self.health, self.supplies, self.housing, self.need)
        return tuple(_ALARMS[answer] for answer in answers if answer in _ALARMS)

    def answered(self, field: str, value: object) -> VisitForm:
        """The form with one field changed."""
        return replace(self, **{field: value})  # type: ignore[arg-type]  # the view knows the types

    def like(self, last: Visit) -> VisitForm:
        """The same answers as `last`; household, day and note stay as they are."""
        return replace(
            self,
            met=last.met,
            health=last.health,
            supplies=last.supplies,
            housing=last.housing,
            income_change=last.income_change,
            need=last.need,
        )

    def request(self, draft_key: str) -> RecordVisit:
        """What is asked of the service. Raises Refused for what a visit cannot do without."""
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
        asked = not self.is_nobody_home
        return RecordVisit(
            household=self.household,
            visited_on=self.visited_on,
            met=self.met,
            health=self.health if asked else None,
            supplies=self.supplies if asked else None,
            housing=self.housing if asked else None,
            income_change=self.income_change if asked else None,
            need=self.need if asked else None,
            note=self.note,
            draft_key=draft_key,
        )

    def as_draft(self, at: str) -> dict[str, Any]:
        """As stored; `at` is the field committed last, so that the cursor finds the next one."""
        return {
            "household": self.household,
            "visited_on": None if self.visited_on is None else self.visited_on.isoformat(),
            "note": self.note,
            "at": at,
        } | {name: getattr(self, name) for name in CHOICES}

    @classmethod
    def of_draft(cls, draft: Mapping[str, Any]) -> Self:
        """The form as it was left."""
        day = draft.get("visited_on")
        answers: dict[str, Any] = {
            name: words(draft[name]) for name, words in CHOICES.items() if draft.get(name)
        }
        return cls(
            household=draft.get("household"),
            visited_on=None if day is None else date.fromisoformat(day),
            note=str(draft.get("note", "")),
            **answers,
        )


def draft_key(household: HouseholdId | None) -> str:
    """Under which key the form of a household is kept."""
    return f"{DRAFT_PREFIX}{household or 'new'}"


DRAFT_PREFIX: Final = "visit:"


def next_field(form: VisitForm, after: str) -> str:
    """The field the cursor belongs in when `after` has been committed."""
    shown = [name for name in ORDER if not (form.is_nobody_home and name in FOLDED)]
    at = shown.index(after) if after in shown else -1
    return shown[min(at + 1, len(shown) - 1)]
