"""Attachments on their way up: after the text that names them, part by part, until a receipt says
that the county has the whole.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, func, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert

from app.domain.operations import OperationState
from app.models.base import table_of
from app.models.casework import AttachmentRow
from app.models.log import OperationRow, OperationStateRow, UploadRow
from app.store.among import among

_UPLOAD = table_of(UploadRow)
_ATTACHMENT = table_of(AttachmentRow)
_OPERATION = table_of(OperationRow)
_STATE = table_of(OperationStateRow)
_UNANSWERED: Final = (OperationState.WAITING, OperationState.SENT)
_ENTITY: Final = "attachment"


@dataclass(frozen=True, slots=True)
class Upload:
    """One attachment; `held` parts of it are at the county, as far as a receipt said."""

    attachment: str
    blob_id: str
    wrapped_key: str = field(repr=False)
    size: int
    sha256: str
    held: int


@dataclass(frozen=True, slots=True)
class UploadCounts:
    """Attachments of this laptop: those on their way with their bytes, and those that arrived."""

    waiting: int
    waiting_bytes: int
    arrived: int


def waiting_uploads(connection: Connection, *, answered_only: bool) -> list[Upload]:
    """Attachments the county does not have, in the order they were added.

    `answered_only` leaves out those whose text the county has not answered: over the network text
    comes first; on a stick both lie side by side and the county takes the text first. What it
    returned has no text at the county, so its bytes wait, too.
    """
    query = _own(
        select(_ATTACHMENT, func.coalesce(_UPLOAD.c.held, 0).label("held")),
        unfinished=True,
    ).order_by(_OPERATION.c.n)
    query = query.where(func.coalesce(_STATE.c.state, "") != OperationState.RETURNED)
    if answered_only:
        query = query.where(_STATE.c.state.is_not(None), _STATE.c.state.not_in(_UNANSWERED))
    return [
        Upload(row.id, row.blob_id, row.blob_key, row.size, row.sha256, row.held)
        for row in connection.execute(query)
    ]


def count_uploads(connection: Connection) -> UploadCounts:
    """How many wait and how many arrived."""
    waiting, size = connection.execute(
        _own(select(func.count(), func.coalesce(func.sum(_ATTACHMENT.c.size), 0)), unfinished=True)
    ).one()
    arrived: int = connection.execute(
        select(func.count()).select_from(_UPLOAD).where(_UPLOAD.c.arrived_at.is_not(None))
    ).scalar_one()
    return UploadCounts(waiting, size, arrived)


def has_waiting_upload(connection: Connection, subject: str) -> bool:
    """Whether a file about `subject` could still go up: what was handed over is not erased yet."""
    query = _own(select(_ATTACHMENT.c.id), unfinished=True).where(
        _OPERATION.c.subject == subject,
        func.coalesce(_STATE.c.state, "") != OperationState.RETURNED,
    )
    return connection.execute(query.limit(1)).first() is not None


def arrived_attachments(connection: Connection) -> frozenset[str]:
    """Those of which a receipt says that the county has the whole."""
    query = select(_UPLOAD.c.attachment_id).where(_UPLOAD.c.arrived_at.is_not(None))
    return frozenset(connection.execute(query).scalars())


def note_held(connection: Connection, attachment: str, held: int) -> None:
    """So many parts are at the county; a new program goes on from there."""
    _put(connection, attachment, {"held": held})


def note_arrived(
    connection: Connection, attachment: str, held: int, receipt: bytes, at: datetime
) -> None:
    """The county signed that it has the whole."""
    _put(connection, attachment, {"held": held, "receipt": receipt, "arrived_at": at})


def note_unreadable(connection: Connection, attachment: str, at: datetime) -> None:
    """The blob is gone or damaged: there is nothing to send until it is put back."""
    _put(connection, attachment, {"unreadable_at": at})


def offer_again(connection: Connection, held: int, *, every: bool) -> int:
    """The county holds `held` attachments of this laptop, fewer than it signed for: it was put
    back from a backup. The newest are offered again, or all of them; how many. It answers the
    first part of each with how much of it is there.
    """
    own = _own(select(_UPLOAD.c.attachment_id, _ATTACHMENT.c.sha256), unfinished=False)
    query = own.where(_UPLOAD.c.arrived_at.is_not(None)).order_by(text("upload.rowid DESC"))
    arrived = connection.execute(query).all()
    missing = len({row.sha256 for row in arrived}) - held
    if missing <= 0:
        return 0
    again = [row.attachment_id for row in (arrived if every else arrived[:missing])]
    connection.execute(
        update(_UPLOAD)
        .where(_UPLOAD.c.attachment_id.in_(among("ids")))
        .values(arrived_at=None, receipt=None),
        {"ids": json.dumps(again)},
    )
    return len(again)


def try_unreadable_again(connection: Connection) -> None:
    """A backup may have brought the blob back: look at all of them once more."""
    connection.execute(_UPLOAD.update().values(unreadable_at=None))


def _put(connection: Connection, attachment: str, values: dict[str, Any]) -> None:
    row = {"attachment_id": attachment, "held": 0} | values
    connection.execute(
        upsert(_UPLOAD)
        .values(row)
        .on_conflict_do_update(index_elements=["attachment_id"], set_=values)
    )


def _own(query: Select[Any], *, unfinished: bool) -> Select[Any]:
    """Of the attachments this laptop added: a neighbour's come with the feed and without bytes."""
    joined = query.select_from(
        _ATTACHMENT.join(
            _OPERATION,
            (_OPERATION.c.entity_id == _ATTACHMENT.c.id) & (_OPERATION.c.entity == _ENTITY),
        )
        .outerjoin(_STATE, _STATE.c.n == _OPERATION.c.n)
        .outerjoin(_UPLOAD, _UPLOAD.c.attachment_id == _ATTACHMENT.c.id)
    )
    if unfinished:
        joined = joined.where(_UPLOAD.c.arrived_at.is_(None), _UPLOAD.c.unreadable_at.is_(None))
    return joined
