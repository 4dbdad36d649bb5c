"""Visits of a span of days with whom they were made to, and who was seen since a day."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, RowMapping, bindparam, func, or_, select

from app.domain.application_states import GRANTED
from app.domain.casework import Channel, Health, Housing, Met, Supplies, channel_of
from app.models.base import table_of
from app.models.casework import ApplicationRow, VisitRow
from app.models.people import HouseholdRow, PersonRow
from app.store.among import among
from app.store.prepared import Prepared
from app.store.queries.at_home import somebody_home
from app.store.queries.worklist import ASSISTED
from app.store.tiers import Tier, once_in, tiers_of

_APPLICATION = table_of(ApplicationRow)
_VISIT = table_of(VisitRow)
_HOUSEHOLD = table_of(HouseholdRow)
_PERSON = table_of(PersonRow)

_MET_SOMEBODY: Final = (_VISIT.c.met != Met.NOBODY) & _VISIT.c.adds_to_id.is_(None)
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
_AT_HOME: Final = (_VISIT.c.met.in_((Met.SELF, Met.FAMILY))) & (
    _VISIT.c.channel.is_(None) | (_VISIT.c.channel == Channel.HOME)
)
_SEEN: Final = select(func.count(func.distinct(_VISIT.c.household_id))).where(
    _VISIT.c.visited_on == bindparam("day"), _AT_HOME, _VISIT.c.adds_to_id.is_(None)
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
        & _VISIT.c.adds_to_id.is_(None)
        & _VISIT.c.visited_on.between(bindparam("first"), bindparam("last")),
    )
    .where(~_HOUSEHOLD.c.is_removed, _HOUSEHOLD.c.ended_on.is_(None))
    .where(somebody_home(_HOUSEHOLD.c.id))
    .group_by(_HOUSEHOLD.c.id)
    .order_by(_HOUSEHOLD.c.group_name, func.length(_HOUSEHOLD.c.door), _HOUSEHOLD.c.door)
)  # fmt: skip
_CONTACT: Final = _MET_SOMEBODY & (_VISIT.c.visited_on <= bindparam("last"))
_CONTACTED: Final = (
    select(
        _VISIT.c.household_id, _VISIT.c.visited_on, _VISIT.c.met, _VISIT.c.channel,
        _VISIT.c.health, _VISIT.c.supplies, _VISIT.c.housing,
    )
    .where(_CONTACT)
    .order_by(_VISIT.c.household_id, _VISIT.c.visited_on, _VISIT.c.id)
)  # fmt: skip
_MET: Final = _CONTACTED.where(_VISIT.c.visited_on >= bindparam("first"))
_FIRST_MET: Final = (
    select(_VISIT.c.household_id, func.min(_VISIT.c.visited_on).label("on"))
    .where(_CONTACT)
    .group_by(_VISIT.c.household_id)
)
_IN_DANGER: Final = _CONTACTED.where(
    _VISIT.c.household_id.in_(
        select(_VISIT.c.household_id).where(
            or_(
                _VISIT.c.health == Health.HOSPITAL,
                _VISIT.c.supplies == Supplies.SHORT,
                _VISIT.c.housing == Housing.DANGEROUS,
            )
        )
    )
)
_GRANTED_ON: Final = Prepared(
    select(_APPLICATION.c.household_id, func.max(_APPLICATION.c.decided_on).label("decided_on"))
    .where(_APPLICATION.c.household_id.in_(among("households")))
    .where(or_(*(_APPLICATION.c.status == one.value for one in GRANTED)))
    .where(_APPLICATION.c.decided_on.is_not(None))
    .group_by(_APPLICATION.c.household_id)
)


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
class Contacted:
    """One time somebody was met or spoken to, by which road, and what was answered."""

    household: str
    on: date
    road: Channel
    said: Mapping[str, str | None]
    """By question (`app.store.queries.worklist.QUESTIONS`)."""


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

    def met(self, first: date, last: date) -> list[Contacted]:
        """Every contact of the span, by household, the oldest first."""
        rows = self.connection.execute(_MET, {"first": first, "last": last})
        return [_contacted(row) for row in rows.mappings()]

    def first_met(self, last: date) -> dict[str, date]:
        """When each household was first met or spoken to, of those that were by a day."""
        rows = self.connection.execute(_FIRST_MET, {"last": last})
        return {row.household_id: row.on for row in rows}

    def once_in_danger(self, last: date) -> list[Contacted]:
        """Every contact up to a day with households that ever said something dangerous."""
        rows = self.connection.execute(_IN_DANGER, {"last": last})
        return [_contacted(row) for row in rows.mappings()]

    def seen_on(self, day: date) -> int:
        """How many households somebody was met at on a day; a call is not walked."""
        number: int = self.connection.execute(_SEEN, {"day": day}).scalar_one()
        return number

    def granted_on(self, households: Sequence[str]) -> dict[str, date]:
        """Of `households`, those something was granted to, and on which day last."""
        rows = _GRANTED_ON.rows(self.connection, {"households": json.dumps(list(households))})
        return {row["household_id"]: row["decided_on"] for row in rows}

    def tiers(self, households: Sequence[str]) -> Mapping[str, tuple[Tier, ...]]:
        """Household → which tier it stood in from which day, the oldest first."""
        return tiers_of(self.connection, households)

    def once_assisted(self) -> set[str]:
        """Households somebody answered for each month at some time, as far as is known here."""
        return once_in(self.connection, ASSISTED)

    def swept(self, first: date, last: date) -> list[Swept]:
        """Every household of the village with somebody at home, by group and door, and whether it
        was seen there."""
        rows = self.connection.execute(_PLACES, {"first": first, "last": last})
        return [
            Swept(row.id, row.group_name, row.door, row.name or "", row.seen_on) for row in rows
        ]


def _contacted(row: RowMapping) -> Contacted:
    return Contacted(
        row["household_id"],
        row["visited_on"],
        Channel(row["channel"] or channel_of(Met(row["met"]))),
        {"health": row["health"], "supplies": row["supplies"], "housing": row["housing"]},
    )
