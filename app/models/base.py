"""What every table shares: naming, column types, and instants that are always UTC."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Date, Dialect, ForeignKey, LargeBinary, MetaData, String, Table, Text
from sqlalchemy.orm import DeclarativeBase, MappedColumn, mapped_column
from sqlalchemy.types import TypeDecorator

from app.domain.operations import instant_of, instant_text

SCHEMA_VERSION = 1
"""Grows with every migration; stamped on every operation so that the county can up-cast."""

NAMING = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    # written in full by hand: Alembic's batch rebuild would apply a pattern twice
    "ck": "%(constraint_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, stored as sortable text in UTC with milliseconds; refuses naive ones."""

    impl = String(24)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Text for the file. Raises ValueError for a naive datetime."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime is not an instant")
        return instant_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """The instant back from text."""
        return None if value is None else instant_of(value)


class Base(DeclarativeBase):
    """The one metadata of the encrypted file."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text(),
        date: Date(),
        datetime: UtcDateTime(),
        bytes: LargeBinary(),
        dict[str, Any]: JSON(none_as_null=True),
        list[Any]: JSON(none_as_null=True),
    }


def reference(column: str, *, index: bool = True) -> MappedColumn[Any]:
    """A foreign key that is checked at commit, so that a page of the feed may arrive unordered.

    No cascade of any kind: a rebuild of the parent table would run it (style B5).
    """
    return mapped_column(ForeignKey(column, deferrable=True, initially="DEFERRED"), index=index)


def table_of(row: type[Base]) -> Table:
    """The table of a mapped class, typed as one."""
    return Base.metadata.tables[row.__tablename__]
