"""Batches and pages as they travel, made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.domain.operations import GENESIS, Operation, operation_hash
from app.sync.protocol.batch import NO_BATCH, BatchHeader, encode_payload
from app.sync.protocol.feed import Entry, Page, PageHead

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
DEVICE = "device-1"


def chain(count: int, previous: bytes = GENESIS, first: int = 1) -> list[Operation]:
    """`count` operations in a row."""
    made = []
    for n in range(first, first + count):
        bare = Operation(
            n=n,
            op_id=f"op-{n}",
            kind="record",
            entity="visit",
            entity_id=f"v-{n}",
            subject=f"h-{n % 3}",
            base_version=0,
            actor="officer-1",
            business_date=NOON.date(),
            wall=NOON + timedelta(minutes=n),
            tz=480,
            boot="boot",
            mono=n,
            last_server_time=None,
            app_version="0.1.0",
            schema_version=1,
            ciphertext=bytes(40),
            hash=b"",
        )
        previous = operation_hash(previous, n, DEVICE, bare.metadata(), bare.ciphertext)
        made.append(replace(bare, hash=previous))
    return made


def header_of(operations: list[Operation], **changes: object) -> BatchHeader:
    fields = {
        "v": 1,
        "suite": "S1",
        "county": "459901",
        "to": "0" * 16,
        "device": DEVICE,
        "cert": "0" * 64,
        "epoch": 1,
        "seq": 1,
        "first_op": operations[0].n,
        "last_op": operations[-1].n,
        "prev_batch": NO_BATCH,
        "prev_head": GENESIS.hex(),
        "head": operations[-1].hash.hex(),
        "n_ops": len(operations),
        "n_blobs": 0,
        "created": "2026-03-02T04:00:00.000Z",
        "app": "0.1.0",
    }
    return BatchHeader(**(fields | changes))


def payload_of(operations: list[Operation]) -> bytes:
    return encode_payload({o.subject: bytes(32) for o in operations}, operations)


def page_of(after: dict[str, int], end: dict[str, int], *positions: int) -> Page:
    entries = tuple(
        Entry(
            kind="upsert", scope="v", position=position, entity="visit", entity_id=f"e-{position}",
            subject="h", version=1, body={},
        )
        for position in positions
    )  # fmt: skip
    head = PageHead(
        after=after,
        next=end,
        more=False,
        server_time="2026-03-02T04:00:00.000Z",
        n_entries=len(entries),
    )
    return Page(head, entries)
