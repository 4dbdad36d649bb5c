"""The operation log on disk: appending to the chain, reading it back, proving it whole."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, bindparam, insert, select, update

from app import __version__
from app.crypto.envelope import new_subject_key, open_body, seal_body
from app.domain.clock import Clock
from app.domain.ids import IDENTIFIER, new_id
from app.domain.operations import (
    GENESIS,
    Operation,
    Patch,
    Value,
    body_aad,
    canonical,
    operation_hash,
)
from app.domain.problem import Refused
from app.models.base import SCHEMA_VERSION, table_of
from app.models.log import (
    DeviceRow,
    OperationRow,
    OperationStateRow,
    ServerDocumentRow,
    SubjectKeyRow,
)
from app.store.prepared import Prepared

_OPERATION = table_of(OperationRow)
_KEY = table_of(SubjectKeyRow)
_STATE = table_of(OperationStateRow)
_DEVICE = table_of(DeviceRow)
_DOCUMENT = table_of(ServerDocumentRow)
_COLUMNS = tuple(column.name for column in _OPERATION.columns)

# made once: building a statement costs as much as running it
_APPEND = Prepared(insert(_OPERATION))
_KEY_OF = Prepared(select(_KEY.c.key).where(_KEY.c.subject == bindparam("subject")))
_IS_BACK = select(_DOCUMENT.c.version).where(
    _DOCUMENT.c.entity == "household", _DOCUMENT.c.entity_id == bindparam("subject")
)
_HEAD = select(_OPERATION.c.n, _OPERATION.c.hash).order_by(_OPERATION.c.n.desc()).limit(1)
HEAD_COLUMNS = tuple(
    select(column).order_by(_OPERATION.c.n.desc()).limit(1).scalar_subquery().label(label)
    for label, column in (("head_n", _OPERATION.c.n), ("head_hash", _OPERATION.c.hash))
)
"""The end of the chain as columns beside another question, for `head_of`."""


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain: the newest operation's number and hash (0 and GENESIS when empty)."""

    n: int
    hash: bytes


@dataclass(slots=True)
class Journal:
    """Appends operations within one transaction of one connection."""

    connection: Connection
    clock: Clock
    device_id: str
    actor: str
    head: Head
    """Where the chain stands inside this transaction."""
    last_server_time: datetime | None = None
    """The county's time in the newest receipt held: what an operation cannot be older than."""
    appended: Head | None = None
    """The head after the newest operation of this transaction, None before the first."""
    _keys: dict[str, bytes] = field(default_factory=dict, repr=False)

    def append(
        self,
        *,
        kind: str,
        entity: str,
        entity_id: str,
        subject: str,
        base_version: int,
        patch: Patch,
        business_date: date,
    ) -> Operation:
        """Seal `patch` under its subject's key and add it to the chain.

        Raises ValueError for a name no batch may carry: nothing after it would ever go up.
        """
        if not all(map(IDENTIFIER.fullmatch, (kind, entity, entity_id, subject))):
            raise ValueError(f"an operation of {entity} names what the county cannot read")
        before = self.head
        evidence = self.clock.evidence()
        op_id = new_id(evidence.wall)
        unsealed = Operation(
            n=before.n + 1,
            op_id=op_id,
            kind=kind,
            entity=entity,
            entity_id=entity_id,
            subject=subject,
            base_version=base_version,
            actor=self.actor,
            business_date=business_date,
            wall=evidence.wall,
            tz=evidence.tz,
            boot=evidence.boot,
            mono=evidence.mono,
            last_server_time=self.last_server_time,
            app_version=__version__,
            schema_version=SCHEMA_VERSION,
            ciphertext=seal_body(self._key(subject), canonical(patch), body_aad(op_id, subject)),
            hash=b"",
        )
        metadata = unsealed.metadata()
        digest = operation_hash(
            before.hash, unsealed.n, self.device_id, metadata, unsealed.ciphertext
        )
        _APPEND.run(
            self.connection,
            {name: getattr(unsealed, name) for name in _COLUMNS if name != "hash"}
            | {"hash": digest},
        )
        self.head = self.appended = Head(unsealed.n, digest)
        return replace(unsealed, hash=digest)

    def _key(self, subject: str) -> bytes:
        """The key of `subject`, made at its first operation. Raises Refused once it is erased."""
        known = self._keys.get(subject)
        if known is not None:
            return known
        row = _KEY_OF.first(self.connection, {"subject": subject})
        if row is None:
            key = new_subject_key()
            self.connection.execute(
                insert(_KEY), {"subject": subject, "key": key, "destroyed_at": None}
            )
        elif row["key"] is None:
            key = self._key_again(subject)
        else:
            key = bytes(row["key"])
        self._keys[subject] = key
        return key

    def _key_again(self, subject: str) -> bytes:
        """A new key for a household that left and has come back; what the old one sealed stays
        unreadable here. Raises Refused H-01 for one that did not come back."""
        if self.connection.execute(_IS_BACK, {"subject": subject}).first() is None:
            raise Refused(
                "这一户已经移交出去，本机不再保管。", do="请到接手的村里办理。", code="H-01"
            )
        key = new_subject_key()
        self.connection.execute(update(_KEY).where(_KEY.c.subject == subject).values(key=key))
        return key


