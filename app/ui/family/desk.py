"""What the family page asks of the services, each in one job for the store thread. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.family import FamilyChange, FamilyDeed, FamilyPlan
from app.domain.households import Household, HouseholdLine
from app.domain.ids import HouseholdId
from app.domain.problem import Refused
from app.services.drafts import Drafts
from app.services.duplicates import Duplicates, Typed
from app.services.family_changes import FamilyChanges, Undoable
from app.services.households import Households
from app.ui.family.asking import OTHER


@dataclass(frozen=True, slots=True)
class FamilySeen:
    """A household as it stands, the deed that can be taken back, and the one half told."""

    household: Household
    undoable: Undoable | None
    draft: Mapping[str, Any] | None = None
    other: HouseholdLine | None = None
    """The other household the draft names, where it is still here."""


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
    drafts: Drafts

    def see(self, household: HouseholdId) -> FamilySeen:
        """The household as it stands. Raises Refused F-01."""
        draft = self.drafts.get(draft_key(household))
        other = None if draft is None else draft["values"].get(OTHER)
        return FamilySeen(
            self.households.get(household),
            self.families.undoable(household),
            draft,
            next((line for line in self.households.lines() if line.id == other), None)
            if other
            else None,
        )

    def keep(self, household: HouseholdId, fields: Mapping[str, Any]) -> None:
        """Keep what was told of a deed so far."""
        self.drafts.keep(draft_key(household), fields)

    def drop(self, household: HouseholdId) -> FamilySeen:
        """The deed half told is not wanted."""
        self.drafts.drop(draft_key(household))
        return self.see(household)

    def plan(self, change: FamilyChange) -> Planned:
        """What would change, said before it does; half-filled forms say what is wanting."""
        alike = self._alike(change)
        try:
            return Planned(self.families.plan(change), alike=alike)
        except Refused as refused:
            return Planned(None, f"{refused.what}{refused.do}", alike)

    def do(self, change: FamilyChange) -> tuple[FamilySeen, FamilyDeed]:
        """Do it. Raises Refused."""
        self.families.do(change, draft_key(change.household))
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


def draft_key(household: HouseholdId) -> str:
    """Under which key the deed half told of a household is kept."""
    return f"family:{household}"
