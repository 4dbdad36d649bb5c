"""Six ways to show an ID number; each hides what it says, whatever the number's length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.masking import Mask, mask_in_text, mask_number

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


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        ("身份证 45990119580309001X，肺癌", "身份证 459901********001X，肺癌"),
        ("459901 19580309 001x 没带", "459901********001x 没带"),
        ("女儿19900006621接的", "女儿***********接的"),
        ("199-0000 6621", "***********"),
        ("１９９００００６６２１", "***********"),
        ("0771-1234567", "***********"),
        ("账号622848001234567890123", "账号*********************"),
        ("旧证459901580309001", "旧证459********9001"),
        ("2026-03-01 给了300元，2.5亩", "2026-03-01 给了300元，2.5亩"),
    ],
)
def test_numbers_in_what_somebody_wrote_are_hidden_as_in_their_column(said, hidden):
    assert mask_in_text(said, Mask.MIDDLE_8, phones=True) == hidden


def test_what_the_columns_show_whole_stays_in_the_text():
    said = "身份证45990119580309001X，电话19900006621"

    assert mask_in_text(said, Mask.FULL, phones=False) == said
    assert mask_in_text(said, Mask.NONE, phones=True) == f"身份证{'*' * 18}，电话{'*' * 11}"
