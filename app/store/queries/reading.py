"""Asking a statement and reading its rows as domain values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Connection, RowMapping, Select

T = TypeVar("T")


def every(connection: Connection, query: Select[Any], read: Callable[[RowMapping], T]) -> list[T]:
    """Every row, in the order of the statement."""
    return [read(row) for row in connection.execute(query).mappings()]


def first(connection: Connection, query: Select[Any], read: Callable[[RowMapping], T]) -> T | None:
    """The first row, or None."""
    row = connection.execute(query).mappings().first()
    return None if row is None else read(row)
