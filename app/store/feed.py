"""The county's feed enters the vault: documents and cursor in one transaction.

The working row of a document is rebuilt from it and from whatever this laptop has not had
answered yet, so news from the county never hides a coordinator's own words.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final, Protocol

from sqlalchemy import Connection, bindparam, delete, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import IntegrityError

from app.domain.operations import OperationState
from app.domain.problem import Refused
from app.models.base import table_of
from app.models.log import (
    ConflictRow,
    FeedCursorRow,
    OperationRow,
    OperationStateRow,
    ServerDocumentRow,
    SubjectKeyRow,
)
from app.models.registry import ENTITIES
from app.store import held, projection
from app.store.among import among
from app.store.local import forget_household
from app.store.prepared import Prepared
from app.store.receipts import put_documents
from app.store.sqlcipher import DriverIntegrityError
from app.store.touched import CONFLICT, EVERYTHING, touch
from app.store.uploads import has_waiting_upload

_CURSOR = table_of(FeedCursorRow)
_DOCUMENT = table_of(ServerDocumentRow)
_OPERATION = table_of(OperationRow)
_STATE = table_of(OperationStateRow)
_KEY = table_of(SubjectKeyRow)
_CONFLICT = table_of(ConflictRow)

LEAVING: Final = "leaving"
"""A server document with this entity says that a subject is being handed over (移交中)."""
_VILLAGE: Final = "village"
_HOUSEHOLD: Final = "household"
_SPOKEN_OF: Final = Prepared(
    select(_OPERATION.c.entity_id).where(_OPERATION.c.entity_id.in_(among("ids"))).distinct()
)
_VERSIONS: Final = Prepared(
    select(_DOCUMENT.c.entity, _DOCUMENT.c.entity_id, _DOCUMENT.c.version).where(
        _DOCUMENT.c.entity_id.in_(among("ids"))
    )
)
_IS_LEAVING: Final = Prepared(
    select(_DOCUMENT.c.version).where(
        _DOCUMENT.c.entity == LEAVING, _DOCUMENT.c.entity_id == bindparam("subject")
    )
)
"""Asked inside every save."""


class RefersToNothing(Refused):
    """A page of which something does not go into the tables: S-16."""


class News(Protocol):
    """One entry of the feed, as far as the vault cares."""

    @property
    def kind(self) -> str:
        """upsert · leave · void · notice."""
        ...

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
    def body(self) -> dict[str, Any] | None:
        """The whole document."""
        ...


def read_cursor(connection: Connection) -> dict[str, int]:
    """scope → position applied."""
    rows = connection.execute(select(_CURSOR.c.scope, _CURSOR.c.cursor))
    return {row.scope: int(row.cursor) for row in rows}


def read_marks(connection: Connection) -> dict[str, str]:
    """scope → the county's mark of the position applied, where it gave one."""
    query = select(_CURSOR.c.scope, _CURSOR.c.mark).where(_CURSOR.c.mark.is_not(None))
    return {row.scope: row.mark for row in connection.execute(query)}


def write_cursor(
    connection: Connection,
    cursor: Mapping[str, int],
    at: datetime,
    marks: Mapping[str, str] | None = None,
) -> None:
    """Keep how far the feed is applied, and the county's `marks` of that; scopes that are not
    named stay as they were."""
    rows = [
        {
            "scope": scope,
            "cursor": str(position),
            "mark": (marks or {}).get(scope),
            "applied_at": at,
        }
        for scope, position in cursor.items()
    ]
    if rows:
        statement = upsert(_CURSOR)
        new = {name: statement.excluded[name] for name in ("cursor", "mark", "applied_at")}
        connection.execute(
            statement.on_conflict_do_update(index_elements=["scope"], set_=new), rows
        )


def apply_news(
    connection: Connection, entries: Sequence[News], at: datetime, *, is_careful: bool = False
) -> int:
    """Apply entries in order; return how many documents changed. Repetition changes nothing.

    Use inside `whole_pages_only`: references are checked at commit. `is_careful`: what refers to
    nothing that is there waits (`app.store.held`).
    """
    upserts: Sequence[News] = [e for e in entries if e.kind == "upsert" and e.entity in ENTITIES]
    if is_careful or held.is_any(connection):
        upserts = held.fitting(connection, upserts)
    changed = _apply_upserts(connection, upserts, at)
    for entry in upserts:
        touch(connection, entry.entity, entry.subject)
    for entry in entries:
        if entry.kind == "leave":
            _begin_leaving(connection, entry, at)
        elif entry.kind == "void":
            touch(connection, entry.entity, entry.subject)
            _drop_documents(connection, [(entry.entity, entry.entity_id)])
            held.drop(connection, entry.entity, entry.entity_id)
        elif entry.kind == "notice":
            put_documents(connection, [_row(entry)])
    erase_left(connection, at)
    return changed


