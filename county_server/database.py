"""One database per county: SQLite for a trial and for tests, PostgreSQL by URL for the rest.

A write is one transaction with FULL durability. On SQLite it begins IMMEDIATE, so that writers
queue instead of failing half-way; on PostgreSQL the rows named in `county_server.ledger` are
locked in one order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from app.domain.problem import Refused, Unavailable

_BEGIN = "county_begin"


class Database:
    """The engine, and the two ways to use it."""

    def __init__(self, url: str) -> None:
        """Raises Refused K-02 for something that is not a database URL."""
        try:
            parsed = make_url(url)
        except ArgumentError as error:
            raise Refused(
                "数据库地址写法不对。", do="请写成 postgresql+psycopg://… 再试。", code="K-02"
            ) from error
        self.url = url
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

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()

    @contextmanager
    def _begin(self, how: str) -> Iterator[Connection]:
        options = {_BEGIN: how}
        if not self.is_sqlite:
            # a reader must see one moment: the feed compares two tables
            options["isolation_level"] = "READ COMMITTED" if how != "BEGIN" else "REPEATABLE READ"
        try:
            connection = self.engine.connect().execution_options(**options)
        except OperationalError as error:
            raise Unavailable(
                "连不上县里的数据库。", do="请检查数据库是否在运行，再试一次。", code="K-01"
            ) from error
        with connection, connection.begin():
            yield connection


def insert_or_leave(connection: Connection, table: Table, row: Mapping[str, object]) -> None:
    """Insert a row, or leave the one that stands there by the same key."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert
    else:
        from sqlalchemy.dialects.sqlite import insert  # type: ignore[assignment]  # its twin
    connection.execute(insert(table).values(dict(row)).on_conflict_do_nothing())


def sqlite_url(file: Path) -> str:
    """The URL of an embedded database file."""
    return f"sqlite:///{file}"


def _engine(url: str, *, is_sqlite: bool) -> Engine:
    """An engine whose errors never show a bound value."""
    if not is_sqlite:
        return create_engine(url, hide_parameters=True, pool_pre_ping=True)
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": 60})
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
