"""Rows of people, members and obligors as domain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, RowMapping, select

from app.domain.ids import HouseholdId, MemberId, ObligorId, PersonId
from app.domain.money import Money
from app.domain.people import (
    DisabilityKind,
    Education,
    Hukou,
    IdKind,
    Labour,
    Living,
    Marriage,
    Member,
    Obligor,
    Person,
    PersonStatus,
    Relation,
    Sex,
    Student,
)
from app.models.base import table_of
from app.models.people import HouseholdMemberRow, PersonRow, SupportObligorRow

_PERSON = table_of(PersonRow)
_MEMBER = table_of(HouseholdMemberRow)
_OBLIGOR = table_of(SupportObligorRow)
_PLACES: Final = (
    select(_MEMBER.c.id.label("member_id"), _MEMBER.c.relation, _MEMBER.c.living, _PERSON)
    .join(_PERSON, _PERSON.c.id == _MEMBER.c.person_id)
    .where(~_PERSON.c.is_removed)
)


@dataclass(frozen=True, slots=True)
class PeopleQueries:
    """Questions about people."""

    connection: Connection

    def get(self, person_id: PersonId) -> Person | None:
        """One person, or None."""
        query = select(_PERSON).where(_PERSON.c.id == person_id, ~_PERSON.c.is_removed)
        row = self.connection.execute(query).mappings().first()
        return None if row is None else person_of(row)

    def members(self, household_id: HouseholdId) -> tuple[Member, ...]:
        """The household's members in the order they were entered."""
        query = _PLACES.where(_MEMBER.c.household_id == household_id, ~_MEMBER.c.is_removed)
        rows = self.connection.execute(query.order_by(_MEMBER.c.position, _MEMBER.c.id))
        return tuple(_member(row, household_id) for row in rows.mappings())

    def members_on(self, household_id: HouseholdId, day: date) -> tuple[Member, ...]:
        """Who belonged to the household at the end of `day`, in the order they were entered."""
        stays = ~_MEMBER.c.is_removed & _MEMBER.c.until_on.is_(None)
        query = _PLACES.where(
            _MEMBER.c.household_id == household_id,
            _MEMBER.c.since_on.is_(None) | (_MEMBER.c.since_on <= day),
            stays | (_MEMBER.c.until_on > day),
        )
        rows = self.connection.execute(query.order_by(_MEMBER.c.position, _MEMBER.c.id))
        return tuple(_member(row, household_id) for row in rows.mappings())

    def former_members(self, household_id: HouseholdId) -> tuple[Member, ...]:
        """Who used to belong to the household, as they stood there, the last to leave first."""
        query = _PLACES.where(
            _MEMBER.c.household_id == household_id, _MEMBER.c.until_on.is_not(None)
        )
        rows = self.connection.execute(query.order_by(_MEMBER.c.until_on.desc(), _MEMBER.c.id))
        return tuple(_member(row, household_id) for row in rows.mappings())

    def obligors(self, household_id: HouseholdId) -> tuple[Obligor, ...]:
        """Those bound to support a member."""
        query = (
            select(_OBLIGOR)
            .where(_OBLIGOR.c.household_id == household_id, ~_OBLIGOR.c.is_removed)
            .order_by(_OBLIGOR.c.id)
        )
        return tuple(
            Obligor(
                id=ObligorId(row["id"]),
                household=household_id,
                name=row["name"],
                relation=row["relation"],
                birth=row["birth_on"],
                monthly_income=money_of(row["monthly_income_fen"]),
                maintenance_month=money_of(row["maintenance_month_fen"]),
                status=None if row["status"] is None else PersonStatus(row["status"]),
            )
            for row in self.connection.execute(query).mappings()
        )

    def holders_of(self, id_numbers: list[str]) -> dict[str, PersonId]:
        """Which of these ID numbers already belong to somebody here."""
        query = select(_PERSON.c.id_number, _PERSON.c.id).where(~_PERSON.c.is_removed)
        wanted = set(id_numbers)
        return {
            row.id_number: PersonId(row.id)
            for row in self.connection.execute(query)
            if row.id_number in wanted
        }


def _member(row: RowMapping, household: HouseholdId) -> Member:
    return Member(
        id=MemberId(row["member_id"]),
        household=household,
        person=person_of(row),
        relation=Relation(row["relation"]),
        living=None if row["living"] is None else Living(row["living"]),
    )


def person_of(row: RowMapping) -> Person:
    """A person row as a value."""
    return Person(
        id=PersonId(row["id"]),
        name=row["name"],
        id_kind=IdKind(row["id_kind"]),
        id_number=row["id_number"],
        birth=row["birth_on"],
        sex=Sex(row["sex"]),
        ethnicity=row["ethnicity"],
        hukou=None if row["hukou"] is None else Hukou(row["hukou"]),
        hukou_address=row["hukou_address"],
        permit_no=row["permit_no"],
        resident_since=row["resident_since"],
        marriage=None if row["marriage"] is None else Marriage(row["marriage"]),
        education=None if row["education"] is None else Education(row["education"]),
        labour=Labour(row["labour"]),
        employer=row["employer"],
        student=None if row["student"] is None else Student(row["student"]),
        status=None if row["status"] is None else PersonStatus(row["status"]),
        disabled=row["is_disabled"],
        disability_kind=(
            None if row["disability_kind"] is None else DisabilityKind(row["disability_kind"])
        ),
        disability_level=row["disability_level"],
        disability_no=row["disability_no"],
        serious_illness=row["is_seriously_ill"],
        illness=row["illness"],
        self_care=row["self_care"],
        receives=tuple(row["receives"] or ()),
        monitored=row["is_monitored"],
        first_employed_on=row["first_employed_on"],
        self_declared_on=row["self_declared_on"],
        phone=row["phone"],
        died_on=row["died_on"],
    )


def money_of(fen: int | None) -> Money | None:
    """Fen as money, None as unknown."""
    return None if fen is None else Money(fen)