def read_head(connection: Connection) -> Head:
    """The stored end of the chain."""
    row = connection.execute(_HEAD).first()
    return Head(0, GENESIS) if row is None else Head(row.n, row.hash)


def hash_at(connection: Connection, n: int) -> bytes | None:
    """The hash of operation `n`; None when the log does not reach that far."""
    found = connection.execute(select(_OPERATION.c.hash).where(_OPERATION.c.n == n)).scalar()
    return None if found is None else bytes(found)


def head_of(row: Mapping[str, Any]) -> Head:
    """The end of the chain from a row with `HEAD_COLUMNS`."""
    n: int | None = row["head_n"]
    return Head(0, GENESIS) if n is None else Head(n, row["head_hash"])


def operation_of(row: RowMapping) -> Operation:
    """One stored operation as a value."""
    return Operation(**{name: row[name] for name in _COLUMNS})


def read_operations(
    connection: Connection, first: int = 1, last: int | None = None
) -> Iterator[Operation]:
    """Operations `first` … `last` (the end when None) in order."""
    query = select(_OPERATION).where(_OPERATION.c.n >= first).order_by(_OPERATION.c.n)
    if last is not None:
        query = query.where(_OPERATION.c.n <= last)
    for row in connection.execute(query).mappings():
        yield operation_of(row)


def read_patch(connection: Connection, operation: Operation) -> Patch | None:
    """The patch in clear, or None when its subject has been erased."""
    key = connection.execute(select(_KEY).where(_KEY.c.subject == operation.subject)).one()
    patch = _opened(key, operation.ciphertext, operation.op_id, operation.subject)
    return None if patch is None else {name: (pair[0], pair[1]) for name, pair in patch.items()}


def read_about(
    connection: Connection, subject: str, entities: Sequence[str], most: int
) -> list[tuple[Operation, Patch]]:
    """The newest operations about `subject` on these kinds of record, in clear, the newest first.

    Nothing of an erased subject.
    """
    query = (
        select(_OPERATION)
        .where(_OPERATION.c.subject == subject, _OPERATION.c.entity.in_(entities))
        .order_by(_OPERATION.c.n.desc())
        .limit(most)
    )
    found = [operation_of(row) for row in connection.execute(query).mappings()]
    patches = [(one, read_patch(connection, one)) for one in found]
    return [(one, patch) for one, patch in patches if patch is not None]


def _opened(
    key: Row[Any], ciphertext: bytes, op_id: str, subject: str
) -> dict[str, list[Value]] | None:
    """A sealed patch as JSON: field → [old, new]; None when its key was destroyed, be it that the
    household has come back since and has another. Raises Refused B-07 for another key's."""
    if key.key is None:
        return None
    try:
        body = open_body(key.key, ciphertext, body_aad(op_id, subject))
    except Refused:
        if key.destroyed_at is None:
            raise
        return None
    patch: dict[str, list[Value]] = json.loads(body)
    return patch


def read_patches(
    connection: Connection, settled: Sequence[str]
) -> Iterator[tuple[str, str, str | None, dict[str, Value]]]:
    """Of every operation in a state outside `settled`: entity, id, state, and the new values.

    In order of `n`, in one pass. What an erased subject's operation said is empty.
    """
    keys = {row.subject: row for row in connection.execute(select(_KEY))}
    query = (
        select(
            _OPERATION.c.entity,
            _OPERATION.c.entity_id,
            _STATE.c.state,
            _OPERATION.c.op_id,
            _OPERATION.c.subject,
            _OPERATION.c.ciphertext,
        )
        .outerjoin(_STATE, _STATE.c.n == _OPERATION.c.n)
        .where(_STATE.c.state.is_(None) | _STATE.c.state.not_in(settled))
        .order_by(_OPERATION.c.n)
    )
    for entity, entity_id, state, op_id, subject, ciphertext in connection.execute(query):
        patch = _opened(keys[subject], ciphertext, op_id, subject) or {}
        yield entity, entity_id, state, {name: pair[1] for name, pair in patch.items()}


def verify_chain(connection: Connection) -> Head:
    """Walk the whole chain and return its head. Raises Refused V-03 at the first break."""
    device_id: str = connection.execute(select(_DEVICE.c.device_id)).scalar_one()
    head = Head(0, GENESIS)
    for operation in read_operations(connection):
        digest = operation_hash(
            head.hash, operation.n, device_id, operation.metadata(), operation.ciphertext
        )
        if operation.n != head.n + 1 or digest != operation.hash:
            raise Refused(
                "保险箱里的操作记录对不上，可能被改动或损坏过。",
                do="请用最近一次备份恢复，或拿到县里检查。",
                code="V-03",
            )
        head = Head(operation.n, digest)
    return head
