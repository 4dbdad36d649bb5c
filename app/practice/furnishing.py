"""Making the practice village ready for the window: its county, its people, their past visits."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.domain.ids import HouseholdId
from app.practice.county import PracticeCounty
from app.practice.village import PracticeVillage, practice_village
from app.services.policies import Policies
from app.services.visits import RecordVisit

if TYPE_CHECKING:
    from app.services.desk import Desk

OFFICER: Final = "练习员"


def practice_county(home: Path) -> PracticeCounty:
    """The county beside the practice vault, with the practice pack published; not yet serving."""
    county = PracticeCounty(home / "practice-county")
    county.folder.mkdir(parents=True, exist_ok=True)
    return county


def furnish(county: PracticeCounty, home: Path) -> Path:
    """Set the county up, publish its pack and start it; the enrolment file it wrote."""
    policies = Policies()
    county.found()
    bundle = county.folder / "pack.json"
    bundle.write_bytes(policies.bundle(policies.load("practice")))
    county.ask("publish-pack", str(bundle.resolve()))
    county.serve()
    ticket = home / "practice-enrolment.json"
    county.invite(ticket, officer=OFFICER)
    return ticket


def settle_village(
    desk: Desk, on: date, village: PracticeVillage | None = None
) -> dict[str | None, HouseholdId]:
    """The generated people with everything known about them, and the visits already made.

    Returns who is who: households by their head's ID number.
    """
    people = village or practice_village()
    desk.households.add_all(people.households, kind="practice.settled")
    homes = {
        each.head_member.person.id_number: each.id
        for each in people.households
        if each.head_member is not None
    }
    past_visits(desk, people, homes, on)
    return homes


def past_visits(
    desk: Desk, village: PracticeVillage, homes: dict[str | None, HouseholdId], on: date
) -> int:
    """Record the village's earlier visits, oldest first; how many. `homes`: by head's number."""
    past = sorted(
        (visit for each in village.members for visit in each.visits),
        key=lambda visit: -visit.days_before,
    )
    for visit in past:
        desk.visits.record(
            RecordVisit(
                household=homes[visit.head_id_number],
                visited_on=visit.on(on),
                met=visit.met,
                health=visit.health,
                supplies=visit.supplies,
                housing=visit.housing,
                income_change=visit.income_change,
                need=visit.need,
                note=visit.note,
            )
        )
    return len(past)
