"""Argon2id within bounds, and nothing outside them."""

from __future__ import annotations

import time

import pytest

from app.crypto.kdf import CEILING, DEFAULT, FLOOR, KdfCost, new_salt, passphrase_key

SALT = bytes(range(16))


@pytest.mark.parametrize(
    "cost",
    [
        KdfCost(FLOOR.m_kib - 1, 1, 1),
        KdfCost(FLOOR.m_kib, 0, 1),
        KdfCost(FLOOR.m_kib, 1, 0),
        KdfCost(CEILING.m_kib + 1, 1, 1),
        KdfCost(FLOOR.m_kib, 17, 1),
        KdfCost(FLOOR.m_kib, 1, 9),
        KdfCost(2**40, 1, 1),
    ],
)
def test_a_cost_out_of_bounds_is_refused_before_any_memory_is_taken(cost):
    began = time.process_time()

    with pytest.raises(ValueError, match="bounds"):
        passphrase_key("口令", SALT, cost)

    assert time.process_time() - began < 0.05


def test_the_default_lies_within_the_bounds():
    assert DEFAULT.is_within_bounds()
    assert (DEFAULT.m_kib, DEFAULT.t, DEFAULT.p) == (65536, 3, 4)


def test_full_width_and_half_width_typing_are_one_passphrase():
    assert passphrase_key("ＡＢＣ　１２３", SALT, FLOOR) == passphrase_key("ABC 123", SALT, FLOOR)


def test_nothing_is_cut_off():
    long = "长" * 200

    assert passphrase_key(long, SALT, FLOOR) != passphrase_key(long + "a", SALT, FLOOR)


def test_salts_are_fresh():
    assert new_salt() != new_salt()
    with pytest.raises(ValueError, match="16 bytes"):
        passphrase_key("口令", b"short", FLOOR)
