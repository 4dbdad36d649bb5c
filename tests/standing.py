"""Households in 渐退 for tests: a pack of the test's own, and a means test that carries a grace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert

from app.domain.family import FamilyChange, FamilyDeed
from app.domain.grace_states import GraceEvent
from app.domain.households import Household
from app.domain.ids import AssessmentId, GraceId, HouseholdId, new_id
from app.domain.standing import GracePeriod
from app.models.base import table_of
from app.models.casework import PolicyPackRow
from app.rules.bundle import bundle_of
from app.rules.pack import Pack
from app.services.desk import begin_in
from app.services.due_keeping import DueKeeping
from app.services.family_changes import FamilyChanges
from app.services.graces import GraceFacts, Graces
from app.services.ground_rules import GroundRules
from app.services.policies import Policies
from app.services.standing import Standing
from app.services.worklist import Worklist
from app.store.unit_of_work import UnitOfWork
from tests.cases import HEAD, assessed, case_of, layered, value_toml, wage
from tests.fakes import StoppedClock
from tests.storefile import beginner, household_of

WORKER = HEAD | {"receives": ["dibao"], "self_declared_on": "2026-02-01"}
GRANT = {"member": "p1", "kind": "dibao", "amount": "235.00", "per": "month"}
TOLD = {"told_by": "镇民政办 韦主任", "paper_no": "练民渐〔2026〕3号"}
TOWNSHIP = value_toml("confirm_authority", 'value = "township"')
ROUNDED = value_toml(
    "amount_rounding", 'value = { mode = "up", step = "1.00", on = "household_total" }'
)
TIANJIN = (
    value_toml(
        "grace_schedule",
        "value = [{ months = 3, percent = 100 }, { months = 3, percent = 50 }]",
    )
    + ROUNDED
)
MANGSHI = (
    value_toml("grace_schedule", "county_must_supply = true")
    + value_toml("grace_months_least", 'value = 6\nunit = "月"')
    + value_toml("grace_months_most", 'value = 12\nunit = "月"')
    + ROUNDED
)
FROZEN = value_toml("exit_suspended", "value = true")
UNSAID = value_toml("exit_suspended", "county_must_supply = true")


@dataclass(frozen=True, slots=True)
class OnePack(Policies):
    """The pack of a test stands for the shipped one; it may be changed for another."""

    packs: list[Pack] = field(default_factory=list)

    def load(self, pack_id: str, *, at: str = "pack") -> Pack:
        """The pack at hand."""
        del pack_id, at
        return self.packs[-1]


def keep_test(
    work: UnitOfWork, household: HouseholdId, case: Any, pack: Pack, clock: StoppedClock
) -> AssessmentId:
    """Store the answer to a case under `pack` as a means test of the household."""
    made = new_id(clock.now())
    work.change(
        kind="assessment.made",
        entity="assessment",
        entity_id=made,
        subject=household,
        new=True,
        fields={
            "household_id": household,
            "assessed_on": clock.today(),
            "pack_id": "test",
            "pack_version": "1",
            "pack_sha256": pack.sha256,
            "facts": case,
            "answer": assessed(case, pack).to_json(),
            "suggested": None,
            "benefit_month_fen": None,
            "made_at": clock.now(),
        },
    )
    return AssessmentId(made)


def grace_in_room(room: Any, household: HouseholdId, toml: str = TOWNSHIP + TIANJIN) -> None:
    """In a room of the screens: a county's pack that says `toml`, and a test with a 渐退."""
    pack = layered(toml)
    case = case_of(
        WORKER, incomes=[wage("1200"), GRANT], parameters={"dibao_standard_month": "1000.00"}
    )

    def job() -> None:
        with begin_in(room.vault, room.clock)() as work:
            row = {
                "id": "pack-of-the-test",
                "pack_id": pack.id,
                "pack_version": pack.version,
                "sha256": pack.sha256,
                "bundle": bundle_of(pack).decode(),
                "published_at": room.clock.now(),
            }
            work.connection.execute(insert(table_of(PolicyPackRow)), row)
            keep_test(work, household, case, pack, room.clock)
            work.commit()

    room.do(job)


@dataclass
class Village:
    """One household on 低保, under a pack of the test's own."""

    begin: Callable[[], UnitOfWork]
    clock: StoppedClock
    policies: OnePack
    rules: GroundRules
    home: Household

    @property
    def graces(self) -> Graces:
        return Graces(self.begin, self.clock, self.rules)

    @property
    def standing(self) -> Standing:
        return Standing(self.begin, self.clock, self.rules)

    @property
    def worklist(self) -> Worklist:
        return Worklist(self.begin, self.clock, self.rules)

    def under(self, toml: str) -> None:
        """From now on the pack says this."""
        self.policies.packs.append(layered(toml))

    def tested(self, *members: Any, incomes: Any = None) -> AssessmentId:
        """A means test under the pack at hand, kept for the household."""
        known = [wage("1200"), GRANT] if incomes is None else incomes
        case = case_of(
            *(members or (WORKER,)), incomes=known, parameters={"dibao_standard_month": "1000.00"}
        )
        pack = self.policies.packs[-1]
        with self.begin() as work:
            made = keep_test(work, self.home.id, case, pack, self.clock)
            work.commit()
        return made

    def step(self, grace: GraceId, event: GraceEvent, **facts: Any) -> GracePeriod:
        """One step today, told from above where nothing else is said."""
        said = TOLD | {"note": "", "happened_on": self.clock.today()} | facts
        return self.graces.step(grace, event, GraceFacts(**said))

    def listed(self, kind: Any) -> list[Any]:
        """The rows of a kind in today's list."""
        return [item for item in self.worklist.today().items if item.kind is kind]


def bury_all(village: Village) -> None:
    """Nobody of the household is left."""
    families = FamilyChanges(village.begin, village.clock)
    for member in reversed(village.home.members):
        families.do(
            FamilyChange(
                household=village.home.id,
                kind=FamilyDeed.DEATH,
                on=village.clock.today(),
                people=(member.person.id,),
            )
        )


def village_of(engine: Any, clock: StoppedClock, toml: str = TOWNSHIP + TIANJIN) -> Village:
    """A village of one household that the county recognised as 低保."""
    from app.services.households import Households

    policies = OnePack(packs=[layered(toml)])
    rules = GroundRules(policies, clock)
    begin = beginner(engine, clock, DueKeeping(clock, rules).keep)
    home = household_of("覃兰英", "覃小雨", id_number=None)
    Households(begin, clock).add_all([home])
    return Village(begin, clock, policies, rules, home)
