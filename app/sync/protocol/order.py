"""The county's signed order that a device it revoked erases itself (security §4.8)."""

from __future__ import annotations

from typing import Literal

from app.sync.protocol.coding import Id, Instant, Message, Ordinal


class Order(Message, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Bound to one device. It is obeyed only after what was never sent is sealed and exported."""

    v: Ordinal
    county: Id
    device: Id
    kind: Literal["erase"]
    issued_at: Instant
