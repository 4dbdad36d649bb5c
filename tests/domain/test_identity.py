"""Identity numbers: what stands, what is refused, and in which words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.identity import (
    LONGEST_LIFE,
    age_on,
    check_character,
    make_id_number,
    parse_id_number,
)
from app.domain.people import Sex
from app.domain.problem import Refused

TODAY = date(2026, 3, 2)
GOOD = make_id_number("459901", date(1958, 3, 9), 1)

births = st.dates(min_value=date(1900, 1, 1), max_value=TODAY)
serials = st.integers(1, 999)


def refusal(text: str, on: date = TODAY) -> Refused:
    with pytest.raises(Refused) as caught:
        parse_id_number(text, on=on)
    return caught.value


def test_the_standards_own_example_has_check_character_x():
    assert check_character("11010519491231002") == "X"


def test_a_number_tells_birth_sex_and_area():
    number = parse_id_number("11010519491231002X", on=TODAY)

    assert number.text == "11010519491231002X"
    assert (number.birth, number.sex, number.area) == (date(1949, 12, 31), Sex.FEMALE, "110105")


def test_an_odd_sequence_is_a_man():
    assert parse_id_number(GOOD, on=TODAY).sex is Sex.MALE


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002x",
        "110105 19491231 002X",
        "　110105194912310０2Ｘ　",  # full width, as typed
        "\t11010519491231002X\n",
        "\u202d11010519491231002X\u202c",
    ],
)
def test_lower_case_full_width_spaces_and_copying_marks_are_accepted(text):
    assert parse_id_number(text, on=TODAY).text == "11010519491231002X"


def test_fifteen_digits_are_refused_with_a_hint():
    problem = refusal("110105491231002")

    assert problem.code == "I-02"
    assert "15位" in problem.what
    assert "18位" in problem.do


@pytest.mark.parametrize(
    "text", ["4.59901E+17", "4.599e+17", "1.1E+17", "4E17", "110105194912310000.0"]
)
def test_a_number_shown_as_excel_shows_large_numbers_is_refused_in_its_own_words(text):
    problem = refusal(text)

    assert problem.code == "I-03"
    assert "Excel" in problem.what


def test_a_number_whose_last_three_digits_became_noughts_is_refused_in_its_own_words():
    ruined = GOOD[:15] + "000"

    problem = refusal(ruined)

    assert problem.code == "I-03"


def test_a_true_number_ending_in_noughts_stands_but_is_doubtful():
    honest = next(
        number
        for day in range(1, 28)
        for serial in range(100, 1000, 100)
        if (number := make_id_number("459901", date(1960, 1, day), serial)).endswith("000")
    )

    number = parse_id_number(honest, on=TODAY)

    assert number.is_doubtful
    assert not parse_id_number(GOOD, on=TODAY).is_doubtful


def test_a_sequence_of_noughts_belongs_to_nobody():
    first17 = next(
        f"459901196001{day:02d}000"
        for day in range(1, 28)
        if check_character(f"459901196001{day:02d}000") == "0"
    )

    assert refusal(first17 + "0").code == "I-03"


@pytest.mark.parametrize("text", ["", "abc", GOOD[:-1], GOOD + "1", "X" * 18, "四" * 18])
def test_another_shape_is_refused(text):
    assert refusal(text).code == "I-01"


@pytest.mark.parametrize("day", ["19490231", "19491301", "19490100", "00000101"])
def test_a_birth_date_that_never_was_is_refused(day):
    first17 = f"459901{day}001"

    assert refusal(first17 + check_character(first17)).code == "I-04"


def test_a_birth_after_the_day_asked_is_refused_and_on_that_day_is_not():
    number = make_id_number("459901", TODAY, 11)

    assert parse_id_number(number, on=TODAY).birth == TODAY
    assert refusal(number, on=TODAY - timedelta(days=1)).code == "I-04"


def test_a_birth_too_far_back_is_refused():
    old = make_id_number("459901", date(TODAY.year - LONGEST_LIFE - 2, 1, 1), 1)

    assert "年份" in refusal(old).what
    oldest = date(TODAY.year - LONGEST_LIFE, TODAY.month, TODAY.day)
    assert parse_id_number(make_id_number("459901", oldest, 1), on=TODAY).birth == oldest


@given(birth=births, serial=serials)
def test_every_number_made_can_be_read_back(birth, serial):
    number = parse_id_number(make_id_number("459901", birth, serial), on=TODAY)

    assert number.birth == birth
    assert (number.sex is Sex.MALE) == (serial % 2 == 1)
    assert number.area == "459901"


@given(birth=births, serial=serials, place=st.integers(0, 16), shift=st.integers(1, 9))
def test_one_wrong_digit_never_passes(birth, serial, place, shift):
    number = make_id_number("459901", birth, serial)
    wrong = str((int(number[place]) + shift) % 10)

    with pytest.raises(Refused):
        parse_id_number(number[:place] + wrong + number[place + 1 :], on=TODAY)


@given(birth=births, serial=serials, place=st.integers(0, 15))
def test_two_neighbours_swapped_never_pass(birth, serial, place):
    number = make_id_number("459901", birth, serial)
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]

    if swapped != number:
        with pytest.raises(Refused):
            parse_id_number(swapped, on=TODAY)


@pytest.mark.parametrize(
    ("area", "serial"),
    [("45990", 1), ("4599011", 1), ("45990a", 1), ("459901", 0), ("459901", 1000)],
)
def test_a_synthetic_number_needs_an_area_and_a_serial(area, serial):
    with pytest.raises(ValueError):  # noqa: PT011  # either of the two
        make_id_number(area, date(1960, 1, 1), serial)


@pytest.mark.parametrize(
    ("birth", "on", "years"),
    [
        (date(2008, 3, 2), date(2026, 3, 1), 17),
        (date(2008, 3, 2), date(2026, 3, 2), 18),
        (date(2004, 2, 29), date(2026, 2, 28), 21),
        (date(2004, 2, 29), date(2026, 3, 1), 22),
        (date(2026, 3, 3), date(2026, 3, 2), -1),
    ],
)
def test_age_counts_full_years(birth, on, years):
    assert age_on(birth, on) == years


def test_age_can_be_asked_of_the_number():
    assert parse_id_number(GOOD, on=TODAY).age_on(TODAY) == 67


def test_no_repr_and_no_refusal_shows_a_number():
    number = parse_id_number(GOOD, on=TODAY)

    assert GOOD not in repr(number)
    assert GOOD[:17] not in str(refusal(GOOD[:17] + ("1" if GOOD[17] != "1" else "2")))
