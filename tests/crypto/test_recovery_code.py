"""The recovery code: read however it was copied, and a slip is named by its group."""

from __future__ import annotations

import pytest

from app.crypto.recovery_code import GROUPS, RecoveryCode, wrong_code
from tests.vaults import problem

SALT = bytes(range(16))
CODE = RecoveryCode("".join(f"{number:05d}" for number in (7, 11111, 222, 99999, 0, 5, 60606, 42)))


def test_it_holds_at_least_128_bits():
    assert 10 ** len(RecoveryCode.fresh().digits) >= 2**128


@pytest.mark.parametrize(
    "typed",
    [
        "00007 11111 00222 99999 00000 00005 60606 00042",
        "00007-11111-00222-99999-00000-00005-60606-00042",
        "  00007\n11111\t00222，99999、00000 00005 60606 00042 ",
        "００００７　１１１１１　00222 99999 00000 00005 ６０６０６　０００４２",
        "0000711111002229999900000000056060600042",
    ],
)
def test_it_is_read_however_it_was_copied(typed):
    assert RecoveryCode.parse(typed) == CODE


@pytest.mark.parametrize("place", range(GROUPS))
def test_a_group_of_the_wrong_length_is_named(place):
    groups = list(CODE.groups)
    groups[place] = "1234"

    with problem("V-08") as caught:
        RecoveryCode.parse(" ".join(groups))

    assert f"第 {place + 1} 组" in caught.value.what


@pytest.mark.parametrize("typed", ["", "00007", "12345 " * 9, "12345 " * 7 + "1234a"])
def test_too_little_too_much_or_letters_are_refused(typed):
    with problem("V-08"):
        RecoveryCode.parse(typed)


@pytest.mark.parametrize("place", [0, 3, 7])
def test_a_miscopied_group_is_named(place):
    groups = list(CODE.groups)
    groups[place] = "31415"
    typed = RecoveryCode.parse(" ".join(groups))

    refused = wrong_code(typed, SALT, CODE.check(SALT))

    assert refused.code == "V-08"
    assert f"第 {place + 1} 组" in refused.what


def test_two_miscopied_groups_are_not_guessed_at():
    groups = ["31415", *CODE.groups[1:7], "27182"]
    typed = RecoveryCode.parse(" ".join(groups))

    assert "不止一组" in wrong_code(typed, SALT, CODE.check(SALT)).what


def test_it_shows_nothing_of_itself():
    assert "11111" not in repr(CODE)


def test_codes_are_fresh_and_whole():
    codes = {RecoveryCode.fresh().digits for _ in range(100)}

    assert len(codes) == 100
    assert all(
        RecoveryCode.parse(" ".join(RecoveryCode(code).groups)).digits == code for code in codes
    )
