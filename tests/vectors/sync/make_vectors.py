"""Writes the sync vectors anew: `python tests/vectors/sync/make_vectors.py`.

Run it only when the protocol changes on purpose; the files are what a second implementer and
every later version are held to.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[2]))

from dataclasses import replace  # noqa: E402  # the path must be set first

from app.crypto.envelope import (  # noqa: E402
    Kind,
    Purpose,
    fingerprint,
    new_sealing_pair,
    new_signing_pair,
    new_subject_key,
    open_body,
    parse_container,
    seal_body,
    seal_container,
    sign_document,
)
from app.domain.operations import GENESIS, Operation, body_aad, canonical  # noqa: E402
from app.domain.operations import operation_hash as hash_of  # noqa: E402
from app.sync.protocol.batch import NO_BATCH, BatchHeader, encode_payload  # noqa: E402
from app.sync.protocol.coding import to_object  # noqa: E402
from app.sync.protocol.feed import village_sum  # noqa: E402
from tests.fakes import NOON  # noqa: E402

DEVICE = "019cacb3-0000-7000-8000-000000000001"
HOUSEHOLD = "019cacb3-0000-7000-8000-000000000002"
ERASED = "019cacb3-0000-7000-8000-000000000005"
DOCUMENTS = [
    ("visit", "019cacb3-0000-7000-8000-000000000003", 2, '{"note":"屋顶漏雨","is_removed":false}'),
    ("household", HOUSEHOLD, 11, '{ "door" : "12号", "area" : "rural" }'),
]
"""Documents of a village, one in another spelling than the canonical."""


def operations(key: bytes, lost: bytes) -> list[Operation]:
    """Two operations of one household and one of another whose key `lost` was destroyed, chained
    from the beginning."""
    made, head = [], GENESIS
    patches = [
        ("household", HOUSEHOLD, {"area": [None, "rural"], "door": [None, "12号"]}),
        ("visit", "019cacb3-0000-7000-8000-000000000003", {"note": [None, "屋顶漏雨，已报镇里。"]}),
    ]
    patches.append(("visit", "019cacb3-0000-7000-8000-000000000004", {"note": [None, "已移交"]}))
    for n, (entity, entity_id, patch) in enumerate(patches, start=1):
        subject, sealing = (HOUSEHOLD, key) if n < 3 else (ERASED, lost)
        op_id = f"019cacb3-0000-7000-8000-0000000000{n:02x}"
        bare = Operation(
            n=n, op_id=op_id, kind="record", entity=entity, entity_id=entity_id,
            subject=subject, base_version=0, actor="officer-1", business_date=NOON.date(),
            wall=NOON, tz=480, boot="boot-1", mono=3_600_000 + n, last_server_time=None,
            app_version="0.1.0", schema_version=1,
            ciphertext=seal_body(sealing, canonical(patch), body_aad(op_id, subject)), hash=b"",
        )  # fmt: skip
        head = hash_of(head, n, DEVICE, bare.metadata(), bare.ciphertext)
        made.append(replace(bare, hash=head))
    return made


def main() -> None:
    """Write envelope.json, batch.json and village.json."""
    signer, sealer, key = new_signing_pair(), new_sealing_pair(), new_subject_key()
    chain = operations(key, new_subject_key())
    header = BatchHeader(
        v=1, suite="S1", county="459901", to="0" * 16, device=DEVICE, cert="0" * 64, epoch=1,
        seq=1, first_op=1, last_op=3, prev_batch=NO_BATCH, prev_head=GENESIS.hex(),
        head=chain[-1].hash.hex(), n_ops=3, n_blobs=0, created="2026-03-02T04:00:00.000Z",
        app="0.1.0",
    )  # fmt: skip
    opened = {
        one.n: (one.ciphertext[:12], open_body(key, one.ciphertext, body_aad(one.op_id, HOUSEHOLD)))
        for one in chain[:1]
    }
    # the first as it reads, the second as it lies, the third as nobody reads it any more
    plaintext = encode_payload({HOUSEHOLD: key}, chain, (), opened)
    data = seal_container(
        Kind.BATCH, to_object(header), plaintext, recipient=sealer.public, signer=signer.private
    )
    common = {
        "sign_private": signer.private.hex(),
        "sign_public": signer.public.hex(),
        "seal_private": sealer.private.hex(),
        "seal_public": sealer.public.hex(),
        "subject_key": key.hex(),
        "header": to_object(header),
        "plaintext": plaintext.decode("utf-8"),
        "batch": data.hex(),
        "batch_sha256": parse_container(Kind.BATCH, data).sha256,
    }
    flipped = bytearray(data)
    flipped[60] ^= 1
    signed_again = bytearray(data)
    signed_again[-1] ^= 1
    envelope = common | {
        "fingerprint": fingerprint(signer.public),
        "body": seal_body(key, b"patch", b"aad").hex(),
        "document": sign_document(
            signer.private, Purpose.CERTIFICATE, {"device": DEVICE, "v": 1}
        ).decode("utf-8"),
        "containers": {
            kind.name: seal_container(
                kind,
                to_object(header) if kind is Kind.BATCH else {"suite": "S1", "v": 1},
                plaintext,
                recipient=sealer.public,
                signer=signer.private,
            ).hex()
            for kind in Kind
        },
        "documents": {
            purpose.name: sign_document(signer.private, purpose, {"device": DEVICE, "v": 1}).decode(
                "utf-8"
            )
            for purpose in Purpose
        },
        "refused": {
            "B-01 cut short": data[:-1].hex(),
            "B-01 lengthened": (data + b"\0").hex(),
            "B-01 a header that is no JSON": bytes(data[:12] + b"x" + data[13:]).hex(),
            "B-05 another signature": bytes(signed_again).hex(),
        },
    }
    batch = {
        "device": DEVICE,
        "operations": [
            {
                "n": one.n,
                "metadata": one.metadata(),
                "metadata_canonical": canonical(one.metadata()).decode("utf-8"),
                "ciphertext": one.ciphertext.hex(),
                "hash": one.hash.hex(),
            }
            for one in chain
        ],
        "header_canonical": canonical(to_object(header)).decode("utf-8"),
        "plaintext": common["plaintext"],
    }
    village = {"records": DOCUMENTS, "sum": village_sum(DOCUMENTS)}
    for name, content in (("envelope", envelope), ("batch", batch), ("village", village)):
        text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        (HERE / f"{name}.json").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
