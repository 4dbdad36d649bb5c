"""SQLAlchemy over the encrypted file: one connection, one thread, our own BEGIN.

The driver's legacy transactions leave half a migration behind (security F10), so it runs in
autocommit and every transaction starts with `BEGIN IMMEDIATE` here. There is one connection;
asking for a second while it is out fails at once instead of waiting for itself.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.pool import PoolProxiedConnection, QueuePool
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]  # the wheel ships no stubs

from app.domain.problem import Unavailable
from app.store.sqlcipher import connect, database_problem, translated


def open_engine(path: Path, key: bytes, *, read_only: bool = False) -> Engine:
    """An engine for an existing file, bound to the thread that calls this.

    The first use raises Unavailable V-03 when the file is damaged or not under `key`. Use on
    another thread, or after `dispose`, raises RuntimeError.
    """
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connect(path, key, read_only=read_only),
        poolclass=_OneThreadPool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=0,
        hide_parameters=True,  # bound values are people; they stay out of errors and echo
    )
    cast("_OneThreadPool", engine.pool).bind()
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"

    def say_begin(connection: Connection) -> None:
        driver: Any = connection.connection.driver_connection
        with translated():
            driver.execute(begin)

    event.listen(engine, "begin", say_begin)
    event.listen(engine, "handle_error", _say_it_plainly)
    return engine


def end_refused(connection: Connection) -> None:
    """Take back what a refused commit left open.

    A row that refers to what is not there is found at the commit; SQLite then keeps the transaction
    open, SQLAlchemy takes it for ended, and nothing could be begun on this connection again.
    """
    if connection.invalidated:
        return
    driver: Any = connection.connection.driver_connection
    if driver.in_transaction:
        driver.rollback()


class _OneThreadPool(QueuePool):
    """Refuses before anything is checked out: a guard further in would cost the connection."""

    _home: int | None = None

    def bind(self) -> None:
        """Belong to this thread. The empty pool that `dispose` leaves behind belongs to none."""
        self._home = threading.get_ident()

    def connect(self) -> PoolProxiedConnection:
        """The connection. Raises RuntimeError on another thread and once the vault is closed."""
        if self._home is None:
            raise RuntimeError("the vault is closed")
        if threading.get_ident() != self._home:
            raise RuntimeError("the vault is used on the thread that opened it, no other")
        return super().connect()


def _say_it_plainly(context: ExceptionContext) -> Unavailable | None:
    """A full disk, a damaged page or a busy file becomes a Problem; the rest stays as it is."""
    return database_problem(context.original_exception)
