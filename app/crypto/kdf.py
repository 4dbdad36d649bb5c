"""Argon2id: from a passphrase a person can remember to a key.

The parameters come from a file anybody may have edited, so they are bounded before any memory is
taken: below the floor a guess is cheap, above the ceiling the file could freeze the laptop (R03).
"""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

SALT_BYTES: Final = 16
_KEY_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class KdfCost:
    """What one guess costs: memory in KiB, passes over it, and lanes in parallel."""

    m_kib: int
    t: int
    p: int

    def is_within_bounds(self) -> bool:
        """Whether the floor (46 MiB, t 1, p 1) and ceiling (1 GiB, t 16, p 8) hold."""
        return (
            FLOOR.m_kib <= self.m_kib <= CEILING.m_kib
            and FLOOR.t <= self.t <= CEILING.t
            and FLOOR.p <= self.p <= CEILING.p
        )


FLOOR: Final = KdfCost(46 * 1024, 1, 1)
CEILING: Final = KdfCost(1024 * 1024, 16, 8)
DEFAULT: Final = KdfCost(64 * 1024, 3, 4)
"""About a third of a second on a two-core laptop (security F13)."""


def new_salt() -> bytes:
    """Fresh random salt."""
    return secrets.token_bytes(SALT_BYTES)


def normalised(passphrase: str) -> str:
    """NFKC, so that full-width and half-width typing of one passphrase are the same."""
    return unicodedata.normalize("NFKC", passphrase)


def passphrase_key(passphrase: str, salt: bytes, cost: KdfCost) -> bytes:
    """The key-encrypting key of a passphrase slot.

    Raises ValueError, before allocating, for a `cost` outside the bounds or a short salt.
    """
    if not cost.is_within_bounds():
        raise ValueError("key derivation cost out of bounds")
    if len(salt) != SALT_BYTES:
        raise ValueError("a salt has 16 bytes")
    kdf = Argon2id(
        salt=salt, length=_KEY_BYTES, iterations=cost.t, lanes=cost.p, memory_cost=cost.m_kib
    )
    return kdf.derive(normalised(passphrase).encode())
