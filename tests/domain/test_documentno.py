"""Document numbers: each mistake of a reader is caught, and two devices never share one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import documentno
from app.domain.documentno import DocumentNo, check, make, parse
from app.domain.problem import Refused

NUMBER = make("459901", 7, 2026, 123)
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def test_a_number_reads_county_device_year_serial_and_a_check_character():
    assert NUMBER == "459901-07-2026-000123-W"
    assert parse(NUMBER) == DocumentNo("459901", 7, 2026, 123)


def test_the_check_character_is_the_one_of_the_standard():
    """ISO 7064's worked example for MOD 37,36."""
    assert documentno.check_character("A12425GABC1234002") == "M"


@given(
    st.from_regex(r"[0-9]{6}", fullmatch=True), st.integers(1, 9999), st.integers(1000, 9999),
    st.integers(1, 999_999),
)  # fmt: skip
def test_every_number_made_can_be_read_back(county, device, year, serial):
    text = make(county, device, year, serial)

    assert parse(f" {text.lower()} ") == DocumentNo(county, device, year, serial)
    assert check(text)


def test_every_single_mistyped_character_is_caught():
    wrong = (
        NUMBER[:place] + other + NUMBER[place + 1 :]
        for place, right in enumerate(NUMBER)
        if right != "-"
        for other in ALPHABET
        if other != right
    )

    assert [text for text in wrong if check(text)] == []


@pytest.mark.parametrize("text", ["", "459901-07-2026-123-W", "x" * 500, NUMBER[:-1], NUMBER + "0"])
def test_what_is_no_number_is_refused_by_its_shape(text):
    with pytest.raises(Refused) as refusal:
        parse(text)

    assert refusal.value.code == "P-01"


def test_a_wrong_figure_is_refused_in_the_readers_words():
    with pytest.raises(Refused, match="输错") as refusal:
        parse(NUMBER.replace("123", "132"))

    assert refusal.value.code == "P-02"


@pytest.mark.parametrize(
    "parts",
    [
        ("45990", 1, 2026, 1), ("45990x", 1, 2026, 1), ("４５９９０１", 1, 2026, 1),
        ("459901", 0, 2026, 1), ("459901", 10_000, 2026, 1), ("459901", 1, 26, 1),
        ("459901", 1, 2026, 0), ("459901", 1, 2026, 1_000_000),
    ],
)  # fmt: skip
def test_a_number_outside_its_range_is_a_mistake_of_ours(parts):
    with pytest.raises(ValueError, match=r"county|device|year"):
        make(*parts)
