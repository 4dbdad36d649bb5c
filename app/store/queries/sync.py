"""Questions the sync page asks: what waits, what became of what was sent, what differs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, func, select

from app.domain.operations import AUDIT, OperationState
from app.models.base import table_of
from app.models.log import (
    ConflictRow,
    DeviceRow,
    FeedCursorRow,
    OperationRow,
    OperationStateRow,
    OutboxBatchRow,
    ServerDocumentRow,
)
from app.models.people import HouseholdRow, PersonRow
from app.store.outbox import BatchState
from app.store.touched import CONFLICT, touch

_OPERATION = table_of(OperationRow)
_STATE = table_of(OperationStateRow)
_BATCH = table_of(OutboxBatchRow)
_CONFLICT = table_of(ConflictRow)
_CURSOR = table_of(FeedCursorRow)
_DOCUMENT = table_of(ServerDocumentRow)
_DEVICE = table_of(DeviceRow)
_HOUSEHOLD = table_of(HouseholdRow)
_PERSON = table_of(PersonRow)
NOTICE: Final = "notice"
"""A server document with this entity is a word of the county (`sync.protocol.feed`)."""
_UNANSWERED = (OperationState.WAITING, OperationState.SENT)
_URGENT: Final = (OperationState.RETURNED, OperationState.DIFFERS)
"""What somebody has to mend, then what somebody has to decide: in this order by their codes."""
_LINES: Final = (
    select(
        _OPERATION.c.n, _OPERATION.c.entity, _OPERATION.c.entity_id, _OPERATION.c.subject,
        _OPERATION.c.wall, func.coalesce(_STATE.c.state, OperationState.WAITING).label("state"),
        _STATE.c.verdict, _PERSON.c.name,
    )
    .select_from(
        _OPERATION.outerjoin(_STATE, _STATE.c.n == _OPERATION.c.n)
        .outerjoin(_HOUSEHOLD, _HOUSEHOLD.c.id == _OPERATION.c.subject)
        .outerjoin(_PERSON, _PERSON.c.id == _HOUSEHOLD.c.head_person_id)
    )
    .where(_OPERATION.c.entity != AUDIT)
)  # fmt: skip
_NOT_ANSWERED: Final = (
    select(_OPERATION.c.entity, func.count())
    .where(
        _OPERATION.c.n.not_in(select(_STATE.c.n).where(_STATE.c.state.not_in(_UNANSWERED))),
        _OPERATION.c.entity != AUDIT,
    )
    .group_by(_OPERATION.c.entity)
    .order_by(_OPERATION.c.entity)
)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OperationLine:
    """One operation and how far it has come; `who` is the household's head."""

    n: int
    entity: str
    entity_id: str
    subject: str
    who: str
    state: OperationState
    reason: str | None
    field: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ConflictLine:
    """A field on which two sides differ, undecided."""

    id: str
    entity: str
    entity_id: str
    subject: str
    who: str
    field: str
    mine: Any
    theirs: Any
    base: Any
    theirs_by: str
    theirs_at: datetime | None
    raised_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFacts:
    """What the laptop knows about its county. `last_success` is a finished sync, never a try."""

    is_enrolled: bool
    last_success: datetime | None
    clock_offset_ms: int | None
    local_n: int
    answered_n: int


