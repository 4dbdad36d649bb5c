"""Chunks in order, whole, and ours — or nothing."""

from __future__ import annotations

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.crypto.stream import (
    CHUNK_BYTES,
    SEALED_CHUNK_BYTES,
    StreamDamaged,
    open_stream,
    seal_stream,
    unwrap_key,
    wrap_key,
)

KEY = bytes(range(32))


def sealed(text: bytes) -> list[bytes]:
    return list(seal_stream(KEY, [text]))


def opened(chunks: list[bytes]) -> bytes:
    return b"".join(open_stream(KEY, chunks))


@pytest.mark.parametrize(
    "size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES]
)
def test_what_goes_in_comes_out(size):
    text = secrets.token_bytes(size)

    assert opened(sealed(text)) == text
    assert all(len(chunk) <= SEALED_CHUNK_BYTES for chunk in sealed(text))


@given(st.lists(st.binary(max_size=100_000), max_size=4))
def test_how_it_was_cut_does_not_matter(pieces):
    text = b"".join(pieces)

    assert opened(list(seal_stream(KEY, pieces))) == text


THREE = sealed(bytes(2 * CHUNK_BYTES + 10))


@pytest.mark.parametrize(
    "chunks",
    [
        [],
        THREE[:2],
        THREE[1:],
        [THREE[1], THREE[0], THREE[2]],
        [THREE[0], THREE[0], THREE[2]],
        [*THREE, THREE[2]],
        [THREE[0], THREE[1], THREE[2][:-1]],
        [THREE[0], THREE[2]],
    ],
    ids=["none", "cut", "headless", "swapped", "repeated", "longer", "short", "hole"],
)
def test_a_stream_out_of_shape_is_refused(chunks):
    with pytest.raises(StreamDamaged):
        opened(chunks)


def test_any_flipped_bit_is_refused():
    short = sealed(b"x" * 50)[0]

    for place in range(len(short)):
        with pytest.raises(StreamDamaged):
            opened([short[:place] + bytes([short[place] ^ 1]) + short[place + 1 :]])


def test_a_wrapped_key_belongs_to_its_name():
    wrapped = wrap_key(KEY, b"\x07" * 32, "blob-1")

    assert unwrap_key(KEY, wrapped, "blob-1") == b"\x07" * 32
    for name, bytes_ in [("blob-2", wrapped), ("blob-1", wrapped[:-1]), ("blob-1", bytes(60))]:
        with pytest.raises(StreamDamaged):
            unwrap_key(KEY, bytes_, name)