@contextmanager
def whole_pages_only() -> Iterator[None]:
    """Around the transaction of a page. Raises Refused S-16 when it refers to what is not there."""
    try:
        yield
    except (IntegrityError, DriverIntegrityError) as error:
        raise RefersToNothing(
            "县里发来的资料接不上，先不收。", do="请再同步一次；还不行就联系县里。", code="S-16"
        ) from error


def erase_left(connection: Connection, at: datetime) -> None:
    """Erase every household that was handed over and about which nothing is unanswered.

    A photo that has not arrived counts as unanswered: its bytes are nowhere else.
    """
    for subject in leaving_subjects(connection):
        if not _has_unanswered(connection, subject) and not has_waiting_upload(connection, subject):
            _erase(connection, subject, at)


def leaving_subjects(connection: Connection) -> list[str]:
    """Households that are read-only now because another device answers for them (移交中)."""
    query = select(_DOCUMENT.c.entity_id).where(_DOCUMENT.c.entity == LEAVING)
    return list(connection.execute(query).scalars())


def refuse_leaving(connection: Connection, subject: str) -> None:
    """Return when `subject` may be written about here.

    Raises Refused H-29 while it is being handed over (移交中): it is another's to change.
    """
    if _IS_LEAVING.first(connection, {"subject": subject}) is not None:
        raise Refused(
            "这一户正在移交，只能看，不能再记。",
            safe="移交以前记的都在，会照常传给县里。",
            do="新的情况请告诉接手的人。",
            code="H-29",
        )


def check_projection(connection: Connection) -> list[tuple[str, str]]:
    """Every (entity, id) for which server document + replay is not what the tables say."""
    return projection.differences(connection)


def _apply_upserts(connection: Connection, entries: Sequence[News], at: datetime) -> int:
    """Keep the documents that are newer than what is known, and rebuild their rows."""
    known = _versions(connection, entries)
    newest: dict[tuple[str, str], News] = {}
    for entry in entries:
        key = (entry.entity, entry.entity_id)
        if entry.version > max(known.get(key, 0), newest[key].version if key in newest else 0):
            newest[key] = entry
    put_documents(connection, [_row(entry) for entry in newest.values()])
    unheard = [entry for key, entry in newest.items() if key not in known]
    spoken_of = _spoken_of(connection, unheard)
    _take_up(connection, [entry for entry in unheard if entry.entity_id in spoken_of], at)
    pending = projection.pending_among(connection, list(newest))
    plain: dict[str, list[tuple[str, Mapping[str, Any]]]] = {}
    for key, entry in newest.items():
        if key in pending:
            projection.rebuild(connection, *key)
        else:
            plain.setdefault(entry.entity, []).append((entry.entity_id, entry.body or {}))
    for entity, bodies in plain.items():
        projection.take_over(connection, entity, bodies)
    return len(newest)


def _take_up(connection: Connection, entries: Sequence[News], at: datetime) -> None:
    """A record this laptop made and the county did not take is in its books after all, as somebody
    there settled it: nothing of it waits for mending, and no difference about it is open."""
    for entry in entries:
        about = [_OPERATION.c.entity == entry.entity, _OPERATION.c.entity_id == entry.entity_id]
        connection.execute(
            update(_STATE)
            .where(
                _STATE.c.n.in_(select(_OPERATION.c.n).where(*about)),
                _STATE.c.state.in_(projection.CONTESTED),
            )
            .values(state=OperationState.MERGED, changed_at=at)
        )
        closed = connection.execute(
            update(_CONFLICT)
            .where(
                _CONFLICT.c.entity == entry.entity,
                _CONFLICT.c.entity_id == entry.entity_id,
                _CONFLICT.c.resolved_at.is_(None),
            )
            .values(resolved_at=at, resolution="county")
        )
        if closed.rowcount:
            touch(connection, CONFLICT, entry.subject)


