"""Sealed and signed bytes between laptop and county, and the sealing of operation bodies.

The one crypto module both sides share (security §4.5). Everything is suite S1: X25519 with
HKDF-SHA256 and ChaCha20-Poly1305 (HPKE, RFC 9180, base mode), Ed25519, SHA-256. A signature
always names its purpose, so that one made for a receipt can never pass for a certificate.

A container is `magic ‖ u32 hlen ‖ header ‖ u32 clen ‖ sealed ‖ signature(64)`. The header is
RFC 8785 JSON and readable by a carrier; it holds no personal data. Its hash is HPKE's `info`, so
a stripped and re-signed container does not open.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from app.domain.operations import canonical
from app.domain.problem import Refused

SUITE: Final = "S1"
VERSION: Final = 1
KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
SIGNATURE_BYTES: Final = 64
MAX_HEADER_BYTES: Final = 16 * 1024
MAX_DOCUMENT_BYTES: Final = 1024 * 1024
MAX_CONTAINER_BYTES: Final = 32 * 1024 * 1024
MAX_INFLATED_BYTES: Final = 64 * 1024 * 1024

_LENGTH: Final = struct.Struct(">I")
_HPKE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_SEAL_OVERHEAD: Final = 48
_EFFORT: Final = 5
"""Of deflate: three fifths of the time its usual 6 takes, for three bytes more in a hundred."""
"""Encapsulated key (32) and tag (16)."""


class Purpose(Enum):
    """What a signature over free-standing bytes vouches for; the value is the context prefix."""

    CERTIFICATE = b"sa/certificate/v1/sig\0"
    TICKET = b"sa/ticket/v1/sig\0"
    QUOTA = b"sa/quota/v1/sig\0"
    REQUEST = b"sa/request/v1/sig\0"
    REFUSAL = b"sa/refusal/v1/sig\0"
    ORDER = b"sa/order/v1/sig\0"
    AUDIT = b"sa/audit/v1/sig\0"


class Kind(Enum):
    """What a container carries: the magic at its front and the name in its contexts."""

    BATCH = (b"SABATCH1", b"sa/batch/v1")
    ENROLMENT = (b"SAENROL1", b"sa/enrolment/v1")
    CERTIFICATE = (b"SACERTI1", b"sa/certificate/v1")
    RECEIPT = (b"SARECPT1", b"sa/receipt/v1")
    PAGE = (b"SAFEEDP1", b"sa/page/v1")
    RELEASE = (b"SARELEA1", b"sa/release/v1")
    BLOB_PART = (b"SABLOBP1", b"sa/blob-part/v1")
    BLOB_RECEIPT = (b"SABLOBR1", b"sa/blob-receipt/v1")

    @property
    def magic(self) -> bytes:
        """The first eight bytes."""
        return self.value[0]

    @property
    def label(self) -> bytes:
        """The domain-separation label."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class KeyPair:
    """Raw 32-byte halves of an Ed25519 or X25519 key."""

    private: bytes = field(repr=False)
    public: bytes


@dataclass(frozen=True, slots=True)
class Container:
    """A container taken apart, nothing of it believed yet."""

    kind: Kind
    header: dict[str, object]
    header_bytes: bytes = field(repr=False)
    sealed: bytes = field(repr=False)
    signature: bytes = field(repr=False)
    signed: bytes = field(repr=False)
    """SHA-256 of everything before the signature."""
    sha256: str
    """Hex digest of the whole container: its name in receipts and chains."""


def new_signing_pair() -> KeyPair:
    """A fresh Ed25519 pair."""
    private = Ed25519PrivateKey.generate()
    return KeyPair(private.private_bytes_raw(), private.public_key().public_bytes_raw())


def new_sealing_pair() -> KeyPair:
    """A fresh X25519 pair."""
    private = X25519PrivateKey.generate()
    return KeyPair(private.private_bytes_raw(), private.public_key().public_bytes_raw())


def key_id(public: bytes) -> str:
    """A short name of a public key: 16 hex digits."""
    return hashlib.sha256(b"sa/kid/v1\0" + public).hexdigest()[:16]


def fingerprint(public: bytes) -> str:
    """A public key as eight groups of five digits, to be compared aloud (about 132 bits)."""
    digest = hashlib.sha256(b"sa/fingerprint/v1\0" + public).digest()
    digits = f"{int.from_bytes(digest, 'big') % 10**40:040d}"
    return " ".join(digits[start : start + 5] for start in range(0, 40, 5))


