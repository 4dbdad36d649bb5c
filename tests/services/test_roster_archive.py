"""The look from outside: what never gets as far as being inflated."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile

import pytest

from app.domain.problem import Refused
from app.services.roster_archive import LARGEST_FILE, check_archive
from tests.roster_files import SHEET, person, repacked, workbook

GOOD = workbook([person()])


def _code(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        check_archive(data)
    assert refused.value.safe == "什么都没有改动。"
    return refused.value.code


def _zip(*entries: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


def _flag(data: bytes, bits: int) -> bytes:
    """Every entry's general purpose flags with `bits` set, in the directory."""
    changed = bytearray(data)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        flags = struct.unpack_from("<H", changed, at + 8)[0]
        struct.pack_into("<H", changed, at + 8, flags | bits)
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(changed)


def test_a_plain_workbook_passes():
    check_archive(GOOD)


def test_an_archive_with_sixty_four_bit_records_passes():
    """Java exporters write them even for small files."""
    end = GOOD.rfind(b"PK\x05\x06")
    total, size, at = struct.unpack_from("<HLL", GOOD, end + 10)
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, total, total, size, at)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    wide = GOOD[:end] + record + locator + GOOD[end:]

    check_archive(wide)
    assert zipfile.ZipFile(io.BytesIO(wide)).namelist()


def test_sizes_in_a_sixty_four_bit_extra_field_are_counted():
    at = GOOD.find(b"PK\x01\x02")
    packed, inflated, name_length, extra_length = struct.unpack_from("<LLHH", GOOD, at + 20)
    assert extra_length == 0
    extra = struct.pack("<HHQQ", 1, 16, 60 << 20, packed)
    end = GOOD.rfind(b"PK\x05\x06")
    size = struct.unpack_from("<L", GOOD, end + 12)[0]
    header = bytearray(GOOD[at : at + 46 + name_length])
    struct.pack_into("<LLHH", header, 20, 0xFFFFFFFF, 0xFFFFFFFF, name_length, len(extra))
    ending = bytearray(GOOD[end:])
    struct.pack_into("<L", ending, 12, size + len(extra))
    rest = GOOD[at + 46 + name_length : end]

    assert inflated < 60 << 20
    assert _code(GOOD[:at] + bytes(header) + extra + rest + bytes(ending)) == "R-07"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "R-03"),
        (b"PK\x03\x04" + bytes(LARGEST_FILE), "R-02"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "R-05"),
        ("户编号,姓名\n".encode("gb18030"), "R-04"),
        (b"%PDF-1.7", "R-04"),
        (GOOD[: len(GOOD) // 2], "R-06"),
        (GOOD[:-1], "R-06"),
        (GOOD + b"more", "R-06"),
        (b"PK\x03\x04", "R-06"),
        (_zip(("notes.xml", b"<a/>")), "R-04"),
        (_zip(), "R-04"),
    ],
)
def test_what_is_not_a_whole_workbook_is_refused(data, code):
    assert _code(data) == code


@pytest.mark.parametrize("bit", [0x1, 0x40, 0x2000])
def test_an_encrypted_entry_is_refused(bit):
    assert _code(_flag(GOOD, bit)) == "R-05"


def test_a_bomb_is_refused_without_inflating_it():
    bomb = repacked(GOOD, lambda parts: parts | {SHEET: b"<a>" + b" " * (30 << 20)}, level=9)

    assert len(bomb) < 100_000
    assert _code(bomb) == "R-07"


def test_too_much_in_all_is_refused_even_when_each_part_is_modest():
    noise = hashlib.shake_256(b"roster").digest(64 << 10)
    parts = [(f"xl/media/{n}.png", noise) for n in range(10)]
    data = bytearray(_zip(*parts, method=zipfile.ZIP_STORED))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<L", data, at + 24, 6 << 20)
        at = data.find(b"PK\x01\x02", at + 4)

    assert _code(bytes(data)) == "R-07"


def test_too_many_parts_are_refused():
    assert _code(_zip(*((f"xl/a{n}.xml", b"") for n in range(201)))) == "R-07"


