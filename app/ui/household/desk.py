"""What the household page asks of the services, each in one job for the store thread. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.happening import Happening
from app.domain.households import Household
from app.domain.ids import HouseholdId, PersonId
from app.services.change_history import ChangeHistory, FieldChange
from app.services.household_lacks import HouseholdLacks
from app.services.households import Households
from app.services.paid_now import NOTHING, PaidNow


@dataclass(frozen=True, slots=True)
class Opened:
    """What is loaded in one go; `missing` names what its papers still lack."""

    household: Household
    history: Sequence[Happening]
    missing: Sequence[str] = ()
    called: str = ""
    """The household by its head, also where nobody belongs to it any more."""
    paid: PaidNow = NOTHING
    """What it is paid this month."""


@dataclass(frozen=True, slots=True)
class HouseholdDesk:
    """Jobs of this page. Call from the store thread only."""

    households: Households
    lacks: HouseholdLacks
    changes: ChangeHistory

    def open(self, household_id: HouseholdId) -> Opened:
        """The household, remembered as opened lately. Raises Refused."""
        household = self.households.open(household_id)
        return Opened(
            household,
            self.households.history(household_id),
            self.lacks.of(household_id),
            self.households.called(household_id),
            self.households.paid_now(household),
        )

    def changed(self, household_id: HouseholdId) -> Sequence[FieldChange]:
        """Who changed what, the newest first."""
        return self.changes.of(household_id)

    def note_reveal(self, household_id: HouseholdId, person_id: PersonId) -> None:
        """Log that a number was shown."""
        self.households.note_reveal(household_id, person_id)

    def note_card_shown(self, household_id: HouseholdId) -> None:
        """Log that the bank card was shown."""
        self.households.note_card_shown(household_id)
