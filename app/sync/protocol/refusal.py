"""The county says no, in words it signed: so that a captive portal can never say it instead."""

from __future__ import annotations

from typing import Annotated, Final

import msgspec

from app.sync.protocol.coding import Count, Id, Instant, Message, Ordinal, Sha256, Words

NEED: Final = "B-20"
"""A batch is missing before this one; `need_*` say which comes next."""
FORK: Final = "B-21"
"""The same place in the chain was filled before with other bytes."""
QUARANTINED: Final = "B-22"
"""The device is set aside until the county has looked."""
REVOKED: Final = "B-23"
"""The device's certificate was withdrawn."""
UNKNOWN_DEVICE: Final = "B-24"
"""No such device, or its certificate has ended."""
REPLAYED: Final = "B-25"
"""A request whose nonce was used, or was said so long after the last word of the county that it may
have been."""
SLOW_DOWN: Final = "B-26"
"""Too many requests; `retry_after` seconds."""
ENROLMENT: Final = "B-27"
"""The enrolment code is unknown, used or expired."""
NAMELESS: Final = "B-28"
"""A part of an attachment that no record of this device names."""
NO_ORDER: Final = "B-29"
"""The device asked for an order, and there is none for it."""
NOT_IN_FORM: Final = "B-04"
"""Not as this side writes it: a word it does not know, for one."""
UPGRADE: Final = "B-03"
"""Written in a newer format than this side reads."""


class Refusal(Message, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Why nothing was done. `about` is the SHA-256 of the request's bytes."""

    v: Ordinal
    county: Id
    about: Sha256
    code: Annotated[str, msgspec.Meta(pattern=r"^[A-Z]-[0-9]{2}\Z")]
    what: Words
    do: Words
    server_time: Instant
    need_epoch: Count | None = None
    need_seq: Ordinal | None = None
    retry_after: Count | None = None
