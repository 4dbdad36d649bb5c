"""A vault nobody can open any more asks the county for its key; two officers there release it.

The request is not signed: who could sign it is locked in. It is worth what the comparison of the
fingerprint of `reply_to` aloud is worth, like an enrolment ticket. The answer is a container sealed
to `reply_to` (`app.crypto.envelope.Kind.RELEASE`).
"""

from __future__ import annotations

from typing import Annotated, Final

import msgspec

from app.sync.protocol.coding import CountyCode, Id, Instant, Key, KeyId, Message, Ordinal, Sha256

REQUEST_SUFFIX: Final = ".sar-key"
VAULT_TOLD: Final = "vault.county_slot"
"""The kind of the `audit` operation by which a device says which vault is its own (`vault`, and the
`key` its data key is sealed to): so the officers see whose vault a request is about."""
Sealed = Annotated[bytes, msgspec.Meta(min_length=80, max_length=80)]
"""HPKE: 32 bytes of encapsulated key, 32 of data key, 16 of tag."""


class CountyRecoveryKey(Message, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the feed says of the county's recovery key; `public` is X25519, in hex."""

    kid: KeyId
    public: Sha256
    made_at: Instant


class VaultBinding(Message, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The header fields a county slot is bound to (security §4.2)."""

    fmt: Id
    v: Ordinal
    suite: Id
    vault_id: Id


class CountySlotFields(Message, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The public fields of the county slot."""

    id: Annotated[int, msgspec.Meta(ge=0, le=7)]
    type: Id
    kid: KeyId


class RecoveryRequest(Message, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the laptop writes to a file: the slot as it stands in its header, and a fresh key."""

    v: Ordinal
    vault: VaultBinding
    slot: CountySlotFields
    enc: Sealed
    reply_to: Key
    nonce: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}\Z")]
    asked_at: Instant


class ReleaseHeader(Message, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a carrier may read of the answer."""

    v: Ordinal
    suite: str
    county: CountyCode
    request: Sha256


class Release(Message, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The vault's data key."""

    vault_id: Id
    key: Key
