"""The feed out: a page of what is new for one device, sealed to it and signed.

A page ends after so many entries or so many bytes, and then takes along whatever its documents
refer to and the device may not have yet, so that the laptop can apply it as one transaction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, Text, cast, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from app.crypto.envelope import (
    SUITE,
    Kind,
    Purpose,
    parse_document,
    seal_container,
    verify_document,
)
from app.domain.operations import instant_text
from app.sync.protocol.coding import PROTOCOL_VERSION, convert, encode_line, to_object
from app.sync.protocol.feed import (
    COUNTY_SCOPE,
    Cursor,
    Entry,
    FeedRequest,
    KnownChain,
    PageHead,
    PageHeader,
    device_scope,
    encode_page,
    village_sum,
)
from county_server import declined
from county_server.clock import Time
from county_server.county import County
from county_server.database import Database, among, helpings
from county_server.feed_marks import let_go_of_old
from county_server.registry import QUARANTINED, REVOKED, author_of, find_device
from county_server.tables import (
    blob,
    blob_part,
    device,
    document,
    feed,
    feed_mark,
    feed_scope,
    nonce,
)

REMEMBERED: Final = timedelta(days=7)
"""How long a request cannot come twice because its nonce is known; an older one is not heard."""
MAX_ENTRIES: Final = 2_000
MAX_BYTES: Final = 8 * 1024 * 1024
_QUOTA: Final = "quota_token"
_WITH_DOCUMENT: Final = select(
    feed.c.kind, feed.c.scope, feed.c.position, feed.c.entity, feed.c.entity_id, feed.c.subject,
    feed.c.body.label("said"), document.c.version, document.c.body,
    document.c.subject.label("owner"),
).outerjoin(
    document,
    (feed.c.kind == "upsert")
    & (document.c.entity == feed.c.entity)
    & (document.c.entity_id == feed.c.entity_id),
)  # fmt: skip
"""Feed rows, each with the document as it stands now; without one for what is no upsert."""


@dataclass(frozen=True, slots=True)
class Pages:
    """Answers feed requests, by whatever road they came."""

    county: County
    database: Database
    clock: Time

    def accept(self, data: bytes) -> FeedRequest:
        """The signed request, once. Raises Refused or Declined B-22…B-25."""
        request = self.read_request(data)
        oldest = instant_text(self.clock.now() - REMEMBERED)
        if request.told is not None and request.told < oldest:
            raise declined.replayed()  # its nonce would be forgotten by now
        try:
            with self.database.write() as connection:
                row = {"device_id": request.device, "nonce": request.nonce, "told": request.told}
                connection.execute(insert(nonce), row)
                connection.execute(
                    update(device)
                    .where(device.c.id == request.device)
                    .values(last_seen_at=instant_text(self.clock.now()), last_cursor=request.cursor)
                )
                if request.check:  # once a week
                    let_go_of_old(connection, scopes_of(connection, request.device))
                    connection.execute(
                        delete(nonce).where(
                            nonce.c.device_id == request.device, nonce.c.told < oldest
                        )
                    )
        except IntegrityError as error:
            raise declined.replayed() from error
        return request

    def accept_carried(self, data: bytes) -> FeedRequest:
        """The signed request of a stick, as often as it comes. Raises as `read_request` does."""
        request = self.read_request(data)
        with self.database.write() as connection:
            let_go_of_old(connection, scopes_of(connection, request.device))
        return request

    def read_request(self, data: bytes) -> FeedRequest:
        """The request, whoever carried it and how often. Raises Refused or Declined."""
        signed = parse_document(data)
        request = convert(signed.body, FeedRequest)
        with self.database.read() as connection:
            row = find_device(connection, request.device)
        verify_document(signed, Purpose.REQUEST, row["sign_public"])
        if row["state"] == REVOKED:
            raise declined.revoked()
        if row["state"] == QUARANTINED:
            raise declined.quarantined()
        if request.county != self.county.id or row["not_after"] < self.clock.today().isoformat():
            raise declined.unknown_device()
        return request

    def page(self, request: FeedRequest) -> tuple[bytes, PageHead]:
        """The next page after the request's cursor, and its head."""
        with self.database.read() as connection:
            row = find_device(connection, request.device)
            stretch = Stretch(connection, request, scopes_of(connection, request.device))
            stretch.gather()
            head = PageHead(
                after=dict(request.cursor),
                next=stretch.next,
                more=stretch.more,
                server_time=instant_text(self.clock.now()),
                n_entries=len(stretch.lines),
                known=KnownChain(epoch=row["epoch"], n=row["head_n"], head=row["head"]),
                villages=_sums(connection, request, stretch),
                files=_files(connection, request, stretch),
                marks=None if request.marks is None else _marks(connection, stretch.next),
                is_other=_is_other(connection, request, stretch.scopes),
            )
            plaintext = encode_page(head, stretch.lines)
        header = PageHeader(
            v=PROTOCOL_VERSION,
            suite=SUITE,
            county=self.county.id,
            device=request.device,
            created=head.server_time,
        )
        sealed = seal_container(
            Kind.PAGE,
            to_object(header),
            plaintext,
            recipient=row["seal_public"],
            signer=self.county.root.private,
        )
        return sealed, head


