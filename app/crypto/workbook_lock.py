"""A workbook that opens only with its password, as Excel and WPS themselves lock one.

Agile encryption of [MS-OFFCRYPTO] §2.3.4: AES-256-CBC under a random key, which lies in the file
under a key stretched from the password (SHA-512, 100,000 turns); HMAC-SHA-512 over all of it. The
password is made here and has 60 bits, so that a thief of the file cannot guess it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import struct
from dataclasses import dataclass, field
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from app.crypto.compound_file import Storage, Stream, compound_file

SPINS: Final = 100_000
_SEGMENT: Final = 4096
_SALT: Final = 16
_KEY: Final = 32
_BLOCK: Final = 16
_HASH: Final = 64
_VERIFIER: Final = bytes.fromhex("fea7d2763b4b9e79")
_VERIFIED: Final = bytes.fromhex("d7aa0f6d3061344e")
_KEY_VALUE: Final = bytes.fromhex("146e0be7abacd0d6")
_HMAC_KEY: Final = bytes.fromhex("5fb2ad010cb9e1f6")
_HMAC_VALUE: Final = bytes.fromhex("a0677f02b22c8433")
"""What each derived key or vector is for ([MS-OFFCRYPTO] §2.3.4.11–14)."""
_AGILE: Final = struct.pack("<HHI", 4, 4, 0x40)
_LETTERS: Final = "ABCDEFGHJKMNPQRSTUVWXYZ123456789"
"""Thirty-two that nobody mistakes for one another over the telephone."""
_GROUPS: Final = 3
_EACH: Final = 4
_NS: Final = "http://schemas.microsoft.com/office/2006"


@dataclass(frozen=True, slots=True)
class LockedWorkbook:
    """The file, and what opens it."""

    data: bytes = field(repr=False)
    password: str = field(repr=False)


def locked(workbook: bytes) -> LockedWorkbook:
    """`workbook` (.xlsx bytes) under a new password of three groups of four."""
    password = "-".join(
        "".join(secrets.choice(_LETTERS) for _ in range(_EACH)) for _ in range(_GROUPS)
    )
    return LockedWorkbook(locked_with(workbook, password), password)


def locked_with(workbook: bytes, password: str) -> bytes:
    """`workbook` under this password; every call has keys of its own."""
    salt, key = secrets.token_bytes(_SALT), secrets.token_bytes(_KEY)
    package = struct.pack("<Q", len(workbook)) + b"".join(
        _aes(key, _vector(salt, struct.pack("<I", n)), workbook[at : at + _SEGMENT])
        for n, at in enumerate(range(0, len(workbook), _SEGMENT))
    )
    info = _AGILE + _descriptor(salt, key, package, password).encode()
    return compound_file(
        (
            Stream("EncryptionInfo", info),
            Stream("EncryptedPackage", package),
            Storage("\x06DataSpaces", _data_spaces()),
        )
    )


def _descriptor(salt: bytes, key: bytes, package: bytes, password: str) -> str:
    """The XML that says how it is locked."""
    mac_key = secrets.token_bytes(_HASH)
    mac = hmac.digest(mac_key, package, "sha512")
    own, check = secrets.token_bytes(_SALT), secrets.token_bytes(_SALT)
    stretched = _stretched(password, own)

    def under_password(purpose: bytes, data: bytes) -> str:
        return _text(_aes(hashlib.sha512(stretched + purpose).digest()[:_KEY], own, data))

    ciphers = (
        f'saltSize="{_SALT}" blockSize="{_BLOCK}" keyBits="{_KEY * 8}" hashSize="{_HASH}" '
        'cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512"'
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
        f'<encryption xmlns="{_NS}/encryption" xmlns:p="{_NS}/keyEncryptor/password">'
        f'<keyData {ciphers} saltValue="{_text(salt)}"/>'
        f'<dataIntegrity encryptedHmacKey="{_text(_aes(key, _vector(salt, _HMAC_KEY), mac_key))}" '
        f'encryptedHmacValue="{_text(_aes(key, _vector(salt, _HMAC_VALUE), mac))}"/>'
        f'<keyEncryptors><keyEncryptor uri="{_NS}/keyEncryptor/password">'
        f'<p:encryptedKey spinCount="{SPINS}" {ciphers} saltValue="{_text(own)}" '
        f'encryptedVerifierHashInput="{under_password(_VERIFIER, check)}" '
        f'encryptedVerifierHashValue="'
        f'{under_password(_VERIFIED, hashlib.sha512(check).digest())}" '
        f'encryptedKeyValue="{under_password(_KEY_VALUE, key)}"/>'
        "</keyEncryptor></keyEncryptors></encryption>"
    )


def _stretched(password: str, salt: bytes) -> bytes:
    digest = hashlib.sha512(salt + password.encode("utf-16-le")).digest()
    for turn in range(SPINS):
        digest = hashlib.sha512(struct.pack("<I", turn) + digest).digest()
    return digest


def _vector(salt: bytes, purpose: bytes) -> bytes:
    return hashlib.sha512(salt + purpose).digest()[:_BLOCK]


def _aes(key: bytes, vector: bytes, data: bytes) -> bytes:
    """AES-CBC, filled up to whole blocks with noughts as the format asks."""
    encryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor()
    padded = data.ljust(-(-len(data) // _BLOCK) * _BLOCK, b"\0")
    return encryptor.update(padded) + encryptor.finalize()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _data_spaces() -> tuple[Stream | Storage, ...]:
    """What tells a reader that the package is encrypted ([MS-OFFCRYPTO] §2.2)."""
    versions = struct.pack("<6H", 1, 0, 1, 0, 1, 0)
    space, transform = _named("StrongEncryptionDataSpace"), _named("StrongEncryptionTransform")
    reference = struct.pack("<II", 1, 0) + _named("EncryptedPackage") + space
    map_ = struct.pack("<III", 8, 1, len(reference) + 4) + reference
    transform_id = _named("{FF9A3F03-56EF-4613-BDD5-5A41C1D07246}")
    primary = (
        struct.pack("<II", len(transform_id) + 8, 1)
        + transform_id
        + _named("Microsoft.Container.EncryptionTransform")
        + versions
        + struct.pack("<4I", 0, 0, 0, 4)
    )
    return (
        Stream("Version", _named("Microsoft.Container.DataSpaces") + versions),
        Stream("DataSpaceMap", map_),
        Storage(
            "DataSpaceInfo",
            (Stream("StrongEncryptionDataSpace", struct.pack("<II", 8, 1) + transform),),
        ),
        Storage(
            "TransformInfo",
            (Storage("StrongEncryptionTransform", (Stream("\x06Primary", primary),)),),
        ),
    )


def _named(text: str) -> bytes:
    """A length in bytes, the text, filled up to four."""
    data = text.encode("utf-16-le")
    return struct.pack("<I", len(data)) + data.ljust(-(-len(data) // 4) * 4, b"\0")