@dataclass(frozen=True, slots=True)
class SyncQueries:
    """Reads for the sync page."""

    connection: Connection

    def link(self) -> LinkFacts:
        """Whose county, when last, how far."""
        device = self.connection.execute(select(_DEVICE)).one()
        last = self.connection.execute(select(func.max(_CURSOR.c.applied_at))).scalar_one()
        local: int = self.connection.execute(
            select(func.coalesce(func.max(_OPERATION.c.n), 0))
        ).scalar_one()
        answered: int = self.connection.execute(
            select(func.coalesce(func.max(_BATCH.c.last_n), 0)).where(
                _BATCH.c.state == BatchState.ACKNOWLEDGED
            )
        ).scalar_one()
        return LinkFacts(
            is_enrolled=device.certificate is not None,
            last_success=last,
            clock_offset_ms=device.clock_offset_ms,
            local_n=local,
            answered_n=answered,
        )

    def waiting(self) -> dict[str, int]:
        """Unanswered operations per kind of record, notes of the audit left out."""
        return {row[0]: row[1] for row in self.connection.execute(_NOT_ANSWERED)}

    def waiting_bytes(self) -> int:
        """About how many bytes the unanswered operations are."""
        query = select(func.coalesce(func.sum(func.length(_OPERATION.c.ciphertext)), 0)).where(
            _OPERATION.c.n.not_in(select(_STATE.c.n).where(_STATE.c.state.not_in(_UNANSWERED)))
        )
        size: int = self.connection.execute(query).scalar_one()
        return size

    def exported(self) -> int:
        """Operations that went onto a stick and wait for the county's receipt."""
        query = select(func.coalesce(func.sum(_BATCH.c.last_n - _BATCH.c.first_n + 1), 0)).where(
            _BATCH.c.state == BatchState.EXPORTED
        )
        number: int = self.connection.execute(query).scalar_one()
        return number

    def lines(self, limit: int) -> list[OperationLine]:
        """What was returned or differs first, then the newest.

        Two walks, each along an index: sorting the whole log by urgency took a tenth of a second.
        """
        urgent = self.connection.execute(
            _LINES.where(_STATE.c.state.in_(_URGENT))
            .order_by(_STATE.c.state.desc(), _OPERATION.c.n.desc())
            .limit(limit)
        ).all()
        rest = self.connection.execute(
            _LINES.where(_STATE.c.state.is_(None) | _STATE.c.state.not_in(_URGENT))
            .order_by(_OPERATION.c.n.desc())
            .limit(limit - len(urgent))
        ).all()
        return [
            OperationLine(
                n=row.n,
                entity=row.entity,
                entity_id=row.entity_id,
                subject=row.subject,
                who=row.name or "",
                state=OperationState(row.state),
                reason=(row.verdict or {}).get("reason"),
                field=(row.verdict or {}).get("field"),
                at=row.wall,
            )
            for row in (*urgent, *rest)
        ]

    def conflicts(self) -> list[ConflictLine]:
        """Undecided differences, those of one record together, the oldest first."""
        query = (
            select(_CONFLICT, _PERSON.c.name)
            .select_from(
                _CONFLICT.outerjoin(_HOUSEHOLD, _HOUSEHOLD.c.id == _CONFLICT.c.subject).outerjoin(
                    _PERSON, _PERSON.c.id == _HOUSEHOLD.c.head_person_id
                )
            )
            .where(_CONFLICT.c.resolved_at.is_(None))
            .order_by(_CONFLICT.c.raised_at, _CONFLICT.c.entity_id, _CONFLICT.c.field)
        )
        return [
            ConflictLine(
                id=row.id,
                entity=row.entity,
                entity_id=row.entity_id,
                subject=row.subject,
                who=row.name or "",
                field=row.field,
                mine=row.mine["value"],
                theirs=row.theirs["value"],
                base=row.base["value"],
                theirs_by=row.theirs_by,
                theirs_at=row.theirs_at,
                raised_at=row.raised_at,
            )
            for row in self.connection.execute(query)
        ]

    def version(self, entity: str, entity_id: str) -> int:
        """The county's version of a record; 0 for none."""
        version: int | None = self.connection.execute(
            select(_DOCUMENT.c.version).where(
                _DOCUMENT.c.entity == entity, _DOCUMENT.c.entity_id == entity_id
            )
        ).scalar_one_or_none()
        return version or 0

    def notices(self) -> list[str]:
        """Sentences from the county."""
        query = select(_DOCUMENT.c.body).where(_DOCUMENT.c.entity == NOTICE)
        return [str(body.get("text", "")) for body in self.connection.execute(query).scalars()]

    def close_conflict(self, conflict_id: str, resolution: str, at: datetime) -> None:
        """Mark a difference as decided. Both sides stay in its row."""
        self.connection.execute(
            _CONFLICT.update()
            .where(_CONFLICT.c.id == conflict_id)
            .values(resolved_at=at, resolution=resolution)
        )
        query = select(_CONFLICT.c.subject).where(_CONFLICT.c.id == conflict_id)
        for subject in self.connection.execute(query).scalars():
            touch(self.connection, CONFLICT, subject)
