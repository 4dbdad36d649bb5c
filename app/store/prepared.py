"""Statements a save asks every time, compiled once and handed to the driver as they are.

SQLAlchemy looks a statement up, adapts its parameters and dresses its rows anew at every execution;
for the dozen statements of a save that takes longer than SQLite takes to run them. What they mean
stays written in SQLAlchemy, and the types of their columns are asked as always (docs/adr/0020).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Final, cast

import msgspec
from sqlalchemy import CompoundSelect, Connection, Delete, Insert, Select
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from app.store.sqlcipher import RawConnection, translated

Convert = Callable[[Any], Any] | None


def _json(value: object) -> str:
    """A value of a JSON column as text."""
    return msgspec.json.encode(value).decode()


_DIALECT: Final = sqlite.dialect(
    paramstyle="named", json_serializer=_json, json_deserializer=msgspec.json.decode
)


class Prepared:
    """One statement, compiled at its first use.

    Run it inside a transaction of the connection's. A full disk, a damaged page or a busy file
    raises Unavailable, as through SQLAlchemy; any other error of the driver's is let through.
    """

    def __init__(self, statement: Select[Any] | CompoundSelect[Any] | Insert | Delete) -> None:
        self._statement = statement

    @cached_property
    def _compiled(self) -> SQLCompiler:
        """Raises TypeError for a list inside the statement: its length is known at a run only."""
        compiled = self._statement.compile(dialect=_DIALECT)
        if compiled.post_compile_params:
            raise TypeError("a prepared statement has its whole text from the start")
        return compiled

    @cached_property
    def _text(self) -> str:
        return str(self._compiled)

    @cached_property
    def _given(self) -> dict[str, Convert]:
        """Name → how its value is stored, of what a caller gives."""
        return {
            name: _converter(bind.type, "bind_processor")
            for bind, name in self._compiled.bind_names.items()
            if bind.required
        }

    @cached_property
    def _converted(self) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
        """Those of `_given` that are stored otherwise than they come."""
        return tuple((name, c) for name, c in self._given.items() if c is not None)

    @cached_property
    def _fixed(self) -> dict[str, Any]:
        """The constants of the statement by name. Raises TypeError for one that is not plain."""
        fixed = {
            name: bind.effective_value
            for bind, name in self._compiled.bind_names.items()
            if not bind.required
        }
        if not all(value is None or type(value) in {str, int, bytes} for value in fixed.values()):
            raise TypeError("a constant of a prepared statement is plain text or a number")
        return fixed

    @cached_property
    def _read(self) -> tuple[tuple[str, Convert], ...]:
        """Name of each column of the answer, and how its value is read."""
        if not isinstance(self._statement, Select | CompoundSelect):
            return ()
        return tuple(
            (str(column.key), _converter(column.type, "result_processor", None))
            for column in self._statement.selected_columns
        )

    def _stored(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """`values` as the driver takes them. Raises KeyError for one that is missing."""
        stored = {**self._fixed, **{name: values[name] for name in self._given}}
        for name, convert in self._converted:
            stored[name] = convert(stored[name])
        return stored

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The answer, each row by the names of its columns."""
        with translated():
            found = _driver(connection).execute(self._text, self._stored(values)).fetchall()
        return [
            {
                name: value if convert is None else convert(value)
                for (name, convert), value in zip(self._read, row, strict=True)
            }
            for row in found
        ]

    def first(self, connection: Connection, values: Mapping[str, Any]) -> dict[str, Any] | None:
        """The first row of the answer, or None."""
        rows = self.rows(connection, values)
        return rows[0] if rows else None

    def raw(self, connection: Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """The answer as the file holds it: for columns of text, numbers and bytes, by the many."""
        with translated():
            found: list[tuple[Any, ...]] = (
                _driver(connection).execute(self._text, self._stored(values)).fetchall()
            )
        return found

    def run(self, connection: Connection, *values: Mapping[str, Any]) -> None:
        """Change rows, once for each of `values`."""
        driver = _driver(connection)
        with translated():
            for one in values:
                driver.execute(self._text, self._stored(one))

    def run_many(self, connection: Connection, values: Iterable[Mapping[str, Any]]) -> None:
        """`run` for thousands: one call of the driver's."""
        driver = _driver(connection)
        is_plain = not (self._fixed or self._converted)
        with translated():
            driver.executemany(self._text, values if is_plain else self._stored_many(values))

    def _stored_many(self, rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        """Each of `rows` as the driver takes it. What is the very value of the row before, as the
        instant of them all, is converted once."""
        fixed, converted = self._fixed, self._converted
        before: dict[str, Any] = {}
        made: dict[str, Any] = {}
        for row in rows:
            stored = {**fixed, **row}
            for name, convert in converted:
                value = stored[name]
                if name not in made or value is not before[name]:
                    before[name], made[name] = value, convert(value)
                stored[name] = made[name]
            yield stored


def _driver(connection: Connection) -> RawConnection:
    """The driver's own connection under a transaction. Raises RuntimeError outside one."""
    if not connection.in_transaction():
        raise RuntimeError("a prepared statement runs inside a transaction")
    return cast("RawConnection", connection.connection.driver_connection)


def _converter(kind: TypeEngine[Any], which: str, *more: object) -> Convert:
    """What SQLAlchemy itself does with a value of this type on its way, None where nothing."""
    convert: Convert = getattr(kind.dialect_impl(_DIALECT), which)(_DIALECT, *more)
    return convert
