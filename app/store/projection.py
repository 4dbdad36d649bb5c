"""The working tables as a projection: the county's last word plus what is not acknowledged yet.

One function changes a working row, whether the change was just made, comes from the county or is
replayed; so the invariant of design §5 — server documents + replay(pending) == tables — holds by
construction and is checked by `differences`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import (
    JSON,
    Connection,
    Date,
    Table,
    Text,
    and_,
    delete,
    insert,
    select,
    type_coerce,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.types import TypeEngine

from app.domain.operations import OperationState, Value
from app.models.base import UtcDateTime, table_of
from app.models.log import ConflictRow, OperationRow, OperationStateRow, ServerDocumentRow
from app.models.registry import ENTITIES
from app.store.among import among
from app.store.journal import operation_of, read_patch, read_patches
from app.store.prepared import Prepared
from app.store.search import note_change
from app.store.touched import touch
from app.store.values import from_value, row_values

_OPERATION = table_of(OperationRow)
_STATE = table_of(OperationStateRow)
_DOCUMENT = table_of(ServerDocumentRow)

_CONFLICT = table_of(ConflictRow)
_CHUNK: Final = 600
_UNREADABLE: Final = "\0unreadable"
"""No field and no value of a record begins like this."""
_LOST: Final = select(_CONFLICT.c.entity, _CONFLICT.c.entity_id, _CONFLICT.c.field)


class UnreadableDocument(Exception):
    """What is kept of the county's word on a record is no JSON any more."""


