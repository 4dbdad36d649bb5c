"""The vault's one random key and what is derived from it.

Nobody chooses the data key and it is never stored in clear: passphrase, recovery code and county
each wrap it in a slot of their own (`slots`). Python cannot wipe memory, so a key lives until the
process ends; locking is therefore a restart (security F14).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.crypto.labels import Label

KEY_BYTES: Final = 32
"""256 bits: SQLCipher's raw key, ChaCha20-Poly1305's key, SHA-256's output."""


def hkdf(secret: bytes, label: Label, *, salt: bytes | None = None) -> bytes:
    """32 bytes derived from a high-entropy `secret` for the use that `label` names."""
    kdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=label.encode())
    return kdf.derive(secret)


def mac(key: bytes, data: bytes) -> bytes:
    """HMAC-SHA256 of `data`, 32 bytes."""
    return hmac.digest(key, data, hashlib.sha256)


def same(left: bytes, right: bytes) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(left, right)


@dataclass(frozen=True, slots=True)
class DataKey:
    """The vault's random 256-bit key. Its text form shows nothing."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Raises ValueError for a key of another length."""
        if len(self.secret) != KEY_BYTES:
            raise ValueError("a data key has 32 bytes")

    @classmethod
    def fresh(cls) -> DataKey:
        """A new random key."""
        return cls(secrets.token_bytes(KEY_BYTES))

    def subkey(self, label: Label) -> bytes:
        """The 32-byte key for one use."""
        return hkdf(self.secret, label)
