"""The documents one transaction touches: read once, changed in memory, written once.

Locks are taken in one order everywhere — the device, then the feed scopes by name, then the
documents by key — so that servers on one database queue and never wait for each other in a ring.
Holding a scope's row until commit is what makes feed positions grow in commit order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, select, update

from app.domain.operations import instant_text
from app.sync.protocol.feed import COUNTY_SCOPE, device_scope
from county_server.database import among_pairs, insert_many, insert_or_leave
from county_server.tables import document, feed, feed_scope

Mark = list[Any]
"""[version at the field's last change, who changed it, when]."""
_CHUNK: Final = 400
"""Keys in one IN clause: below the variable limit of every SQLite."""
_KEY: Final = (document.c.entity, document.c.entity_id)


@dataclass(slots=True)
class Document:
    """One record as the county holds it."""

    entity: str
    entity_id: str
    subject: str
    village: str | None
    version: int
    body: dict[str, Any] = field(repr=False)
    marks: dict[str, Mark] = field(repr=False)

    @property
    def key(self) -> tuple[str, str]:
        """(entity, id)."""
        return self.entity, self.entity_id

    def amend(self, fields: Mapping[str, Any], by: str, at: str) -> None:
        """Set `fields` as one change by `by`; the version grows by one."""
        self.version += 1
        for name, value in fields.items():
            self.body[name] = value
            self.marks[name] = [self.version, by, at]


@dataclass(slots=True)
class News:
    """What the feed will say about one record."""

    kind: str
    subject: str
    known_to: str | None
    body: dict[str, Any] | None


@dataclass(slots=True)
class Ledger:
    """The working set of one write transaction."""

    connection: Connection
    now: datetime
    at: str = field(init=False)
    """The transaction's instant as text."""
    _documents: dict[tuple[str, str], Document | None] = field(default_factory=dict, repr=False)
    _stored: set[tuple[str, str]] = field(default_factory=set, repr=False)
    _touched: dict[tuple[str, str], Document] = field(default_factory=dict, repr=False)
    _news: dict[tuple[str, str, str], News] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.at = instant_text(self.now)

    def lock(self, scopes: Iterable[str]) -> None:
        """Take the feed scopes, in one order, until the end of the transaction."""
        for scope in sorted(set(scopes)):
            query = select(feed_scope.c.scope).where(feed_scope.c.scope == scope).with_for_update()
            if self.connection.execute(query).first() is None:
                _make_scope(self.connection, scope)
                self.connection.execute(query)

    def load(self, keys: Collection[tuple[str, str]]) -> None:
        """Read and lock the documents of `keys` that were not read yet."""
        wanted = sorted(set(keys) - self._documents.keys())
        for key in wanted:
            self._documents[key] = None
        for start in range(0, len(wanted), _CHUNK):
            query = (
                select(document)
                .where(among_pairs(self.connection, _KEY, wanted[start : start + _CHUNK]))
                .order_by(document.c.entity, document.c.entity_id)
                .with_for_update()
            )
            for row in self.connection.execute(query):
                found = Document(
                    row.entity, row.entity_id, row.subject, row.village_code, row.version,
                    dict(row.body), dict(row.marks),
                )  # fmt: skip
                self._documents[found.key] = found
                self._stored.add(found.key)

    def get(self, entity: str, entity_id: str) -> Document | None:
        """The document, as changed so far; None when there is none."""
        if (entity, entity_id) not in self._documents:
            self.load([(entity, entity_id)])
        return self._documents[entity, entity_id]

    def put(self, changed: Document, *, known_to: str | None = None) -> None:
        """Keep a new or amended document, and tell those whose scope it lies in.

        `known_to` names the device that need not be told, because it said so itself.
        """
        self._documents[changed.key] = changed
        self._touched[changed.key] = changed
        scope = changed.village or COUNTY_SCOPE
        self.announce(
            scope,
            changed.entity,
            changed.entity_id,
            News("upsert", changed.subject, known_to, None),
        )

    def put_for_device(self, changed: Document, device_id: str) -> None:
        """Keep a document that concerns one device only."""
        self._documents[changed.key] = changed
        self._touched[changed.key] = changed
        self.announce(
            device_scope(device_id),
            changed.entity,
            changed.entity_id,
            News("upsert", changed.subject, None, None),
        )

    def announce(self, scope: str, entity: str, entity_id: str, news: News) -> None:
        """Put news into a scope; within one transaction doubt about `known_to` wins."""
        before = self._news.get((scope, entity, entity_id))
        if before is not None and before.known_to != news.known_to:
            news.known_to = None
        self._news[scope, entity, entity_id] = news

    def flush(self) -> None:
        """Write everything; call once, last."""
        self._write_documents()
        by_scope: dict[str, list[tuple[str, str, News]]] = {}
        for (scope, entity, entity_id), news in self._news.items():
            by_scope.setdefault(scope, []).append((entity, entity_id, news))
        for scope in sorted(by_scope):
            self._write_feed(scope, by_scope[scope])

    def _is_first_word(self, entity: str, entity_id: str) -> bool:
        """Whether nothing was ever said of a record, so that it stands in no scope yet."""
        return (entity, entity_id) in self._touched and (entity, entity_id) not in self._stored

    def _write_documents(self) -> None:
        new = [d for d in self._touched.values() if d.key not in self._stored]
        old = [d for d in self._touched.values() if d.key in self._stored]
        if new:
            insert_many(self.connection, document, [_row(d) for d in new])
        if old:
            statement = (
                update(document)
                .where(
                    document.c.entity == bindparam("the_entity"),
                    document.c.entity_id == bindparam("the_id"),
                )
                .values({name: bindparam(f"new_{name}") for name in _CHANGING})
            )
            self.connection.execute(statement, [_changed_row(d) for d in old])

    def _write_feed(self, scope: str, news: list[tuple[str, str, News]]) -> None:
        """Give each piece the next position of its scope; a record stands in a scope once."""
        last = self.connection.execute(
            update(feed_scope)
            .where(feed_scope.c.scope == scope)
            .values(last=feed_scope.c.last + len(news))
            .returning(feed_scope.c.last)
        ).scalar_one_or_none()
        if last is None:
            _make_scope(self.connection, scope)
            self._write_feed(scope, news)
            return
        keys = [key for *key, _ in news if not self._is_first_word(*key)]
        for start in range(0, len(keys), _CHUNK):
            self.connection.execute(
                delete(feed).where(
                    feed.c.scope == scope,
                    among_pairs(
                        self.connection,
                        (feed.c.entity, feed.c.entity_id),
                        keys[start : start + _CHUNK],
                    ),
                )
            )
        first = last - len(news) + 1
        insert_many(
            self.connection,
            feed,
            [
                {
                    "scope": scope, "entity": entity, "entity_id": entity_id,
                    "position": first + offset, "kind": piece.kind, "subject": piece.subject,
                    "known_to": piece.known_to, "body": piece.body,
                }
                for offset, (entity, entity_id, piece) in enumerate(news)
            ],
        )  # fmt: skip


_CHANGING: Final = ("subject", "village_code", "version", "body", "marks")


def _row(changed: Document) -> dict[str, Any]:
    """A document as a row."""
    return {
        "entity": changed.entity,
        "entity_id": changed.entity_id,
        "subject": changed.subject,
        "village_code": changed.village,
        "version": changed.version,
        "body": changed.body,
        "marks": changed.marks,
    }


def _changed_row(changed: Document) -> dict[str, Any]:
    """A document as the parameters of its update."""
    row = _row(changed)
    return {"the_entity": changed.entity, "the_id": changed.entity_id} | {
        f"new_{name}": row[name] for name in _CHANGING
    }


def _make_scope(connection: Connection, scope: str) -> None:
    """A scope's first row; harmless when another server makes it at the same moment."""
    insert_or_leave(connection, feed_scope, {"scope": scope, "last": 0})
