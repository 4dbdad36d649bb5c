"""One database per county: SQLite for a trial and for tests, PostgreSQL by URL for the rest.

A write is one transaction with FULL durability. On SQLite it begins IMMEDIATE, so that writers
queue instead of failing half-way; on PostgreSQL the rows named in `county_server.ledger` are
locked in one order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any, TypeVar

import msgspec
from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    Connection,
    Dialect,
    Engine,
    Table,
    any_,
    create_engine,
    event,
    func,
    literal,
    select,
    tuple_,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneLeft
from sqlalchemy.types import UserDefinedType

from app.domain.problem import Refused
from county_server.copying import end_copies
from county_server.declined import no_database, only_read

T = TypeVar("T")

_BEGIN = "county_begin"
_SIGNER = "county_signer"
_LEVELS = {
    "BEGIN": "REPEATABLE READ", "BEGIN IMMEDIATE": "READ COMMITTED", "AUTOCOMMIT": "AUTOCOMMIT",
}  # fmt: skip
_READ_ONLY = "25006"
_MARKERS = 400
"""Keys in one IN clause: below the limits of every SQLite."""
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
        """One transaction: all of it or nothing. Raises Unavailable when there is no database, or
        one that may only be read."""
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
            raise no_database() from error
        except NoneLeft as error:
            raise no_database() from error
        except InternalError as error:
            if getattr(error.orig, "sqlstate", "") != _READ_ONLY:
                raise  # our own mistake
            raise only_read() from error


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


class _Texts(UserDefinedType[Sequence[str]]):
    """Many texts as one array, spelled at once: the driver looks at each by itself."""

    cache_ok = True
    render_bind_cast = True

    def get_col_spec(self, **_options: object) -> str:
        """The type the database reads it as."""
        return "VARCHAR[]"

    def bind_processor(self, _dialect: Dialect) -> Callable[[Sequence[str] | None], str | None]:
        """How a value is written."""
        return _as_array


def _as_array(values: Sequence[str] | None) -> str | None:
    """Texts in the form in which PostgreSQL writes an array."""
    if not values:
        return None if values is None else "{}"
    together = '","'.join(values)
    if "\\" in together or together.count('"') != (len(values) - 1) * len('""'):
        escaped = (value.replace("\\", "\\\\").replace('"', '\\"') for value in values)
        together = '","'.join(escaped)
    return f'{{"{together}"}}'


def helpings(connection: Connection, values: Sequence[T]) -> Iterator[Sequence[T]]:
    """`values` for `among` and `among_pairs`, as many as a statement takes: a marker for each on
    SQLite, on PostgreSQL all in one array."""
    most = _MARKERS if connection.dialect.name != "postgresql" else max(len(values), 1)
    return (values[start : start + most] for start in range(0, len(values), most))


def among(
    connection: Connection, column: Column[str], values: Sequence[str]
) -> ColumnElement[bool]:
    """Whether a text column holds one of `values`: one array on PostgreSQL, which reads a
    statement of a thousand markers slower than it answers it."""
    if connection.dialect.name != "postgresql":
        return column.in_(values)
    return column == any_(literal(values, _Texts()))


def among_pairs(
    connection: Connection,
    columns: tuple[Column[str], Column[str]],
    pairs: Sequence[Sequence[str]],
) -> ColumnElement[bool]:
    """Whether two text columns hold one of `pairs`."""
    if connection.dialect.name != "postgresql":
        return tuple_(*columns).in_([tuple(pair) for pair in pairs])
    sides = [literal([pair[side] for pair in pairs], _Texts()) for side in (0, 1)]
    wanted = func.unnest(*sides).table_valued("one", "other", name="wanted").render_derived()
    return tuple_(*columns).in_(select(wanted.c.one, wanted.c.other))


def _json(value: object) -> str:
    """A value of a JSON column as text."""
    return msgspec.json.encode(value).decode()


def sqlite_url(file: Path) -> str:
    """The URL of an embedded database file."""
    return f"sqlite:///{file}"


def _engine(url: str, *, is_sqlite: bool) -> Engine:
    """An engine whose errors never show a bound value."""
    if not is_sqlite:
        engine = create_engine(
            url, hide_parameters=True, pool_pre_ping=True, pool_size=_KEPT, max_overflow=_AT_ONCE,
            json_serializer=_json, json_deserializer=msgspec.json.decode,
        )  # fmt: skip
        end_copies(engine)
        return engine
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
