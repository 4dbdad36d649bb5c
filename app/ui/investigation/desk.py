"""What the page of 入户调查 asks of the services. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.casework import Application
from app.domain.households import Household
from app.domain.ids import ApplicationId, HouseholdId, InvestigationId
from app.domain.visiting import Investigation
from app.services.drafts import Drafts
from app.services.households import Households
from app.services.investigations import Investigations, RecordInvestigation
from app.ui.investigation.form import draft_key


@dataclass(frozen=True, slots=True)
class InvestigationOpening:
    """Whom it is about, for which application, what was found before, and what was left."""

    household: Household
    application: Application | None
    earlier: tuple[Investigation, ...]
    draft: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class InvestigationDesk:
    """Jobs of the page. Call from the store thread only."""

    investigations: Investigations
    households: Households
    drafts: Drafts

    def opening(self, subject: str) -> InvestigationOpening:
        """For an application, or for a household without one. Raises Refused F-01."""
        with self.investigations.begin() as work:
            application = work.casework.application(ApplicationId(subject))
        about = HouseholdId(subject) if application is None else application.household
        return InvestigationOpening(
            household=self.households.open(about),
            application=application,
            earlier=tuple(self.investigations.of(about)),
            draft=self.drafts.get(
                draft_key(about, None if application is None else application.id)
            ),
        )

    def record(self, request: RecordInvestigation) -> InvestigationId:
        """Save it. Raises Refused F-73 … F-76."""
        return self.investigations.record(request)
