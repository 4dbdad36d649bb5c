"""What happened to families: their events, who used to belong, and who is known by a number."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, RowMapping, bindparam, or_, select

from app.domain.family import FamilyDeed, FamilyEvent
from app.domain.ids import HouseholdId, PersonId
from app.domain.operations import Value
from app.models.base import table_of
from app.models.log import OperationRow, SearchTokenRow
from app.models.people import FamilyEventRow, HouseholdMemberRow, HouseholdRow, PersonRow
from app.store import projection
from app.store.among import among

_EVENT = table_of(FamilyEventRow)
_MEMBER = table_of(HouseholdMemberRow)
_PERSON = table_of(PersonRow)
_HOUSEHOLD = table_of(HouseholdRow)
_TOKEN = table_of(SearchTokenRow)
_OPERATION = table_of(OperationRow)
_HEAD = _PERSON.alias("head")

_OF_HOUSEHOLD: Final = (
    select(_EVENT)
    .where(_EVENT.c.household_id == bindparam("household"))
    .order_by(_EVENT.c.recorded_at, _EVENT.c.id)
)
_OF_DEED: Final = select(_EVENT).where(_EVENT.c.deed_id == bindparam("deed")).order_by(_EVENT.c.id)
_TOLD: Final = (
    select(_OPERATION.c.n)
    .where(_OPERATION.c.subject == bindparam("household"), ~_OPERATION.c.kind.startswith("family."))
    .limit(1)
)
_COUNTS_THEM: Final = (
    "assessment", "application", "application_step", "check_authorization", "emergency_relief",
    "care_agreement", "benefit", "grace_period", "income_item", "expense_item", "asset_item",
    "support_obligor", "self_care_assessment",
)  # fmt: skip
"""Records that stand on who belongs to the household, or on what each of them has."""
_DEED: Final = (
    select(_OPERATION.c.n)
    .where(_OPERATION.c.entity == "family_event", _OPERATION.c.entity_id == bindparam("event"))
    .scalar_subquery()
)
_COUNTED: Final = (
    select(_OPERATION.c.n)
    .where(
        _OPERATION.c.subject == bindparam("household"),
        _OPERATION.c.n > _DEED,
        _OPERATION.c.entity.in_(_COUNTS_THEM),
        ~_OPERATION.c.kind.startswith("family."),
    )
    .limit(1)
)
_NAMES: Final = select(_PERSON.c.id, _PERSON.c.name).where(_PERSON.c.id.in_(among("ids")))
_PLACES: Final = (
    select(_HOUSEHOLD.c.id, _HOUSEHOLD.c.group_name, _HOUSEHOLD.c.door, _HEAD.c.name.label("head"))
    .outerjoin(_HEAD, _HEAD.c.id == _HOUSEHOLD.c.head_person_id)
    .where(_HOUSEHOLD.c.id.in_(among("ids")))
)
_LIVES: Final = (
    select(
        _PERSON.c.id, _PERSON.c.name, _PERSON.c.birth_on, _MEMBER.c.household_id,
        _HOUSEHOLD.c.group_name, _HOUSEHOLD.c.door, _HEAD.c.name.label("head"),
    )
    .join(_MEMBER, _MEMBER.c.person_id == _PERSON.c.id)
    .join(_HOUSEHOLD, _HOUSEHOLD.c.id == _MEMBER.c.household_id)
    .outerjoin(_HEAD, _HEAD.c.id == _HOUSEHOLD.c.head_person_id)
    .where(~_PERSON.c.is_removed, ~_MEMBER.c.is_removed, ~_HOUSEHOLD.c.is_removed)
)  # fmt: skip
_BY_NUMBER: Final = _LIVES.where(_PERSON.c.id_number == bindparam("number"))
_BY_BIRTH: Final = _LIVES.where(_PERSON.c.birth_on == bindparam("birth"))
_BY_PHONE: Final = _LIVES.where(
    or_(_PERSON.c.phone == bindparam("phone"), _HOUSEHOLD.c.phone == bindparam("phone"))
)
_SOUNDING: Final = _LIVES.where(
    _PERSON.c.id.in_(select(_TOKEN.c.person_id).where(_TOKEN.c.token.in_(among("tokens"))))
).order_by(_PERSON.c.id)
_EVERYBODY: Final = _LIVES.add_columns(
    _PERSON.c.phone, _HOUSEHOLD.c.phone.label("home_phone")
).order_by(_PERSON.c.id)
_HOLDER: Final = select(_PERSON.c.id).where(
    _PERSON.c.id_number == bindparam("number"), ~_PERSON.c.is_removed
)
_LEFT: Final = (
    select(_PERSON.c.name, _MEMBER.c.until_on, _MEMBER.c.until_by)
    .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
    .where(_MEMBER.c.household_id == bindparam("household"), _MEMBER.c.until_on.is_not(None))
    .order_by(_MEMBER.c.until_on.desc(), _MEMBER.c.id)
)


@dataclass(frozen=True, slots=True, repr=False)
class Resident:
    """Somebody who lives in a household of the village."""

    person: PersonId
    name: str
    birth: date | None
    household: HouseholdId
    place: str
    head: str


@dataclass(frozen=True, slots=True, repr=False)
class OnRecord:
    """Somebody who lives in a household of the village, with every telephone to reach them by."""

    person: PersonId
    name: str
    birth: date | None
    household: HouseholdId
    place: str
    phones: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Gone:
    """Somebody who used to belong to a household."""

    name: str
    on: date
    by: FamilyDeed


@dataclass(frozen=True, slots=True)
class FamilyQueries:
    """Questions about families over time."""

    connection: Connection

    def events_of(self, household: HouseholdId) -> list[FamilyEvent]:
        """What happened to a household, in the order it was written down."""
        rows = self.connection.execute(_OF_HOUSEHOLD, {"household": household}).mappings()
        return [_event(row) for row in rows]

    def deed(self, deed: str) -> list[FamilyEvent]:
        """Every row of one deed, one for each household it touched."""
        return [_event(row) for row in self.connection.execute(_OF_DEED, {"deed": deed}).mappings()]

    def gone_from(self, household: HouseholdId) -> list[Gone]:
        """Who used to belong to it, the last first."""
        rows = self.connection.execute(_LEFT, {"household": household})
        return [Gone(row.name, row.until_on, FamilyDeed(row.until_by)) for row in rows]

    def values(self, entity: str, entity_id: str) -> dict[str, Value] | None:
        """A record as it stands, as canonical values; None for none."""
        return projection.current(self.connection, entity, entity_id)

    def is_told_of(self, household: HouseholdId) -> bool:
        """Whether anything at all was recorded here about a household but what families do."""
        return self.connection.execute(_TOLD, {"household": household}).first() is not None

    def is_counted_since(self, event: FamilyEvent) -> bool:
        """Whether its household was tested, applied, was given or had facts told after an event."""
        asked = {"household": event.household, "event": event.id}
        return self.connection.execute(_COUNTED, asked).first() is not None

    def names(self, people: Iterable[str]) -> dict[str, str]:
        """Names by id, also of those who left."""
        rows = self.connection.execute(_NAMES, {"ids": json.dumps(sorted(set(people)))})
        return {row.id: row.name for row in rows}

    def places(self, households: Iterable[str]) -> dict[str, str]:
        """How a household is called, by id: 赵大山户（三组12号）; also one that has ended."""
        rows = self.connection.execute(_PLACES, {"ids": json.dumps(sorted(set(households)))})
        return {row.id: home_text(row.head, f"{row.group_name}{row.door}") for row in rows}

    def holder(self, number: str) -> PersonId | None:
        """Whose resident number this is, wherever the person lives now."""
        found: str | None = self.connection.execute(_HOLDER, {"number": number}).scalar()
        return None if found is None else PersonId(found)

    def by_number(self, number: str) -> list[Resident]:
        """Who lives here with this number."""
        return self._residents(self.connection.execute(_BY_NUMBER, {"number": number}).mappings())

    def born_on(self, birth: date) -> list[Resident]:
        """Who lives here and was born that day."""
        return self._residents(self.connection.execute(_BY_BIRTH, {"birth": birth}).mappings())

    def sounding(self, readings: Iterable[str]) -> list[Resident]:
        """Who lives here and is found by one of these words; the whole name may be a longer one."""
        rows = self.connection.execute(_SOUNDING, {"tokens": json.dumps(sorted(set(readings)))})
        return self._residents(rows.mappings())

    def by_phone(self, phone: str) -> list[Resident]:
        """Who has this telephone, by themselves or by their household."""
        return self._residents(self.connection.execute(_BY_PHONE, {"phone": phone}).mappings())

    def residents(self) -> list[OnRecord]:
        """Everybody who lives in a household here."""
        return [
            OnRecord(
                PersonId(row["id"]),
                row["name"],
                row["birth_on"],
                HouseholdId(row["household_id"]),
                f"{row['group_name']}{row['door']}",
                tuple(phone for phone in (row["phone"], row["home_phone"]) if phone),
            )
            for row in self.connection.execute(_EVERYBODY).mappings()
        ]

    def _residents(self, rows: Iterable[RowMapping]) -> list[Resident]:
        return [
            Resident(
                PersonId(row["id"]),
                row["name"],
                row["birth_on"],
                HouseholdId(row["household_id"]),
                f"{row['group_name']}{row['door']}",
                row["head"] or "",
            )
            for row in rows
        ]


def home_text(head: str | None, place: str) -> str:
    """A household as people call it."""
    return f"{head}户（{place}）" if head else place


def _event(row: RowMapping) -> FamilyEvent:
    changes: Sequence[Sequence[object]] = row["changes"]
    return FamilyEvent(
        id=row["id"],
        household=HouseholdId(row["household_id"]),
        deed=row["deed_id"],
        kind=FamilyDeed(row["kind"]),
        happened_on=row["happened_on"],
        other=None if row["other_household_id"] is None else HouseholdId(row["other_household_id"]),
        people=tuple(PersonId(one) for one in row["people"]),
        to_place=row["to_place"],
        note=row["note"],
        handler=row["handler"],
        needs_review=row["needs_review"],
        undoes=row["undoes"],
        changes=tuple(
            (str(entity), str(entity_id), str(name), old, new)
            for entity, entity_id, name, old, new in changes
        ),
        recorded_at=row["recorded_at"],
    )
