"""The data key and what is derived from it."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from app.crypto.keys import DataKey, mac, same
from app.crypto.labels import Label


def rfc5869(secret: bytes, info: bytes) -> bytes:
    """HKDF-SHA256 written out by hand, one block, no salt."""
    extracted = hmac.digest(bytes(32), secret, hashlib.sha256)
    return hmac.digest(extracted, info + b"\x01", hashlib.sha256)


@pytest.mark.parametrize("label", list(Label))
def test_a_subkey_is_plain_hkdf_of_its_label(label):
    key = DataKey(bytes(range(32)))

    assert key.subkey(label) == rfc5869(bytes(range(32)), label.encode())


def test_every_use_has_a_key_of_its_own():
    key = DataKey.fresh()

    assert len({key.subkey(label) for label in Label}) == len(Label)


def test_every_label_names_its_version():
    assert all(label.startswith("sa/") and label.endswith("/v1") for label in Label)


def test_a_key_shows_nothing_of_itself():
    key = DataKey(b"k" * 32)

    assert "k" * 4 not in repr(key)
    assert b"k".hex() * 4 not in repr(key)


def test_a_key_of_another_length_is_refused():
    with pytest.raises(ValueError, match="32"):
        DataKey(bytes(16))


def test_a_mac_depends_on_key_and_data():
    seal = mac(bytes(32), b"data")

    assert same(seal, mac(bytes(32), b"data"))
    assert not same(seal, mac(bytes(32), b"dat4"))
    assert not same(seal, mac(b"\x01" * 32, b"data"))
