"""Households: finding them, opening them, and everything that has happened to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.clock import Clock
from app.domain.happening import Happening
from app.domain.households import Household, HouseholdLine
from app.domain.ids import HouseholdId, PersonId, new_id
from app.domain.problem import Refused
from app.domain.roster import RosterHousehold
from app.services.household_records import write_household
from app.services.missing import no_household
from app.services.paid_now import PaidNow, paid_in
from app.services.roster_doubles import Sifted, sift
from app.services.roster_places import of_other_villages, require_own_county
from app.services.timeline import timeline_of
from app.services.work import Begin

FOUND_AT_ONCE = 30
"""So many answers fit the list under the search box; more letters narrow it."""


@dataclass(frozen=True, slots=True)
class Households:
    """Use cases around one household. Call from the store thread only."""

    begin: Begin
    clock: Clock

    def find(self, text: str, limit: int = FOUND_AT_ONCE) -> list[HouseholdLine]:
        """Whom `text` finds: part of a name, pinyin, initials, a number's tail, a door."""
        with self.begin() as work:
            return work.households.find(text, limit)

    def lines(self) -> list[HouseholdLine]:
        """Every household, by group and door."""
        with self.begin() as work:
            return work.households.lines()

    def count(self) -> int:
        """How many households there are."""
        with self.begin() as work:
            return work.households.count()

    def get(self, household_id: HouseholdId) -> Household:
        """One household with everything in it. Raises Refused when there is none."""
        with self.begin() as work:
            found = work.households.get(household_id)
        if found is None:
            raise no_household()
        return found

    def open(self, household_id: HouseholdId) -> Household:
        """`get`, remembered among the households opened lately."""
        household = self.get(household_id)
        with self.begin() as work:
            work.local.note_opened(household_id)
            work.commit()
        return household

    def called(self, household_id: HouseholdId) -> str:
        """The household as people call it: 赵大山户（三组12号）; also one that has ended."""
        with self.begin() as work:
            return work.families.places([household_id]).get(household_id, "")

    def note_reveal(self, household_id: HouseholdId, person_id: PersonId) -> None:
        """Log that a masked ID number was shown (security R10)."""
        with self.begin() as work:
            work.note(
                kind="person.number_shown", subject=household_id, facts={"person_id": person_id}
            )
            work.commit()

    def note_card_shown(self, household_id: HouseholdId) -> None:
        """Log that a whole bank card number was shown (security R10)."""
        with self.begin() as work:
            work.note(kind="household.card_shown", subject=household_id, facts={})
            work.commit()

    def add_all(self, households: Sequence[Household], *, kind: str = "roster.imported") -> int:
        """Store households that are new here, all of them or none. Returns how many.

        Raises Refused when one of their ID numbers already belongs to somebody.
        """
        numbers = [
            member.person.id_number
            for household in households
            for member in household.members
            if member.person.id_number is not None
        ]
        with self.begin() as work:
            if work.people.holders_of(numbers):
                raise _all_here()
            for household in households:
                write_household(work, household, kind=kind)
            work.commit()
        return len(households)

    def add_roster(self, found: Sequence[RosterHousehold]) -> Sifted:
        """Store the households of a roster whose people are new here, in one transaction.

        What went in, and who looks like somebody known. Raises Refused R-25 for another county's
        roster, R-30 where nobody in it is new.
        """
        with self.begin() as work:
            require_own_county(work, found)
            sifted = sift(work, found)
            if not sifted.fresh:
                raise _all_here()
            for each in sifted.fresh:
                write_household(work, each.household, kind="roster.imported")
            strange = tuple(of_other_villages(work, sifted.fresh))
            work.commit()
        return replace(sifted, warnings=(*strange, *sifted.warnings))

    def history(self, household_id: HouseholdId) -> list[Happening]:
        """Everything recorded about a household, the newest first."""
        with self.begin() as work:
            return timeline_of(work, household_id)

    def paid_now(self, household: Household) -> PaidNow:
        """What it is paid this month."""
        with self.begin() as work:
            return paid_in(work, household, self.clock.today())

    def fresh_id(self) -> HouseholdId:
        """An id for a household about to be entered by hand."""
        return HouseholdId(new_id(self.clock.now()))


def _all_here() -> Refused:
    """R-30."""
    return Refused("名册里的人已经在本机的户档案里了。", do="请先核对是不是重复导入。", code="R-30")
