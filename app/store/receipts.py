"""The county's answer enters the vault: states, what now holds, and what two sides differ on.

One transaction applies a whole receipt. A returned change is undone, for the county's record
holds; a returned new record stays on the tables, for it happened (see `app.store.projection`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from app.domain.ids import new_id
from app.domain.operations import OperationState
from app.models.base import table_of
from app.models.log import (
    ConflictRow,
    DeviceRow,
    OperationStateRow,
    OutboxBatchRow,
    ReceiptRow,
    ServerDocumentRow,
)
from app.models.registry import ENTITIES
from app.store.among import among
from app.store.log_lines import LogLine, read_lines
from app.store.outbox import BatchState, OutboxBatch, put_states
from app.store.prepared import Prepared
from app.store.projection import rebuild
from app.store.touched import CONFLICT, touch

_RECEIPT = table_of(ReceiptRow)
_BATCH = table_of(OutboxBatchRow)
_STATE = table_of(OperationStateRow)
_DOCUMENT = table_of(ServerDocumentRow)
_CONFLICT = table_of(ConflictRow)
_DEVICE = table_of(DeviceRow)
_PUT: Final = upsert(_DOCUMENT)
_PUT_DOCUMENTS: Final = Prepared(
    _PUT.on_conflict_do_update(
        index_elements=["entity", "entity_id"],
        set_={name: _PUT.excluded[name] for name in ("subject", "version", "body")},
    )
)
_DOCUMENTS: Final = Prepared(
    select(
        _DOCUMENT.c.entity, _DOCUMENT.c.entity_id, _DOCUMENT.c.subject, _DOCUMENT.c.version,
        _DOCUMENT.c.body,
    ).where(_DOCUMENT.c.entity_id.in_(among("ids")))
)  # fmt: skip
SUPERSEDED: Final = "superseded"
"""How a difference ended that a newer one on the same field took the place of."""
KEEP_LOSER: Final = timedelta(days=30)
"""How long the side that was not chosen stays beside the one that was."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class FieldDifference:
    """A field both sides changed."""

    field: str
    mine: Any
    theirs: Any
    base: Any
    theirs_by: str
    theirs_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What became of operation `n`. `is_clean`: the document at `version` is ours alone."""

    n: int
    state: OperationState
    version: int
    is_clean: bool
    reason: str | None = None
    field: str | None = None
    differences: tuple[FieldDifference, ...] = ()
    absorbs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptFacts:
    """A verified receipt, as the vault keeps it."""

    epoch: int
    seq: int
    batch_sha256: str
    server_time: datetime
    body: bytes = field(repr=False)
    sha256: str
    judged: tuple[Judged, ...]


@dataclass(slots=True, repr=False)
class _Known:
    """A server document being brought up to date."""

    subject: str
    version: int
    body: dict[str, Any]


def has_receipt(connection: Connection, epoch: int, seq: int) -> bool:
    """Whether this receipt is stored already."""
    query = select(_RECEIPT.c.seq).where(_RECEIPT.c.epoch == epoch, _RECEIPT.c.seq == seq)
    return connection.execute(query).first() is not None


def apply_receipt(
    connection: Connection, batch: OutboxBatch, facts: ReceiptFacts, at: datetime
) -> None:
    """Store a receipt and everything that follows from it. Apply receipts in the order of seq."""
    operations = {o.n: o for o in read_lines(connection, batch.first_n, batch.last_n)}
    earlier = sorted({n for one in facts.judged for n in one.absorbs} - operations.keys())
    operations |= {n: o for n in earlier for o in read_lines(connection, n, n)}
    connection.execute(
        insert(_RECEIPT),
        {
            "epoch": facts.epoch,
            "seq": facts.seq,
            "batch_sha256": facts.batch_sha256,
            "server_time": facts.server_time,
            "body": facts.body,
            "received_at": at,
        },
    )
    connection.execute(
        update(_BATCH)
        .where(_BATCH.c.epoch == facts.epoch, _BATCH.c.seq == facts.seq)
        .values(state=BatchState.ACKNOWLEDGED)
    )
    _put_states(connection, facts, at)
    _put_documents(connection, operations, facts.judged)
    _put_conflicts(connection, operations, facts.judged, at)
    for one in facts.judged:
        operation = operations[one.n]
        is_undone = one.differences or one.state is OperationState.RETURNED
        if is_undone and operation.entity in ENTITIES:
            rebuild(connection, operation.entity, operation.entity_id)
            touch(connection, operation.entity, operation.subject)
            touch(connection, CONFLICT, operation.subject)
    note_server_time(connection, facts.server_time, at)


def note_server_time(connection: Connection, server_time: datetime, at: datetime) -> None:
    """Keep the county's time as evidence, and by how much this laptop's clock differs."""
    offset = int((server_time - at).total_seconds() * 1000)
    known = connection.execute(select(_DEVICE.c.last_server_time)).scalar_one()
    if known is None or server_time > known:
        connection.execute(
            update(_DEVICE).values(last_server_time=server_time, clock_offset_ms=offset)
        )


def last_server_time(connection: Connection) -> datetime | None:
    """The newest time of the county this laptop was told of."""
    told: datetime | None = connection.execute(select(_DEVICE.c.last_server_time)).scalar_one()
    return told


def _put_states(connection: Connection, facts: ReceiptFacts, at: datetime) -> None:
    """The state of each operation, and of the returned ones that were carried along."""
    said = {(one.reason, one.field, one.version) for one in facts.judged}
    verdicts = {(r, f, v): {"reason": r, "field": f, "version": v} for r, f, v in said}
    rows: list[dict[str, object]] = [
        {
            "n": one.n,
            "state": one.state,
            "verdict": verdicts[one.reason, one.field, one.version],
            "receipt_sha256": facts.sha256,
            "changed_at": at,
        }
        for one in facts.judged
    ]
    put_states(connection, rows)
    carried = [n for one in facts.judged for n in one.absorbs]
    if carried:
        connection.execute(
            update(_STATE)
            .where(_STATE.c.n.in_(carried))
            .values(state=OperationState.MERGED, changed_at=at)
        )


def _put_documents(
    connection: Connection, operations: Mapping[int, LogLine], judged: Sequence[Judged]
) -> None:
    """Write into the server documents what the county took over from these operations."""
    taken = [
        one
        for one in judged
        if one.version > 0
        and one.state is not OperationState.RETURNED
        and operations[one.n].entity in ENTITIES
    ]
    patches = {
        n: {name: pair[1] for name, pair in operations[n].patch().items()}
        for one in taken
        for n in (*one.absorbs, one.n)
    }
    known = _read_documents(
        connection, [(operations[one.n].entity, operations[one.n].entity_id) for one in taken]
    )
    for one in taken:
        operation = operations[one.n]
        document = known.setdefault(
            (operation.entity, operation.entity_id), _Known(operation.subject, 0, {})
        )
        for n in (*one.absorbs, one.n):
            document.body |= patches[n]
        document.body |= {each.field: each.theirs for each in one.differences}
        if one.is_clean:
            document.version = one.version
    rows = [
        {
            "entity": entity,
            "entity_id": entity_id,
            "subject": document.subject,
            "version": document.version,
            "body": document.body,
        }
        for (entity, entity_id), document in known.items()
    ]
    put_documents(connection, rows)


def put_documents(connection: Connection, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert or replace server documents."""
    _PUT_DOCUMENTS.run_many(connection, rows)


