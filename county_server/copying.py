"""Many rows at once: on PostgreSQL by COPY, which takes in what it was given while the next rows
are made.

A COPY stays open after its rows were written; whatever is asked of the connection next ends it
first and waits for it, and so does the commit. So it is never in the way, and what is wrong with
its rows is said then at the latest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final

import msgspec
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    Table,
    event,
    insert,
)

from county_server.declined import no_database, only_read

if TYPE_CHECKING:
    from psycopg import Copy

_OPEN: Final = "county_copy"
_ROWS: Final = 250
"""Rows written at a time: the database begins with them while the next are spelled."""
_NULL: Final = b"\\N"
_ESCAPED: Final = re.compile(r"[\\\t\n\r]")
_ESCAPES: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_JSON: Final = msgspec.json.Encoder()


def insert_columns(
    connection: Connection, table: Table, columns: Mapping[str, Sequence[Any]]
) -> None:
    """Insert many rows, given column by column, all of one length.

    Raises Unavailable K-01, K-11. A row that may not be there is refused by the driver's own
    error, on PostgreSQL no later than at the commit.
    """
    if connection.dialect.name != "postgresql":
        rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
        if rows:
            connection.execute(insert(table), rows)
        return
    number = len(next(iter(columns.values())))
    spell = {name: _spelling(table.c[name]) for name in columns}
    for start in range(0, number, _ROWS):
        spelled = [spell[name](values[start : start + _ROWS]) for name, values in columns.items()]
        lines = map(b"\t".join, zip(*spelled, strict=True))
        _write(connection, table, tuple(columns), b"\n".join(lines) + b"\n")


def insert_many(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert many rows, each with the same columns. Raises as `insert_columns` does."""
    if rows:
        insert_columns(connection, table, {n: [row[n] for row in rows] for n in rows[0]})


def end_copies(engine: Engine) -> None:
    """Have every COPY of this engine's connections ended in time. Called once for an engine."""
    event.listen(engine, "before_cursor_execute", _before_statement)
    event.listen(engine, "commit", settle)
    event.listen(engine, "rollback", _abandon)


def settle(connection: Connection) -> None:
    """Wait until every row written is in its table. Raises Unavailable K-01."""
    under_way = _taken(connection)
    if under_way is None:
        return
    from psycopg import OperationalError as Lost

    try:
        under_way[0].close()
    except Lost as error:
        raise no_database() from error


def _taken(connection: Connection) -> tuple[ExitStack, str, tuple[str, ...], Copy] | None:
    """The COPY that is open, which is the caller's to end; none on a connection that was lost."""
    if connection.invalidated:
        return None
    found: tuple[ExitStack, str, tuple[str, ...], Copy] | None = connection.info.pop(_OPEN, None)
    return found


def _before_statement(connection: Connection, *_statement: object) -> None:
    settle(connection)


class _GivenUp(Exception):
    """Why a COPY ended: its transaction is taken back."""


def _abandon(connection: Connection) -> None:
    """End a COPY of a transaction that is taken back."""
    under_way = _taken(connection)
    if under_way is None:
        return
    from psycopg import Error

    given_up = _GivenUp()
    try:
        under_way[0].__exit__(_GivenUp, given_up, None)
    except (Error, _GivenUp):
        return  # what went wrong first is on its way to the caller already


def _write(connection: Connection, table: Table, names: tuple[str, ...], data: bytes) -> None:
    """Rows of COPY's text form into the COPY that is open for these columns, or into a new one."""
    from psycopg import OperationalError as Lost
    from psycopg.errors import ReadOnlySqlTransaction

    under_way = connection.info.get(_OPEN)
    if under_way is None or under_way[1:3] != (table.name, names):
        settle(connection)
    try:
        if _OPEN not in connection.info:
            _begin(connection, table, names)
        connection.info[_OPEN][3].write(data)
    except Lost as error:
        raise no_database() from error
    except ReadOnlySqlTransaction as error:
        raise only_read() from error


def _begin(connection: Connection, table: Table, names: tuple[str, ...]) -> None:
    """Open a COPY, and note it with the connection."""
    driver = connection.connection.driver_connection
    if driver is None:
        raise TypeError("a connection without its driver")
    quote = connection.dialect.identifier_preparer.quote
    columns = ", ".join(quote(name) for name in names)
    with ExitStack() as opening:
        cursor = opening.enter_context(driver.cursor())
        copy = opening.enter_context(
            cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN (ENCODING 'UTF8')")
        )
        connection.info[_OPEN] = (opening.pop_all(), table.name, names, copy)


Spell = Callable[[Sequence[Any]], Sequence[bytes]]
"""Values of a column → how COPY's text form writes each."""


def _spelling(column: Column[Any]) -> Spell:
    """How the values of a column are written."""
    if isinstance(column.type, JSON):
        return _copied_json
    if isinstance(column.type, LargeBinary):
        return _copied_bytes
    if isinstance(column.type, Boolean):
        return _copied_bools
    return _copied_numbers if isinstance(column.type, Integer) else _copied_texts


def _copied_json(values: Sequence[Any]) -> list[bytes]:
    """JSON has no tab and no end of line in it, only their escapes."""
    encode = _JSON.encode
    return [_NULL if v is None else encode(v).replace(b"\\", b"\\\\") for v in values]


def _copied_texts(values: Sequence[str | None]) -> list[bytes]:
    """Many texts are looked through and encoded as one."""
    if None not in values:
        together = "\t".join(values)  # type: ignore[arg-type]  # none of them is None
        if len(_ESCAPED.findall(together)) == len(values) - 1:
            return together.encode().split(b"\t")
    return [_NULL if v is None else v.translate(_ESCAPES).encode() for v in values]


def _copied_bytes(values: Sequence[bytes | None]) -> list[bytes]:
    return [_NULL if v is None else b"\\\\x" + v.hex().encode() for v in values]


def _copied_bools(values: Sequence[bool | None]) -> list[bytes]:
    return [_NULL if v is None else b"t" if v else b"f" for v in values]


def _copied_numbers(values: Sequence[int | None]) -> list[bytes]:
    return [_NULL if v is None else b"%d" % v for v in values]
