"""The envelope: only whole, signed and addressed bytes open; everything else is refused."""

from __future__ import annotations

import json
import random
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.crypto import envelope
from app.crypto.envelope import (
    Kind,
    Purpose,
    b64,
    fingerprint,
    new_sealing_pair,
    new_signing_pair,
    new_subject_key,
    open_body,
    open_container,
    parse_container,
    parse_document,
    seal_body,
    seal_container,
    sign,
    sign_document,
    unb64,
    verify,
    verify_container,
    verify_document,
)
from app.domain.operations import canonical
from app.domain.problem import Refused

SIGNER = new_signing_pair()
SEALER = new_sealing_pair()
HEADER = {"v": 1, "suite": "S1", "device": "d-1"}
VECTORS = Path(__file__).parents[1] / "vectors" / "sync"


def sealed(plaintext: bytes = b"text", header: dict = HEADER, kind: Kind = Kind.BATCH) -> bytes:
    return seal_container(kind, header, plaintext, recipient=SEALER.public, signer=SIGNER.private)


def opened(data: bytes, kind: Kind = Kind.BATCH) -> bytes:
    container = parse_container(kind, data)
    verify_container(container, SIGNER.public)
    return open_container(container, SEALER.private)


def code_of(data: bytes) -> str:
    """The code with which a mutant is refused; "accepted" would be a hole."""
    try:
        opened(data)
    except Refused as refusal:
        return refusal.code
    return "accepted"


@given(st.binary(max_size=5_000))
@settings(max_examples=40, deadline=None)
def test_what_was_sealed_opens_to_the_same(plaintext):
    assert opened(sealed(plaintext)) == plaintext


def test_every_flip_truncation_and_extension_is_refused():
    data = sealed(b"a line\n" * 40)
    chance = random.Random(20260302)  # noqa: S311  # reproducible places, not secrets
    mutants = [data[:cut] for cut in chance.sample(range(len(data)), 120)]
    mutants += [data + b"\0", data + data, data[1:], b""]
    for place in range(len(data)):
        for bit in chance.sample(range(8), 3):
            broken = bytearray(data)
            broken[place] ^= 1 << bit
            mutants.append(bytes(broken))

    codes = {code_of(mutant) for mutant in mutants}

    assert codes <= {"B-01", "B-02", "B-03", "B-05", "B-06"}
    assert len(mutants) > 600


def test_a_stripped_and_re_signed_container_does_not_open():
    other = new_signing_pair()
    data = sealed()
    container = parse_container(Kind.BATCH, data)
    forged = dict(HEADER, device="d-2")
    front = canonical(forged)
    body = Kind.BATCH.magic + len(front).to_bytes(4, "big") + front
    body += len(container.sealed).to_bytes(4, "big") + container.sealed
    key = envelope.Ed25519PrivateKey.from_private_bytes(other.private)
    digest = envelope.hashlib.sha256(body).digest()
    forgery = body + key.sign(b"sa/batch/v1/sig\0" + digest)

    parsed = parse_container(Kind.BATCH, forgery)
    verify_container(parsed, other.public)

    with pytest.raises(Refused) as refused:
        open_container(parsed, SEALER.private)
    assert refused.value.code == "B-06"


def test_one_kind_never_passes_for_another():
    data = sealed(kind=Kind.RECEIPT)
    disguised = Kind.PAGE.magic + data[8:]

    with pytest.raises(Refused):
        parse_container(Kind.PAGE, data)
    with pytest.raises(Refused) as refused:
        opened(disguised, Kind.PAGE)
    assert refused.value.code == "B-05"


@pytest.mark.parametrize("header", [{"v": 2, "suite": "S1"}, {"v": 1, "suite": "G1"}])
def test_a_newer_format_is_told_apart_from_a_broken_one(header):
    with pytest.raises(Refused) as refused:
        opened(sealed(header=header))

    assert refused.value.code == "B-03"


@pytest.mark.parametrize(
    "header",
    [
        b'{"suite":"S1","v":1 }',
        b'{"v":1,"suite":"S1"}',
        b'{"suite":"S1","suite":"S1","v":1}',
        b'{"suite":"S1","v":1.0}',
        b'["S1",1]',
        b'{"suite":"S1","v":',
        b"\xff",
        b"[" * 4_000,
    ],
)
def test_a_header_in_another_spelling_is_refused(header):
    good = sealed()
    body = Kind.BATCH.magic + len(header).to_bytes(4, "big") + header + good[8 + 4 + 35 :]

    with pytest.raises(Refused):
        parse_container(Kind.BATCH, body)


def test_a_length_beyond_the_file_or_the_cap_is_refused():
    data = bytearray(sealed())
    data[8:12] = (2**32 - 1).to_bytes(4, "big")

    with pytest.raises(Refused) as refused:
        parse_container(Kind.BATCH, bytes(data))

    assert refused.value.code == "B-02"


def test_a_bomb_is_refused_before_it_unfolds(monkeypatch):
    monkeypatch.setattr(envelope, "MAX_INFLATED_BYTES", 10_000)
    bomb = zlib.compress(bytes(20_000))

    with pytest.raises(Refused) as refused:
        envelope.inflate(bomb, 10_000)

    assert refused.value.code == "B-02"
    assert len(bomb) < 100


