"""What the facts page asks of the services, each in one job for the store thread. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.households import Household
from app.domain.ids import HouseholdId
from app.domain.procedure import ReturnComment
from app.services.application_file import ApplicationFiles
from app.services.drafts import Drafts
from app.services.duplicates import Duplicates, Typed
from app.services.household_corrections import Correction, HouseholdCorrections
from app.services.households import Households


@dataclass(frozen=True, slots=True)
class FactsDesk:
    """Jobs of this page. Call from the store thread only."""

    households: Households
    corrections: HouseholdCorrections
    duplicates: Duplicates
    drafts: Drafts
    files: ApplicationFiles | None = None
    """Where the county's comments come from."""

    def comments(self, household: HouseholdId) -> tuple[ReturnComment, ...]:
        """What the county wants mended in this household's records."""
        return () if self.files is None else self.files.comments_of(household)

    def see(self, household: HouseholdId) -> Household:
        """The household as it stands. Raises Refused F-01."""
        return self.households.get(household)

    def alike(self, typed: Typed) -> tuple[str, ...]:
        """Who looks the same elsewhere, with the place."""
        return tuple(one.text for one in self.duplicates.alike(typed))

    def draft(self, key: str) -> Mapping[str, Any] | None:
        """What was typed and not put right yet."""
        return self.drafts.get(key)

    def keep(self, key: str, fields: Mapping[str, Any]) -> None:
        """Keep what was typed so far."""
        self.drafts.keep(key, fields)

    def drop(self, key: str) -> None:
        """What was typed is not wanted."""
        self.drafts.drop(key)

    def correct(self, asked: Correction, draft_key: str) -> tuple[Household, int]:
        """Put it right; the household afterwards, and how many records changed. Raises Refused."""
        changed = self.corrections.correct(asked, draft_key)
        return self.see(asked.household), changed
