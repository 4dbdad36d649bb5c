"""The 入户调查 form as a value, and its draft. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Self

from app.domain.ids import ApplicationId, HouseholdId
from app.services.investigations import RecordInvestigation


@dataclass(frozen=True, slots=True)
class InvestigationForm:
    """The answers so far."""

    household: HouseholdId
    application: ApplicationId | None
    investigated_on: date | None
    first: str = ""
    second: str = ""
    respondent: str = field(default="", repr=False)
    answers: Mapping[str, str] = field(default_factory=dict, repr=False)
    fits: bool | None = None
    conclusion: str = field(default="", repr=False)

    @property
    def key(self) -> str:
        """Under which key it is kept; it ends with the household, which takes it along."""
        return draft_key(self.household, self.application)

    def answered(self, name: str, value: object) -> InvestigationForm:
        """The form with one field changed; a name with a colon is one of the answers."""
        if name.startswith("answers:"):
            return replace(self, answers={**self.answers, name.partition(":")[2]: str(value)})
        return replace(self, **{name: value})  # type: ignore[arg-type]  # the view knows the types

    def request(self, today: date) -> RecordInvestigation:
        """What is asked of the service."""
        return RecordInvestigation(
            household=self.household,
            application=self.application,
            investigated_on=self.investigated_on or today,
            investigators=(self.first, self.second),
            respondent=self.respondent,
            answers=self.answers,
            fits=self.fits,
            conclusion=self.conclusion,
            draft_key=self.key,
        )

    def as_draft(self) -> dict[str, Any]:
        """As stored."""
        day = self.investigated_on
        return {
            "investigated_on": None if day is None else day.isoformat(),
            "first": self.first,
            "second": self.second,
            "respondent": self.respondent,
            "answers": dict(self.answers),
            "fits": self.fits,
            "conclusion": self.conclusion,
        }

    def with_draft(self, draft: Mapping[str, Any]) -> Self:
        """As it was left."""
        day = draft.get("investigated_on")
        left = {**draft, "investigated_on": None if day is None else date.fromisoformat(day)}
        return replace(self, **left)


def draft_key(household: HouseholdId, application: ApplicationId | None) -> str:
    """Under which key the form is kept."""
    return f"investigation:{application or 'none'}:{household}"
