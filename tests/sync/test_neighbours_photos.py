"""A photo is for whoever answers for the household: its record goes to no other laptop, its bytes
to none at all, and nobody gets it into their own papers by naming its hash."""

from __future__ import annotations

import hashlib
import secrets

import pytest

from app.crypto.envelope import SUITE, Kind, key_id, open_container, parse_container, seal_container
from app.domain.operations import instant_text
from app.domain.problem import Problem
from app.sync.protocol.blob import BlobReceipt, PartHeader
from app.sync.protocol.coding import decode, to_object
from county_server.blobs import Blobs
from county_server.web import Desk, build_web
from tests.attached import at_county, photo, visit_with
from tests.counties import OTHER_VILLAGE, VILLAGE, DirectRoad
from tests.devices import Device
from tests.fakes import NOON


def told(office, device: Device) -> set[str]:
    """Kinds of record the feed holds for a device."""
    return {entry.entity for page in office.pull(device) for entry in page.entries}


def name_as_ones_own(office, device: Device, content: bytes) -> str:
    """A record of an attachment by `device` that names these bytes; its id."""
    home, made = device.household(), f"photo-{secrets.token_hex(4)}"
    device.operation(
        "attachment", made,
        {
            "household_id": home, "blob_id": "ab" * 16, "blob_key": "A" * 80,
            "sha256": hashlib.sha256(content).hexdigest(), "media_type": "image/jpeg",
            "size": len(content), "added_at": "2026-03-02T04:00:00.000Z",
        },
        subject=home,
    )  # fmt: skip
    office.push(device)
    return made


def send_part(
    office, device: Device, attachment: str, content: bytes, said: bytes, **lies: object
) -> BlobReceipt:
    """`said` as the one part of the attachment `content`; what the county answers."""
    facts = {
        "v": 1, "suite": SUITE, "county": device.ticket.county,
        "to": key_id(device.ticket.seal_key), "device": device.id, "cert": device.cert_sha256,
        "attachment": attachment, "blob": hashlib.sha256(content).hexdigest(),
        "size": len(content), "part": 0, "created": instant_text(NOON),
    }  # fmt: skip
    header = PartHeader(**facts | lies)
    part = seal_container(
        Kind.BLOB_PART, to_object(header), said, recipient=device.ticket.seal_key,
        signer=device.sign.private,
    )  # fmt: skip
    answer = Blobs(office.county, office.database, office.clock).receive(part)
    sealed = parse_container(Kind.BLOB_RECEIPT, answer)
    return decode(open_container(sealed, device.seal.private), BlobReceipt)


def test_a_neighbouring_village_is_not_told_of_a_photo(laptop, office):
    neighbour, colleague = office.device(OTHER_VILLAGE), office.device(VILLAGE)
    visit_with(laptop, photo(1000))

    laptop.sync(DirectRoad(office))

    assert "attachment" in told(office, colleague)
    assert "attachment" not in told(office, neighbour)


def test_whoever_handed_a_household_over_is_told_of_no_later_photo(laptop, office):
    giver = office.device(VILLAGE)
    taker = laptop.vault.device_id
    visit_with(laptop, photo(1000))
    laptop.sync(DirectRoad(office))
    told_before = told(office, giver)
    office.assignments.hand_over(VILLAGE.code, giver.id, taker)

    visit_with(laptop, photo(1200))
    laptop.sync(DirectRoad(office))

    assert "attachment" in told_before
    assert "attachment" not in told(office, giver)
    giver.cursor = {}
    assert "attachment" not in told(office, giver)


def test_no_road_gives_a_photo_back(office):
    """Nothing to be refused: the county has no answer with an attachment in it."""
    paths = build_web(Desk(office.county, office.database, office.clock)).openapi()["paths"]

    assert {path for path, verbs in paths.items() if "get" in verbs} == {
        "/v1/feed", "/v1/order", "/v1/status",
    }  # fmt: skip


def test_naming_the_hash_of_a_neighbours_photo_does_not_make_it_ones_own(laptop, office):
    picture, other = photo(1000), photo(1000)
    visit_with(laptop, picture)
    laptop.sync(DirectRoad(office))
    neighbour = office.device(OTHER_VILLAGE)
    attachment = name_as_ones_own(office, neighbour, picture)

    lie = send_part(office, neighbour, attachment, picture, other)
    truth = send_part(office, neighbour, attachment, picture, picture)

    assert (lie.held, lie.complete) == (0, False)
    assert (truth.held, truth.complete) == (1, True)
    assert at_county(office, picture) == picture


def test_a_photo_two_laptops_have_is_answered_the_same_again(laptop, office):
    picture = photo(1000)
    visit_with(laptop, picture)
    laptop.sync(DirectRoad(office))
    neighbour = office.device(OTHER_VILLAGE)
    attachment = name_as_ones_own(office, neighbour, picture)

    answers = [send_part(office, neighbour, attachment, picture, picture) for _ in range(2)]

    assert [(one.held, one.complete) for one in answers] == [(1, True), (1, True)]


def test_the_same_hash_with_another_length_is_refused(office):
    picture = photo(1000)
    attachment = name_as_ones_own(office, neighbour := office.device(OTHER_VILLAGE), picture)
    send_part(office, neighbour, attachment, picture, picture)

    with pytest.raises(Problem) as caught:
        send_part(office, neighbour, attachment, picture, picture[:-1], size=999)

    assert caught.value.code == "B-04"
    assert at_county(office, picture) == picture
