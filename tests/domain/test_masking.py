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
        ("4599 0119 5803 0900 1X", "459901********001X"),
        ("459901　19580309　001X", "459901********001X"),
        ("45.99.01–1958·03·09—001X 300元", "459901********001X 300元"),
        ("130-1011-9580-3090021", "130101********0021"),
        ("110 1011 9580 309 0021", "110101********0021"),
        ("卡6217 0000 1234 5678 901", "卡*******************"),
        ("199.0000.6621", "***********"),
        ("459901\n19580309\n001X，", "459901********001X，"),
        ("4599\u200b0119\u206058030\u200d9001X", "459901********001X"),
        ("459901\u200919580309\u202f001X", "459901********001X"),
        ("459901（19580309）001X", "459901********001X"),
        ("459901，19580309，001X", "459901********001X"),
        ("459901、19580309、001X", "459901********001X"),
        ("459901|19580309|001X", "459901********001X"),
        ("459901    19580309    001X", "459901********001X"),
        ("4599O1195803O9OO1X", "4599O1********OO1X"),
        ("45990119580309001×", "459901********001X"),
        ("护照E12345678，", "护照*********，"),
        ("通行证H1234567890", "通行证***********"),
        ("(0898)6688 1234", "(************"),
        ("0898-6688-1234", "************"),
        ("139 000 01234", "***********"),
        ("139 00 00 12 34", "***********"),
        ("199 0000 6621 139 0000 6622", "*********** ***********"),
        ("19900006621 13900006622", "*********** ***********"),
    ],
)
def test_numbers_in_what_somebody_wrote_are_hidden_as_in_their_column(said, hidden):
    assert mask_in_text(said, Mask.MIDDLE_8, phones=True) == hidden


@pytest.mark.parametrize(
    "said",
    [
        "2026-03-01 给了300元，2.5亩",
        "2026-03-01 2026-03-08 2026.3.15 各给一次",
        "20260301-20260308 住院",
        "凭证 459901-07-2026-000057-X",
        "凭证 459901-07-2026-000057-3，给了 300 元",
        "一共 1,234,567.89 元，十二个月 500 元",
        "2026年3月1日到2026年3月8日",
        "3号楼 12-4-502",
        "1500+700+800+900+1000+1200",
        "每月 300、300、300、300、300、300",
        "编号 X-43333，R51，F17b",
    ],
)
def test_what_is_no_such_number_stays(said):
    assert mask_in_text(said, Mask.NONE, phones=True) == said


@given(
    st.sampled_from([15, 17, 18]),
    st.lists(
        st.sampled_from(
            [
                "",
                " ",
                "-",
                ".",
                "　",
                "–",
                " - ",
                "·",
                "/",
                "--",
                "\n",
                "\u200b",
                "（",
                "）",
                "|",
                "*",
            ]
        ),
        min_size=18,
    ),
    st.lists(st.integers(0, 9), min_size=18, max_size=18),
    st.sampled_from([m for m in Mask if m is not Mask.FULL]),
)
def test_however_a_number_is_grouped_it_is_not_read_whole(length, gaps, figures, mask):
    figures[0] = figures[0] or 4  # no area begins with 0
    number = "".join(map(str, figures[:length])) + ("X" if length == 17 else "")
    said = "".join(
        figure + gap for figure, gap in zip(number, [*gaps[: len(number) - 1], ""], strict=True)
    )

    shown = "".join(filter(str.isalnum, mask_in_text(f"证{said}，", mask, phones=True)))

    assert len(shown.strip("证")) <= len(number) - 8 + 4


def test_what_the_columns_show_whole_stays_in_the_text():
    said = "身份证45990119580309001X，电话19900006621"

    assert mask_in_text(said, Mask.FULL, phones=False) == said
    assert mask_in_text(said, Mask.NONE, phones=True) == f"身份证{'*' * 18}，电话{'*' * 11}"
