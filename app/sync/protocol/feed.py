"""The feed down: what the county says about the villages a device answers for, page by page.

A cursor maps each scope to the position already applied. Scopes are a village code, `*` for the
whole county, and `device:<id>`. Positions grow in commit order within a scope, so a reader never
misses a late commit; a page is closed under references, so it can be applied in one transaction.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Final, Literal

import msgspec

from app.sync.protocol.coding import (
    Count,
    Id,
    Instant,
    Message,
    Ordinal,
    Sha256,
    decode,
    encode_line,
    not_in_form,
)

Cursor = dict[str, int]
"""scope → position applied."""
Positions = Annotated[dict[str, Count], msgspec.Meta(max_length=200)]
"""A cursor on the wire."""
Mark = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{16}\Z")]
"""What the county drew by lot for one stretch of a scope."""
Marks = Annotated[dict[str, Mark], msgspec.Meta(max_length=200)]
"""scope → the mark of the position applied."""

COUNTY_SCOPE: Final = "*"
VILLAGE_ENTITY: Final = "village"
"""A `leave` with this entity takes a whole village out of the device's hands."""
NOTICE_ENTITY: Final = "notice"


def device_scope(device_id: str) -> str:
    """The scope of what concerns one device only."""
    return f"device:{device_id}"


class Entry(Message, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One piece of news.

    upsert: `body` is the whole document as of `version`. leave: this subject is another's now.
    void: the document was withdrawn. notice: `body["text"]` is a sentence for the coordinator.
    """

    kind: Literal["upsert", "leave", "void", "notice"]
    scope: Id
    position: Count
    entity: Id
    entity_id: Id
    subject: Id
    version: Count
    body: dict[str, Any] | None = None


class PageHeader(Message, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a carrier may read of a page."""

    v: Ordinal
    suite: str
    county: Id
    device: Id
    created: Instant


class KnownChain(Message, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How far the county has a device's chain: its newest epoch, operation and that one's hash."""

    epoch: Count
    n: Count
    head: Sha256


class PageHead(Message, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The first line of a page: which stretch of the feed it is.

    `more` says that another page is waiting. By `known` a laptop learns that its vault is behind
    what it once sent, or the county behind what it once received; a `next` below its `after` says
    the same of the feed, and so does `is_other`: at a position of the request's cursor the county
    now has other news than was read there. `marks` are those of `next`. `villages` comes with the
    last page when it was asked for: the sum of every village of the device (`village_sum`); so does
    `files`, how many attachments of the device the county holds whole.
    """

    after: Positions
    next: Positions
    more: bool
    server_time: Instant
    n_entries: Count
    known: KnownChain | None = None
    villages: dict[str, Sha256] | None = None
    files: Count | None = None
    marks: Marks | None = None
    is_other: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """An opened page."""

    head: PageHead
    entries: tuple[Entry, ...] = field(repr=False)


def encode_page(head: PageHead, lines: Sequence[bytes]) -> bytes:
    """The plaintext of a page; `lines` are entries through `encode_line`."""
    return b"\n".join([encode_line(head), *lines]) + b"\n"


def decode_page(plaintext: bytes) -> Page:
    """The opened page. Raises Refused B-04."""
    if not plaintext.endswith(b"\n"):
        raise not_in_form()
    first, *rest = plaintext[:-1].split(b"\n")
    head = decode(first, PageHead)
    if len(rest) != head.n_entries:
        raise not_in_form()
    return Page(head, tuple(decode(line, Entry) for line in rest))


class FeedRequest(Message, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A device asks for the page after `cursor`; signed, and good for one use (`nonce`).

    `echo` also asks for what this device itself sent: after a restored backup it is news again.
    `check` asks for the sums of the villages with the last page. `marks` are those that came with
    the positions of `cursor`. `told` is the newest time of the county the device was told of: the
    county remembers nonces for a week only and asks whoever is further behind to ask again with its
    time of now.
    """

    v: Ordinal
    county: Id
    device: Id
    nonce: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}\Z")]
    cursor: Positions
    echo: bool
    check: bool = False
    marks: Marks | None = None
    told: Instant | None = None


def village_sum(records: Iterable[tuple[str, str, int, str]]) -> str:
    """One hash over (entity, id, version, body) of every record about a village's households.

    A body is JSON in whatever spelling it was stored; it counts in its canonical one.
    """
    digest = hashlib.sha256(b"sa/village/v2\0")
    for entity, entity_id, version, body in sorted(records):
        digest.update(f"{entity} {entity_id} {version} ".encode())
        digest.update(_canonical(body) + b"\n")
    return digest.hexdigest()


def _canonical(body: str) -> bytes:
    """A stored body as it travels; one that no longer reads counts as it stands, and so differs."""
    try:
        return msgspec.json.encode(msgspec.json.decode(body), order="sorted")
    except msgspec.DecodeError:
        return body.encode()


def follows(cursor: Mapping[str, int], page: Page) -> bool:
    """Whether nothing between `cursor` and the beginning of `page` is missing."""
    return all(cursor.get(scope, 0) >= position for scope, position in page.head.after.items())


def shortened(page: Page) -> bool:
    """Whether the county's feed ends before what was read of it, or says something else there: it
    was put back from a backup."""
    head = page.head
    return head.is_other or any(head.next.get(scope, at) < at for scope, at in head.after.items())


def advanced(cursor: Mapping[str, int], page: Page) -> Cursor:
    """The cursor once `page` is applied; a page that is old moves nothing back."""
    return {
        scope: max(cursor.get(scope, 0), page.head.next.get(scope, 0))
        for scope in sorted({*cursor, *page.head.next})
    }


def is_news(cursor: Mapping[str, int], entry: Entry) -> bool:
    """Whether `entry` still has to be applied.

    One beyond the page's own end, which came along because another refers to it, is old as well
    where the cursor has passed it: a page that was carried long must not bring back what has left.
    """
    return entry.position > cursor.get(entry.scope, 0)
