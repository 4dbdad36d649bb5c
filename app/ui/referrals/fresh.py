"""A new lead as it is typed, and its draft: kept at every answer until it is noted. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final, Self

from app.domain.households import HouseholdLine
from app.domain.ids import HouseholdId, LeadId
from app.domain.referral_words import LeadSource
from app.services.drafts import Drafts
from app.services.referrals import Referrals
from app.services.visit_following import NewLead
from app.services.work import finishing

_PREFIX: Final = "lead:"


@dataclass(frozen=True, slots=True)
class NewLeadForm:
    """The lead as typed: a household, or a name nobody has a household for."""

    line: HouseholdLine | None = None
    who: str = field(default="", repr=False)
    source: LeadSource | None = None
    content: str = field(default="", repr=False)
    due_on: date | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing was answered yet."""
        return self == NewLeadForm()

    @property
    def key(self) -> str:
        """Ends in the household, so that the draft goes when the household is handed over."""
        return f"{_PREFIX}{'new' if self.line is None else self.line.id}"

    def as_draft(self) -> dict[str, Any]:
        """As stored."""
        return {
            "household": None if self.line is None else self.line.id,
            "who": self.who,
            "source": self.source,
            "content": self.content,
            "due_on": None if self.due_on is None else self.due_on.isoformat(),
        }

    @classmethod
    def of_draft(cls, draft: Mapping[str, Any], line: HouseholdLine | None) -> Self:
        """As it was left."""
        source, due_on = draft.get("source"), draft.get("due_on")
        return cls(
            line=line,
            who=str(draft.get("who") or ""),
            source=None if source is None else LeadSource(source),
            content=str(draft.get("content") or ""),
            due_on=None if due_on is None else date.fromisoformat(due_on),
        )


@dataclass(frozen=True, slots=True)
class LeadDesk:
    """Jobs around a new lead. Call from the store thread only."""

    referrals: Referrals

    @property
    def drafts(self) -> Drafts:
        """Leads half told."""
        return Drafts(self.referrals.begin)

    def unfinished(self) -> NewLeadForm | None:
        """The lead that was left half told."""
        for key in self._keys():
            draft = self.drafts.get(key)
            if draft is not None:
                household = draft.get("household")
                line = None if household is None else self.referrals.line_of(HouseholdId(household))
                return NewLeadForm.of_draft(draft, line)
        return None

    def keep(self, form: NewLeadForm) -> None:
        """Keep it as it stands; there is one, whoever it is about by now."""
        if not form.is_blank:
            self.drafts.keep(form.key, form.as_draft())
        for key in self._keys():
            if form.is_blank or key != form.key:
                self.drafts.drop(key)

    def drop(self) -> None:
        """It is not wanted after all."""
        for key in self._keys():
            self.drafts.drop(key)

    def note(self, form: NewLeadForm, today: date) -> LeadId:
        """Note it; its draft goes in the same transaction. Raises Refused F-01, F-77, F-78."""
        new = NewLead(
            content=form.content,
            found_on=today,
            source=form.source or LeadSource.SELF,
            household=None if form.line is None else form.line.id,
            who=form.who,
            due_on=form.due_on,
        )
        begin = finishing(self.referrals.begin, form.key)
        return replace(self.referrals, begin=begin).note_lead(new)

    def _keys(self) -> list[str]:
        return [key for key in self.drafts.keys() if key.startswith(_PREFIX)]  # noqa: SIM118  # a use case, not a dict
