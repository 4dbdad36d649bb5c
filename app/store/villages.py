"""Is what is held of a village what the county holds? And fetching it again when it is not.

While a village is sent again nothing of it disappears: its documents stay as they are, only their
versions are forgotten, so that every one that comes replaces what is there. What the county did
not send by the end it does not have. What this laptop has not had answered is never touched.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, Select, Text, case, cast, delete, func, select, update

from app.models.base import table_of
from app.models.log import FeedCursorRow, ServerDocumentRow
from app.models.registry import ENTITIES
from app.store import projection
from app.store.feed import LEAVING, leaving_subjects
from app.store.held import HOMES, plain
from app.store.touched import EVERYTHING, touch

_DOCUMENT = table_of(ServerDocumentRow)
_CURSOR = table_of(FeedCursorRow)
_HOME: Final = _DOCUMENT.alias("home")
_REPAIR: Final = "repair:"
_LOST: Final = 2
"""What a mark says where the county was put back from a backup: what it does not send, it lost."""
_NEEDED: Final = {
    entity: frozenset(
        c.name for c in table.columns if not c.nullable and c.name not in {"id", "is_removed"}
    )
    for entity, table in ENTITIES.items()
}
"""Columns no row can be without."""
_ORDER: Final = {entity: place for place, entity in enumerate(ENTITIES)}
"""Households come first, then people, then what is said of them."""


def records_of(connection: Connection, village: str) -> list[tuple[str, str, int, str]]:
    """(entity, id, version, body as JSON) of every document about a household of `village`."""
    body = cast(_DOCUMENT.c.body, Text).label("body")
    query = _of(village, _DOCUMENT.c.entity, _DOCUMENT.c.entity_id, _DOCUMENT.c.version, body)
    rows = connection.execute(query)
    return [(plain(row.entity), row.entity_id, row.version, row.body) for row in rows]


def begin_repair(connection: Connection, village: str) -> str:
    """Let the whole village come again; the cursor mark that says it is under way."""
    ids = _of(village, _DOCUMENT.c.entity_id)
    connection.execute(update(_DOCUMENT).where(_DOCUMENT.c.entity_id.in_(ids)).values(version=0))
    unreadable = func.json_valid(_DOCUMENT.c.body) == 0
    connection.execute(update(_DOCUMENT).where(unreadable).values(version=0))
    connection.execute(delete(_CURSOR).where(_CURSOR.c.scope == village))
    return mark_of(village)


def read_anew(connection: Connection, scopes: Iterable[str]) -> dict[str, int]:
    """The county was put back from a backup: its feed is read again from the beginning, and what it
    says counts whatever its version. The cursor marks of the villages among `scopes`, which are all
    that is known of the feed."""
    connection.execute(update(_DOCUMENT).where(_DOCUMENT.c.entity != LEAVING).values(version=0))
    connection.execute(delete(_CURSOR).where(_CURSOR.c.scope.in_(list(scopes))))
    again = {mark_of(scope) for scope in scopes if scope[0].isdigit()}
    again |= {scope for scope in scopes if is_repair_mark(scope)}
    return dict.fromkeys(again, _LOST)


@dataclass(frozen=True, slots=True)
class Gone:
    """A record the county did not send, as it was held here, with what was said of it here and not
    answered. `is_ours`: what was said here makes it whole without the county's part."""

    entity: str
    entity_id: str
    subject: str
    body: dict[str, Any] = field(repr=False)
    is_ours: bool = False


def finish_repair(connection: Connection, village: str) -> list[Gone]:
    """What the county did not send goes; only words it has not answered keep such a row alive.

    Returns what a county that was put back from a backup lost of it (`read_anew`), households
    first; nothing where the village alone came again. The rows of these are gone, but for what is
    ours: they come back as they are said again.
    """
    found = connection.execute(select(_CURSOR.c.cursor).where(_CURSOR.c.scope == mark_of(village)))
    is_put_back = found.scalar_one_or_none() == str(_LOST)
    connection.execute(delete(_CURSOR).where(_CURSOR.c.scope == mark_of(village)))
    body = case((func.json_valid(_DOCUMENT.c.body) == 1, cast(_DOCUMENT.c.body, Text)))
    query = _of(
        village, _DOCUMENT.c.entity, _DOCUMENT.c.entity_id, _DOCUMENT.c.subject, body.label("body")
    )
    gone = connection.execute(query.where(_DOCUMENT.c.version == 0)).all()
    for row in gone:
        touch(connection, EVERYTHING, row.subject)
        connection.execute(
            delete(_DOCUMENT).where(
                _DOCUMENT.c.entity == row.entity, _DOCUMENT.c.entity_id == row.entity_id
            )
        )
    held = set(leaving_subjects(connection))
    lost: list[Gone] = []
    for row in gone:
        if row.entity not in ENTITIES:
            continue
        if is_put_back and row.body is not None and row.subject not in held:
            lost.append(_lost(connection, row.entity, row.entity_id, row.subject, row.body))
        else:
            projection.rebuild(connection, row.entity, row.entity_id)
    return sorted(lost, key=lambda one: _ORDER[one.entity])


def _lost(connection: Connection, entity: str, entity_id: str, subject: str, text: str) -> Gone:
    """A record of which the county's part was dropped a moment ago; its row becomes our part alone,
    which of somebody else's record is a few fields and no row."""
    body = json.loads(text)
    ours = projection.expected(connection, entity, entity_id)
    is_ours = ours is not None and _NEEDED[entity] <= ours.keys()
    if is_ours:
        projection.rebuild(connection, entity, entity_id)
    else:
        projection.remove(connection, entity, entity_id)
    return Gone(entity, entity_id, subject, body | (ours or {}), is_ours)


def mark_of(village: str) -> str:
    """The mark, kept beside the cursors, that a village is being sent again."""
    return _REPAIR + village


def is_repair_mark(scope: str) -> bool:
    """Whether a cursor row is such a mark."""
    return scope.startswith(_REPAIR)


def _of(village: str, *columns: Any) -> Select[Any]:  # noqa: ANN401  # columns of any type
    """Documents whose subject is a household the county has in `village`."""
    return (
        select(*columns)
        .join_from(
            _DOCUMENT,
            _HOME,
            _HOME.c.entity.in_(HOMES) & (_HOME.c.entity_id == _DOCUMENT.c.subject),
        )
        .where(
            # a household that no longer reads is nobody's, so that its village differs and comes
            # again; SQLite would stop the whole question at it
            case(
                (
                    func.json_valid(_HOME.c.body) == 1,
                    func.json_extract(_HOME.c.body, "$.village_code"),
                )
            )
            == village
        )
    )
