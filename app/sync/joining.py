"""Enrolment as the laptop sees it: read a ticket, make a request, read the answer. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.crypto.envelope import (
    SUITE,
    Kind,
    Purpose,
    fingerprint,
    key_id,
    open_container,
    parse_container,
    parse_document,
    seal_container,
    verify_container,
    verify_document,
)
from app.domain.operations import instant_of, instant_text
from app.domain.problem import Refused
from app.store.enrolment import CountyAddress, Enrolled, LaptopKeys, Standing
from app.sync.problems import unreadable_answer
from app.sync.protocol.coding import PROTOCOL_VERSION, convert, decode, encode, to_object
from app.sync.protocol.enrolment import (
    AnswerHeader,
    Certificate,
    EnrolmentAnswer,
    EnrolmentHeader,
    EnrolmentRequest,
    Ticket,
)
from app.sync.protocol.feed import Entry


@dataclass(frozen=True, slots=True)
class Joined:
    """What the county's answer makes of this laptop, and what it needs on its first day."""

    standing: Standing
    entries: tuple[Entry, ...]
    server_time: datetime


def read_ticket(data: bytes) -> Ticket:
    """A ticket, whole. It is worth nothing until its root's fingerprint was compared.

    Raises Refused S-02 for anything that is not an enrolment file.
    """
    try:
        signed = parse_document(data)
        ticket = convert(signed.body, Ticket)
        verify_document(signed, Purpose.TICKET, ticket.root)
    except Refused as error:
        raise Refused(
            "这不是县里的绑定文件，或文件坏了。", do="请向县里再要一份。", code="S-02"
        ) from error
    return ticket


def villages_of(certificate: str) -> frozenset[str]:
    """The codes on a certificate that was checked when it came. Raises Refused B-… for another."""
    body = convert(parse_document(certificate.encode()).body, Certificate)
    return frozenset(village.code for village in body.villages)


def fingerprint_of(ticket: Ticket) -> str:
    """What the county reads out: eight groups of five digits."""
    return fingerprint(ticket.root)


def address_of(ticket: Ticket) -> CountyAddress:
    """The county of a ticket."""
    return CountyAddress(
        county=ticket.county,
        root=ticket.root,
        seal_key=ticket.seal_key,
        ca_pem=ticket.ca_pem,
        url=ticket.url,
    )


def enrolment_request(ticket: Ticket, laptop: LaptopKeys, at: datetime) -> bytes:
    """A sealed request. Keep the bytes: only they are answered twice."""
    header = EnrolmentHeader(
        v=PROTOCOL_VERSION,
        suite=SUITE,
        county=ticket.county,
        to=key_id(ticket.seal_key),
        sign_public=laptop.sign_public,
    )
    request = EnrolmentRequest(
        v=PROTOCOL_VERSION,
        code=ticket.code,
        device=laptop.device_id,
        sign_public=laptop.sign_public,
        seal_public=laptop.seal_public,
        asked_at=instant_text(at),
    )
    return seal_container(
        Kind.ENROLMENT,
        to_object(header),
        encode(request),
        recipient=ticket.seal_key,
        signer=laptop.sign_private,
    )


def read_answer(county: CountyAddress, laptop: LaptopKeys, request: bytes, data: bytes) -> Joined:
    """The county's answer to `request`.

    Raises Refused B-… when it is not the county's, S-14 when it answers something else.
    """
    container = parse_container(Kind.CERTIFICATE, data)
    verify_container(container, county.root)
    header = convert(container.header, AnswerHeader)
    if header.request != hashlib.sha256(request).hexdigest():
        raise unreadable_answer()
    answer = decode(open_container(container, laptop.seal_private), EnrolmentAnswer)
    standing = _standing(county, laptop, answer.certificate)
    if not standing.village_code:
        raise unreadable_answer()
    return Joined(
        standing=standing,
        entries=tuple(answer.entries),
        server_time=instant_of(answer.server_time),
    )


def renewed(enrolled: Enrolled, body: Mapping[str, Any]) -> Standing:
    """What a certificate that came down with the feed says.

    Raises Refused B-… when it is not the county's, S-14 when it is not for this laptop.
    """
    return _standing(enrolled.county, enrolled.laptop, str(body.get("signed", "")))


def _standing(county: CountyAddress, laptop: LaptopKeys, certificate: str) -> Standing:
    """A certificate for this laptop, checked. Raises as `renewed`."""
    signed = parse_document(certificate.encode())
    verify_document(signed, Purpose.CERTIFICATE, county.root)
    said = convert(signed.body, Certificate)
    mine = (laptop.device_id, laptop.sign_public, laptop.seal_public, county.county)
    if (said.device, said.sign_public, said.seal_public, said.county) != mine:
        raise unreadable_answer()
    return Standing(
        certificate=certificate,
        device_no=said.device_no,
        officer_id=said.officer_id,
        officer_name=said.officer_name,
        village_code=said.villages[0].code if said.villages else "",
        village_name="、".join(village.name for village in said.villages),
    )