def _spoken_of(connection: Connection, entries: Sequence[News]) -> set[str]:
    """Ids among `entries` that an operation of this laptop names."""
    ids = {"ids": json.dumps([entry.entity_id for entry in entries])}
    return {entity_id for (entity_id,) in _SPOKEN_OF.raw(connection, ids)}


def _versions(connection: Connection, entries: Sequence[News]) -> dict[tuple[str, str], int]:
    """The version held of each document."""
    ids = {"ids": json.dumps([entry.entity_id for entry in entries])}
    rows = _VERSIONS.raw(connection, ids)
    return {(entity, entity_id): version for entity, entity_id, version in rows}


def _row(entry: News) -> dict[str, object]:
    """An entry as a server document."""
    return {
        "entity": entry.entity,
        "entity_id": entry.entity_id,
        "subject": entry.subject,
        "version": entry.version,
        "body": entry.body or {},
    }


def _begin_leaving(connection: Connection, entry: News, at: datetime) -> None:
    """Note which households are another's from now on; a village takes all of its own along."""
    if entry.entity == _VILLAGE:
        households = ENTITIES[_HOUSEHOLD]
        query = select(households.c.id).where(households.c.village_code == entry.entity_id)
        subjects = list(connection.execute(query).scalars())
        # the village's feed starts anew should it ever come back
        connection.execute(delete(_CURSOR).where(_CURSOR.c.scope == entry.entity_id))
    else:
        subjects = [entry.subject]
    for subject in subjects:
        touch(connection, EVERYTHING, subject)
    put_documents(
        connection,
        [
            {
                "entity": LEAVING,
                "entity_id": subject,
                "subject": subject,
                "version": 1,
                "body": {"since": at.isoformat()},
            }
            for subject in subjects
        ],
    )


def _has_unanswered(connection: Connection, subject: str) -> bool:
    """Whether an operation about `subject` still waits for the county."""
    query = (
        select(_OPERATION.c.n)
        .outerjoin(_STATE, _STATE.c.n == _OPERATION.c.n)
        .where(
            _OPERATION.c.subject == subject,
            _STATE.c.state.is_(None)
            | _STATE.c.state.in_([OperationState.WAITING, OperationState.SENT]),
        )
        .limit(1)
    )
    return connection.execute(query).first() is not None


def _erase(connection: Connection, subject: str, at: datetime) -> None:
    """Destroy the subject's key, its documents and its working rows. The chain stays whole."""
    touched = connection.execute(
        select(_OPERATION.c.entity, _OPERATION.c.entity_id).where(_OPERATION.c.subject == subject)
    ).all()
    documents = connection.execute(
        select(_DOCUMENT.c.entity, _DOCUMENT.c.entity_id).where(_DOCUMENT.c.subject == subject)
    ).all()
    connection.execute(
        update(_KEY).where(_KEY.c.subject == subject).values(key=None, destroyed_at=at)
    )
    connection.execute(
        update(_STATE)
        .where(
            _STATE.c.n.in_(select(_OPERATION.c.n).where(_OPERATION.c.subject == subject)),
            _STATE.c.state == OperationState.RETURNED,
        )
        .values(state=OperationState.HANDED_OVER, changed_at=at)
    )
    gone = {(row.entity, row.entity_id) for row in (*touched, *documents)}
    gone -= {("person", person) for person in _living_elsewhere(connection, subject)}
    _drop_documents(connection, sorted(gone))
    forget_household(connection, subject)
    touch(connection, EVERYTHING, subject)


def _living_elsewhere(connection: Connection, subject: str) -> list[str]:
    """People who belong to another household now: what is known of them went there with them."""
    members = ENTITIES["household_member"]
    query = select(members.c.person_id).where(
        members.c.household_id != subject, ~members.c.is_removed
    )
    return list(connection.execute(query).scalars())


def _drop_documents(connection: Connection, keys: Sequence[tuple[str, str]]) -> None:
    """Forget the county's word on these records; only unanswered words keep their rows alive."""
    for entity, entity_id in dict.fromkeys(keys):
        connection.execute(
            delete(_DOCUMENT).where(
                _DOCUMENT.c.entity == entity, _DOCUMENT.c.entity_id == entity_id
            )
        )
        if entity in ENTITIES:
            projection.rebuild(connection, entity, entity_id)
