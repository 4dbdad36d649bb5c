"""Key slots: the data key, wrapped once for each way of getting in (security §4.2).

Every slot is bound, as associated data, to the vault it belongs to and to its own public fields;
a slot copied into another header, or edited, does not open.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from app.crypto.encoding import to_base64
from app.crypto.escrow import escrow_info, seal_escrow
from app.crypto.kdf import SALT_BYTES, KdfCost, new_salt, passphrase_key
from app.crypto.keys import DataKey, hkdf
from app.crypto.labels import Label
from app.crypto.recovery_code import RecoveryCode
from app.domain.operations import Value, canonical

NONCE_BYTES: Final = 12
WRAPPED_BYTES: Final = 48
"""32 bytes of key and a 16-byte tag."""

SEALED_BYTES: Final = 32 + WRAPPED_BYTES
"""HPKE: the encapsulated X25519 key before the wrapped one."""

Binding = Mapping[str, Value]
"""The header fields a slot is bound to: fmt, v, vault_id, suite."""


class WrongKey(Exception):
    """The slot does not open with this secret (or its bytes were altered)."""


@dataclass(frozen=True, slots=True)
class PassSlot:
    """Opened by a passphrase through Argon2id."""

    type: ClassVar[str] = "pass"

    id: int
    cost: KdfCost
    salt: bytes
    nonce: bytes
    wrapped: bytes

    @classmethod
    def seal(
        cls, key: DataKey, passphrase: str, binding: Binding, *, slot_id: int, cost: KdfCost
    ) -> PassSlot:
        """Wrap `key` under `passphrase`."""
        empty = cls(slot_id, cost, new_salt(), secrets.token_bytes(NONCE_BYTES), b"")
        kek = passphrase_key(passphrase, empty.salt, cost)
        return replace(empty, wrapped=_wrap(kek, empty.nonce, key, _aad(binding, empty)))

    def public(self) -> dict[str, Value]:
        """Every field but the wrapped key, as written in the header."""
        kdf: dict[str, object] = {
            "alg": "argon2id",
            "m_kib": self.cost.m_kib,
            "t": self.cost.t,
            "p": self.cost.p,
            "salt": to_base64(self.salt),
        }
        return {
            "id": self.id,
            "type": self.type,
            "kdf": kdf,
            "factor": "none",
            "nonce": to_base64(self.nonce),
        }

    def open(self, passphrase: str, binding: Binding) -> DataKey:
        """The data key. Raises WrongKey."""
        kek = passphrase_key(passphrase, self.salt, self.cost)
        return _unwrap(kek, self.nonce, self.wrapped, _aad(binding, self))


@dataclass(frozen=True, slots=True)
class RecoverySlot:
    """Opened by the printed recovery code; its entropy needs no slow derivation."""

    type: ClassVar[str] = "recovery"

    id: int
    salt: bytes
    check: bytes
    nonce: bytes
    wrapped: bytes

    @classmethod
    def seal(
        cls, key: DataKey, code: RecoveryCode, binding: Binding, *, slot_id: int
    ) -> RecoverySlot:
        """Wrap `key` under `code`."""
        salt = secrets.token_bytes(SALT_BYTES)
        nonce = secrets.token_bytes(NONCE_BYTES)
        empty = cls(slot_id, salt, code.check(salt), nonce, b"")
        kek = hkdf(code.secret, Label.RECOVERY, salt=salt)
        return replace(empty, wrapped=_wrap(kek, nonce, key, _aad(binding, empty)))

    def public(self) -> dict[str, Value]:
        """Every field but the wrapped key, as written in the header."""
        kdf: dict[str, object] = {"alg": "hkdf-sha256", "salt": to_base64(self.salt)}
        return {
            "id": self.id,
            "type": self.type,
            "kdf": kdf,
            "check": to_base64(self.check),
            "nonce": to_base64(self.nonce),
        }

    def open(self, code: RecoveryCode, binding: Binding) -> DataKey:
        """The data key. Raises WrongKey."""
        kek = hkdf(code.secret, Label.RECOVERY, salt=self.salt)
        return _unwrap(kek, self.nonce, self.wrapped, _aad(binding, self))


@dataclass(frozen=True, slots=True)
class CountySlot:
    """Opened by the county's recovery key, which two county officers release (R12)."""

    type: ClassVar[str] = "county"

    id: int
    kid: str
    enc: bytes

    @classmethod
    def seal(
        cls, key: DataKey, county_key: bytes, binding: Binding, *, slot_id: int, kid: str
    ) -> CountySlot:
        """Seal `key` to the county's raw X25519 public key. Raises ValueError for a bad one."""
        empty = cls(slot_id, kid, b"")
        return replace(empty, enc=seal_escrow(key.secret, county_key, empty.info(binding)))

    def public(self) -> dict[str, Value]:
        """Every field but the sealed key, as written in the header."""
        return {"id": self.id, "type": self.type, "kid": self.kid}

    def info(self, binding: Binding) -> bytes:
        """What the sealed key is bound to."""
        return escrow_info(binding, self.public())


Slot = PassSlot | RecoverySlot | CountySlot


def _aad(binding: Binding, slot: Slot) -> bytes:
    """The canonical public bytes a slot's ciphertext is bound to."""
    return canonical({**binding, "slot": slot.public()})


def _wrap(kek: bytes, nonce: bytes, key: DataKey, aad: bytes) -> bytes:
    return ChaCha20Poly1305(kek).encrypt(nonce, key.secret, aad)


def _unwrap(kek: bytes, nonce: bytes, wrapped: bytes, aad: bytes) -> DataKey:
    try:
        return DataKey(ChaCha20Poly1305(kek).decrypt(nonce, wrapped, aad))
    except InvalidTag as error:
        raise WrongKey from error
