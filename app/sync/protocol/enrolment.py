"""How a laptop joins a county: the ticket it is given, what it asks, what it becomes."""

from __future__ import annotations

import hashlib
from typing import Annotated, Final

import msgspec

from app.sync.protocol.coding import (
    Count,
    CountyCode,
    Day,
    Id,
    Instant,
    Key,
    Message,
    Ordinal,
    Sha256,
    VillageCode,
)
from app.sync.protocol.feed import Entry

TICKET_AAD: Final = b"sa/ticket-by-code/v1"
"""What the ticket of a code is bound to while it is sealed."""
_CODE_NAME: Final = b"sa/code/v1\0"
_CODE_KEY: Final = b"sa/code-key/v1\0"

PersonName = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
"""An officer's name or a place's."""
EnrolmentCode = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}\Z")]
"""64 random bits and more, used once: four groups of four (Crockford base32)."""
DeviceNo = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{2,4}\Z")]
"""The device's part of offline document numbers."""


class Village(Message, frozen=True, forbid_unknown_fields=True):
    """A village a device answers for."""

    code: VillageCode
    name: PersonName


class Ticket(Message, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The enrolment file, signed by the county root it names.

    It is only as good as the comparison of that root's fingerprint with the one read out by the
    county; after that everything in it is vouched for.
    """

    v: Ordinal
    county: CountyCode
    county_name: PersonName
    is_practice: bool
    root: Key
    seal_key: Key
    ca_pem: Annotated[str, msgspec.Meta(max_length=20_000)]
    url: Annotated[str, msgspec.Meta(pattern=r"^https://[^\s/]+\Z", max_length=300)]
    code: EnrolmentCode
    officer_id: Id
    officer_name: PersonName
    villages: Annotated[list[Village], msgspec.Meta(min_length=1, max_length=100)]
    expires_at: Instant


class TicketRequest(Message, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A laptop that was only told a code asks for its ticket; `code` is the code's name."""

    v: Ordinal
    code: Sha256


def code_name(code: str) -> str:
    """By which the county knows a code it has not kept, SHA-256 in hex; it leads back to none."""
    return hashlib.sha256(_CODE_NAME + code.encode()).hexdigest()


def code_key(code: str) -> bytes:
    """Under which the ticket of a code is sealed: eighty random bits, known to who was told it."""
    return hashlib.sha256(_CODE_KEY + code.encode()).digest()


class EnrolmentHeader(Message, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a carrier may read of a request; it is signed by the key it names."""

    v: Ordinal
    suite: str
    county: Id
    to: str
    sign_public: Key


class EnrolmentRequest(Message, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A laptop asks for a certificate with the ticket's code; sealed to the county."""

    v: Ordinal
    code: EnrolmentCode
    device: Id
    sign_public: Key
    seal_public: Key
    asked_at: Instant


class Certificate(Message, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The county's signed word on who a device is and for whom it may speak."""

    v: Ordinal
    county: CountyCode
    device: Id
    device_no: DeviceNo
    officer_id: Id
    officer_name: PersonName
    sign_public: Key
    seal_public: Key
    villages: list[Village]
    issued_at: Instant
    not_after: Day
    serial: Ordinal


class QuotaToken(Message, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What one device may spend offline, in fen, until the end of a day in China."""

    v: Ordinal
    county: Id
    id: Id
    device: Id
    amount_fen: Count
    not_after: Day
    issued_at: Instant


class AnswerHeader(Message, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a carrier may read of the answer to an enrolment request."""

    v: Ordinal
    suite: str
    county: Id
    device: Id
    request: Sha256


class EnrolmentAnswer(Message, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The certificate (a signed document, as text) and what a device needs on its first day."""

    certificate: Annotated[str, msgspec.Meta(max_length=100_000)]
    server_time: Instant
    entries: list[Entry]
