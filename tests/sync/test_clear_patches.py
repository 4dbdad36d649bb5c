"""A patch that travels as it reads: what was signed stays what was said."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from app.crypto.envelope import seal_body, seal_body_again
from app.domain.operations import GENESIS, Operation, body_aad, canonical, operation_hash
from app.domain.problem import Refused
from app.sync.protocol.batch import BatchHeader, decode_payload, encode_payload
from tests.wire import DEVICE, chain, header_of

KEY = bytes(range(32))


def readable(patch: bytes) -> tuple[Operation, bytes, bytes]:
    """An operation whose patch can be read, with its nonce and its patch."""
    (blank,) = chain(1)
    ciphertext = seal_body(KEY, patch, body_aad(blank.op_id, blank.subject))
    digest = operation_hash(GENESIS, 1, DEVICE, blank.metadata(), ciphertext)
    return replace(blank, ciphertext=ciphertext, hash=digest), ciphertext[:12], patch


def opened_payload(patch: bytes, /, **line: object) -> tuple[bytes, BatchHeader]:
    """A payload that carries the patch as it reads; `line` falsifies the operation."""
    operation, nonce, patch = readable(patch)
    plaintext = encode_payload({operation.subject: KEY}, [operation], (), {1: (nonce, patch)})
    keys, said, blobs = plaintext[:-1].split(b"\n")
    left_out = {name for name, value in line.items() if value is None}
    wrong = {k: v for k, v in (json.loads(said) | line).items() if k not in left_out}
    return b"\n".join([keys, canonical(wrong), blobs]) + b"\n", header_of([operation])


def test_a_patch_that_travels_as_it_reads_is_the_same_operation():
    operation, nonce, patch = readable('{"note":[null,"米够吃"]}'.encode())

    plaintext = encode_payload({operation.subject: KEY}, [operation], (), {1: (nonce, patch)})
    payload = decode_payload(plaintext, header_of([operation]), seal_body_again)

    assert payload.operations == (operation,)
    assert patch in plaintext
    assert b"ciphertext" not in plaintext


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"patch": {"note": [None, "米不够"]}}, "B-09"),
        ({"nonce": "A" * 16}, "B-09"),
        ({"nonce": "A" * 15 + "="}, "B-04"),
        ({"nonce": None}, "B-04"),
        ({"patch": None}, "B-04"),
        ({"nonce": None, "patch": None}, "B-04"),
        ({"ciphertext": "A" * 56}, "B-04"),
        ({"nonce": None, "ciphertext": "A" * 56}, "B-04"),
        ({"patch": None, "ciphertext": "A" * 56}, "B-04"),
    ],
)
def test_what_was_signed_cannot_be_said_in_other_words(line, code):
    plaintext, header = opened_payload('{"note":[null,"米够吃"]}'.encode(), **line)

    with pytest.raises(Refused) as caught:
        decode_payload(plaintext, header, seal_body_again)

    assert caught.value.code == code