def test_a_cut_or_doubled_stream_is_refused():
    stream = zlib.compress(b"lines")

    for bad in (stream[:-1], stream + stream, b"", b"x"):
        with pytest.raises(Refused):
            envelope.inflate(bad, 100)


def test_too_much_is_not_even_sealed(monkeypatch):
    monkeypatch.setattr(envelope, "MAX_CONTAINER_BYTES", 200)

    with pytest.raises(Refused) as refused:
        sealed(random.Random(1).randbytes(400))  # noqa: S311  # bytes that do not compress

    assert refused.value.code == "B-02"


def test_a_signature_is_good_for_its_purpose_only():
    signature = sign(SIGNER.private, Purpose.QUOTA, b"message")

    verify(SIGNER.public, Purpose.QUOTA, b"message", signature)
    with pytest.raises(Refused):
        verify(SIGNER.public, Purpose.TICKET, b"message", signature)
    with pytest.raises(Refused):
        verify(SIGNER.public, Purpose.QUOTA, b"messagf", signature)
    with pytest.raises(Refused):
        verify(new_signing_pair().public, Purpose.QUOTA, b"message", signature)


def test_a_signed_document_reads_back_and_no_byte_of_it_can_change():
    data = sign_document(SIGNER.private, Purpose.TICKET, {"a": "甲", "n": 1})

    document = parse_document(data)
    verify_document(document, Purpose.TICKET, SIGNER.public)

    assert document.body == {"a": "甲", "n": 1}
    for place in range(0, len(data), 3):
        broken = bytearray(data)
        broken[place] ^= 1
        with pytest.raises(Refused):
            verify_document(parse_document(bytes(broken)), Purpose.TICKET, SIGNER.public)


@pytest.mark.parametrize(
    "data", [b"{}", b'{"body":1,"signature":""}', b'{"body":{},"signature":1}', b"[]", b"x"]
)
def test_what_is_not_a_signed_document_is_refused(data):
    with pytest.raises(Refused):
        parse_document(data)


def test_a_document_larger_than_any_is_refused(monkeypatch):
    monkeypatch.setattr(envelope, "MAX_DOCUMENT_BYTES", 10)

    with pytest.raises(Refused) as refused:
        parse_document(sign_document(SIGNER.private, Purpose.TICKET, {}))

    assert refused.value.code == "B-02"


def test_a_body_opens_under_its_key_and_place_only():
    key = new_subject_key()
    body = seal_body(key, b"patch", b"op-1")

    assert open_body(key, body, b"op-1") == b"patch"
    for args in (
        (new_subject_key(), body, b"op-1"),
        (key, body, b"op-2"),
        (key, body[:-1], b"op-1"),
        (key, b"", b"op-1"),
    ):
        with pytest.raises(Refused) as refused:
            open_body(*args)
        assert refused.value.code == "B-07"


@pytest.mark.parametrize("text", ["YQ", "YR==", "YQ== ", "Y!==", "甲", "YQ==YQ=="])
def test_base64_has_one_spelling(text):
    with pytest.raises(Refused):
        unb64(text)


def test_base64_may_be_asked_for_its_length():
    assert unb64(b64(b"ab"), length=2) == b"ab"
    with pytest.raises(Refused):
        unb64(b64(b"ab"), length=3)


def test_a_fingerprint_is_eight_groups_of_five_digits():
    groups = fingerprint(SIGNER.public).split(" ")

    assert [len(group) for group in groups] == [5] * 8
    assert "".join(groups).isdigit()
    assert fingerprint(SIGNER.public) != fingerprint(SEALER.public)


def test_private_keys_stay_out_of_reprs():
    assert SIGNER.private.hex() not in repr(SIGNER)
    assert repr(SIGNER.private) not in repr(SIGNER)


def test_the_pinned_vectors_still_open():
    vectors = json.loads((VECTORS / "envelope.json").read_text("utf-8"))

    batch = parse_container(Kind.BATCH, bytes.fromhex(vectors["batch"]))
    verify_container(batch, bytes.fromhex(vectors["sign_public"]))
    plaintext = open_container(batch, bytes.fromhex(vectors["seal_private"]))
    document = parse_document(vectors["document"].encode())
    verify_document(document, Purpose.CERTIFICATE, bytes.fromhex(vectors["sign_public"]))

    assert batch.sha256 == vectors["batch_sha256"]
    assert plaintext.decode("utf-8") == vectors["plaintext"]
    assert batch.header == vectors["header"]
    assert fingerprint(bytes.fromhex(vectors["sign_public"])) == vectors["fingerprint"]
    assert (
        open_body(bytes.fromhex(vectors["subject_key"]), bytes.fromhex(vectors["body"]), b"aad")
        == b"patch"
    )
    for name, mutant in vectors["refused"].items():
        assert refusal_of(bytes.fromhex(mutant), vectors) == name.split(" ")[0]


def refusal_of(data: bytes, vectors: dict) -> str:
    """The code with which a vector is refused."""
    try:
        container = parse_container(Kind.BATCH, data)
        verify_container(container, bytes.fromhex(vectors["sign_public"]))
        open_container(container, bytes.fromhex(vectors["seal_private"]))
    except Refused as refusal:
        return refusal.code
    return "accepted"
