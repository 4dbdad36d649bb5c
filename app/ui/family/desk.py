"""What the family page asks of the services, each in one job for the store thread. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.family import FamilyChange, FamilyDeed, FamilyPlan
from app.domain.households import Household
from app.domain.ids import HouseholdId
from app.domain.problem import Refused
from app.services.duplicates import Duplicates, Typed
from app.services.family_changes import FamilyChanges, Undoable
from app.services.households import Households


@dataclass(frozen=True, slots=True)
class FamilySeen:
    """A household as it stands, and the deed that can still be taken back."""

    household: Household
    undoable: Undoable | None


@dataclass(frozen=True, slots=True)
class Planned:
    """What a deed would do, or what is still wanting; and who looks like the one who comes."""

    plan: FamilyPlan | None
    wanting: str = ""
    alike: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FamilyDesk:
    """Jobs of this page. Call from the store thread only."""

    households: Households
    families: FamilyChanges
    duplicates: Duplicates

    def see(self, household: HouseholdId) -> FamilySeen:
        """The household as it stands. Raises Refused F-01."""
        return FamilySeen(self.households.get(household), self.families.undoable(household))

    def plan(self, change: FamilyChange) -> Planned:
        """What would change, said before it does; half-filled forms say what is wanting."""
        alike = self._alike(change)
        try:
            return Planned(self.families.plan(change), alike=alike)
        except Refused as refused:
            return Planned(None, f"{refused.what}{refused.do}", alike)

    def do(self, change: FamilyChange) -> tuple[FamilySeen, FamilyDeed]:
        """Do it. Raises Refused."""
        self.families.do(change)
        return self.see(change.household), change.kind

    def undo(self, household: HouseholdId) -> tuple[FamilySeen, FamilyDeed]:
        """Take the newest deed back. Raises Refused."""
        self.families.undo(household)
        return self.see(household), FamilyDeed.UNDO

    def _alike(self, change: FamilyChange) -> tuple[str, ...]:
        newcomer = change.newcomer
        if newcomer is None:
            return ()
        typed = Typed(
            name=newcomer.name,
            id_number=newcomer.id_number,
            birth=newcomer.birth,
            phone=newcomer.phone,
            household=change.household,
        )
        return tuple(one.text for one in self.duplicates.alike(typed))
