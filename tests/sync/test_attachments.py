"""Photos and signatures go up after the text, in parts, and only a receipt says they are there."""

from __future__ import annotations

import shutil

import msgspec
import pytest
from sqlalchemy import delete

from app.crypto.envelope import Kind, open_container, parse_container, seal_container
from app.domain.problem import Problem
from app.store.enrolment import read_keys
from app.store.uploads import waiting_uploads
from app.sync.problems import NotReached, link_cut
from app.sync.protocol import stick
from app.sync.protocol.blob import PART_BYTES, BlobReceipt, PartHeader
from app.sync.protocol.coding import convert, decode, encode
from app.sync.road import Phase, run_here
from county_server.tables import operation
from tests.attached import Watched, at_county, files_of, photo, visit_with
from tests.counties import OTHER_VILLAGE, VILLAGE, DirectRoad
from tests.vaults import flip


def test_photos_and_signatures_arrive_after_the_text(laptop, office):
    picture = photo(PART_BYTES * 2 + 77)
    visit_with(laptop, picture, signature=True)
    road = Watched(office)
    before = files_of(laptop)

    tally = laptop.sync(road)

    assert before == (2, 0)
    assert tally.files == 2
    assert files_of(laptop) == (0, 2)
    assert at_county(office, picture) == picture
    assert road.order[0] == "text"
    assert road.parts == [0, 1, 2, 0]


def test_a_cut_goes_on_with_the_part_that_is_missing(laptop, office):
    picture = photo(PART_BYTES * 4)
    visit_with(laptop, picture)
    road = Watched(office, cut_after=2)
    with pytest.raises(Problem) as caught:
        laptop.sync(road)
    between = (caught.value.code, at_county(office, picture), files_of(laptop))

    laptop.sync(road)

    assert between == ("S-11", None, (1, 0))
    assert road.parts == [0, 1, 2, 3]
    assert at_county(office, picture) == picture


def test_an_answer_that_was_lost_sends_at_most_one_part_twice(laptop, office):
    picture = photo(PART_BYTES * 3)
    visit_with(laptop, picture)

    class Deaf(Watched):
        def send_part(self, data: bytes) -> bytes:
            answer = super().send_part(data)
            if len(self.parts) == 2:
                raise link_cut()
            return answer

    road = Deaf(office)
    with pytest.raises(Problem):
        laptop.sync(road)

    laptop.sync(road)

    assert road.parts == [0, 1, 1, 2]
    assert at_county(office, picture) == picture


def test_nothing_is_called_arrived_by_a_receipt_that_is_not_the_countys(laptop, office):
    visit_with(laptop, photo(1000))

    class Liar(DirectRoad):
        def send_part(self, data: bytes) -> bytes:
            receipt = super().send_part(data)
            return receipt[:-1] + bytes([receipt[-1] ^ 1])

    with pytest.raises(NotReached) as caught:
        laptop.sync(Liar(office))

    assert caught.value.code == "S-12"
    assert files_of(laptop) == (1, 0)


def test_the_receipt_of_another_photo_says_nothing_of_this_one(laptop, office):
    with laptop.begin() as work:
        keys = read_keys(work.connection)
    visit_with(laptop, photo(1000))

    class Mistaken(DirectRoad):
        def send_part(self, data: bytes) -> bytes:
            container = parse_container(Kind.BLOB_RECEIPT, super().send_part(data))
            receipt = decode(open_container(container, keys.seal_private), BlobReceipt)
            return seal_container(
                Kind.BLOB_RECEIPT,
                container.header,
                encode(msgspec.structs.replace(receipt, blob="0" * 64)),
                recipient=keys.seal_public,
                signer=office.county.root.private,
            )

    with pytest.raises(Problem) as caught:
        laptop.sync(Mistaken(office))

    assert caught.value.code == "S-14"
    assert files_of(laptop) == (1, 0)


def test_a_damaged_photo_keeps_neither_the_text_nor_the_others_back(laptop, office):
    good = photo(900)
    visit_with(laptop, photo(800), good)
    with laptop.begin() as work:
        first = waiting_uploads(work.connection, answered_only=False)[0]
    flip(laptop.vault.files.blobs / first.blob_id[:2] / first.blob_id, 40)

    tally = laptop.sync(DirectRoad(office))

    assert (tally.files, tally.files_left, tally.returned) == (1, 1, 0)
    assert at_county(office, good) == good


def test_progress_names_files_and_bytes(laptop, office):
    visit_with(laptop, photo(PART_BYTES + 5))
    seen = []

    laptop.syncing.sync_now(run_in_store=run_here, transport=DirectRoad(office), watch=seen.append)

    up = [step for step in seen if step.phase is Phase.FILES]
    assert [(step.done, step.total) for step in up] == [(0, 1), (0, 1), (0, 1), (1, 1)]
    assert up[1].bytes < up[2].bytes