def sign(private: bytes, purpose: Purpose, message: bytes) -> bytes:
    """Ed25519 over the purpose's context and the hash of `message`."""
    key = Ed25519PrivateKey.from_private_bytes(private)
    return key.sign(purpose.value + hashlib.sha256(message).digest())


def verify(public: bytes, purpose: Purpose, message: bytes, signature: bytes) -> None:
    """Return only when `signature` was made by `public` for `purpose`. Raises Refused B-05."""
    _verify(public, purpose.value + hashlib.sha256(message).digest(), signature)


@dataclass(frozen=True, slots=True)
class Document:
    """A readable signed document taken apart, nothing of it believed yet."""

    body: dict[str, object]
    signature: bytes = field(repr=False)


def sign_document(private: bytes, purpose: Purpose, body: Mapping[str, object]) -> bytes:
    """Canonical JSON `{"body": …, "signature": …}`, for what may be read on its way."""
    content = dict(body)
    signature = sign(private, purpose, canonical(content))
    return canonical({"body": content, "signature": b64(signature)})


def parse_document(data: bytes) -> Document:
    """Take a signed document apart. Raises Refused B-01 or B-02."""
    if len(data) > MAX_DOCUMENT_BYTES:
        raise _too_large()
    parts = _canonical_object(data)
    body, signature = parts.get("body"), parts.get("signature")
    if len(parts) != len(("body", "signature")) or not isinstance(body, dict):
        raise _malformed()
    if not isinstance(signature, str):
        raise _malformed()
    return Document(body, unb64(signature, length=SIGNATURE_BYTES))


def verify_document(document: Document, purpose: Purpose, public: bytes) -> None:
    """Return only when `public` signed the body for `purpose`. Raises Refused B-05."""
    verify(public, purpose, canonical(document.body), document.signature)


def seal_container(
    kind: Kind,
    header: Mapping[str, object],
    plaintext: bytes,
    *,
    recipient: bytes,
    signer: bytes,
) -> bytes:
    """Deflate, seal to `recipient` (X25519 public) and sign with `signer` (Ed25519 private).

    Raises Refused B-02 when the result would be larger than a container may be.
    """
    header_bytes = canonical(dict(header))
    if len(header_bytes) > MAX_HEADER_BYTES or len(plaintext) > MAX_INFLATED_BYTES:
        raise _too_large()
    front = kind.magic + _LENGTH.pack(len(header_bytes)) + header_bytes
    sealed = _HPKE.encrypt(
        zlib.compress(plaintext, _EFFORT),
        X25519PublicKey.from_public_bytes(recipient),
        _info(kind, front),
    )
    body = front + _LENGTH.pack(len(sealed)) + sealed
    if len(body) + SIGNATURE_BYTES > MAX_CONTAINER_BYTES:
        raise _too_large()
    key = Ed25519PrivateKey.from_private_bytes(signer)
    return body + key.sign(_signature_context(kind) + hashlib.sha256(body).digest())


def parse_container(kind: Kind, data: bytes) -> Container:
    """Take `data` apart. Raises Refused B-01 (structure), B-02 (size) or B-03 (newer format)."""
    if len(data) > MAX_CONTAINER_BYTES:
        raise _too_large()
    front = len(kind.magic)
    if data[:front] != kind.magic:
        raise _malformed()
    header_bytes, after_header = _field(data, front, MAX_HEADER_BYTES)
    sealed, end = _field(data, after_header, MAX_CONTAINER_BYTES)
    if len(data) - end != SIGNATURE_BYTES or len(sealed) < _SEAL_OVERHEAD:
        raise _malformed()
    return Container(
        kind=kind,
        header=_header(header_bytes),
        header_bytes=header_bytes,
        sealed=sealed,
        signature=data[end:],
        signed=hashlib.sha256(data[:end]).digest(),
        sha256=hashlib.sha256(data).hexdigest(),
    )


def verify_container(container: Container, signer: bytes) -> None:
    """Return only when `signer` (Ed25519 public) signed this container. Raises Refused B-05."""
    context = _signature_context(container.kind)
    _verify(signer, context + container.signed, container.signature)


def open_container(container: Container, recipient: bytes) -> bytes:
    """The plaintext for `recipient` (X25519 private); call after `verify_container`.

    Raises Refused B-06 when it was not sealed to this key or was changed, B-02 when it inflates
    beyond the cap, B-01 when it is not one deflate stream.
    """
    key = X25519PrivateKey.from_private_bytes(recipient)
    front = container.kind.magic + _LENGTH.pack(len(container.header_bytes))
    try:
        deflated = _HPKE.decrypt(
            container.sealed, key, _info(container.kind, front + container.header_bytes)
        )
    except (InvalidTag, ValueError) as error:
        raise _not_ours() from error
    return inflate(deflated, MAX_INFLATED_BYTES)


