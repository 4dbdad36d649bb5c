"""Visits of a span of days with whom they were made to, and who was seen since a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, bindparam, func, select

from app.domain.casework import Channel, Met, channel_of
from app.models.base import table_of
from app.models.casework import VisitRow
from app.models.people import HouseholdRow, PersonRow

_VISIT = table_of(VisitRow)
_HOUSEHOLD = table_of(HouseholdRow)
_PERSON = table_of(PersonRow)

_BETWEEN: Final = (
    select(
        _VISIT.c.visited_on, _VISIT.c.household_id, _VISIT.c.met, _VISIT.c.channel, _VISIT.c.note,
        _PERSON.c.name, _HOUSEHOLD.c.group_name, _HOUSEHOLD.c.door,
    )
    .join(_HOUSEHOLD, _HOUSEHOLD.c.id == _VISIT.c.household_id)
    .outerjoin(_PERSON, _PERSON.c.id == _HOUSEHOLD.c.head_person_id)
    .where(_VISIT.c.visited_on.between(bindparam("first"), bindparam("last")))
    .where(_VISIT.c.adds_to_id.is_(None))
    .order_by(_VISIT.c.visited_on, _VISIT.c.id)
)  # fmt: skip
_SEEN: Final = select(func.count(func.distinct(_VISIT.c.household_id))).where(
    _VISIT.c.visited_on == bindparam("day"),
    _VISIT.c.met != Met.NOBODY,
    _VISIT.c.adds_to_id.is_(None),
)
_AT_HOME: Final = (_VISIT.c.met.in_((Met.SELF, Met.FAMILY))) & (
    _VISIT.c.channel.is_(None) | (_VISIT.c.channel == Channel.HOME)
)
_PLACES: Final = (
    select(
        _HOUSEHOLD.c.id, _HOUSEHOLD.c.group_name, _HOUSEHOLD.c.door, _PERSON.c.name,
        func.max(_VISIT.c.visited_on).label("seen_on"),
    )
    .outerjoin(_PERSON, _PERSON.c.id == _HOUSEHOLD.c.head_person_id)
    .outerjoin(
        _VISIT,
        (_VISIT.c.household_id == _HOUSEHOLD.c.id)
        & _AT_HOME
        & _VISIT.c.visited_on.between(bindparam("first"), bindparam("last")),
    )
    .where(~_HOUSEHOLD.c.is_removed, _HOUSEHOLD.c.ended_on.is_(None))
    .group_by(_HOUSEHOLD.c.id)
    .order_by(_HOUSEHOLD.c.group_name, func.length(_HOUSEHOLD.c.door), _HOUSEHOLD.c.door)
)  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False)
class RoundVisit:
    """One visit with whom it was made to."""

    on: date
    household: str
    met: Met
    road: Channel
    note: str
    who: str
    place: str


@dataclass(frozen=True, slots=True, repr=False)
class Swept:
    """A household and the last day in the span on which somebody was met at its door."""

    household: str
    group: str
    door: str
    who: str
    seen_on: date | None


@dataclass(frozen=True, slots=True)
class RoundQueries:
    """Questions about rounds within one transaction."""

    connection: Connection

    def between(self, first: date, last: date) -> list[RoundVisit]:
        """Visits of the span, both days included, in order; addenda are no visits."""
        rows = self.connection.execute(_BETWEEN, {"first": first, "last": last})
        return [
            RoundVisit(
                row.visited_on,
                row.household_id,
                Met(row.met),
                Channel(row.channel or channel_of(Met(row.met))),
                row.note,
                row.name or "",
                f"{row.group_name}{row.door}",
            )
            for row in rows
        ]

    def seen_on(self, day: date) -> int:
        """How many households were met on a day."""
        number: int = self.connection.execute(_SEEN, {"day": day}).scalar_one()
        return number

    def swept(self, first: date, last: date) -> list[Swept]:
        """Every household of the village, by group and door, and whether it was seen at home."""
        rows = self.connection.execute(_PLACES, {"first": first, "last": last})
        return [
            Swept(row.id, row.group_name, row.door, row.name or "", row.seen_on) for row in rows
        ]