def _read_documents(
    connection: Connection, keys: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], _Known]:
    """The server documents of `keys` that there are."""
    ids = json.dumps([entity_id for _, entity_id in dict.fromkeys(keys)])
    found = {
        (row["entity"], row["entity_id"]): _Known(row["subject"], row["version"], row["body"])
        for row in _DOCUMENTS.rows(connection, {"ids": ids})
    }
    return {key: found[key] for key in dict.fromkeys(keys) if key in found}


def _put_conflicts(
    connection: Connection,
    operations: Mapping[int, LogLine],
    judged: Sequence[Judged],
    at: datetime,
) -> None:
    """Keep both sides of every contested field for the coordinator."""
    rows = [
        {
            "id": new_id(at),
            "n": one.n,
            "entity": operations[one.n].entity,
            "entity_id": operations[one.n].entity_id,
            "subject": operations[one.n].subject,
            "field": each.field,
            "mine": {"value": each.mine},
            "theirs": {"value": each.theirs},
            "base": {"value": each.base},
            "theirs_by": each.theirs_by,
            "theirs_at": each.theirs_at,
            "raised_at": at,
            "resolved_at": None,
            "resolution": None,
        }
        for one in judged
        for each in one.differences
    ]
    for row in rows:
        # what she said since is the newer word: one field is asked once
        connection.execute(
            update(_CONFLICT)
            .where(
                _CONFLICT.c.entity == row["entity"],
                _CONFLICT.c.entity_id == row["entity_id"],
                _CONFLICT.c.field == row["field"],
                _CONFLICT.c.resolved_at.is_(None),
            )
            .values(resolved_at=at, resolution=SUPERSEDED)
        )
        connection.execute(insert(_CONFLICT), row)


def forget_decided(connection: Connection, now: datetime) -> int:
    """Let go of both sides of what was decided 30 days ago; the operation log keeps who said what.

    Not where the county has no document of the record: the row then says which field it lost.
    """
    known = select(_DOCUMENT.c.entity_id).where(
        _DOCUMENT.c.entity == _CONFLICT.c.entity, _DOCUMENT.c.entity_id == _CONFLICT.c.entity_id
    )
    done = delete(_CONFLICT).where(_CONFLICT.c.resolved_at < now - KEEP_LOSER, known.exists())
    return connection.execute(done).rowcount
