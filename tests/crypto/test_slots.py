"""Slots open for the right secret, in the right vault, unedited — and not otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from app.crypto.kdf import FLOOR, KdfCost
from app.crypto.keys import DataKey
from app.crypto.recovery_code import RecoveryCode
from app.crypto.slots import CountySlot, PassSlot, RecoverySlot, WrongKey

HERE = {"fmt": "sa-vault", "v": 1, "suite": "S1", "vault_id": "one"}
ELSEWHERE = {**HERE, "vault_id": "two"}
KEY = DataKey(bytes(range(32)))
PASS = PassSlot.seal(KEY, "一句好记的话一二三", HERE, slot_id=0, cost=FLOOR)
CODE = RecoveryCode("01234567890123456789012345678901234567" + "89")
RECOVERY = RecoverySlot.seal(KEY, CODE, HERE, slot_id=1)


def test_the_passphrase_opens_its_slot():
    assert PASS.open("一句好记的话一二三", HERE) == KEY


def test_another_passphrase_does_not():
    with pytest.raises(WrongKey):
        PASS.open("一句好记的话一二四", HERE)


@pytest.mark.parametrize(
    "edited",
    [
        replace(PASS, id=3),
        replace(PASS, cost=KdfCost(FLOOR.m_kib, 2, 1)),
        replace(PASS, salt=bytes(16)),
        replace(PASS, nonce=bytes(12)),
        replace(PASS, wrapped=bytes(48)),
    ],
    ids=["id", "cost", "salt", "nonce", "wrapped"],
)
def test_an_edited_slot_does_not_open(edited):
    with pytest.raises(WrongKey):
        edited.open("一句好记的话一二三", HERE)


def test_a_slot_copied_into_another_vault_does_not_open():
    with pytest.raises(WrongKey):
        PASS.open("一句好记的话一二三", ELSEWHERE)
    with pytest.raises(WrongKey):
        RECOVERY.open(CODE, ELSEWHERE)


def test_the_recovery_code_opens_its_slot_and_another_does_not():
    assert RECOVERY.open(CODE, HERE) == KEY
    with pytest.raises(WrongKey):
        RECOVERY.open(RecoveryCode("1" * 40), HERE)


def test_only_the_county_opens_its_slot():
    county, stranger = X25519PrivateKey.generate(), X25519PrivateKey.generate()
    slot = CountySlot.seal(
        KEY, county.public_key().public_bytes_raw(), HERE, slot_id=2, kid="county-rec-2026"
    )
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)

    assert suite.decrypt(slot.enc, county, info=slot.info(HERE)) == KEY.secret
    with pytest.raises(InvalidTag):
        suite.decrypt(slot.enc, stranger, info=slot.info(HERE))
    with pytest.raises(InvalidTag):
        suite.decrypt(slot.enc, county, info=slot.info(ELSEWHERE))


def test_two_slots_of_one_key_share_nothing():
    again = PassSlot.seal(KEY, "一句好记的话一二三", HERE, slot_id=0, cost=FLOOR)

    assert again.salt != PASS.salt
    assert again.wrapped != PASS.wrapped