def scopes_of(connection: Connection, device_id: str) -> list[str]:
    """The scopes of a device, the county's first: packs before what was made with them."""
    villages = sorted(author_of(connection, device_id).villages)
    return [COUNTY_SCOPE, device_scope(device_id), *villages]


@dataclass(slots=True)
class Stretch:
    """One stretch of the feed being gathered for one device."""

    connection: Connection
    request: FeedRequest
    scopes: Sequence[str]
    lines: list[bytes] = field(default_factory=list, repr=False)
    next: Cursor = field(default_factory=dict)
    more: bool = False
    _bytes: int = 0
    _ids: set[str] = field(default_factory=set, repr=False)

    def gather(self) -> None:
        """Fill `lines`, `next` and `more`."""
        referred: set[str] = set()
        for scope in self.scopes:
            referred |= self._gather_scope(scope)
        self._close(referred)

    def _gather_scope(self, scope: str) -> set[str]:
        """Take what fits from one scope; return the ids its documents refer to."""
        begin = self.request.cursor.get(scope, 0)
        room = MAX_ENTRIES - len(self.lines)
        if room <= 0 or self._bytes >= MAX_BYTES:
            self.next[scope] = begin
            self.more = self.more or bool(self._rows(scope, begin, 1))
            return set()
        rows = self._rows(scope, begin, room + 1)
        referred: set[str] = set()
        for row in rows[:room]:
            if self._bytes >= MAX_BYTES:
                break
            self._take(row, referred)
            begin = row.position
        self.next[scope] = begin
        if rows and rows[-1].position > begin:
            self.more = True
        else:
            # an end before the cursor: this county was put back from a backup, and says so
            self.next[scope] = self._last(scope)
        return referred

    def _rows(self, scope: str, after: int, limit: int) -> Sequence[Row[Any]]:
        """Feed rows of a scope that are news to the device."""
        query = _WITH_DOCUMENT.where(feed.c.scope == scope, feed.c.position > after)
        return self.connection.execute(
            self._not_known(query).order_by(feed.c.position).limit(limit)
        ).all()

    def _not_known(self, query: Any) -> Any:  # noqa: ANN401  # Select is generic over its columns
        """Leave out what the device said itself, unless it asks for its own echo."""
        if self.request.echo:
            return query
        return query.where(or_(feed.c.known_to.is_(None), feed.c.known_to != self.request.device))

    def _last(self, scope: str) -> int:
        """The scope's newest position."""
        query = select(feed_scope.c.last).where(feed_scope.c.scope == scope)
        last: int | None = self.connection.execute(query).scalar_one_or_none()
        return last or 0

    def _take(self, row: Row[Any], referred: set[str]) -> None:
        """Add one feed row to the page, and to `referred` the ids its document names."""
        body = row.said if row.version is None else self._shown(row)
        entry = Entry(
            kind=row.kind,
            scope=row.scope,
            position=row.position,
            entity=row.entity,
            entity_id=row.entity_id,
            subject=row.subject,
            version=row.version or 0,
            body=body,
        )
        line = encode_line(entry)
        self.lines.append(line)
        self._bytes += len(line)
        self._ids.add(row.entity_id)
        referred.update(_references(body or {}))

    def _shown(self, row: Row[Any]) -> dict[str, Any]:
        """The body as this device may see it: another device's token holds nothing to spend."""
        body: dict[str, Any] = row.body
        if row.entity == _QUOTA and row.owner != self.request.device:
            body["amount_fen"] = 0
        return body

    def _close(self, referred: set[str]) -> None:
        """Take along, again and again, what is referred to and may be missing on the laptop."""
        while wanted := sorted(referred - self._ids):
            referred = set()
            self._ids.update(wanted)
            for some in helpings(self.connection, wanted):
                among_them = among(self.connection, feed.c.entity_id, some)
                query = self._not_known(_WITH_DOCUMENT.where(among_them, feed.c.kind == "upsert"))
                for row in self.connection.execute(query).all():
                    is_ours = row.scope in self.scopes or row.entity == _QUOTA
                    if is_ours and row.position > self.request.cursor.get(row.scope, 0):
                        self._take(row, referred)


