"""The households of the practice village as stories find theirs: each is given to one story only.

They are given from the last door on, because what a practice day does of its own begins at the
first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.domain.households import Household
from app.domain.ids import HouseholdId
from app.domain.people import Member
from app.practice.interview import answered
from app.practice.village import PracticeHousehold, PracticeVillage

if TYPE_CHECKING:
    from app.rules.facts import Facts
    from app.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Home:
    """A household as it is recorded, and as it was generated."""

    recorded: Household = field(repr=False)
    made: PracticeHousehold = field(repr=False)

    @property
    def id(self) -> HouseholdId:
        """Its id in the vault."""
        return self.recorded.id

    @property
    def head(self) -> Member:
        """Its head. Raises LookupError without one."""
        head = self.recorded.head_member
        if head is None:
            raise LookupError("a practice household has a head")
        return head

    @property
    def facts(self) -> Facts:
        """What it answers in a whole interview."""
        return answered(self.recorded, self.made.household)


@dataclass(slots=True)
class Homes:
    """Who is still free. `ids`: recorded households by their head's ID number."""

    desk: Desk
    village: PracticeVillage
    ids: Mapping[str | None, HouseholdId] = field(repr=False)
    _given: set[HouseholdId] = field(default_factory=set, repr=False)

    def take(
        self,
        suits: Callable[[PracticeHousehold], bool],
        settles: Callable[[Home], bool] = bool,
    ) -> Home:
        """The last free household that suits as generated and settles as recorded.

        Raises LookupError where the village has none.
        """
        for made in reversed(self.village.members):
            head = made.household.head_member
            if head is None or not suits(made):
                continue
            found = self.ids.get(head.person.id_number)
            if found is None or found in self._given:
                continue
            home = Home(self.desk.households.get(found), made)
            if settles(home):
                self._given.add(found)
                return home
        raise LookupError("the practice village has no household for this story")
