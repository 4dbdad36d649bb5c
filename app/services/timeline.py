"""Everything that has happened to one household, the newest first.

A new room of casework tells of itself by one function (`timeline_rooms.py`, or a module of its
own) and one entry in `ROOMS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from app.domain.happening import Happening
from app.domain.ids import HouseholdId
from app.services import timeline_caring, timeline_handed, timeline_rooms, timeline_standing

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

Room = Callable[["UnitOfWork", HouseholdId], Iterable[Happening]]
"""What one room has to tell of a household, in any order."""

ROOMS: Final[tuple[Room, ...]] = (
    timeline_rooms.family,
    timeline_rooms.visits,
    timeline_rooms.leads,
    timeline_rooms.relief,
    timeline_rooms.applications,
    timeline_rooms.signatures,
    timeline_handed.handed,
    timeline_standing.standing,
    timeline_caring.caring,
    timeline_rooms.assessments,
    timeline_rooms.prints,
)


def timeline_of(work: UnitOfWork, household: HouseholdId) -> list[Happening]:
    """Every room's lines in one order."""
    found = [one for room in ROOMS for one in room(work, household)]
    return sorted(found, key=lambda one: (one.on, one.entity_id), reverse=True)
