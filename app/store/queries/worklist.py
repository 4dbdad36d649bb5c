"""The few facts behind today's list: whom nobody has seen, what paper is owed, what came back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, or_, select

from app.domain.casework import ApplicationStatus, Met, ReliefStatus
from app.domain.households import Category
from app.domain.operations import OperationState
from app.models.base import table_of
from app.models.casework import ApplicationRow, EmergencyReliefRow, VisitRow
from app.models.log import ConflictRow, OperationRow, OperationStateRow
from app.models.people import HouseholdRow, PersonRow

_HOUSEHOLD = table_of(HouseholdRow)
_PERSON = table_of(PersonRow)
_VISIT = table_of(VisitRow)
_RELIEF = table_of(EmergencyReliefRow)
_APPLICATION = table_of(ApplicationRow)
_OPERATION = table_of(OperationRow)
_STATE = table_of(OperationStateRow)
_CONFLICT = table_of(ConflictRow)

ASSISTED = (
    Category.DIBAO,
    Category.TEKUN,
    Category.MARGINAL,
    Category.RIGID_EXPENDITURE,
    Category.SINGLE_PERSON,
    Category.WATCHLIST,
)
"""Households a coordinator answers for every month (S3:L25)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Who and where, for one line of the list."""

    household: str | None
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Seen:
    """An assisted household, when somebody of it was last seen and what was said then."""

    place: Place
    category: Category
    tagged: bool
    last_on: date | None
    last_note: str


@dataclass(frozen=True, slots=True)
class Owed:
    """A relief payment whose paperwork is not done."""

    place: Place
    relief_id: str
    event: str
    amount_fen: int
    paid_on: date
    due_on: date
    rule: str


@dataclass(frozen=True, slots=True)
class Answered:
    """An application the county decided or returned."""

    place: Place
    application_id: str
    status: ApplicationStatus
    decided_on: date | None
    note: str


@dataclass(frozen=True, slots=True)
class WorklistQueries:
    """Questions behind today's list."""

    connection: Connection

    def seen(self) -> list[Seen]:
        """Every assisted or monitored household with its last real visit."""
        last = (
            select(_VISIT.c.household_id, func.max(_VISIT.c.visited_on).label("last_on"))
            .where(_VISIT.c.met != Met.NOBODY)
            .group_by(_VISIT.c.household_id)
            .subquery()
        )
        note = (
            select(_VISIT.c.note)
            .where(_VISIT.c.household_id == _HOUSEHOLD.c.id, _VISIT.c.met != Met.NOBODY)
            .order_by(_VISIT.c.visited_on.desc(), _VISIT.c.id.desc())
            .limit(1)
            .scalar_subquery()
        )
        query = (
            select(
                _HOUSEHOLD.c.id,
                _HOUSEHOLD.c.group_name,
                _HOUSEHOLD.c.door,
                _HOUSEHOLD.c.category,
                _HOUSEHOLD.c.monitoring_tag,
                _PERSON.c.name,
                last.c.last_on,
                note.label("last_note"),
            )
            .outerjoin(_PERSON, _PERSON.c.id == _HOUSEHOLD.c.head_person_id)
            .outerjoin(last, last.c.household_id == _HOUSEHOLD.c.id)
            .where(~_HOUSEHOLD.c.is_removed)
            .where(
                or_(
                    _HOUSEHOLD.c.category.in_(ASSISTED),
                    _HOUSEHOLD.c.monitoring_tag.is_not(None),
                )
            )
        )
        return [
            Seen(
                place=Place(row.id, row.name or "", f"{row.group_name}{row.door}"),
                category=Category(row.category),
                tagged=row.monitoring_tag is not None,
                last_on=row.last_on,
                last_note=row.last_note or "",
            )
            for row in self.connection.execute(query)
        ]

    def owed(self) -> list[Owed]:
        """Relief whose paperwork is still to be made up."""
        query = (
            select(_RELIEF, _HOUSEHOLD.c.group_name, _HOUSEHOLD.c.door)
            .outerjoin(_HOUSEHOLD, _HOUSEHOLD.c.id == _RELIEF.c.household_id)
            .where(_RELIEF.c.status == ReliefStatus.PAPERWORK_PENDING)
        )
        return [
            Owed(
                place=Place(
                    row.household_id, row.payee_name, f"{row.group_name or ''}{row.door or ''}"
                ),
                relief_id=row.id,
                event=row.event,
                amount_fen=row.amount_fen,
                paid_on=row.paid_at.date(),
                due_on=row.paperwork_due_on,
                rule=row.paperwork_rule,
            )
            for row in self.connection.execute(query)
        ]

    def answered(self) -> list[Answered]:
        """Applications the county has answered."""
        query = (
            select(_APPLICATION, _HOUSEHOLD.c.group_name, _HOUSEHOLD.c.door, _PERSON.c.name)
            .join(_HOUSEHOLD, _HOUSEHOLD.c.id == _APPLICATION.c.household_id)
            .outerjoin(_PERSON, _PERSON.c.id == _HOUSEHOLD.c.head_person_id)
            .where(
                _APPLICATION.c.status.in_(
                    [
                        ApplicationStatus.CONFIRMED,
                        ApplicationStatus.REFUSED,
                        ApplicationStatus.RETURNED,
                    ]
                )
            )
        )
        return [
            Answered(
                place=Place(row.household_id, row.name or "", f"{row.group_name}{row.door}"),
                application_id=row.id,
                status=ApplicationStatus(row.status),
                decided_on=row.decided_on,
                note=row.decision_note or "",
            )
            for row in self.connection.execute(query)
        ]

    def waiting_upload(self) -> int:
        """Operations the county has not acknowledged yet."""
        query = (
            select(func.count())
            .select_from(_OPERATION.outerjoin(_STATE, _STATE.c.n == _OPERATION.c.n))
            .where(_STATE.c.state.is_(None) | (_STATE.c.state == OperationState.SENT))
        )
        return int(self.connection.execute(query).scalar_one())

    def differing(self) -> int:
        """Entities on which both sides differ and nobody has chosen yet."""
        query = select(func.count(func.distinct(_CONFLICT.c.entity_id))).where(
            _CONFLICT.c.resolved_at.is_(None)
        )
        return int(self.connection.execute(query).scalar_one())
