"""Pictures, signature and addenda of a visit: taken in, made again, cleared, brought back."""

from __future__ import annotations

import struct
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.casework import Met
from app.domain.problem import Refused
from app.domain.visit_words import FilePurpose
from app.services.visits import RecordVisit
from app.ui.visits.form import draft_key
from app.ui.visits.photo import LARGEST_FILE, LONGEST_SIDE, photograph
from tests.visit_pages import SIGNED, TODAY, OnPage, newest, record_screen, visit_screen
from tests.work_pages import WU, ZHAO, Room


@pytest.fixture
def page(room: Room, qtbot: QtBot) -> OnPage:
    on = OnPage(room, qtbot, visit_screen(room), None)
    return on.type("wxl").press("Return")


# photos


def with_exif(jpeg: bytes) -> bytes:
    """The picture with an EXIF block that says where it was taken."""
    north = struct.pack(">HHI4s", 1, 2, 2, b"N\0\0\0")
    degrees = struct.pack(">HHII", 2, 5, 3, 56)
    gps = struct.pack(">H", 2) + north + degrees + bytes(4)
    rationals = struct.pack(">6I", 22, 1, 49, 1, 13, 1)
    first = struct.pack(">H", 1) + struct.pack(">HHII", 0x8825, 4, 1, 26) + bytes(4)
    tiff = b"MM\0*" + struct.pack(">I", 8) + first + gps + rationals
    block = b"Exif\0\0" + tiff
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + jpeg[2:]


@pytest.fixture
def photo(look, tmp_path: Path) -> Path:
    """A real picture with a place in it."""
    image = QImage(64, 48, QImage.Format.Format_RGB888)
    image.fill(Qt.GlobalColor.darkGreen)
    path = tmp_path / "IMG_1.jpg"
    image.save(str(path))
    path.write_bytes(with_exif(path.read_bytes()))
    return path


def test_the_test_picture_says_where_it_was_taken(photo: Path):
    from PIL import Image

    with Image.open(photo) as image:
        assert dict(image.getexif().get_ifd(0x8825))[2] == (22.0, 49.0, 13.0)


def test_a_photo_is_made_again_without_place_and_time(photo: Path):
    from io import BytesIO

    from PIL import Image

    kept = photograph(str(photo))

    with Image.open(BytesIO(kept)) as image:
        assert (image.size, image.format, dict(image.getexif())) == ((64, 48), "JPEG", {})
    assert b"Exif" not in kept


def test_a_large_picture_becomes_smaller(look, tmp_path: Path):
    path = tmp_path / "big.png"
    QImage(4000, 1000, QImage.Format.Format_Mono).save(str(path))

    kept = QImage.fromData(photograph(str(path)))

    assert (kept.width(), kept.height()) == (LONGEST_SIDE, LONGEST_SIDE // 4)


def huge_file(path: Path) -> None:
    path.write_bytes(b"\xff\xd8" + bytes(LARGEST_FILE))


def bomb(path: Path) -> None:
    """A PNG whose head says 30,000 pixels square."""
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + crc

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    data = zlib.compress(bytes(30_001))
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


def damaged(path: Path) -> None:
    path.write_bytes(b"\xff\xd8\xff\xe0 not a picture")


def text(path: Path) -> None:
    path.write_text("不是照片", encoding="utf-8")


def gif(path: Path) -> None:
    path.write_bytes(
        b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00"
        b"\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
    )


def nothing(path: Path) -> None:
    del path


@pytest.mark.qt_log_ignore("JPEG datastream contains no image")
@pytest.mark.parametrize(
    ("make", "code"),
    [
        (huge_file, "F-61"),
        (bomb, "F-61"),
        (damaged, "F-60"),
        (text, "F-60"),
        (gif, "F-60"),
        (nothing, "F-60"),
    ],
)
def test_what_is_no_fit_picture_is_refused_in_one_sentence(look, tmp_path: Path, make, code):
    path = tmp_path / "x.jpg"
    make(path)

    with pytest.raises(Refused) as caught:
        photograph(str(path))

    assert caught.value.code == code
    assert "\n" not in caught.value.what


def test_a_photo_put_in_is_kept_with_the_draft_and_then_with_the_visit(page: OnPage, photo: Path):
    page.type("1")
    page.view.rows.photos.path.put(str(photo))
    page.click(page.view.rows.photos.add)
    draft = page.room.do(lambda: page.room.desk.drafts.get(draft_key(WU)))
    page.press("Ctrl+Return")

    files = page.room.do(lambda: page.room.desk.visit_files.files(newest_id(page.room)))
    assert len(draft["files"]) == 1
    assert [one.kept.purpose for one in files] == [FilePurpose.PHOTO]
    whole = b"".join(
        path.read_bytes() for path in page.room.vault.files.directory.rglob("*") if path.is_file()
    )
    jpeg = page.room.do(lambda: page.room.desk.visit_files.read(files[0].kept))
    assert jpeg[:200] not in whole
    assert jpeg[-200:] not in whole


def newest_id(room: Room):
    with room.desk.visits.begin() as work:
        return work.casework.visits_of(WU)[0].id


def test_a_refused_photo_changes_nothing_in_the_form(page: OnPage, tmp_path: Path):
    page.type("14")
    text(tmp_path / "x.jpg")
    page.view.rows.photos.path.put(str(tmp_path / "x.jpg"))

    page.click(page.view.rows.photos.add)

    draft = page.room.do(lambda: page.room.desk.drafts.get(draft_key(WU)))
    assert "F-60" in page.view.problem.detail.text()
    assert (draft["files"], draft["health"]) == ([], "impaired")


def test_a_photo_can_be_taken_out_before_it_is_saved(page: OnPage, photo: Path):
    page.type("1")
    page.view.rows.photos.path.put(str(photo))
    page.click(page.view.rows.photos.add)

    page.view.rows.photos.dropped.emit(0)
    page.room.settle()
    page.press("Ctrl+Return")

    assert page.room.do(lambda: page.room.desk.visit_files.files(newest_id(page.room))) == []


def test_a_photo_of_a_draft_is_not_swept_away(page: OnPage, photo: Path):
    import os

    page.type("1")
    page.view.rows.photos.path.put(str(photo))
    page.click(page.view.rows.photos.add)
    vault = page.room.vault
    old = (page.room.clock.now() - timedelta(days=2)).timestamp()
    for path in vault.files.blobs.glob("??/*"):
        os.utime(path, (old, old))

    swept = page.room.do(vault.sweep_blobs)

    assert (swept, len(vault.blobs.ids())) == (0, 1)


# signing


def sign(pad) -> None:
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    QTest.mouseMove(pad, QPoint(60, 30))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(60, 30))


