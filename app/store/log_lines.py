"""The operation log for the many: each operation as the file holds it, its key beside it.

A batch is sealed and a receipt applied for thousands of operations at once. Days and instants lie
in the file in the very words in which they travel, so they are handed on without being read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import msgspec
from sqlalchemy import Text, bindparam, select, type_coerce
from sqlalchemy.engine import Connection

from app.crypto.envelope import NONCE_BYTES, open_body
from app.domain.operations import Value, body_aad
from app.domain.problem import Refused
from app.models.base import table_of
from app.models.log import OperationRow, SubjectKeyRow
from app.store.prepared import Prepared

_OPERATION = table_of(OperationRow)
_KEY = table_of(SubjectKeyRow)


class LogLine(NamedTuple):
    """One operation; days and instants as text. `key` is None once its subject was erased."""

    n: int
    op_id: str
    kind: str
    entity: str
    entity_id: str
    subject: str
    base_version: int
    actor: str
    business_date: str
    wall: str
    tz: int
    boot: str
    mono: int
    last_server_time: str | None
    app_version: str
    schema_version: int
    ciphertext: bytes
    hash: bytes
    key: bytes | None

    def __repr__(self) -> str:
        return f"<LogLine {self.n}>"

    def metadata(self) -> dict[str, Value]:
        """What `Operation.metadata` says of the same operation."""
        return {name: getattr(self, name) for name in _METADATA}

    def opened(self) -> tuple[bytes, bytes] | None:
        """(nonce, canonical patch); None for what nobody can read any more."""
        if self.key is None:
            return None
        try:
            body = open_body(self.key, self.ciphertext, body_aad(self.op_id, self.subject))
        except Refused:
            return None
        return self.ciphertext[:NONCE_BYTES], body

    def patch(self) -> dict[str, list[Any]]:
        """field → [old, new]; nothing of an erased subject, also where it has come back since."""
        found = self.opened()
        if found is None:
            return {}
        patch: dict[str, list[Any]] = msgspec.json.decode(found[1])
        return patch


_METADATA: Final = tuple(
    name for name in LogLine._fields if name not in {"n", "ciphertext", "hash", "key"}
)
_AS_TEXT: Final = frozenset({"business_date", "wall", "last_server_time"})
_LINES: Final = Prepared(
    select(
        *(
            type_coerce(_OPERATION.c[name], Text) if name in _AS_TEXT else _OPERATION.c[name]
            for name in LogLine._fields[:-1]
        ),
        _KEY.c.key,
    )
    .outerjoin(_KEY, _KEY.c.subject == _OPERATION.c.subject)
    .where(_OPERATION.c.n.between(bindparam("first"), bindparam("last")))
    .order_by(_OPERATION.c.n)
)


def read_lines(connection: Connection, first: int, last: int) -> Sequence[LogLine]:
    """Operations `first` … `last` in order."""
    return [LogLine._make(row) for row in _LINES.raw(connection, {"first": first, "last": last})]
