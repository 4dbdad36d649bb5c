"""A reader written from docs/protocol.md alone opens every vector: nothing of the program is used
here but the files, so that a second implementer finds what the page promises."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import struct
import zlib
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

FOLDER = Path(__file__).parents[1] / "vectors" / "sync"
ENVELOPE = json.loads((FOLDER / "envelope.json").read_text("utf-8"))
BATCH = json.loads((FOLDER / "batch.json").read_text("utf-8"))
VILLAGE = json.loads((FOLDER / "village.json").read_text("utf-8"))
LABELS = {
    "BATCH": ("SABATCH1", "sa/batch/v1"),
    "ENROLMENT": ("SAENROL1", "sa/enrolment/v1"),
    "CERTIFICATE": ("SACERTI1", "sa/certificate/v1"),
    "RECEIPT": ("SARECPT1", "sa/receipt/v1"),
    "PAGE": ("SAFEEDP1", "sa/page/v1"),
    "RELEASE": ("SARELEA1", "sa/release/v1"),
    "BLOB_PART": ("SABLOBP1", "sa/blob-part/v1"),
    "BLOB_RECEIPT": ("SABLOBR1", "sa/blob-receipt/v1"),
}
KEM, HPKE = b"KEM\x00\x20", b"HPKE\x00\x20\x00\x01\x00\x03"


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def spelled(value: object) -> bytes:
    """RFC 8785 for what the protocol uses of JSON."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def extract(suite: bytes, salt: bytes, label: bytes, key: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + key, "sha256")


def expand(suite: bytes, prk: bytes, label: bytes, info: bytes, length: int) -> bytes:
    about = struct.pack(">H", length) + b"HPKE-v1" + suite + label + info
    return hmac.digest(prk, about + b"\x01", "sha256")[:length]


def hpke_open(private: bytes, sealed: bytes, info: bytes) -> bytes:
    """RFC 9180, base mode, one shot: X25519, HKDF-SHA256, ChaCha20-Poly1305."""
    enc, ciphertext = sealed[:32], sealed[32:]
    key = X25519PrivateKey.from_private_bytes(private)
    shared = key.exchange(X25519PublicKey.from_public_bytes(enc))
    prk = extract(KEM, b"", b"eae_prk", shared)
    mine = key.public_key().public_bytes_raw()
    secret = expand(KEM, prk, b"shared_secret", enc + mine, 32)
    nobody, what = (
        extract(HPKE, b"", label, of) for label, of in ((b"psk_id_hash", b""), (b"info_hash", info))
    )
    context = b"\x00" + nobody + what
    secret = extract(HPKE, secret, b"secret", b"")
    nonce = expand(HPKE, secret, b"base_nonce", context, 12)
    cipher = ChaCha20Poly1305(expand(HPKE, secret, b"key", context, 32))
    return cipher.decrypt(nonce, ciphertext, b"")


def open_container(kind: str, data: bytes) -> tuple[dict, bytes]:
    """Header and plaintext, in the order of §1: structure, signature, opening."""
    magic, label = (word.encode() for word in LABELS[kind])
    assert data[:8] == magic
    (hlen,) = struct.unpack(">I", data[8:12])
    front, rest = data[: 12 + hlen], data[12 + hlen :]
    (clen,) = struct.unpack(">I", rest[:4])
    sealed, signature = rest[4 : 4 + clen], rest[4 + clen :]
    assert len(signature) == 64
    header = json.loads(front[12:])
    assert spelled(header) == front[12:]
    signer = Ed25519PublicKey.from_public_bytes(bytes.fromhex(ENVELOPE["sign_public"]))
    signer.verify(signature, label + b"/sig\0" + sha(data[:-64]))
    private = bytes.fromhex(ENVELOPE["seal_private"])
    return header, zlib.decompress(hpke_open(private, sealed, label + b"\0" + sha(front)))


def operation_hash(before: bytes, line: dict, ciphertext: bytes) -> bytes:
    metadata = {k: v for k, v in line.items() if k not in {"n", "ciphertext", "nonce", "patch"}}
    place = struct.pack(">Q", line["n"]) + BATCH["device"].encode()
    return sha(b"sa/op/v1\0" + before + place + spelled(metadata) + ciphertext)


