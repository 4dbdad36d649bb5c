"""The audit: every line leads on from the one before and is signed by the county's root.

Whoever changes, takes out or puts in a line breaks the chain from there on. Lines taken off the
end are missed by whoever wrote down the head: number and hash of the newest line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Row, func, insert, select, update

from app.crypto.envelope import Purpose, sign, verify
from app.domain.operations import canonical
from app.domain.problem import Refused
from county_server.database import Database, insert_or_leave
from county_server.tables import audit, audit_head

BEFORE_ALL: Final = "0" * 64
_HEAD: Final = 1
_CONTEXT: Final = b"sa/audit/v1\0"


@dataclass(frozen=True, slots=True)
class Head:
    """The newest line: its number and its hash in hex."""

    n: int
    hash: str

    def __str__(self) -> str:
        """As it is written down and typed."""
        return f"{self.n}:{self.hash}"


@dataclass(frozen=True, slots=True)
class Checked:
    """A chain that holds: its lines, those older than the chain, and where it ends."""

    lines: int
    older: int
    head: Head


def add_line(
    connection: Connection, signer: bytes, *, at: str, who: str, what: str, about: str
) -> None:
    """Append a line under the county root's private key; the head is held until commit."""
    held = _hold_head(connection)
    row = {"n": held.n + 1, "at": at, "who": who, "what": what, "about": about}
    digest = _hash(held.hash, row)
    signature = sign(signer, Purpose.AUDIT, digest)
    connection.execute(insert(audit), {**row, "hash": digest.hex(), "signature": signature})
    connection.execute(
        update(audit_head).where(audit_head.c.id == _HEAD).values(n=held.n + 1, hash=digest.hex())
    )


def check_chain(database: Database, root_public: bytes, expected: Head | None = None) -> Checked:
    """Read the whole audit again.

    Raises Refused K-30 naming the first line that does not fit, or when `expected`, a head written
    down earlier, is not in it.
    """
    with database.read() as connection:
        before, lines, older, last = BEFORE_ALL, 0, 0, 0
        met = expected is None
        for row in _rows(connection):
            if row.n != last + 1:
                raise _broken(last + 1)
            last = row.n
            if row.hash is None and lines == 0:
                older += 1
                continue
            _check_line(row, before, root_public)
            before, lines = row.hash, lines + 1
            met = met or Head(row.n, row.hash) == expected
        head = connection.execute(select(audit_head.c.n, audit_head.c.hash)).first()
    if head is not None and (head.n, head.hash) != (last, before):
        raise _broken(last + 1)
    if not met:
        raise _broken(last + 1)
    return Checked(lines, older, Head(last, before))


def parse_head(text: str) -> Head:
    """A head as it was printed. Raises Refused K-31."""
    number, _, digest = text.strip().partition(":")
    if not number.isdigit() or len(digest) != len(BEFORE_ALL):
        raise Refused(
            "审计的尾号写法不对。", do="请照上次打印的写：号数:64位字母数字。", code="K-31"
        )
    return Head(int(number), digest)


def _rows(connection: Connection) -> Iterator[Row[tuple[object, ...]]]:
    """Every line in order, a few at a time."""
    yield from connection.execution_options(yield_per=1_000).execute(
        select(audit).order_by(audit.c.n)
    )


def _check_line(row: Row[tuple[object, ...]], before: str, root_public: bytes) -> None:
    """Raises Refused K-30."""
    told = {"n": row.n, "at": row.at, "who": row.who, "what": row.what, "about": row.about}
    digest = _hash(before, told)
    if row.hash != digest.hex() or row.signature is None:
        raise _broken(row.n)
    try:
        verify(root_public, Purpose.AUDIT, digest, row.signature)
    except Refused as error:
        raise _broken(row.n) from error


def _hash(before: str, row: dict[str, object]) -> bytes:
    """What a line commits to."""
    return hashlib.sha256(_CONTEXT + bytes.fromhex(before) + canonical(row)).digest()


def _hold_head(connection: Connection) -> Row[tuple[object, ...]]:
    """The head's row, this transaction's until it ends; made with the first line."""
    query = select(audit_head).where(audit_head.c.id == _HEAD).with_for_update()
    held = connection.execute(query).first()
    if held is not None:
        return held
    newest = connection.execute(select(func.coalesce(func.max(audit.c.n), 0))).scalar_one()
    insert_or_leave(connection, audit_head, {"id": _HEAD, "n": newest, "hash": BEFORE_ALL})
    return connection.execute(query).one()


def _broken(n: int) -> Refused:
    return Refused(
        f"县平台的操作记录从第 {n} 行起对不上，可能被改动过。",
        do="请停用数据库的维护账号，保留现场，联系上级和厂家。",
        code="K-30",
    )
