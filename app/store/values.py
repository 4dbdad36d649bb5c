"""Between a table's columns and the canonical values of a patch.

A patch holds JSON without floats: dates and instants as text, money as whole fen, nothing else
changed. One pair of functions, so that what is written, sent, replayed and compared is the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, Table
from sqlalchemy.sql.schema import Column

from app.domain.money import Money
from app.domain.operations import Value, instant_of, instant_text
from app.models.base import UtcDateTime


def to_value(stored: object) -> Value:
    """The canonical value of a Python or column value. Raises TypeError for a stranger."""
    if isinstance(stored, StrEnum):
        return stored.value
    if stored is None or isinstance(stored, str | bool | int):
        return stored
    if isinstance(stored, Money):
        return stored.fen
    if isinstance(stored, datetime):
        return instant_text(stored)
    if isinstance(stored, date):
        return stored.isoformat()
    if isinstance(stored, list | tuple):
        return [to_value(item) for item in stored]
    if isinstance(stored, dict):
        return {str(key): to_value(item) for key, item in stored.items()}
    raise TypeError(f"no canonical value for {type(stored).__name__}")


def from_value(column: Column[object], value: Value) -> object:
    """What `column` stores for a canonical `value`. Raises ValueError for a malformed one."""
    if value is None:
        return None
    if isinstance(column.type, UtcDateTime) and isinstance(value, str):
        return instant_of(value)
    if isinstance(column.type, Date) and isinstance(value, str):
        return date.fromisoformat(value)
    return value


def row_values(table: Table, row: Mapping[str, object]) -> dict[str, Value]:
    """A whole row as canonical values, without its id."""
    return {
        column.name: to_value(row[column.name]) for column in table.columns if column.name != "id"
    }
