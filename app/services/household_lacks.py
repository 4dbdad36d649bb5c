"""What the papers of a household still lack: facts nobody filled in, papers not handed in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.application_events import ApplicationEvent
from app.domain.application_states import APPLICATION
from app.domain.clock import Clock
from app.domain.households import Household
from app.domain.ids import HouseholdId
from app.domain.people import IdKind
from app.services.application_file import known_of
from app.services.application_lacks import lacks_of
from app.services.ground_rules import GroundRules
from app.services.missing import no_household
from app.services.relief_debts import debts_of
from app.services.work import Begin

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class HouseholdLacks:
    """Use case of the list of what is missing. Call from the store thread only."""

    begin: Begin
    clock: Clock
    rules: GroundRules

    def of(self, household_id: HouseholdId) -> list[str]:
        """Each missing thing in words, once. Raises Refused F-01 for no such household."""
        with self.begin() as work:
            household = work.households.get(household_id)
            if household is None:
                raise no_household()
            if household.ended_on is not None:
                return list(self._owed(work, household_id))
            found = [
                *facts_missing(household),
                *self._of_applications(work, household_id),
                *self._owed(work, household_id),
            ]
        return list(dict.fromkeys(found))

    def _of_applications(self, work: UnitOfWork, household: HouseholdId) -> Iterator[str]:
        """Materials and signatures of applications under way."""
        for application in work.casework.applications_of(household):
            if APPLICATION.may(application.status, ApplicationEvent.WITHDRAW):
                for lack in lacks_of(known_of(work, self.rules, application)):
                    yield lack.what

    def _owed(self, work: UnitOfWork, household: HouseholdId) -> Iterator[str]:
        """Papers of relief that was given first."""
        for one in work.casework.relief_of(household):
            parts = work.relief.instalments(one.id)
            for debt in debts_of(work, self.rules, one, parts, self.clock.now()):
                yield f"先行救助（{one.event.label}）{debt}"


def facts_missing(household: Household) -> Iterator[str]:
    """Facts every paper asks for."""
    for member in household.members:
        person = member.person
        if person.id_kind is IdKind.RESIDENT and not person.id_number:
            yield f"{person.name}的身份证号"
        if person.birth is None:
            yield f"{person.name}的出生日期"
    if not household.phone:
        yield "联系电话"
    if not household.bank_account:
        yield "银行卡号"