def test_overlapping_entries_are_refused():
    """Many names for one body: the better zip bomb."""
    at = GOOD.find(b"PK\x01\x02")
    second = GOOD.find(b"PK\x01\x02", at + 4)
    start = struct.unpack_from("<L", GOOD, at + 42)[0]
    changed = bytearray(GOOD)
    struct.pack_into("<L", changed, second + 42, start)

    assert _code(bytes(changed)) == "R-06"


def test_an_entry_that_points_nowhere_is_refused():
    at = GOOD.find(b"PK\x01\x02")
    changed = bytearray(GOOD)
    struct.pack_into("<L", changed, at + 42, len(GOOD) - 8)

    assert _code(bytes(changed)) == "R-06"


@pytest.mark.parametrize(
    ("record", "field", "layout", "change"),
    [
        (b"PK\x05\x06", 10, "<H", -1),
        (b"PK\x05\x06", 12, "<L", -1),
        (b"PK\x05\x06", 16, "<L", +1),
        (b"PK\x01\x02", 20, "<L", +(1 << 20)),
        (b"PK\x01\x02", 28, "<H", +1),
        (b"PK\x03\x04", 1, "<B", +1),
    ],
)
def test_a_directory_that_contradicts_the_archive_is_refused(record, field, layout, change):
    """Another reader would see other entries than the ones looked at."""
    changed = bytearray(GOOD)
    at = GOOD.rfind(record) + field
    struct.pack_into(layout, changed, at, struct.unpack_from(layout, GOOD, at)[0] + change)

    assert _code(bytes(changed)) == "R-06"


def test_a_directory_with_more_entries_than_it_counts_is_refused():
    changed = bytearray(GOOD)
    end = GOOD.rfind(b"PK\x05\x06")
    count = struct.unpack_from("<H", GOOD, end + 8)[0] - 1
    struct.pack_into("<HH", changed, end + 8, count, count)

    assert _code(bytes(changed)) == "R-06"


def test_a_sixty_four_bit_record_that_lies_elsewhere_is_refused():
    end = GOOD.rfind(b"PK\x05\x06")
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, end - 56, 1)

    assert _code(GOOD[:end] + locator + GOOD[end:]) == "R-06"


@pytest.mark.parametrize("field", [4, 6, 8], ids=["disk", "first disk", "entries here"])
def test_a_workbook_on_several_disks_is_refused(field):
    at = GOOD.rfind(b"PK\x05\x06") + field
    other = struct.pack("<H", struct.unpack_from("<H", GOOD, at)[0] + 1)

    assert _code(GOOD[:at] + other + GOOD[at + 2 :]) == "R-06"


def test_one_name_twice_is_refused():
    with pytest.warns(UserWarning, match="Duplicate name"):
        double = _zip(("xl/a.xml", b""), ("xl/a.xml", b"1"))

    assert _code(double) == "R-06"


def test_an_unknown_compression_is_refused():
    assert _code(_zip(("xl/a.xml", b"x" * 99), method=zipfile.ZIP_LZMA)) == "R-06"


@pytest.mark.parametrize(
    "name",
    [
        *("xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml", "xl/embeddings/a.bin"),
        *("xl/activeX/activeX1.xml", "xl/macrosheets/sheet1.xml", "xl/connections.xml"),
        *("inner.zip", "xl/inner.xlsx", "run.exe", "xl/queryTables/queryTable1.xml"),
        *("customUI/customUI.xml", "other/xl/vbaProject.bin"),
    ],
)
def test_macros_links_and_passengers_are_refused(name):
    assert _code(repacked(GOOD, lambda parts: parts | {name: b"x"})) == "R-08"


def test_pictures_and_printer_settings_are_no_passengers():
    check_archive(
        repacked(
            GOOD,
            lambda parts: (
                parts | {"xl/media/logo.png": b"x", "xl/printerSettings/printerSettings1.bin": b"x"}
            ),
        )
    )


def test_every_shortened_workbook_is_refused_and_never_breaks_the_look():
    for length in range(0, len(GOOD), 41):
        with pytest.raises(Refused):
            check_archive(GOOD[:length])
