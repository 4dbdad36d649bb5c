"""Six ways to show an ID number; each hides what it says, whatever the number's length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.masking import Mask, mask_number

NUMBER = "45990119580309001X"


@pytest.mark.parametrize(
    ("mask", "shown"),
    [
        (Mask.FULL, "45990119580309001X"),
        (Mask.MIDDLE_8, "459901********001X"),
        (Mask.MIDDLE_6, "459901******09001X"),
        (Mask.LAST_8, "4599011958********"),
        (Mask.ONLY_LAST_4, "**************001X"),
        (Mask.NONE, ""),
    ],
)
def test_a_mask_shows_what_its_name_says(mask, shown):
    assert mask_number(NUMBER, mask) == shown


@pytest.mark.parametrize("mask", Mask)
def test_no_number_is_no_stars(mask):
    assert mask_number(None, mask) == ""
    assert mask_number("", mask) == ""


@given(
    st.text("0123456789X", min_size=1, max_size=25),
    st.sampled_from([m for m in Mask if m not in {Mask.FULL, Mask.NONE}]),
)
def test_a_number_of_another_length_is_never_shown_whole(number, mask):
    shown = mask_number(number, mask)

    assert len(shown) == len(number)
    hidden = shown.count("*")
    wanted = {Mask.MIDDLE_8: 8, Mask.MIDDLE_6: 6, Mask.LAST_8: 8}.get(mask, max(len(number) - 4, 1))
    assert hidden >= min(wanted, len(number))
