"""What is kept of a batch for ever: keys, operations as they came, verdicts, its receipt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, insert, select, update

from app.crypto.envelope import Container, Kind, parse_container
from app.domain.operations import Operation
from app.sync.protocol.batch import BatchHeader
from app.sync.protocol.coding import convert, to_object
from app.sync.protocol.verdict import Verdict
from county_server import declined
from county_server.copying import insert_columns
from county_server.database import among, helpings, insert_new
from county_server.tables import batch, conflict, device, operation, subject_key


def keep_keys(
    connection: Connection, device_id: str, keys: Mapping[str, bytes], subjects: Sequence[str]
) -> dict[str, bytes]:
    """Keep the subject keys that are new; every key the device ever named for each of `subjects`,
    one after the other, the newest last: a household that left and came back has several."""
    insert_new(
        connection,
        subject_key,
        {"device_id": [device_id] * len(keys), "subject": list(keys), "key": list(keys.values())},
    )
    found: dict[str, bytes] = {}
    for some in helpings(connection, subjects):
        query = select(subject_key.c.subject, subject_key.c.key).where(
            subject_key.c.device_id == device_id,
            among(connection, subject_key.c.subject, some),
        )
        found |= {row.subject: bytes(row.key) for row in connection.execute(query)}
    for subject, key in keys.items():
        known = found[subject]
        if key not in (known[at : at + len(key)] for at in range(0, len(known), len(key))):
            found[subject] = known + key
            connection.execute(
                update(subject_key)
                .where(subject_key.c.device_id == device_id, subject_key.c.subject == subject)
                .values(key=found[subject])
            )
    return found


def already_judged(
    connection: Connection, device_id: str, operations: Sequence[Operation]
) -> dict[str, Verdict]:
    """Verdicts of operations that came before under another epoch: they are applied once.

    Raises Declined B-21 when an operation comes back with another content.
    """
    found: dict[str, Verdict] = {}
    hashes = {one.op_id: one.hash.hex() for one in operations}
    for some in helpings(connection, list(hashes)):
        rows = connection.execute(
            select(operation.c.op_id, operation.c.hash, operation.c.verdict).where(
                operation.c.device_id == device_id,
                among(connection, operation.c.op_id, some),
            )
        )
        for row in rows:
            if row.hash != hashes[row.op_id]:
                raise declined.fork()
            found[row.op_id] = convert(row.verdict, Verdict)
    return found


def keep_operations(
    connection: Connection,
    header: BatchHeader,
    operations: Sequence[Operation],
    spelled: Mapping[int, bytes],
    verdicts: Sequence[Verdict],
) -> None:
    """Keep operations as they came, each with its verdict.

    `spelled` is the canonical metadata of each by its number.
    """
    if not operations:
        return
    number = len(operations)
    insert_columns(
        connection,
        operation,
        {
            "device_id": [header.device] * number,
            "epoch": [header.epoch] * number,
            "n": [one.n for one in operations],
            "seq": [header.seq] * number,
            "op_id": [one.op_id for one in operations],
            "entity": [one.entity for one in operations],
            "entity_id": [one.entity_id for one in operations],
            "subject": [one.subject for one in operations],
            "metadata": [msgspec.Raw(spelled[one.n]) for one in operations],
            "ciphertext": [one.ciphertext for one in operations],
            "hash": [one.hash.hex() for one in operations],
            "outcome": [one.outcome for one in verdicts],
            "verdict": verdicts,
            "is_waiting": [_is_waiting(one) for one in verdicts],
        },
    )


def close_carried(connection: Connection, device_id: str, verdicts: Iterable[Verdict]) -> None:
    """Nothing waits any longer that a later operation carried along."""
    carried = [n for verdict in verdicts for n in verdict.absorbs]
    if carried:
        connection.execute(
            update(operation)
            .where(operation.c.device_id == device_id, operation.c.n.in_(carried))
            .values(is_waiting=False)
        )


def _is_waiting(verdict: Verdict) -> bool:
    """Returned, and about a record the county does not have."""
    return verdict.outcome == "returned" and verdict.version == 0


def keep_conflicts(
    connection: Connection,
    device_id: str,
    operations: Sequence[Operation],
    verdicts: Sequence[Verdict],
    at: str,
) -> None:
    """List what a person has to decide."""
    by_n = {one.n: one for one in operations}
    rows = [
        {
            "op_id": by_n[verdict.n].op_id,
            "field": difference.field,
            "device_id": device_id,
            "entity": by_n[verdict.n].entity,
            "entity_id": by_n[verdict.n].entity_id,
            "sides": to_object(difference),
            "raised_at": at,
            "resolved_at": None,
        }
        for verdict in verdicts
        for difference in verdict.differences
    ]
    if not rows:
        return
    known = set(
        connection.execute(
            select(conflict.c.op_id).where(conflict.c.device_id == device_id)
        ).scalars()
    )
    fresh = [row for row in rows if row["op_id"] not in known]
    if fresh:
        connection.execute(insert(conflict), fresh)


def close_conflicts(
    connection: Connection, resolved: Iterable[tuple[str, str, str]], at: str
) -> None:
    """Mark as decided what a person has decided: (entity, id, field)."""
    for entity, entity_id, field in resolved:
        connection.execute(
            update(conflict)
            .where(
                conflict.c.entity == entity,
                conflict.c.entity_id == entity_id,
                conflict.c.field == field,
                conflict.c.resolved_at.is_(None),
            )
            .values(resolved_at=at)
        )


def keep_batch(
    connection: Connection, container: Container, header: BatchHeader, receipt: bytes, at: str
) -> None:
    """The row that makes a second arrival a repetition, and the device's new place."""
    connection.execute(
        insert(batch),
        {
            "device_id": header.device,
            "epoch": header.epoch,
            "seq": header.seq,
            "sha256": container.sha256,
            "first_op": header.first_op,
            "last_op": header.last_op,
            "head": header.head,
            "received_at": at,
            "receipt": receipt,
        },
    )
    connection.execute(
        update(device)
        .where(device.c.id == header.device)
        .values(
            epoch=header.epoch,
            last_seq=header.seq,
            last_batch=container.sha256,
            head_n=header.last_op,
            head=header.head,
            receipt_n=device.c.receipt_n + 1,
            last_receipt=parse_container(Kind.RECEIPT, receipt).sha256,
            last_seen_at=at,
        )
    )