def test_a_household_that_left_is_erased_only_when_its_photos_have_arrived(laptop, office):
    picture = photo(PART_BYTES * 2)
    home = visit_with(laptop, picture)
    laptop.sync(Watched(office, cut_after=10))
    late = photo(PART_BYTES * 2)
    visit_with(laptop, late, household=home)
    office.assignments.hand_over(
        VILLAGE.code, laptop.vault.device_id, office.device(OTHER_VILLAGE).id
    )
    with pytest.raises(Problem):
        laptop.sync(Watched(office, cut_after=1))
    while_waiting = len(laptop.households.lines())

    laptop.sync(DirectRoad(office))

    assert while_waiting == 1
    assert laptop.households.lines() == []
    assert at_county(office, late) == late


# on a stick


@pytest.fixture
def usb(tmp_path):
    folder = tmp_path / "usb"
    folder.mkdir()
    return folder


def at_the_county(office, usb):
    taken = office.stick.take(usb)
    office.stick.make(usb)
    return taken


def test_a_stick_carries_text_and_photos_together(laptop, office, usb):
    picture = photo(PART_BYTES + 9)
    visit_with(laptop, picture)

    exported = laptop.syncing.export_to_usb(usb)
    on_the_way = files_of(laptop)
    taken = at_the_county(office, usb)
    imported = laptop.syncing.import_from_usb(usb)

    assert (exported.files, on_the_way) == (1, (1, 0))
    assert taken.refused == []
    assert imported.tally.files == 1
    assert files_of(laptop) == (0, 1)
    assert at_county(office, picture) == picture


def test_half_on_the_stick_and_half_over_the_network_is_one_photo(laptop, office, usb):
    picture = photo(PART_BYTES * 4)
    visit_with(laptop, picture)
    laptop.syncing.export_to_usb(usb)
    for path in list((usb / stick.TO_COUNTY).glob("*-000[23].sax")):
        path.unlink()
    at_the_county(office, usb)
    road = Watched(office)

    laptop.sync(road)
    imported = laptop.syncing.import_from_usb(usb)

    assert road.parts == [0, 2, 3]
    assert at_county(office, picture) == picture
    assert imported.strange == 0


def test_the_next_export_takes_what_has_arrived_off_the_stick(laptop, office, usb):
    visit_with(laptop, photo(1000))
    laptop.syncing.export_to_usb(usb)
    before = list((usb / stick.TO_COUNTY).glob("*.sax"))
    shutil.copy(before[0], before[0].with_name("neighbour-" + before[0].name))
    laptop.sync(DirectRoad(office))

    laptop.syncing.export_to_usb(usb)

    (left,) = (usb / stick.TO_COUNTY).glob("*.sax")
    assert left.name.startswith("neighbour-")


def test_a_neighbours_photo_is_at_the_county_and_no_damage_here(laptop, office):
    neighbour = office.device(VILLAGE)
    home = neighbour.household()
    added = {
        "household_id": home,
        "blob_id": "ab" * 16,
        "blob_key": "A" * 80,
        "sha256": "0" * 64,
        "media_type": "image/jpeg",
        "size": 1000,
        "added_at": "2026-03-02T04:00:00.000Z",
    }
    neighbour.operation("attachment", "photo-1", added, subject=home)
    office.push(neighbour)

    tally = laptop.sync(DirectRoad(office))
    report = laptop.vault.check(deep=True)
    with pytest.raises(Problem) as caught:
        list(laptop.vault.blobs.read(added["blob_id"], added["blob_key"]))

    assert (tally.files, tally.files_left, files_of(laptop)) == (0, 0, (0, 0))
    assert report.findings == ()
    assert caught.value.what == "这张照片或签字不在这台电脑上。"


def test_a_photo_the_county_does_not_take_keeps_no_other_back(laptop, office):
    strange, good = photo(700), photo(900)
    visit_with(laptop, strange, good)

    class Forgetful(DirectRoad):
        """The county lost the record of one of them."""

        def send_part(self, data: bytes) -> bytes:
            header = convert(parse_container(Kind.BLOB_PART, data).header, PartHeader)
            if header.size == len(strange):
                with office.database.write() as connection:
                    connection.execute(
                        delete(operation).where(operation.c.entity_id == header.attachment)
                    )
            return super().send_part(data)

    tally = laptop.sync(Forgetful(office))

    assert (tally.files, tally.files_left) == (1, 1)
    assert at_county(office, good) == good
    assert files_of(laptop) == (1, 1)
