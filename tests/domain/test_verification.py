"""The printed code: sixty bits of the content, read back however it was written down."""

from __future__ import annotations

import hashlib

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from app.domain.verification import code_of, content_sha256, printed_code, verify

CONTENT = {"form": "F17a", "amount": 80_050, "name": "赵大山"}
TEXTS = st.text(st.characters(blacklist_categories=("Cs",)), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


def test_the_code_is_the_first_sixty_bits_of_the_named_hash():
    digest = hashlib.sha256(b"sa/form/v1\0" + rfc8785.dumps(CONTENT)).digest()
    bits = bin(int.from_bytes(digest, "big"))[2:].zfill(256)[:60]
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

    expected = "".join(alphabet[int(bits[at : at + 5], 2)] for at in range(0, 60, 5))

    assert code_of(CONTENT) == expected
    assert content_sha256(CONTENT) == hashlib.sha256(rfc8785.dumps(CONTENT)).hexdigest()


def test_the_order_of_the_facts_does_not_matter():
    assert code_of(dict(reversed(CONTENT.items()))) == code_of(CONTENT)


@given(st.dictionaries(TEXTS, VALUES, max_size=4))
def test_a_code_fits_its_content_in_any_writing(content):
    code = code_of(content)

    assert len(code) == 12
    for written in (code, printed_code(code), code.lower(), f" {printed_code(code)} "):
        assert verify(written, content)
    assert verify(code.replace("0", "O").replace("1", "l"), content)


def test_a_thousand_changed_amounts_are_all_caught():
    code = code_of(CONTENT)

    caught = sum(not verify(code, CONTENT | {"amount": 80_051 + n}) for n in range(1000))

    assert caught == 1000


def test_a_fraction_has_no_place_in_a_content():
    with pytest.raises(TypeError):
        code_of({"amount": 0.1})