def inflate(deflated: bytes, cap: int) -> bytes:
    """One whole zlib stream of at most `cap` bytes. Raises Refused B-01 or B-02."""
    stream = zlib.decompressobj()
    try:
        plaintext = stream.decompress(deflated, cap + 1)
    except zlib.error as error:
        raise _malformed() from error
    if len(plaintext) > cap:
        raise _too_large()
    if not stream.eof or stream.unused_data:
        raise _malformed()
    return plaintext


def new_subject_key() -> bytes:
    """A random key for the bodies of one subject."""
    return os.urandom(KEY_BYTES)


def seal_body(key: bytes, plaintext: bytes, aad: bytes) -> bytes:
    """nonce ‖ ChaCha20-Poly1305 of `plaintext`, bound to `aad`."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, plaintext, aad)


def seal_body_again(key: bytes, nonce: bytes, plaintext: bytes, aad: bytes) -> bytes:
    """The very bytes `seal_body` once made with this nonce: never for anything new."""
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, plaintext, aad)


def open_body(key: bytes, sealed: bytes, aad: bytes) -> bytes:
    """The inverse of `seal_body`. Raises Refused B-07 when key, bytes or `aad` do not fit."""
    try:
        nonce, ciphertext = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        return ChaCha20Poly1305(key).decrypt(nonce, ciphertext, aad)
    except (InvalidTag, ValueError) as error:
        raise Refused(
            "有一条记录的内容打不开，可能被改动过。", do="请联系县里核对。", code="B-07"
        ) from error


def b64(data: bytes) -> str:
    """Standard base64 with padding."""
    return base64.b64encode(data).decode("ascii")


def unb64(text: str, *, length: int | None = None) -> bytes:
    """The inverse of `b64`, in its one canonical spelling. Raises Refused B-01 otherwise."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise _malformed() from error
    if b64(data) != text or (length is not None and len(data) != length):
        raise _malformed()
    return data


def _info(kind: Kind, front: bytes) -> bytes:
    """HPKE's info: what was sealed can only be opened behind the same header."""
    return kind.label + b"\0" + hashlib.sha256(front).digest()


def _signature_context(kind: Kind) -> bytes:
    """The prefix that keeps one kind's signature from passing for another's."""
    return kind.label + b"/sig\0"


def _verify(public: bytes, message: bytes, signature: bytes) -> None:
    """Ed25519. Raises Refused B-05."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError) as error:
        raise Refused(
            "签名对不上，这份资料不是它自称的那一方发出的。", do="请不要使用它，并告诉县里。",
            code="B-05",
        ) from error  # fmt: skip


def _field(data: bytes, start: int, cap: int) -> tuple[bytes, int]:
    """A length-prefixed field and where it ends. Raises Refused B-01 or B-02."""
    begin = start + _LENGTH.size
    if len(data) < begin:
        raise _malformed()
    (length,) = _LENGTH.unpack(data[start:begin])
    if length > cap:
        raise _too_large()
    if len(data) < begin + length:
        raise _malformed()
    return data[begin : begin + length], begin + length


def _canonical_object(data: bytes) -> dict[str, object]:
    """A JSON object in its one RFC 8785 spelling. Raises Refused B-01."""
    try:
        value = json.loads(data)
        if isinstance(value, dict) and canonical(value) == data:
            return value
    except (ValueError, TypeError, RecursionError) as error:
        raise _malformed() from error
    raise _malformed()


def _header(header_bytes: bytes) -> dict[str, object]:
    """The header as an object. Raises Refused B-01 unless canonical, B-03 for a newer format."""
    header = _canonical_object(header_bytes)
    if header.get("v") != VERSION or header.get("suite") != SUITE:
        raise Refused("这份资料的格式比本程序新。", do="请先升级程序，再试一次。", code="B-03")
    return header


def _malformed() -> Refused:
    """Not a container at all, or cut short, or lengthened."""
    return Refused("文件不完整或被改动过，不能用。", do="请重新导出或重新下载一份。", code="B-01")


def _too_large() -> Refused:
    """Larger than anything honest."""
    return Refused("文件太大，超出了允许的大小。", do="请分成几份再试。", code="B-02")


def _not_ours() -> Refused:
    """Sealed to somebody else, or changed after sealing."""
    return Refused(
        "这份资料不是封给这一方的，或被改动过。", do="请核对是不是拿错了文件。", code="B-06"
    )
