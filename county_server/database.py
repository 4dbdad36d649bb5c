"""One database per county: SQLite for a trial and for tests, PostgreSQL by URL for the rest.

A write is one transaction with FULL durability. On SQLite it begins IMMEDIATE, so that writers
queue instead of failing half-way; on PostgreSQL the rows named in `county_server.ledger` are
locked in one order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any, Final

import msgspec
from sqlalchemy import (
    ARRAY,
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    String,
    Table,
    any_,
    create_engine,
    event,
    func,
    insert,
    literal,
    select,
    tuple_,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneLeft

from app.domain.problem import Refused, Unavailable

_BEGIN = "county_begin"
_SIGNER = "county_signer"
_LEVELS = {
    "BEGIN": "REPEATABLE READ", "BEGIN IMMEDIATE": "READ COMMITTED", "AUTOCOMMIT": "AUTOCOMMIT",
}  # fmt: skip
_KEPT = 10
_AT_ONCE = 30
"""With those kept as many as a server process has threads: none waits for a connection."""


class Database:
    """The engine, and the two ways to use it."""

    def __init__(self, url: str, signer: bytes | None = None) -> None:
        """`signer`: the county root's private key, for what is audited.

        Raises Refused K-02 for something that is not a database URL.
        """
        try:
            parsed = make_url(url)
        except ArgumentError as error:
            raise Refused(
                "数据库地址写法不对。", do="请写成 postgresql+psycopg://… 再试。", code="K-02"
            ) from error
        self.url = url
        self._signer = signer
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        self.engine = _engine(url, is_sqlite=self.is_sqlite)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: all of it or nothing. Raises Unavailable when there is no database."""
        with self._begin("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent look. Raises Unavailable when there is no database."""
        with self._begin("BEGIN") as connection:
            yield connection

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """For one statement that is its own transaction, on PostgreSQL. Raises Unavailable."""
        with self._begin("AUTOCOMMIT") as connection:
            yield connection

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()

    @contextmanager
    def _begin(self, how: str) -> Iterator[Connection]:
        options: dict[str, Any] = {_BEGIN: how, _SIGNER: self._signer}
        if not self.is_sqlite:
            # a reader must see one moment: the feed compares two tables
            options["isolation_level"] = _LEVELS[how]
        try:
            connection = self.engine.connect().execution_options(**options)
            with connection, connection.begin():
                yield connection
        except OperationalError as error:
            if getattr(error.orig, "sqlite_errorname", "") == "SQLITE_ERROR":
                raise  # our own mistake
            # also a connection lost on the way, or two writers in each other's way: what is asked
            # again finds all of it done, or nothing
            raise _no_database() from error
        except NoneLeft as error:
            raise _no_database() from error


def signer_of(connection: Connection) -> bytes:
    """The key that signs what is audited in this transaction."""
    signer = connection.get_execution_options().get(_SIGNER)
    if not isinstance(signer, bytes):
        raise TypeError("this database was opened to be looked at, not to be worked in")
    return signer


def insert_or_leave(connection: Connection, table: Table, row: Mapping[str, object]) -> None:
    """Insert a row, or leave the one that stands there by the same key."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert
    else:
        from sqlalchemy.dialects.sqlite import insert  # type: ignore[assignment]  # its twin
    connection.execute(insert(table).values(dict(row)).on_conflict_do_nothing())


def insert_new(connection: Connection, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
    """Insert rows, given column by column, and leave those that stand there by the same key."""
    if connection.dialect.name != "postgresql":
        from sqlalchemy.dialects.sqlite import insert as sqlite_insert

        rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
        if rows:
            connection.execute(sqlite_insert(table).on_conflict_do_nothing(), rows)
        return
    from sqlalchemy.dialects.postgresql import insert as postgres_insert

    sides = [literal(values, ARRAY(table.c[name].type)) for name, values in columns.items()]
    given = func.unnest(*sides).table_valued(*columns, name="given").render_derived()
    connection.execute(
        postgres_insert(table)
        .from_select(list(columns), select(*(given.c[name] for name in columns)))
        .on_conflict_do_nothing()
    )


def among(
    connection: Connection, column: Column[str], values: Sequence[str]
) -> ColumnElement[bool]:
    """Whether a text column holds one of `values`: one array on PostgreSQL, which reads a
    statement of a thousand markers slower than it answers it."""
    if connection.dialect.name != "postgresql":
        return column.in_(values)
    return column == any_(literal(list(values), ARRAY(String)))


def among_pairs(
    connection: Connection,
    columns: tuple[Column[str], Column[str]],
    pairs: Sequence[Sequence[str]],
) -> ColumnElement[bool]:
    """Whether two text columns hold one of `pairs`."""
    if connection.dialect.name != "postgresql":
        return tuple_(*columns).in_([tuple(pair) for pair in pairs])
    sides = [literal([pair[side] for pair in pairs], ARRAY(String)) for side in (0, 1)]
    wanted = func.unnest(*sides).table_valued("one", "other", name="wanted").render_derived()
    return tuple_(*columns).in_(select(wanted.c.one, wanted.c.other))


def insert_many(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert many rows, each with the same columns: on PostgreSQL as one COPY."""
    if not rows:
        return
    if connection.dialect.name != "postgresql":
        connection.execute(insert(table), [dict(row) for row in rows])
        return
    names = list(rows[0])
    spell = [_spelling(table.c[name]) for name in names]
    columns = ", ".join(connection.dialect.identifier_preparer.quote(name) for name in names)
    lines = [
        b"\t".join([_NULL if value is None else as_text(value)
                    for as_text, value in zip(spell, map(row.__getitem__, names), strict=True)])
        for row in rows
    ]  # fmt: skip
    driver = connection.connection.driver_connection
    if driver is None:
        raise TypeError("a connection without its driver")
    from psycopg import OperationalError as Lost

    try:
        with (
            driver.cursor() as cursor,
            cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN (ENCODING 'UTF8')") as copy,
        ):
            copy.write(b"\n".join(lines) + b"\n")
    except Lost as error:
        raise _no_database() from error


_NULL: Final = b"\\N"
_ESCAPED: Final = re.compile(rb"[\\\t\n\r]")
_ESCAPES: Final = {b"\\": b"\\\\", b"\t": b"\\t", b"\n": b"\\n", b"\r": b"\\r"}


def _spelling(column: Column[Any]) -> Callable[[Any], bytes]:
    """How a value of a column is written in COPY's text form."""
    if isinstance(column.type, JSON):
        return _copied_json
    if isinstance(column.type, LargeBinary):
        return _copied_bytes
    if isinstance(column.type, Boolean):
        return _copied_bool
    return _copied_number if isinstance(column.type, Integer) else _copied_text


def _copied_json(value: object) -> bytes:
    """JSON has no tab and no end of line in it, only their escapes."""
    return msgspec.json.encode(value).replace(b"\\", b"\\\\")


def _copied_text(value: str) -> bytes:
    said = value.encode()
    return _ESCAPED.sub(lambda found: _ESCAPES[found[0]], said) if _ESCAPED.search(said) else said


def _copied_bytes(value: bytes) -> bytes:
    return b"\\\\x" + value.hex().encode()


def _copied_bool(value: bool) -> bytes:  # noqa: FBT001  # a value of a row
    return b"t" if value else b"f"


def _copied_number(value: int) -> bytes:
    return b"%d" % value


def _json(value: object) -> str:
    """A value of a JSON column as text."""
    return msgspec.json.encode(value).decode()


def sqlite_url(file: Path) -> str:
    """The URL of an embedded database file."""
    return f"sqlite:///{file}"


def _no_database() -> Unavailable:
    return Unavailable("连不上县里的数据库。", do="请检查数据库是否在运行，再试一次。", code="K-01")


def _engine(url: str, *, is_sqlite: bool) -> Engine:
    """An engine whose errors never show a bound value."""
    if not is_sqlite:
        return create_engine(
            url, hide_parameters=True, pool_pre_ping=True, pool_size=_KEPT, max_overflow=_AT_ONCE,
            json_serializer=_json, json_deserializer=msgspec.json.decode,
        )  # fmt: skip
    engine = create_engine(
        url, hide_parameters=True, connect_args={"timeout": 60},
        json_serializer=_json, json_deserializer=msgspec.json.decode,
    )  # fmt: skip
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: SqliteConnection, _record: object) -> None:
    """Our own BEGIN, checked references, and a commit that survives a power cut."""
    connection.isolation_level = None
    for pragma in ("foreign_keys = ON", "synchronous = FULL", "journal_mode = PERSIST"):
        connection.execute(f"PRAGMA {pragma}").fetchall()


def _begin_sqlite(connection: Connection) -> None:
    """Issue the BEGIN that `read` or `write` asked for."""
    connection.exec_driver_sql(connection.get_execution_options().get(_BEGIN, "BEGIN"))
