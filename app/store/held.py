"""Documents that refer to what the county has not taken: they wait beside the tables.

A new record that was returned to its laptop stays there until it is mended, while what that laptop
said of it is taken already. Whoever else is told of the one without the other cannot put it into
tables that refer to each other; it is kept as it came, counts in the sum of its village, and goes
in with what it waits for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol, TypeVar

from sqlalchemy import Column, Connection, delete, select

from app.models.base import table_of
from app.models.log import ServerDocumentRow
from app.models.registry import ENTITIES
from app.store.receipts import put_documents

_DOCUMENT = table_of(ServerDocumentRow)
_HELD: Final = "held."
_AFTER: Final = "held/"
"""The first text beyond all that begin so."""
HOMES: Final = ("household", _HELD + "household")
"""A household's document, waiting or not."""


class Record(Protocol):
    """A document of the feed."""

    @property
    def entity(self) -> str:
        """What kind of record."""
        ...

    @property
    def entity_id(self) -> str:
        """Which one."""
        ...

    @property
    def subject(self) -> str:
        """Whose it is."""
        ...

    @property
    def version(self) -> int:
        """The county's version."""
        ...

    @property
    def body(self) -> Mapping[str, Any] | None:
        """The whole document."""
        ...


R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Held:
    """A document that waited."""

    kind: str
    entity: str
    entity_id: str
    subject: str
    version: int
    body: dict[str, Any] = field(repr=False)


def plain(entity: str) -> str:
    """The entity of a document, waiting or not."""
    return entity.removeprefix(_HELD)


def is_any(connection: Connection) -> bool:
    """Whether a document waits."""
    return (
        connection.execute(select(_DOCUMENT.c.entity).where(*_WAITING).limit(1)).first() is not None
    )


def fitting(connection: Connection, news: Sequence[R]) -> list[R | Held]:
    """Those of `news`, and of what waited, that refer to what is there or comes along; the others
    wait from now on."""
    waiting = [
        Held("upsert", plain(row.entity), row.entity_id, row.subject, row.version, row.body)
        for row in connection.execute(select(_DOCUMENT).where(*_WAITING))
    ]
    coming: list[R | Held] = [*waiting, *news]
    aside: list[R | Held] = []
    while unfit := _unfit(connection, coming):
        aside += unfit
        coming = [one for one in coming if one not in unfit]
    connection.execute(delete(_DOCUMENT).where(*_WAITING))
    newest = {(one.entity, one.entity_id): one for one in sorted(aside, key=lambda o: o.version)}
    put_documents(connection, [_row(one) for one in newest.values()])
    return coming


def drop(connection: Connection, entity: str, entity_id: str) -> None:
    """The county has no such document any more."""
    this = (_DOCUMENT.c.entity == _HELD + entity) & (_DOCUMENT.c.entity_id == entity_id)
    connection.execute(delete(_DOCUMENT).where(this))


def _unfit(connection: Connection, coming: Sequence[R | Held]) -> list[R | Held]:
    """Those that refer to what is neither there nor among them."""
    ids = {(ENTITIES[one.entity].name, one.entity_id) for one in coming}
    return [
        one
        for one in coming
        if any(
            (parent.table.name, value) not in ids and not _is_there(connection, parent, value)
            for parent, value in _references(one)
        )
    ]


def _references(one: Record) -> list[tuple[Column[Any], str]]:
    """(column of another table, value it has to hold) of a document."""
    body = one.body or {}
    return [
        (key.column, body[key.parent.name])
        for key in ENTITIES[one.entity].foreign_keys
        if body.get(key.parent.name) is not None
    ]


def _is_there(connection: Connection, column: Column[Any], value: str) -> bool:
    """Whether a row holds it."""
    return connection.execute(select(column).where(column == value).limit(1)).first() is not None


def _row(one: Record) -> dict[str, object]:
    """A document that waits, as it is stored."""
    return {
        "entity": _HELD + one.entity,
        "entity_id": one.entity_id,
        "subject": one.subject,
        "version": one.version,
        "body": one.body or {},
    }


_WAITING: Final = (_DOCUMENT.c.entity >= _HELD, _DOCUMENT.c.entity < _AFTER)
