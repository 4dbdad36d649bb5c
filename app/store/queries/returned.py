"""What the county returned and nobody has answered since, with the record it belongs to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Table, bindparam, exists, select, union_all

from app.domain.operations import OperationState
from app.models.base import table_of
from app.models.casework import EmergencyReliefRow, VisitRow
from app.models.fund import LateSupplementRow, ReliefInstalmentRow, ReliefStepRow
from app.models.log import OperationRow, OperationStateRow, ServerDocumentRow
from app.store.among import among
from app.store.prepared import Prepared

_OPERATION = table_of(OperationRow)
_STATE = table_of(OperationStateRow)
_DOCUMENT = table_of(ServerDocumentRow)
_VISIT = table_of(VisitRow)
_RELIEF = table_of(EmergencyReliefRow)
_BESIDE_RELIEF: Final[dict[str, Table]] = {
    "relief_step": table_of(ReliefStepRow),
    "relief_instalment": table_of(ReliefInstalmentRow),
    "late_supplement": table_of(LateSupplementRow),
}
_SPOKEN_OF: Final = (
    "visit", _RELIEF.name, *_BESIDE_RELIEF, "household", "household_member", "person",
    "application",
)  # fmt: skip
"""The fund has rows of its own (`app.services.due_fund`)."""
_ANY: Final = Prepared(
    select(_STATE.c.n).where(_STATE.c.state == OperationState.RETURNED.value).limit(1)
)
_RETURNED: Final = (
    select(
        _OPERATION.c.n, _OPERATION.c.entity, _OPERATION.c.entity_id, _OPERATION.c.subject,
        _STATE.c.verdict, _STATE.c.changed_at,
        exists()
        .where(_DOCUMENT.c.entity == _OPERATION.c.entity)
        .where(_DOCUMENT.c.entity_id == _OPERATION.c.entity_id)
        .label("is_known"),
    )
    .join(_STATE, _STATE.c.n == _OPERATION.c.n)
    .where(_STATE.c.state == OperationState.RETURNED.value)
    .where(_OPERATION.c.subject.in_(among("subjects")))
    .where(_OPERATION.c.entity.in_(_SPOKEN_OF))
    .order_by(_OPERATION.c.n)
)  # fmt: skip
_SINCE: Final = (
    select(_OPERATION.c.n)
    .where(_OPERATION.c.entity_id.in_(among("records")))
    .where(_OPERATION.c.n > bindparam("n"), _OPERATION.c.wall > bindparam("at"))
    .limit(1)
)


@dataclass(frozen=True, slots=True, repr=False)
class ReturnedRecord:
    """A record something of which came back, and why. `is_new`: the county holds none of it."""

    subject: str
    entity: str
    entity_id: str
    reason: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class ReturnedQueries:
    """Questions about what came back, within one transaction."""

    connection: Connection

    def unanswered(self, subjects: Sequence[str]) -> list[ReturnedRecord]:
        """One for each record of `subjects`, as the county put it last.

        Of a payment and what stands beside it, and of a visit and what was added to it, there is
        one. What was said of it after the county's word came is the answer.
        """
        if _ANY.first(self.connection, {}) is None:
            return []
        rows = self.connection.execute(_RETURNED, {"subjects": json.dumps(list(subjects))})
        found: dict[str, ReturnedRecord] = {}
        for row in rows.all():
            entity, record = self._record_of(row.entity, row.entity_id)
            if self._is_answered(entity, record, row.n, row.changed_at):
                continue
            is_new = not row.is_known
            before = found.get(record)
            found[record] = ReturnedRecord(
                subject=row.subject,
                entity=entity,
                entity_id=record,
                # what was said of the record itself says more than what follows from it
                reason=before.reason
                if before is not None and row.entity_id != record
                else (row.verdict or {}).get("reason") or "",
                is_new=is_new or (before is not None and before.is_new),
            )
        return list(found.values())

    def _record_of(self, entity: str, entity_id: str) -> tuple[str, str]:
        """The record that has a page of its own."""
        beside = _BESIDE_RELIEF.get(entity)
        if beside is not None:
            query = select(beside.c.relief_id).where(beside.c.id == entity_id)
            relief = self.connection.execute(query).scalar_one_or_none()
            return (entity, entity_id) if relief is None else (_RELIEF.name, relief)
        first = {_VISIT.name: _VISIT.c.adds_to_id, _RELIEF.name: _RELIEF.c.reverses_id}.get(entity)
        if first is None:
            return entity, entity_id
        query = select(first).where(first.table.c.id == entity_id)
        return entity, self.connection.execute(query).scalar_one_or_none() or entity_id

    def _is_answered(self, entity: str, record: str, n: int, at: datetime) -> bool:
        """Whether anything was said of the record, or beside it, after the county's answer."""
        asked = {"records": json.dumps([record, *self._beside(entity, record)]), "n": n, "at": at}
        return self.connection.execute(_SINCE, asked).first() is not None

    def _beside(self, entity: str, record: str) -> Iterable[str]:
        if entity == _VISIT.name:
            added = select(_VISIT.c.id).where(_VISIT.c.adds_to_id == record)
            return self.connection.execute(added).scalars().all()
        if entity != _RELIEF.name:
            return ()
        reversed_by = select(_RELIEF.c.id).where(_RELIEF.c.reverses_id == record)
        beside = (
            select(table.c.id).where(table.c.relief_id == record)
            for table in _BESIDE_RELIEF.values()
        )
        return self.connection.execute(union_all(reversed_by, *beside)).scalars().all()