def _sums(connection: Connection, request: FeedRequest, stretch: Stretch) -> dict[str, str] | None:
    """The sum of every village of the device, with the last page and when asked for."""
    if not request.check or stretch.more:
        return None
    home, body = document.alias("home"), cast(document.c.body, Text).label("body")
    sums = {}
    for code in sorted(author_of(connection, request.device).villages):
        query = (
            select(document.c.entity, document.c.entity_id, document.c.version, body)
            .join(home, (home.c.entity == "household") & (home.c.entity_id == document.c.subject))
            .where(home.c.village_code == code)
        )
        sums[code] = village_sum(
            (r.entity, r.entity_id, r.version, r.body) for r in connection.execute(query)
        )
    return sums


def _marks(connection: Connection, positions: Mapping[str, int]) -> dict[str, str]:
    """The mark of each position that has one: of the transaction it was written in."""
    found = {}
    for scope, position in positions.items():
        query = (
            select(feed_mark.c.mark)
            .where(feed_mark.c.scope == scope, feed_mark.c.position >= position)
            .order_by(feed_mark.c.position)
            .limit(1)
        )
        mark = connection.execute(query).scalar_one_or_none() if position else None
        if mark is not None:
            found[scope] = mark
    return found


def _is_other(connection: Connection, request: FeedRequest, scopes: Sequence[str]) -> bool:
    """Whether this county, put back from a backup since, gave a position the device has read to
    other news."""
    said = {scope: mark for scope, mark in (request.marks or {}).items() if scope in scopes}
    here = _marks(connection, {scope: request.cursor.get(scope, 0) for scope in said})
    return here != said


def _files(connection: Connection, request: FeedRequest, stretch: Stretch) -> int | None:
    """How many attachments of the device are here whole, with the last page and when asked for."""
    if not request.check or stretch.more:
        return None
    query = (
        select(func.count())
        .select_from(blob_part.join(blob, blob.c.sha256 == blob_part.c.sha256))
        .where(blob_part.c.device_id == request.device, blob_part.c.part == 0)
    )
    held: int = connection.execute(query).scalar_one()
    return held


def _references(body: Mapping[str, Any]) -> Iterator[str]:
    """Ids a document names, by the house rule that such fields end in `_id`."""
    return (value for name, value in body.items() if name[-3:] == "_id" and type(value) is str)
