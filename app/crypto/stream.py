"""A file in encrypted chunks, so that a photo is never whole in clear anywhere but in memory.

The STREAM construction: each 64 KiB chunk is sealed under a nonce that counts it and says whether
it is the last, so chunks cannot be reordered, dropped, repeated or cut off at the end.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

CHUNK_BYTES: Final = 64 * 1024
TAG_BYTES: Final = 16
SEALED_CHUNK_BYTES: Final = CHUNK_BYTES + TAG_BYTES
KEY_NONCE_BYTES: Final = 12
WRAPPED_KEY_BYTES: Final = KEY_NONCE_BYTES + 32 + TAG_BYTES


class StreamDamaged(Exception):
    """A chunk is missing, foreign, altered or out of place."""


def seal_stream(key: bytes, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Sealed chunks of the text that `pieces` spell. `key` must be fresh: nonces start at 0."""
    cipher = ChaCha20Poly1305(key)
    waiting = bytearray()
    counter = 0
    for piece in pieces:
        waiting += piece
        while len(waiting) > CHUNK_BYTES:
            yield cipher.encrypt(_nonce(counter, last=False), bytes(waiting[:CHUNK_BYTES]), None)
            del waiting[:CHUNK_BYTES]
            counter += 1
    yield cipher.encrypt(_nonce(counter, last=True), bytes(waiting), None)


def open_stream(key: bytes, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The text of sealed `chunks`, each as `seal_stream` gave it. Raises StreamDamaged."""
    cipher = ChaCha20Poly1305(key)
    held: bytes | None = None
    counter = 0
    for chunk in chunks:
        if held is not None:
            yield _open(cipher, _nonce(counter, last=False), held)
            counter += 1
        held = chunk
    if held is None:
        raise StreamDamaged("no chunk at all")
    yield _open(cipher, _nonce(counter, last=True), held)


def wrap_key(outer: bytes, key: bytes, name: str) -> bytes:
    """`key` under `outer`, bound to what it is the key of."""
    nonce = secrets.token_bytes(KEY_NONCE_BYTES)
    return nonce + ChaCha20Poly1305(outer).encrypt(nonce, key, name.encode())


def unwrap_key(outer: bytes, wrapped: bytes, name: str) -> bytes:
    """The inverse of `wrap_key`. Raises StreamDamaged."""
    if len(wrapped) != WRAPPED_KEY_BYTES:
        raise StreamDamaged("not a wrapped key")
    nonce, sealed = wrapped[:KEY_NONCE_BYTES], wrapped[KEY_NONCE_BYTES:]
    return _open(ChaCha20Poly1305(outer), nonce, sealed, name.encode())


def _nonce(counter: int, *, last: bool) -> bytes:
    """88-bit counter, then one byte that is 1 on the last chunk."""
    return counter.to_bytes(11, "big") + bytes([last])


def _open(cipher: ChaCha20Poly1305, nonce: bytes, sealed: bytes, aad: bytes | None = None) -> bytes:
    try:
        return cipher.decrypt(nonce, sealed, aad)
    except InvalidTag as error:
        raise StreamDamaged("a chunk does not open") from error
