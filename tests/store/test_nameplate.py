"""The names on the unlock page."""

from __future__ import annotations

import json

import pytest

from app.store.layout import VaultFiles
from app.store.nameplate import HEADER, Nameplate, read_nameplate


def test_the_names_of_a_real_vault_are_read(kept):
    plate = read_nameplate(kept.directory)

    header = json.loads(VaultFiles(kept.directory).header.read_bytes())
    assert (plate.officer, plate.village) == (header["owner"]["name"], header["owner"]["village"])
    assert plate.practice is header["practice"]


def test_it_reads_the_file_the_vault_calls_its_header(tmp_path):
    assert VaultFiles(tmp_path).header.name == HEADER


@pytest.mark.parametrize(
    "written",
    [b"", b"{", b"[]", b'{"owner": 1}', b'{"owner": {"name": "a"}}', b"\xff\xfe", b"[" * 60_000],
)
def test_what_cannot_be_read_leaves_the_door_nameless(tmp_path, written):
    (tmp_path / HEADER).write_bytes(written)

    assert read_nameplate(tmp_path) == Nameplate()


def test_no_file_leaves_the_door_nameless(tmp_path):
    assert read_nameplate(tmp_path) == Nameplate()
