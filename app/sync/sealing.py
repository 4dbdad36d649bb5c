"""Between what the vault holds and the sealed bytes of the protocol. Pure but for the keys."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Mapping
from datetime import datetime

from app import __version__
from app.crypto.envelope import (
    SUITE,
    Container,
    Kind,
    Purpose,
    key_id,
    open_container,
    parse_container,
    parse_document,
    seal_container,
    sign_document,
    verify_container,
    verify_document,
)
from app.domain.operations import OperationState, instant_of, instant_text
from app.domain.problem import Refused
from app.store.enrolment import CountyAddress, Enrolled
from app.store.outbox import Contents, OutboxBatch
from app.store.receipts import FieldDifference, Judged, ReceiptFacts
from app.store.uploads import Upload
from app.sync.problems import CountyRefused, not_the_county, unreadable_answer
from app.sync.protocol.batch import NO_BATCH, BatchHeader, encode_payload
from app.sync.protocol.blob import BlobReceipt, PartHeader
from app.sync.protocol.coding import PROTOCOL_VERSION, convert, decode, to_object
from app.sync.protocol.feed import FeedRequest, Page, PageHeader, decode_page
from app.sync.protocol.order import Order
from app.sync.protocol.refusal import Refusal
from app.sync.protocol.verdict import STATE_AFTER, Outcome, Receipt, Verdict


def seal_batch(enrolled: Enrolled, batch: OutboxBatch, contents: Contents, at: datetime) -> bytes:
    """The bytes of a batch: made once, sent as often as needed."""
    laptop, county = enrolled.laptop, enrolled.county
    readable = ((one.n, one.opened()) for one in contents.operations)
    opened = {n: found for n, found in readable if found is not None}
    header = BatchHeader(
        v=PROTOCOL_VERSION,
        suite=SUITE,
        county=county.county,
        to=key_id(county.seal_key),
        device=laptop.device_id,
        cert=hashlib.sha256(enrolled.certificate.encode()).hexdigest(),
        epoch=batch.epoch,
        seq=batch.seq,
        first_op=batch.first_n,
        last_op=batch.last_n,
        prev_batch=contents.prev_batch or NO_BATCH,
        prev_head=contents.prev_head.hex(),
        head=contents.operations[-1].hash.hex(),
        n_ops=len(contents.operations),
        n_blobs=len(contents.blobs),
        created=instant_text(at),
        app=__version__,
    )
    return seal_container(
        Kind.BATCH,
        to_object(header),
        encode_payload(contents.keys, contents.operations, contents.blobs, opened),
        recipient=county.seal_key,
        signer=laptop.sign_private,
    )


def sha256_of(data: bytes) -> str:
    """The name of a batch's bytes in receipts and chains."""
    return hashlib.sha256(data).hexdigest()


def is_this_batch(enrolled: Enrolled, batch: OutboxBatch, data: bytes) -> bool:
    """Whether a file found in the outbox is this batch, whole and our own.

    After a power cut between writing the file and noting its hash.
    """
    try:
        container = parse_container(Kind.BATCH, data)
        verify_container(container, enrolled.laptop.sign_public)
        header = convert(container.header, BatchHeader)
    except Refused:
        return False
    return (header.epoch, header.seq, header.first_op, header.last_op) == (
        batch.epoch,
        batch.seq,
        batch.first_n,
        batch.last_n,
    )


def open_receipt(enrolled: Enrolled, data: bytes) -> ReceiptFacts:
    """A receipt of the county for this device.

    Raises NotReached S-12 when it is not the county's, Refused S-14 when it is for another device.
    """
    container = _from_county(enrolled.county, Kind.RECEIPT, data)
    receipt = decode(open_container(container, enrolled.laptop.seal_private), Receipt)
    if receipt.device != enrolled.laptop.device_id:
        raise unreadable_answer()
    return ReceiptFacts(
        epoch=receipt.epoch,
        seq=receipt.seq,
        batch_sha256=receipt.batch,
        server_time=instant_of(receipt.server_time),
        body=data,
        sha256=container.sha256,
        judged=tuple(_judged(verdict) for verdict in receipt.verdicts),
    )


def open_page(enrolled: Enrolled, data: bytes) -> Page:
    """A page of the feed for this device. Raises as `open_receipt` does."""
    container = _from_county(enrolled.county, Kind.PAGE, data)
    if convert(container.header, PageHeader).device != enrolled.laptop.device_id:
        raise unreadable_answer()
    return decode_page(open_container(container, enrolled.laptop.seal_private))


