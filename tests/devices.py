"""A laptop reduced to its protocol: it makes operations, seals batches, opens answers.

Used where the county is under test; the real laptop is tested in tests/sync.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass, field, replace
from datetime import date

from app.crypto.envelope import (
    SUITE,
    Kind,
    Purpose,
    key_id,
    new_sealing_pair,
    new_signing_pair,
    new_subject_key,
    open_container,
    parse_container,
    parse_document,
    seal_body,
    seal_container,
    sign_document,
    verify_container,
)
from app.domain.ids import new_id
from app.domain.operations import (
    GENESIS,
    Operation,
    body_aad,
    canonical,
    instant_text,
    operation_hash,
)
from app.sync.protocol.batch import NO_BATCH, BatchHeader, encode_payload
from app.sync.protocol.coding import convert, decode, encode, to_object
from app.sync.protocol.enrolment import (
    Certificate,
    EnrolmentAnswer,
    EnrolmentHeader,
    EnrolmentRequest,
    Ticket,
)
from app.sync.protocol.feed import FeedRequest, Page, decode_page
from app.sync.protocol.verdict import Receipt
from tests.fakes import NOON

HOUSEHOLD = {
    "area": "rural",
    "group_name": "三组",
    "door": "12号",
    "address": "",
    "category": "none",
    "is_removed": False,
}


@dataclass
class Device:
    """One device of the county in `ticket`, at the beginning of its chain."""

    ticket: Ticket
    sign: object = field(default_factory=new_signing_pair)
    seal: object = field(default_factory=new_sealing_pair)
    id: str = field(default_factory=lambda: new_id(NOON))
    certificate: Certificate | None = None
    cert_sha256: str = "0" * 64
    epoch: int = 0
    seq: int = 0
    n: int = 0
    head: bytes = GENESIS
    sent_head: bytes = GENESIS
    sent_n: int = 0
    last_batch: str = NO_BATCH
    keys: dict[str, bytes] = field(default_factory=dict)
    waiting: list[Operation] = field(default_factory=list)
    cursor: dict[str, int] = field(default_factory=dict)
    first: EnrolmentAnswer | None = None

    def enrolment_request(self) -> bytes:
        header = EnrolmentHeader(
            v=1,
            suite=SUITE,
            county=self.ticket.county,
            to=key_id(self.ticket.seal_key),
            sign_public=self.sign.public,
        )
        request = EnrolmentRequest(
            v=1,
            code=self.ticket.code,
            device=self.id,
            sign_public=self.sign.public,
            seal_public=self.seal.public,
            asked_at=instant_text(NOON),
        )
        return seal_container(
            Kind.ENROLMENT,
            to_object(header),
            encode(request),
            recipient=self.ticket.seal_key,
            signer=self.sign.private,
        )

    def accept(self, data: bytes) -> EnrolmentAnswer:
        self.first = decode(self.open(Kind.CERTIFICATE, data), EnrolmentAnswer)
        text = self.first.certificate.encode()
        self.cert_sha256 = hashlib.sha256(text).hexdigest()
        self.certificate = convert(parse_document(text).body, Certificate)
        return self.first

    @property
    def quota_id(self) -> str:
        return next(e.entity_id for e in self.first.entries if e.entity == "quota_token")

    def operation(
        self,
        entity: str,
        entity_id: str,
        fields: dict[str, object],
        *,
        subject: str | None = None,
        base: int = 0,
        old: dict[str, object] | None = None,
        kind: str = "record",
        on: date = date(2026, 3, 2),
    ) -> Operation:
        """Append one operation to the chain; `fields` is field → new value."""
        subject = subject or entity_id
        key = self.keys.setdefault(subject, new_subject_key())
        patch = {name: [(old or {}).get(name), value] for name, value in fields.items()}
        op_id = new_id(NOON)
        self.n += 1
        bare = Operation(
            n=self.n,
            op_id=op_id,
            kind=kind,
            entity=entity,
            entity_id=entity_id,
            subject=subject,
            base_version=base,
            actor=self.ticket.officer_id,
            business_date=on,
            wall=NOON,
            tz=480,
            boot="boot-1",
            mono=self.n,
            last_server_time=None,
            app_version="0.1.0",
            schema_version=1,
            ciphertext=seal_body(key, canonical(patch), body_aad(op_id, subject)),
            hash=b"",
        )
        self.head = operation_hash(self.head, bare.n, self.id, bare.metadata(), bare.ciphertext)
        made = replace(bare, hash=self.head)
        self.waiting.append(made)
        return made

    def household(self, **more: object) -> str:
        """Record a new household in the device's first village; its id."""
        entity_id = new_id(NOON)
        village = {"village_code": self.ticket.villages[0].code}
        self.operation("household", entity_id, HOUSEHOLD | village | more)
        return entity_id

    def visit(self, household: str, note: str = "好") -> str:
        """Record a visit; its id."""
        entity_id = new_id(NOON)
        fields = {"household_id": household, "note": note, "visited_on": "2026-03-02"}
        self.operation("visit", entity_id, fields, subject=household)
        return entity_id

    def batch(self, **overrides: object) -> bytes:
        """Seal what waits as the next batch; `overrides` falsify the header."""
        self.seq += 1
        operations, self.waiting = self.waiting, []
        header = {
            "v": 1,
            "suite": SUITE,
            "county": self.ticket.county,
            "to": key_id(self.ticket.seal_key),
            "device": self.id,
            "cert": self.cert_sha256,
            "epoch": self.epoch,
            "seq": self.seq,
            "first_op": self.sent_n + 1,
            "last_op": self.n,
            "prev_batch": self.last_batch,
            "prev_head": self.sent_head.hex(),
            "head": self.head.hex(),
            "n_ops": len(operations),
            "n_blobs": 0,
            "created": instant_text(NOON),
            "app": "0.1.0",
        } | overrides
        keys = {one.subject: self.keys[one.subject] for one in operations}
        data = seal_container(
            Kind.BATCH,
            to_object(BatchHeader(**header)),
            encode_payload(keys, operations),
            recipient=self.ticket.seal_key,
            signer=self.sign.private,
        )
        self.last_batch = hashlib.sha256(data).hexdigest()
        self.sent_head, self.sent_n = self.head, self.n
        return data

    def join_again(self, n: int, head: bytes, said: list[Operation]) -> None:
        """Begin a new epoch after operation `n`: what was `said` since goes again."""
        self.epoch, self.seq, self.last_batch = self.epoch + 1, 0, NO_BATCH
        self.sent_n, self.sent_head = n, head
        self.waiting = [one for one in said if one.n > n]

    def open(self, kind: Kind, data: bytes) -> bytes:
        container = parse_container(kind, data)
        verify_container(container, self.ticket.root)
        return open_container(container, self.seal.private)

    def receipt(self, data: bytes) -> Receipt:
        return decode(self.open(Kind.RECEIPT, data), Receipt)

    def page(self, data: bytes) -> Page:
        return decode_page(self.open(Kind.PAGE, data))

    def feed_request(
        self,
        *,
        echo: bool = False,
        check: bool = False,
        nonce: str | None = None,
        told: str | None = None,
    ) -> bytes:
        request = FeedRequest(
            v=1,
            county=self.ticket.county,
            device=self.id,
            nonce=nonce or secrets.token_hex(16),
            cursor=self.cursor,
            echo=echo,
            check=check,
            told=told,
        )
        return sign_document(self.sign.private, Purpose.REQUEST, to_object(request))

    def authorization(self, **options: object) -> dict[str, str]:
        token = base64.b64encode(self.feed_request(**options)).decode()
        return {"Authorization": f"Xieli {token}"}
