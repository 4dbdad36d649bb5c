"""A real vault with the use cases around syncing, for tests of the laptop's side."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from app.domain.casework import Met
from app.domain.households import Household
from app.domain.ids import HouseholdId
from app.domain.problem import Problem
from app.services.enrolment import Enrolment, Membership
from app.services.ground_rules import GroundRules
from app.services.households import Households
from app.services.policies import Policies
from app.services.revocation import Revocation
from app.services.syncing import Syncing
from app.services.visits import RecordVisit, Visits
from app.store.entering import open_vault
from app.store.unit_of_work import UnitOfWork
from app.store.vault import OpenVault
from app.sync.protocol.enrolment import Village
from app.sync.road import Beside, Tally, in_turn, run_here
from tests.counties import VILLAGE, DirectRoad, Office
from tests.fakes import StoppedClock
from tests.storefile import household_of
from tests.vaults import PASSPHRASE, Kept, make_vault


def at_once(ask):
    """The answer is there before anything else is done."""
    answer = Future()
    try:
        answer.set_result(ask())
    except Problem as problem:
        answer.set_exception(problem)
    return answer.result


@dataclass
class Laptop:
    """One open vault."""

    vault: OpenVault
    clock: StoppedClock

    @property
    def begin(self):
        return partial(UnitOfWork, self.vault.engine, self.clock)

    @property
    def enrolment(self) -> Enrolment:
        return Enrolment(self.begin, self.vault, self.clock)

    @property
    def syncing(self) -> Syncing:
        return Syncing(self.begin, self.vault, self.clock)

    @property
    def revocation(self) -> Revocation:
        return Revocation(self.syncing)

    @property
    def visits(self) -> Visits:
        return Visits(self.begin, self.clock, GroundRules(Policies(), self.clock))

    @property
    def households(self) -> Households:
        return Households(self.begin, self.clock)

    def join(self, office: Office, folder: Path, **ticket: object) -> Membership:
        """Enrol with `office` without a network."""
        file = folder / "ticket.json"
        file.write_bytes(office.ticket_file(**ticket))
        self.enrolment.prepare(file, fingerprint=self.enrolment.read(file).fingerprint)
        return self.enrolment.ask_over(DirectRoad(office), run_in_store=run_here)

    def sync(self, road: object, beside: Beside = in_turn) -> Tally:
        return self.syncing.sync_now(run_in_store=run_here, transport=road, beside=beside)

    def add_household(self, *names: str, **person: object) -> Household:
        household = household_of(*(names or ("覃桂英",)), **person)
        household = replace(household, village_code=VILLAGE.code)
        self.households.add_all([household])
        return household

    def visit(self, household: HouseholdId, note: str = "都好") -> str:
        return self.visits.record(
            RecordVisit(household=household, visited_on=self.clock.today(), met=Met.SELF, note=note)
        )

    def change(self, household: HouseholdId, **fields: object) -> None:
        """Change fields of a household."""
        with self.begin() as work:
            work.change(
                kind="household.changed",
                entity="household",
                entity_id=household,
                subject=household,
                fields=fields,
            )
            work.commit()

    def household(self, household_id: HouseholdId) -> Household:
        return self.households.get(household_id)


def open_laptop(kept: Kept, clock: StoppedClock) -> Laptop:
    """Unlock a vault."""
    return Laptop(open_vault(kept.directory, PASSPHRASE, clock=clock), clock)


def joined_laptop(
    office: Office, clock: StoppedClock, folder: Path, village: Village = VILLAGE
) -> Laptop:
    """One more laptop, of a new vault in `folder`, that answers for `village`."""
    colleague = open_laptop(make_vault(folder, clock), clock)
    file = folder.with_suffix(".json")
    file.write_bytes(office.ticket_file(village))
    colleague.enrolment.prepare(file, fingerprint=colleague.enrolment.read(file).fingerprint)
    colleague.enrolment.ask_over(DirectRoad(office), run_in_store=run_here)
    return colleague
