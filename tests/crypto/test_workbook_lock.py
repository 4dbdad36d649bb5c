"""A workbook with a password: a stranger's reader opens it, and nobody else does."""

from __future__ import annotations

import re
import secrets
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from app.crypto.workbook_lock import locked, locked_with
from app.documents.sheet_files import Sheet, to_xlsx
from tests import records
from tests.locked_workbooks import Damaged, WrongPassword, opened, streams_of

PASSWORD = "ABCD-EFGH-JKMN"
ANOTHER = Path(__file__).parents[1] / "vectors" / "locked" / "another-program.xlsx"
"""A workbook of one cell, locked by msoffcrypto-tool 6.1.0 under `PASSWORD`."""


def test_the_reader_these_tests_trust_opens_what_another_program_locked():
    book = openpyxl.load_workbook(BytesIO(opened(ANOTHER.read_bytes(), PASSWORD)))

    assert book.active["A1"].value == "覃兰英"


@pytest.mark.parametrize("size", [0, 1, 15, 16, 4095, 4096, 4097, 9000, 8_000_000])
def test_what_was_locked_comes_out_as_it_went_in(size: int):
    """Eight million bytes need more sectors of the table than the header can name."""
    data = secrets.token_bytes(size)

    assert opened(locked_with(data, PASSWORD), PASSWORD) == data


def test_a_locked_workbook_is_a_workbook_again_once_it_is_open():
    sheet = Sheet(name="走访台账", heads=("户主",), widths=(12,), rows=[("覃兰英",)])
    done = locked(to_xlsx(sheet, records.AT))

    book = openpyxl.load_workbook(BytesIO(opened(done.data, done.password)))

    assert book.active["A2"].value == "覃兰英"
    assert "覃兰英".encode() not in done.data
    assert b"xl/worksheets" not in done.data


def test_another_password_does_not_open_it():
    with pytest.raises(WrongPassword):
        opened(locked_with(b"data", PASSWORD), "ABCD-EFGH-JKMP")


@pytest.mark.parametrize("at", [8, 100, 4000])
def test_a_changed_byte_is_found(at: int):
    data = locked_with(secrets.token_bytes(5000), PASSWORD)
    package = streams_of(data)["EncryptedPackage"]
    place = data.index(package[:512]) + at

    with pytest.raises(Damaged):
        opened(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :], PASSWORD)


def test_what_a_reader_needs_to_know_that_it_is_locked_is_there():
    ours, theirs = (streams_of(one) for one in (locked_with(b"x", PASSWORD), ANOTHER.read_bytes()))
    spaces = [name for name in theirs if name.startswith("\x06DataSpaces/")]

    assert sorted(ours) == sorted(theirs)
    assert {name: ours[name] for name in spaces} == {name: theirs[name] for name in spaces}


def test_every_file_has_a_password_and_keys_of_its_own():
    first, second = locked(b"x"), locked(b"x")

    assert re.fullmatch(r"[A-HJ-NP-Z1-9]{4}(-[A-HJ-NP-Z1-9]{4}){2}", first.password)
    assert first.password != second.password
    assert streams_of(first.data)["EncryptedPackage"] != streams_of(second.data)["EncryptedPackage"]


def test_a_password_is_in_no_text_of_the_result():
    done = locked(b"x")

    assert done.password not in repr(done)