def _body(text: str) -> dict[str, Value]:
    """A stored document. Raises UnreadableDocument."""
    try:
        return msgspec.json.decode(text, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UnreadableDocument from error


def _part(text: str) -> Value:
    """A JSON value of a working row; one that no longer reads is like nothing anybody said."""
    try:
        part: Value = msgspec.json.decode(text)
    except msgspec.DecodeError:
        return f"{_UNREADABLE}{text}"
    return part


def _blank(table: Table) -> dict[str, Value]:
    """A row's columns before anything was said: empty, and not removed."""
    return {
        column.name: False if column.name == "is_removed" else None
        for column in table.columns
        if column.name != "id"
    }


def _every_column(table: Table) -> Prepared:
    """A statement that puts whole rows, new or known."""
    put_row = upsert(table)
    new = {c.name: put_row.excluded[c.name] for c in table.columns if c.name != "id"}
    return Prepared(put_row.on_conflict_do_update(index_elements=["id"], set_=new))


def _of_type(*kinds: type[TypeEngine[Any]]) -> dict[str, tuple[str, ...]]:
    """entity → its columns of these types."""
    return {
        entity: tuple(c.name for c in table.columns if isinstance(c.type, kinds))
        for entity, table in ENTITIES.items()
    }


_BLANKS: Final = {entity: _blank(table) for entity, table in ENTITIES.items()}
_NOT_PLAIN: Final = _of_type(Date, UtcDateTime)
_WITH_PARTS: Final = _of_type(JSON)
_AS_STORED: Final = {
    entity: Prepared(
        select(table.c.id, *(type_coerce(table.c[name], Text) for name in _BLANKS[entity])).where(
            table.c.id.in_(among("ids"))
        )
    )
    for entity, table in ENTITIES.items()
}
_TAKE_OVER: Final = {entity: _every_column(table) for entity, table in ENTITIES.items()}
_INSERTS: Final = {entity: Prepared(insert(table)) for entity, table in ENTITIES.items()}

SETTLED: Final = (
    OperationState.RECEIVED,
    OperationState.MERGED,
    OperationState.HANDED_OVER,
)
_BODIES: Final = Prepared(
    select(_DOCUMENT.c.entity, _DOCUMENT.c.entity_id, _DOCUMENT.c.body).where(
        _DOCUMENT.c.entity_id.in_(among("ids"))
    )
)
_PENDING: Final = Prepared(
    select(_OPERATION.c.entity, _OPERATION.c.entity_id)
    .outerjoin(_STATE, _STATE.c.n == _OPERATION.c.n)
    .where(
        _OPERATION.c.entity_id.in_(among("ids")),
        _STATE.c.state.is_(None) | and_(*(_STATE.c.state != state.value for state in SETTLED)),
    )
)
CONTESTED: Final = (OperationState.RETURNED, OperationState.DIFFERS)
"""Settled only where the county has a document of the record.

A new record that was returned happened all the same: it stays on the tables until a later operation
on it carries it along (ADR 0004). So does a payment another laptop told of first, but for the field
it lost: the county counts one of the two, and somebody has to find out how often it was given.
"""


def put(
    connection: Connection, entity: str, entity_id: str, fields: Mapping[str, Value], *, new: bool
) -> None:
    """Insert or update one working row from canonical `fields`. Raises KeyError for a stranger."""
    table = ENTITIES[entity]
    row = {name: from_value(table.c[name], value) for name, value in fields.items()}
    if new:
        _INSERTS[entity].run(connection, {**_blank(table), **row, "id": entity_id})
    elif row:
        connection.execute(update(table).where(table.c.id == entity_id).values(row))
    note_change(connection, entity, entity_id)


def current(connection: Connection, entity: str, entity_id: str) -> dict[str, Value] | None:
    """A working row as canonical values, or None."""
    table = ENTITIES[entity]
    row = connection.execute(select(table).where(table.c.id == entity_id)).mappings().first()
    return None if row is None else row_values(table, dict(row))


def expected(connection: Connection, entity: str, entity_id: str) -> dict[str, Value] | None:
    """What the working row must be: the server's document with pending operations replayed.

    Raises UnreadableDocument where the document is no JSON any more.
    """
    body = connection.execute(
        select(type_coerce(_DOCUMENT.c.body, Text)).where(
            _DOCUMENT.c.entity == entity, _DOCUMENT.c.entity_id == entity_id
        )
    ).scalar_one_or_none()
    fields = None if body is None else _body(body)
    lost = _lost(connection, entity, entity_id) if body is None else frozenset()
    settled = SETTLED if body is None else (*SETTLED, *CONTESTED)
    pending = (
        select(_OPERATION)
        .outerjoin(_STATE, _STATE.c.n == _OPERATION.c.n)
        .where(
            _OPERATION.c.entity == entity,
            _OPERATION.c.entity_id == entity_id,
            _STATE.c.state.is_(None) | _STATE.c.state.not_in(settled),
        )
        .order_by(_OPERATION.c.n)
    )
    for row in connection.execute(pending).mappings().all():
        patch = read_patch(connection, operation_of(row))
        if patch is None:
            continue  # erased: it speaks for no row any more
        said = {name: pair[1] for name, pair in patch.items()}
        fields = (fields or {}) | {name: said[name] for name in said.keys() - lost}
    return fields


def rebuild(connection: Connection, entity: str, entity_id: str) -> None:
    """Make the working row what it must be, deleting it when nothing speaks for it any more.

    A row whose document no longer reads stays as it is until the county has sent that anew:
    whatever version comes is newer.
    """
    table = ENTITIES[entity]
    try:
        fields = expected(connection, entity, entity_id)
    except UnreadableDocument:
        this = (_DOCUMENT.c.entity == entity) & (_DOCUMENT.c.entity_id == entity_id)
        connection.execute(update(_DOCUMENT).where(this).values(version=0))
        return
    if fields is None:
        remove(connection, entity, entity_id)
        return
    note_change(connection, entity, entity_id)
    known = connection.execute(select(table.c.id).where(table.c.id == entity_id)).first()
    complete = _blank(table) | {
        name: value for name, value in fields.items() if name in table.columns
    }
    put(connection, entity, entity_id, complete, new=known is None)


def remove(connection: Connection, entity: str, entity_id: str) -> None:
    """Take a working row away."""
    table = ENTITIES[entity]
    note_change(connection, entity, entity_id)
    connection.execute(delete(table).where(table.c.id == entity_id))


def differences(connection: Connection) -> list[tuple[str, str]]:
    """Every (entity, id) whose working row is not what it must be, or is missing.

    The same answer as asking `expected` and `current` record by record, in four passes over the
    file: seconds instead of minutes for a whole village.
    """
    wanted = _all_expected(connection)
    wrong: list[tuple[str, str]] = []
    for entity, table in ENTITIES.items():
        blank, due = _blank(table), wanted[entity]
        ids = connection.execute(select(table.c.id)).scalars().all()
        for start in range(0, len(ids), _CHUNK):
            chunk = ids[start : start + _CHUNK]
            rows = working_rows(connection, entity, chunk)
            for row_id in chunk:
                fields = due.pop(row_id, None)
                if fields is None or rows.get(row_id) != _filled(blank, fields):
                    wrong.append((entity, row_id))
        wrong += [(entity, entity_id) for entity_id, fields in due.items() if fields != {}]
    return wrong


def differences_among(
    connection: Connection, records: Sequence[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Those of `records` whose working row is not what it must be; what a sync has just moved."""
    records = [one for one in records if one[0] in ENTITIES]
    wanted, unreadable = _expected_of(connection, records)
    by_entity: dict[str, list[str]] = {}
    for entity, entity_id in records:
        by_entity.setdefault(entity, []).append(entity_id)
    wrong: list[tuple[str, str]] = []
    for entity in sorted(by_entity):
        rows = working_rows(connection, entity, by_entity[entity])
        blank = _BLANKS[entity]
        for entity_id in by_entity[entity]:
            fields = wanted.get((entity, entity_id))
            said = _filled(blank, fields) if fields else None
            if said != rows.get(entity_id) or (entity, entity_id) in unreadable:
                wrong.append((entity, entity_id))
    return wrong


def all_records(connection: Connection) -> set[tuple[str, str]]:
    """Every (entity, id) a document, a working row or an operation speaks of."""
    found: set[tuple[str, str]] = set()
    for source in (_DOCUMENT, _OPERATION):
        query = select(source.c.entity, source.c.entity_id).where(source.c.entity.in_(ENTITIES))
        found |= {(row.entity, row.entity_id) for row in connection.execute(query.distinct())}
    for entity, table in ENTITIES.items():
        found |= {(entity, one) for one in connection.execute(select(table.c.id)).scalars()}
    return found


def mend(connection: Connection, records: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Make those of `records` what they must be that are not; which they were."""
    wrong = differences_among(connection, records)
    for entity, entity_id in wrong:
        rebuild(connection, entity, entity_id)
        for source in (_DOCUMENT, _OPERATION):
            query = select(source.c.subject).where(
                source.c.entity == entity, source.c.entity_id == entity_id
            )
            for subject in connection.execute(query.distinct()).scalars():
                touch(connection, entity, subject)
    return wrong


def _expected_of(
    connection: Connection, records: Sequence[tuple[str, str]]
) -> tuple[dict[tuple[str, str], dict[str, Value]], set[tuple[str, str]]]:
    """What the working rows of `records` must be, and those whose document no longer reads. Most
    have nothing pending: only those that have are replayed one by one."""
    ids = {"ids": json.dumps([entity_id for _, entity_id in records])}
    found: dict[tuple[str, str], dict[str, Value]] = {}
    unreadable: set[tuple[str, str]] = set()
    for entity, entity_id, body in _BODIES.raw(connection, ids):
        try:
            found[entity, entity_id] = _body(body)
        except UnreadableDocument:
            unreadable.add((entity, entity_id))
    for entity, entity_id in pending_among(connection, records) & set(records) - unreadable:
        fields = expected(connection, entity, entity_id)
        found.pop((entity, entity_id), None)
        if fields is not None:
            found[entity, entity_id] = fields
    return found, unreadable


def pending_among(
    connection: Connection, records: Sequence[tuple[str, str]]
) -> set[tuple[str, str]]:
    """Records, those of `records` among them, of which an operation has still to be replayed."""
    ids = {"ids": json.dumps([entity_id for _, entity_id in records])}
    return set(_PENDING.raw(connection, ids))


def take_over(
    connection: Connection, entity: str, bodies: Sequence[tuple[str, Mapping[str, Value]]]
) -> None:
    """Make working rows, by id, what documents say of which nothing is pending: the same rows
    `rebuild` would make, without asking about each. Raises ValueError for a malformed value."""
    table, blank = ENTITIES[entity], _BLANKS[entity]
    special = _NOT_PLAIN[entity]
    rows: list[dict[str, object]] = []
    for entity_id, body in bodies:
        row: dict[str, object] = {**_filled(blank, body), "id": entity_id}
        for name in special:
            row[name] = from_value(table.c[name], body.get(name))
        if "is_removed" in row:
            row["is_removed"] = bool(row["is_removed"])
        rows.append(row)
        note_change(connection, entity, entity_id)
    _TAKE_OVER[entity].run_many(connection, rows)


def working_rows(
    connection: Connection, entity: str, ids: Sequence[str]
) -> dict[str, dict[str, Value]]:
    """The working rows of `ids` that there are, as `current` gives each.

    Days, instants and money lie in the file as they stand in a patch; only JSON is read.
    """
    names, with_parts = tuple(_BLANKS[entity]), _WITH_PARTS[entity]
    found: dict[str, dict[str, Value]] = {}
    for entity_id, *values in _AS_STORED[entity].raw(connection, {"ids": json.dumps(ids)}):
        row: dict[str, Value] = dict(zip(names, values, strict=True))
        for name in with_parts:
            if row[name] is not None:
                row[name] = _part(str(row[name]))
        found[entity_id] = row
    return found


def _all_expected(connection: Connection) -> dict[str, dict[str, dict[str, Value]]]:
    """What every working row must be: entity → id → fields, as `expected` says it one by one."""
    found: dict[str, dict[str, dict[str, Value]]] = {entity: {} for entity in ENTITIES}
    bodies = select(
        _DOCUMENT.c.entity, _DOCUMENT.c.entity_id, type_coerce(_DOCUMENT.c.body, Text).label("body")
    )
    for row in connection.execute(bodies):
        if row.entity not in found:
            continue
        try:
            found[row.entity][row.entity_id] = _body(row.body)
        except UnreadableDocument:
            found[row.entity][row.entity_id] = {_UNREADABLE: True}
    known = {entity: frozenset(documents) for entity, documents in found.items()}
    for entity, entity_id, state, patch in read_patches(connection, SETTLED):
        if entity not in found:
            continue
        if state in CONTESTED and entity_id in known[entity]:
            continue
        found[entity].setdefault(entity_id, {}).update(patch)
    for row in connection.execute(_LOST.where(_CONFLICT.c.entity.in_(found))):
        if row.entity_id not in known[row.entity]:
            found[row.entity].get(row.entity_id, {}).pop(row.field, None)
    return found


def _lost(connection: Connection, entity: str, entity_id: str) -> frozenset[str]:
    """What a record the county does not have said, and another record of the county's has."""
    query = _LOST.where(_CONFLICT.c.entity == entity, _CONFLICT.c.entity_id == entity_id)
    return frozenset(row.field for row in connection.execute(query))


def _filled(blank: Mapping[str, Value], fields: Mapping[str, Value]) -> dict[str, Value]:
    """`fields` with what a table adds by itself, for comparing whole rows."""
    if _UNREADABLE in fields:
        return {_UNREADABLE: True}
    filled = {**blank, **fields}
    if len(filled) == len(blank):
        return filled
    return {name: filled[name] for name in blank}
