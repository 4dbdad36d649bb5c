"""The documents one transaction touches: read once, changed in memory, written once.

Locks are taken in one order everywhere — the device, then the feed scopes by name, then the
documents by key — so that servers on one database queue and never wait for each other in a ring.
Holding a scope's row until commit is what makes feed positions grow in commit order.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, select, update

from app.domain.operations import instant_text
from app.sync.protocol.feed import COUNTY_SCOPE, device_scope
from county_server.copying import insert_columns
from county_server.database import among_pairs, helpings, insert_or_leave
from county_server.tables import document, feed, feed_mark, feed_scope

Mark = list[Any]
"""[version at the field's last change, who changed it, when]; and True where it was only said again
(`county_server.said_again`)."""
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

    def amend(self, fields: Mapping[str, Any], by: str, at: str, *, is_again: bool = False) -> None:
        """Set `fields` as one change by `by`; the version grows by one.

        `is_again`: they are no change but what the county had before it was put back.
        """
        self.version += 1
        for name, value in fields.items():
            self.body[name] = value
            self.marks[name] = [self.version, by, at, True] if is_again else [self.version, by, at]


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
        for some in helpings(self.connection, wanted):
            query = (
                select(document)
                .where(among_pairs(self.connection, _KEY, some))
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
        """Write everything; call once, last.

        What has to be answered comes first: new rows go in while the caller goes on.
        """
        self._write_changed()
        by_scope: dict[str, list[tuple[str, str, News]]] = {}
        for (scope, entity, entity_id), news in self._news.items():
            by_scope.setdefault(scope, []).append((entity, entity_id, news))
        first = {scope: self._make_room(scope, by_scope[scope]) for scope in sorted(by_scope)}
        self._write_new()
        for scope, said in by_scope.items():
            self._write_feed(scope, first[scope], said)
        if first:
            insert_columns(self.connection, feed_mark, {
                "scope": list(first),
                "position": [first[scope] + len(by_scope[scope]) - 1 for scope in first],
                "mark": [secrets.token_hex(8) for _ in first],
            })  # fmt: skip

    def _is_first_word(self, entity: str, entity_id: str) -> bool:
        """Whether nothing was ever said of a record, so that it stands in no scope yet."""
        return (entity, entity_id) in self._touched and (entity, entity_id) not in self._stored

    def _write_changed(self) -> None:
        """The documents that were there before."""
        changed = [d for d in self._touched.values() if d.key in self._stored]
        if changed:
            statement = (
                update(document)
                .where(
                    document.c.entity == bindparam("the_entity"),
                    document.c.entity_id == bindparam("the_id"),
                )
                .values({name: bindparam(f"new_{name}") for name in _CHANGING})
            )
            self.connection.execute(statement, [_changed_row(d) for d in changed])

    def _write_new(self) -> None:
        """The documents that are new."""
        new = [d for d in self._touched.values() if d.key not in self._stored]
        if new:
            insert_columns(self.connection, document, {
                "entity": [d.entity for d in new],
                "entity_id": [d.entity_id for d in new],
                "subject": [d.subject for d in new],
                "village_code": [d.village for d in new],
                "version": [d.version for d in new],
                "body": [d.body for d in new],
                "marks": [d.marks for d in new],
            })  # fmt: skip

    def _make_room(self, scope: str, news: list[tuple[str, str, News]]) -> int:
        """The first of as many positions of the scope as there are news; what was said of the same
        records before is gone, for a record stands in a scope once."""
        last = self.connection.execute(
            update(feed_scope)
            .where(feed_scope.c.scope == scope)
            .values(last=feed_scope.c.last + len(news))
            .returning(feed_scope.c.last)
        ).scalar_one_or_none()
        if last is None:
            _make_scope(self.connection, scope)
            return self._make_room(scope, news)
        keys = [key for *key, _ in news if not self._is_first_word(*key)]
        for some in helpings(self.connection, keys):
            said = among_pairs(self.connection, (feed.c.entity, feed.c.entity_id), some)
            self.connection.execute(delete(feed).where(feed.c.scope == scope, said))
        return int(last) - len(news) + 1

    def _write_feed(self, scope: str, first: int, news: list[tuple[str, str, News]]) -> None:
        """The pieces at their positions, which begin with `first`."""
        pieces = [piece for _, _, piece in news]
        insert_columns(self.connection, feed, {
            "scope": [scope] * len(news),
            "entity": [entity for entity, _, _ in news],
            "entity_id": [entity_id for _, entity_id, _ in news],
            "position": range(first, first + len(news)),
            "kind": [piece.kind for piece in pieces],
            "subject": [piece.subject for piece in pieces],
            "known_to": [piece.known_to for piece in pieces],
            "body": [piece.body for piece in pieces],
        })  # fmt: skip


_CHANGING: Final = ("subject", "village_code", "version", "body", "marks")


def _changed_row(changed: Document) -> dict[str, Any]:
    """A document as the parameters of its update."""
    return {
        "the_entity": changed.entity,
        "the_id": changed.entity_id,
        "new_subject": changed.subject,
        "new_village_code": changed.village,
        "new_version": changed.version,
        "new_body": changed.body,
        "new_marks": changed.marks,
    }


def _make_scope(connection: Connection, scope: str) -> None:
    """A scope's first row; harmless when another server makes it at the same moment."""
    insert_or_leave(connection, feed_scope, {"scope": scope, "last": 0})
