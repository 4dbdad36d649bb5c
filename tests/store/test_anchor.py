"""The anchor: newest head, two slots, nothing forged."""

from __future__ import annotations

import pytest

from app.store.anchor import FILE_BYTES, SLOT_BYTES, AnchorFile
from tests.fakes import NOON
from tests.vaults import flip

HEADS = [bytes([number]) * 32 for number in range(6)]


@pytest.fixture
def anchor(tmp_path):
    made = AnchorFile(tmp_path / "anchor.bin", bytes(32), "vault-1")
    for n, head in enumerate(HEADS[:5]):
        made.write(n, head, NOON)
    return made


def test_the_newest_head_is_remembered(anchor):
    reading = anchor.read()

    assert (reading.newest.n, reading.newest.head, reading.newest.gen) == (4, HEADS[4], 5)
    assert reading.newest.at_ms == NOON.timestamp() * 1000
    assert reading.spoiled_slots == 0


def test_the_first_write_leaves_an_empty_slot_that_is_no_damage(tmp_path):
    anchor = AnchorFile(tmp_path / "anchor.bin", bytes(32), "vault-1")
    anchor.write(0, HEADS[0], NOON)

    assert anchor.read().spoiled_slots == 0
    assert anchor.path.stat().st_size == FILE_BYTES


def test_a_torn_write_leaves_the_one_before(anchor):
    newest_place = anchor.read().newest.gen % 2
    data = bytearray(anchor.path.read_bytes())
    start = newest_place * SLOT_BYTES
    data[start + 20 : start + SLOT_BYTES] = bytes(SLOT_BYTES - 20)
    anchor.path.write_bytes(data)

    reading = anchor.read()

    assert reading.newest.n == 3
    assert reading.spoiled_slots == 1


def test_the_next_write_mends_the_spoiled_slot(anchor):
    flip(anchor.path, (anchor.read().newest.gen % 2) * SLOT_BYTES)

    anchor.write(5, HEADS[5], NOON)

    assert anchor.read().spoiled_slots == 0
    assert anchor.read().newest.n == 5


def test_every_flipped_bit_is_noticed(anchor):
    whole = anchor.path.read_bytes()
    for place in range(FILE_BYTES):
        anchor.path.write_bytes(whole)
        flip(anchor.path, place, place % 8)
        assert anchor.read().spoiled_slots == 1


@pytest.mark.parametrize("length", [0, 1, 95, 96, 191, 193])
def test_another_length_is_no_anchor(anchor, length):
    anchor.path.write_bytes((anchor.path.read_bytes() + b"\0")[:length])

    assert anchor.read().newest is None


def test_an_absent_anchor_is_no_anchor(anchor):
    anchor.path.unlink()

    assert anchor.read().newest is None


def test_the_anchor_of_another_vault_or_key_is_no_anchor(anchor):
    assert AnchorFile(anchor.path, bytes(32), "vault-2").read().newest is None
    assert AnchorFile(anchor.path, b"\1" * 32, "vault-1").read().newest is None


def test_swapped_slots_are_no_anchor(anchor):
    data = anchor.path.read_bytes()
    anchor.path.write_bytes(data[SLOT_BYTES:] + data[:SLOT_BYTES])

    assert anchor.read().newest is None


def test_an_anchor_that_cannot_be_told_is_begun_anew(anchor):
    anchor.path.write_bytes(bytes(5))

    anchor.write(5, HEADS[5], NOON)

    assert anchor.read().newest.n == 5
