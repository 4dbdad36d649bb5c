"""Batches on their way to the county: which operations they hold and how far they have come.

A batch is fixed as a range of operations first, then sealed into a file, then sent as often as
needed, byte for byte the same, until the county's receipt is stored (security §4.12).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    true,
    tuple_,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from app.domain.operations import AUDIT, GENESIS, OperationState
from app.domain.words import Word
from app.models.base import table_of
from app.models.log import (
    DeviceRow,
    OperationRow,
    OperationStateRow,
    OutboxBatchRow,
    ReceiptRow,
)
from app.store.log_lines import LogLine, read_lines
from app.store.prepared import Prepared

_BATCH = table_of(OutboxBatchRow)
_OPERATION = table_of(OperationRow)
_STATE = table_of(OperationStateRow)
_RECEIPT = table_of(ReceiptRow)
_DEVICE = table_of(DeviceRow)
_ATTACHMENT: Final = "attachment"
_AT_ONCE: Final = timedelta(minutes=1)
"""A page that was begun before a batch came and signed after it is no sign of anything."""
_WAITING: Final = select(
    # the log has no holes: its last number is its length, which no walk over it has to find
    select(func.coalesce(func.max(_OPERATION.c.n), 0)).scalar_subquery()
    - select(func.count())
    .where(_STATE.c.state.not_in([OperationState.WAITING, OperationState.SENT]))
    .scalar_subquery()
)
_PUT: Final = upsert(_STATE)
_PUT_STATES: Final = Prepared(
    _PUT.on_conflict_do_update(
        index_elements=["n"],
        set_={
            name: _PUT.excluded[name]
            for name in ("state", "verdict", "receipt_sha256", "changed_at")
        },
    )
)

_RECORDS: Final = Prepared(
    select(_OPERATION.c.entity, _OPERATION.c.entity_id)
    .where(
        _OPERATION.c.n.between(bindparam("first"), bindparam("last")), _OPERATION.c.entity != AUDIT
    )
    .distinct()
)


class BatchState(Word):
    """How far a batch has come."""

    SEALING = "sealing", "正在打包"
    SEALED = "sealed", "等着上传"
    SENT = "sent", "已送出"
    EXPORTED = "exported", "已导出到U盘，县里尚未确认"
    ACKNOWLEDGED = "acknowledged", "县里已收"


@dataclass(frozen=True, slots=True)
class OutboxBatch:
    """One batch. `sha256` is known once it is sealed."""

    epoch: int
    seq: int
    first_n: int
    last_n: int
    state: BatchState
    sha256: str | None
    prev_sha256: str | None
    created_at: datetime

    def file(self, folder: Path) -> Path:
        """Where its bytes lie."""
        return folder / f"{self.epoch:04d}-{self.seq:08d}.sab"

    def answer(self, folder: Path) -> Path:
        """Where its receipt lies from its arrival until it is kept."""
        return self.file(folder).with_suffix(".sap")


@dataclass(frozen=True, slots=True)
class Contents:
    """What a batch is sealed from."""

    operations: tuple[LogLine, ...] = field(repr=False)
    keys: dict[str, bytes] = field(repr=False)
    prev_head: bytes
    prev_batch: str | None
    """SHA-256 of the batch before, which is sealed first; None for the first of an epoch."""
    blobs: tuple[str, ...] = ()
    """SHA-256 of the attachments these operations name, each once."""


def current_epoch(connection: Connection) -> int:
    """The epoch in which this vault numbers its batches; a restored backup begins a new one."""
    epoch: int = connection.execute(select(_DEVICE.c.epoch)).scalar_one()
    return epoch


def forget_older_epochs(connection: Connection) -> None:
    """Drop batches of an earlier life that were never acknowledged; their operations go again."""
    connection.execute(
        delete(_BATCH).where(
            _BATCH.c.epoch < current_epoch(connection), _BATCH.c.state != BatchState.ACKNOWLEDGED
        )
    )


def begin_epoch(connection: Connection) -> None:
    """Number batches anew from here: sealed bytes that may have been sent were lost."""
    connection.execute(update(_DEVICE).values(epoch=_DEVICE.c.epoch + 1))
    forget_older_epochs(connection)


def take_back(connection: Connection, last_n: int) -> int:
    """The county has lost what came after operation `last_n`: it goes again, in a new epoch.

    Their states are forgotten, for what the county does not hold is not 县里已收; the receipts
    stay as what it once signed. Returns how many operations wait again.
    """
    taken_back = connection.execute(
        delete(_STATE).where(
            _STATE.c.n > last_n,
            _STATE.c.state.not_in([OperationState.WAITING, OperationState.SENT]),
        )
    ).rowcount
    begin_epoch(connection)
    connection.execute(delete(_BATCH).where(_BATCH.c.last_n > last_n))
    return taken_back


def last_acknowledged(connection: Connection) -> int:
    """The last operation the county ever signed for, as far as it has not lost it since."""
    return _acknowledged(connection, true())


def end_before(connection: Connection, epoch: int, seq: int) -> int | None:
    """The last operation that was acknowledged before batch `(epoch, seq)`; None where nothing
    from there on ever was."""
    place = tuple_(_BATCH.c.epoch, _BATCH.c.seq)
    if not _acknowledged(connection, place >= (epoch, seq)):
        return None
    return _acknowledged(connection, place < (epoch, seq))


def end_known(connection: Connection, epoch: int, n: int, at: datetime) -> int | None:
    """The last operation a county still has that said at `at` it knows `n` operations in `epoch`;
    None where it had not acknowledged any other by then."""
    beyond = or_(_BATCH.c.epoch > epoch, _BATCH.c.last_n > n)
    place = tuple_(_BATCH.c.epoch, _BATCH.c.seq)
    signed = select(_RECEIPT.c.epoch, _RECEIPT.c.seq).where(_RECEIPT.c.server_time < at - _AT_ONCE)
    if not _acknowledged(connection, and_(beyond, place.in_(signed))):
        return None
    return _acknowledged(connection, and_(_BATCH.c.epoch <= epoch, _BATCH.c.last_n <= n))


def _acknowledged(connection: Connection, which: ColumnElement[bool]) -> int:
    """The last operation in those acknowledged batches, 0 when there are none."""
    query = select(func.coalesce(func.max(_BATCH.c.last_n), 0)).where(
        which, _BATCH.c.state == BatchState.ACKNOWLEDGED
    )
    last: int = connection.execute(query).scalar_one()
    return last


def oldest_waiting(connection: Connection) -> OutboxBatch | None:
    """The first batch without a receipt, or None."""
    query = (
        select(_BATCH)
        .where(_BATCH.c.state != BatchState.ACKNOWLEDGED)
        .order_by(_BATCH.c.epoch, _BATCH.c.seq)
        .limit(1)
    )
    row = connection.execute(query).mappings().first()
    return None if row is None else _batch(dict(row))


def waiting_after(connection: Connection, batch: OutboxBatch) -> OutboxBatch | None:
    """The next batch of the same epoch without a receipt, or None."""
    query = select(_BATCH).where(
        _BATCH.c.epoch == batch.epoch,
        _BATCH.c.seq == batch.seq + 1,
        _BATCH.c.state != BatchState.ACKNOWLEDGED,
    )
    row = connection.execute(query).mappings().first()
    return None if row is None else _batch(dict(row))


def waiting_batches(connection: Connection) -> list[OutboxBatch]:
    """Every batch without a receipt, in order."""
    query = (
        select(_BATCH)
        .where(_BATCH.c.state != BatchState.ACKNOWLEDGED)
        .order_by(_BATCH.c.epoch, _BATCH.c.seq)
    )
    return [_batch(dict(row)) for row in connection.execute(query).mappings()]


def reserve(connection: Connection, most: int, at: datetime) -> OutboxBatch | None:
    """Fix the next range of at most `most` operations as a batch; None when nothing waits."""
    first = last_batched(connection) + 1
    last: int = connection.execute(select(func.coalesce(func.max(_OPERATION.c.n), 0))).scalar_one()
    if last < first:
        return None
    epoch = current_epoch(connection)
    query = select(func.coalesce(func.max(_BATCH.c.seq), 0)).where(_BATCH.c.epoch == epoch)
    before: int = connection.execute(query).scalar_one()
    row = {
        "epoch": epoch,
        "seq": before + 1,
        "first_n": first,
        "last_n": min(last, first + most - 1),
        "state": BatchState.SEALING,
        "sha256": None,
        "prev_sha256": None,
        "created_at": at,
    }
    connection.execute(insert(_BATCH), row)
    return _batch(row)


def contents(connection: Connection, batch: OutboxBatch) -> Contents:
    """The operations of a batch, the keys that open them, and the hash before the first."""
    operations = tuple(read_lines(connection, batch.first_n, batch.last_n))
    before = connection.execute(
        select(_OPERATION.c.hash).where(_OPERATION.c.n == batch.first_n - 1)
    ).scalar_one_or_none()
    return Contents(
        operations,
        {one.subject: one.key for one in operations if one.key is not None},
        before or GENESIS,
        _previous_sha256(connection, batch),
        _blobs_named(operations),
    )


def records_in(connection: Connection, batch: OutboxBatch) -> tuple[tuple[str, str], ...]:
    """(entity, id) of every record the operations of a batch speak of."""
    return tuple(_RECORDS.raw(connection, {"first": batch.first_n, "last": batch.last_n}))


def mark(connection: Connection, batch: OutboxBatch, state: BatchState, sha256: str) -> None:
    """Note how far a batch has come and the hash of its bytes."""
    connection.execute(
        update(_BATCH)
        .where(_BATCH.c.epoch == batch.epoch, _BATCH.c.seq == batch.seq)
        .values(state=state, sha256=sha256, prev_sha256=_previous_sha256(connection, batch))
    )


def mark_sent(connection: Connection, batch: OutboxBatch, state: BatchState, at: datetime) -> None:
    """Say that the bytes of a batch left the laptop, by whichever road."""
    connection.execute(
        update(_BATCH)
        .where(_BATCH.c.epoch == batch.epoch, _BATCH.c.seq == batch.seq)
        .values(state=state)
    )
    rows: list[dict[str, object]] = [
        {"n": n, "state": OperationState.SENT, "verdict": None, "receipt_sha256": None,
         "changed_at": at}
        for n in range(batch.first_n, batch.last_n + 1)
    ]  # fmt: skip
    put_states(connection, rows)


def mark_not_taken(connection: Connection, batch: OutboxBatch) -> None:
    """The county said no to the bytes of a batch: nothing of it is on its way any more."""
    connection.execute(
        update(_BATCH)
        .where(_BATCH.c.epoch == batch.epoch, _BATCH.c.seq == batch.seq)
        .values(state=BatchState.SEALED)
    )
    connection.execute(
        delete(_STATE).where(
            _STATE.c.n.between(batch.first_n, batch.last_n), _STATE.c.state == OperationState.SENT
        )
    )


def put_states(connection: Connection, rows: Sequence[dict[str, object]]) -> None:
    """Insert or replace rows of operation states."""
    _PUT_STATES.run_many(connection, rows)


def waiting_operations(connection: Connection) -> int:
    """How many operations the county has not answered."""
    number: int = connection.execute(_WAITING).scalar_one()
    return number


def _blobs_named(operations: Sequence[LogLine]) -> tuple[str, ...]:
    """What follows the text of these operations."""
    patches = [one.patch() for one in operations if one.entity == _ATTACHMENT]
    return tuple(sorted({str(patch["sha256"][1]) for patch in patches if "sha256" in patch}))


def _previous_sha256(connection: Connection, batch: OutboxBatch) -> str | None:
    """The hash of the batch before in the same epoch."""
    query = select(_BATCH.c.sha256).where(
        _BATCH.c.epoch == batch.epoch, _BATCH.c.seq == batch.seq - 1
    )
    sha256: str | None = connection.execute(query).scalar_one_or_none()
    return sha256


def last_batched(connection: Connection) -> int:
    """The last operation that is in a batch of this epoch, or was acknowledged in an earlier."""
    query = select(func.coalesce(func.max(_BATCH.c.last_n), 0))
    number: int = connection.execute(query).scalar_one()
    return number


def _batch(row: dict[str, object]) -> OutboxBatch:
    """A row as a value."""
    return OutboxBatch(**{**row, "state": BatchState(row["state"])})  # type: ignore[arg-type]  # a row