def test_what_is_signed_is_in_the_draft_at_once_and_with_the_visit_after(page: OnPage):
    page.type("1")
    page.click(page.view.rows.signature.open)
    sign(page.view.rows.signature.pad)
    page.room.settle()
    draft = page.room.do(lambda: page.room.desk.drafts.get(draft_key(WU)))
    page.press("Ctrl+Return")

    files = page.room.do(lambda: page.room.desk.visit_files.files(newest_id(page.room)))
    assert len(draft["signature"]) == 1
    assert [one.kept.purpose for one in files] == [FilePurpose.SIGNATURE]


def test_a_signature_can_be_cleared(page: OnPage):
    page.type("1")
    page.click(page.view.rows.signature.open)
    sign(page.view.rows.signature.pad)
    page.room.settle()

    page.click(page.view.rows.signature.clear)
    page.press("Ctrl+Return")

    assert page.room.do(lambda: page.room.desk.visit_files.files(newest_id(page.room))) == []


# a completed visit


@pytest.fixture
def seen(room: Room) -> str:
    """A visit with a signature and a photo."""
    files = room.desk.visit_files

    def make() -> str:
        image = files.keep_photo(b"\xff\xd8\xff\xe0 a picture \xff\xd9")
        kept = (image, files.keep_signature(SIGNED))
        return room.desk.visits.record(
            RecordVisit(household=ZHAO, visited_on=TODAY, met=Met.SELF, note="都好", files=kept)
        )

    return room.do(make)


def test_an_addendum_is_written_and_the_visit_stays(room: Room, qtbot: QtBot, seen: str):
    page = OnPage(room, qtbot, record_screen(room), seen)
    page.write("药费单子找到了").press("Ctrl+Return")

    assert "药费单子找到了" in page.view.addenda.text()
    assert page.view.addendum.text() == ""
    assert room.do(lambda: room.desk.visits.get(seen)).note == "都好"


def test_an_empty_addendum_is_refused(room: Room, qtbot: QtBot, seen: str):
    page = OnPage(room, qtbot, record_screen(room), seen)
    page.press("Ctrl+Return")

    assert "F-64" in page.view.problem.detail.text()


def test_a_photo_taken_away_can_be_brought_back(room: Room, qtbot: QtBot, seen: str):
    page = OnPage(room, qtbot, record_screen(room), seen)
    photo, _signature = room.do(lambda: room.desk.visit_files.files(seen))
    page.view.dropped.emit(photo.id)
    room.settle()
    gone = len(room.do(lambda: room.desk.visit_files.files(seen)))

    page.click(page.view.said.action)

    assert gone == 1
    assert len(room.do(lambda: room.desk.visit_files.files(seen))) == 2
    assert page.view.signature.strokes() == SIGNED


def test_the_last_visit_is_one_press_away_from_the_form(page: OnPage):
    page.view.last_requested.emit()

    assert page.room.went == [("visit_record", newest(page).id)]