def feed_request(
    enrolled: Enrolled,
    cursor: Mapping[str, int],
    *,
    echo: bool,
    check: bool = False,
    marks: Mapping[str, str] | None = None,
    told: datetime | None = None,
) -> bytes:
    """A signed request for the page after `cursor`, good for one use."""
    request = FeedRequest(
        v=PROTOCOL_VERSION,
        county=enrolled.county.county,
        device=enrolled.laptop.device_id,
        nonce=secrets.token_hex(16),
        cursor=dict(cursor),
        echo=echo,
        check=check,
        marks=None if marks is None else dict(marks),
        told=None if told is None else instant_text(told),
    )
    body = to_object(request)
    if told is None:
        del body["told"]  # a county older than this program knows no such word
    return sign_document(enrolled.laptop.sign_private, Purpose.REQUEST, body)


def seal_part(enrolled: Enrolled, upload: Upload, number: int, part: bytes, at: datetime) -> bytes:
    """One part of an attachment. Sealed anew each time: the county knows it by its place."""
    laptop, county = enrolled.laptop, enrolled.county
    header = PartHeader(
        v=PROTOCOL_VERSION,
        suite=SUITE,
        county=county.county,
        to=key_id(county.seal_key),
        device=laptop.device_id,
        cert=hashlib.sha256(enrolled.certificate.encode()).hexdigest(),
        attachment=upload.attachment,
        blob=upload.sha256,
        size=upload.size,
        part=number,
        created=instant_text(at),
    )
    return seal_container(
        Kind.BLOB_PART,
        to_object(header),
        part,
        recipient=county.seal_key,
        signer=laptop.sign_private,
    )


def open_part_receipt(enrolled: Enrolled, upload: Upload, data: bytes) -> BlobReceipt:
    """How much of `upload` the county holds. Raises as `open_receipt` does."""
    container = _from_county(enrolled.county, Kind.BLOB_RECEIPT, data)
    receipt = decode(open_container(container, enrolled.laptop.seal_private), BlobReceipt)
    said = (receipt.device, receipt.attachment, receipt.blob, receipt.size)
    if said != (enrolled.laptop.device_id, upload.attachment, upload.sha256, upload.size):
        raise unreadable_answer()
    return receipt


def open_order(enrolled: Enrolled, data: bytes) -> Order:
    """The county's order for this device and no other. Raises as `open_receipt` does."""
    try:
        signed = parse_document(data)
        verify_document(signed, Purpose.ORDER, enrolled.county.root)
        order = convert(signed.body, Order)
    except Refused as error:
        raise not_the_county() from error
    if (order.county, order.device) != (enrolled.county.county, enrolled.laptop.device_id):
        raise unreadable_answer()
    return order


def read_refusal(county: CountyAddress, about: bytes, data: bytes) -> CountyRefused:
    """The county's signed no. Raises NotReached S-12 for an answer anybody could have given."""
    said, at = read_refusal_of(county, {sha256_of(about), sha256_of(b"")}, data)
    said.at = at
    return said


def read_refusal_of(
    county: CountyAddress, about: Collection[str], data: bytes
) -> tuple[CountyRefused, datetime]:
    """The county's signed no to a request whose SHA-256 is among `about`, and when it said it.

    Raises NotReached S-12 for any other.
    """
    try:
        signed = parse_document(data)
        verify_document(signed, Purpose.REFUSAL, county.root)
        refusal = convert(signed.body, Refusal)
    except Refused as error:
        raise not_the_county() from error
    if refusal.about not in about:
        raise not_the_county()
    need = None
    if refusal.need_epoch is not None and refusal.need_seq is not None:
        need = (refusal.need_epoch, refusal.need_seq)
    said = CountyRefused(
        refusal.what,
        do=refusal.do,
        code=refusal.code,
        need=need,
        retry_after=refusal.retry_after,
    )
    return said, instant_of(refusal.server_time)


def _from_county(county: CountyAddress, kind: Kind, data: bytes) -> Container:
    """A container under the county's signature. Raises NotReached S-12."""
    try:
        container = parse_container(kind, data)
        verify_container(container, county.root)
    except Refused as error:
        raise not_the_county() from error
    return container


def _judged(verdict: Verdict) -> Judged:
    """A verdict as the vault keeps it."""
    outcome = Outcome(verdict.outcome)
    state: OperationState = STATE_AFTER[outcome]
    return Judged(
        n=verdict.n,
        state=state,
        version=verdict.version,
        is_clean=outcome is Outcome.APPLIED,
        reason=verdict.reason,
        field=verdict.field,
        differences=tuple(
            FieldDifference(
                field=one.field,
                mine=one.mine,
                theirs=one.theirs,
                base=one.base,
                theirs_by=one.theirs_by,
                theirs_at=None if one.theirs_at is None else instant_of(one.theirs_at),
            )
            for one in verdict.differences
        ),
        absorbs=tuple(verdict.absorbs),
    )