def ciphertext_of(line: dict, keys: dict[str, str]) -> bytes:
    """As it lies, or sealed again from what it says with the subject's key."""
    if "ciphertext" in line:
        return base64.b64decode(line["ciphertext"])
    nonce = base64.b64decode(line["nonce"])
    cipher = ChaCha20Poly1305(base64.b64decode(keys[line["subject"]]))
    aad = spelled({"op_id": line["op_id"], "subject": line["subject"]})
    return nonce + cipher.encrypt(nonce, spelled(line["patch"]), aad)


@pytest.mark.parametrize("kind", sorted(LABELS))
def test_every_container_opens(kind):
    assert set(ENVELOPE["containers"]) == set(LABELS)

    header, plaintext = open_container(kind, bytes.fromhex(ENVELOPE["containers"][kind]))

    assert header["suite"] == "S1"
    assert plaintext.decode() == ENVELOPE["plaintext"]


def test_the_batch_opens_and_its_chain_leads_from_end_to_end():
    data = bytes.fromhex(ENVELOPE["batch"])
    header, plaintext = open_container("BATCH", data)
    keys, *lines, blobs = [json.loads(line) for line in plaintext.decode().split("\n")[:-1]]

    head = bytes.fromhex(header["prev_head"])
    for line, pinned in zip(lines, BATCH["operations"], strict=True):
        ciphertext = ciphertext_of(line, keys["keys"])
        head = operation_hash(head, line, ciphertext)
        assert (ciphertext.hex(), head.hex()) == (pinned["ciphertext"], pinned["hash"])

    assert hashlib.sha256(data).hexdigest() == ENVELOPE["batch_sha256"]
    assert header == ENVELOPE["header"]
    assert head.hex() == header["head"]
    assert len(lines) == header["n_ops"]
    assert blobs == {"blobs": []}


def test_an_operation_travels_in_three_ways():
    keys, *lines, _ = [json.loads(line) for line in ENVELOPE["plaintext"].split("\n")[:-1]]

    assert ["patch" in line for line in lines] == [True, False, False]
    assert [line["subject"] in keys["keys"] for line in lines] == [True, True, False]


@pytest.mark.parametrize("name", sorted(ENVELOPE["documents"]))
def test_every_signed_document_verifies_under_its_own_context_only(name):
    document = json.loads(ENVELOPE["documents"][name])
    signer = Ed25519PublicKey.from_public_bytes(bytes.fromhex(ENVELOPE["sign_public"]))
    signature = base64.b64decode(document["signature"])
    about = sha(spelled(document["body"]))

    signer.verify(signature, f"sa/{name.lower()}/v1/sig\0".encode() + about)

    with pytest.raises(InvalidSignature):
        signer.verify(signature, b"sa/other/v1/sig\0" + about)


def test_a_body_opens_with_its_subject_s_key():
    sealed = bytes.fromhex(ENVELOPE["body"])
    cipher = ChaCha20Poly1305(bytes.fromhex(ENVELOPE["subject_key"]))

    assert cipher.decrypt(sealed[:12], sealed[12:], b"aad") == b"patch"


def test_the_fingerprint_is_what_is_read_aloud():
    public = bytes.fromhex(ENVELOPE["sign_public"])
    digits = f"{int.from_bytes(sha(b'sa/fingerprint/v1' + bytes(1) + public)) % 10**40:040d}"

    assert " ".join(digits[at : at + 5] for at in range(0, 40, 5)) == ENVELOPE["fingerprint"]


def test_the_sum_of_a_village():
    lines = b"".join(
        f"{entity} {entity_id} {version} ".encode() + spelled(json.loads(body)) + b"\n"
        for entity, entity_id, version, body in sorted(VILLAGE["records"])
    )

    assert sha(b"sa/village/v2\0" + lines).hex() == VILLAGE["sum"]


def test_what_is_refused_does_not_open():
    for data in ENVELOPE["refused"].values():
        with pytest.raises((AssertionError, InvalidSignature, ValueError, struct.error)):
            open_container("BATCH", bytes.fromhex(data))
