"""The county's recovery key: how a vault's data key is sealed to it, and who may use it (R12).

The vault's key lies in the vault's header, sealed to the county. Opening it needs the private half,
which the county holds only under the passphrases of two officers together; what is released is
sealed anew to a key the laptop made for this one request.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.crypto.labels import Label
from app.domain.operations import Value, canonical
from app.domain.problem import Refused

_HPKE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_KEY_BYTES: Final = 32


def escrow_info(binding: Mapping[str, Value], slot: Mapping[str, Value]) -> bytes:
    """HPKE's info of a county slot: the vault's fixed header fields and the slot's public ones.

    HPKE here has no associated data, so the binding goes in by its hash (security §4.2).
    """
    bound = canonical({**binding, "slot": dict(slot)})
    return Label.ESCROW.prefix + hashlib.sha256(bound).digest()


def seal_escrow(secret: bytes, county_public: bytes, info: bytes) -> bytes:
    """A data key for the county. Raises ValueError for bytes that are no X25519 key."""
    return _HPKE.encrypt(secret, X25519PublicKey.from_public_bytes(county_public), info=info)


def open_escrow(sealed: bytes, county_private: bytes, info: bytes) -> bytes:
    """The data key. Raises Refused B-06 when it was sealed to another key, or changed."""
    key = X25519PrivateKey.from_private_bytes(county_private)
    try:
        return _HPKE.decrypt(sealed, key, info=info)
    except (InvalidTag, ValueError) as error:
        raise Refused(
            "这份申请不是封给本县恢复密钥的，或被改动过。",
            do="请核对是不是拿错了文件。",
            code="B-06",
        ) from error


def pair_key(one: bytes, other: bytes) -> bytes:
    """One key of two officers' keys, each derived from a passphrase; their order matters."""
    if len(one) != _KEY_BYTES or len(other) != _KEY_BYTES:
        raise ValueError("a passphrase's key has 32 bytes")
    kdf = HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=Label.OFFICER_PAIR.prefix)
    return kdf.derive(one + other)
