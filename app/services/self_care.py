"""生活自理能力评估: which of the six acts somebody can do, as two assessors saw it on a day.

What they found is what is on record from that day on; the assessment itself is written once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from app.domain.caring import AbilityKind, SelfCareAssessment
from app.domain.clock import Clock
from app.domain.households import Household
from app.domain.ids import HouseholdId
from app.domain.people import Member, SelfCare
from app.domain.problem import Refused
from app.services.caring_steps import CaringFacts, require_day, require_said, write_new
from app.services.missing import no_household
from app.services.signed_days import births_of
from app.services.work import Begin

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSelfCare:
    """An assessment as it is asked for; `name` of a member, empty where only one lives there.

    `unable` are the acts that cannot be done, None while nobody said; `kind` None leaves it to what
    is on record.
    """

    household: HouseholdId
    name: str = field(default="", repr=False)
    unable: Sequence[SelfCare] | None
    assessors: tuple[str, str] = field(repr=False)
    assessed_on: date
    kind: AbilityKind | None = None
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class SelfCareAssessments:
    """Use cases for 生活自理能力评估. Call from the store thread only."""

    begin: Begin
    clock: Clock

    def record(self, new: NewSelfCare) -> str:
        """Write one down. Raises Refused F-01, L-03, L-04, L-06, L-19, L-20."""
        with self.begin() as work:
            home = work.households.get(new.household)
            if home is None:
                raise no_household()
            person = _who(home, new.name).person
            unable = _unable(new)
            assessors = _assessors(new, home)
            known = [one for one in work.caring.abilities_of(home.id) if one.person == person.id]
            facts = CaringFacts(happened_on=new.assessed_on)
            require_day(facts, (), self.clock.today(), births_of(home, person.id))
            acts = {act.value: act not in unable for act in SelfCare}
            made = write_new(
                work,
                "self_care_assessment",
                home.id,
                {
                    "person_id": person.id,
                    "kind": new.kind or (AbilityKind.REVIEW if known else AbilityKind.FIRST),
                    "assessed_on": new.assessed_on,
                    "acts": acts,
                    "assessors": list(assessors),
                    "note": new.note.strip(),
                },
                self.clock.now(),
            )
            if not any(one.assessed_on > new.assessed_on for one in known):
                _write_person(work, home.id, person.id, acts)
            work.commit()
        return made


def newest_of(work: UnitOfWork, household: HouseholdId, person: str) -> SelfCareAssessment | None:
    """The newest assessment of one person, or None."""
    found = work.caring.abilities_of(household)
    return next((one for one in found if one.person == person), None)


def _write_person(work: UnitOfWork, household: str, person: str, acts: dict[str, bool]) -> None:
    """What the assessors saw is what a means test goes on from."""
    work.change(
        kind="self_care_assessment.recorded",
        entity="person",
        entity_id=person,
        subject=household,
        fields={"self_care": acts},
    )


def _who(home: Household, name: str) -> Member:
    """Raises Refused L-06."""
    called = name.strip()
    found = [one for one in home.members if not called or one.person.name == called]
    if len(found) != 1:
        raise Refused(
            "评估的是哪一个人，还不清楚。",
            do="请照家庭页的姓名写一个人。",
            code="L-06",
            field="name",
        )
    return found[0]


def _unable(new: NewSelfCare) -> frozenset[SelfCare]:
    """Raises Refused L-19."""
    if new.unable is None:
        raise Refused(
            "六件事里哪些自己做不了，还没选。",
            do="请照看到的选；都能自己做就选“都能自己做”。",
            code="L-19",
            field="unable",
        )
    return frozenset(new.unable)


def _assessors(new: NewSelfCare, home: Household) -> tuple[str, str]:
    """Raises Refused L-04, L-20."""
    one, other = (name.strip() for name in new.assessors)
    require_said(one, "assessor")
    require_said(other, "other_assessor")
    family = {member.person.name for member in home.members}
    if one == other or family & {one, other}:
        raise Refused(
            "评估要两个不同的人，不能是这户自己家的人。",
            do="请写两个评估人的姓名。",
            code="L-20",
            field="other_assessor",
        )
    return one, other
