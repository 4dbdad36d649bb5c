"""Reading what fingers type."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import Money
from app.domain.problem import Refused
from app.ui.widgets.entry import (
    compact_id,
    date_text,
    fold,
    grouped_id,
    money_text,
    plain_date,
    read_date,
    sum_of,
)

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("typed", "yuan"),
    [
        ("800", "800.00"),
        ("1500+700", "2200.00"),
        ("１５００＋７００", "2200.00"),
        ("800。5", "800.50"),
        ("1,200.5 元", "1200.50"),
        ("1，234,567", "1234567.00"),
        ("1000-200.5", "799.50"),
        ("¥800", "800.00"),
    ],
)
def test_sums_are_added_up(typed, yuan):
    assert str(sum_of(typed)) == yuan


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "abc",
        "1++2",
        "800.555",
        "5-",
        "八百",
        "1e3",
        "300，50",
        "1,5",
        "12,34",
        ",300",
        "3,0000",
    ],
)
def test_what_is_no_sum_is_refused_in_three_parts(typed):
    with pytest.raises(Refused) as caught:
        sum_of(typed)

    assert caught.value.what
    assert caught.value.safe
    assert caught.value.do
    assert caught.value.code


def test_a_sum_below_zero_is_refused():
    with pytest.raises(Refused) as caught:
        sum_of("100-200")

    assert caught.value.code == "F-52"


@given(st.integers(0, 10**12))
def test_money_written_is_money_read(fen):
    assert sum_of(money_text(Money(fen))) == Money(fen)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("3.2", date(2026, 3, 2)),
        ("0302", date(2026, 3, 2)),
        ("3月1日", date(2026, 3, 1)),
        ("3.3", date(2025, 3, 3)),
        ("20260215", date(2026, 2, 15)),
        ("2026-2-15", date(2026, 2, 15)),
        ("2026年2月15日 星期日", date(2026, 2, 15)),
        ("26.2.15", date(2026, 2, 15)),
        ("昨天", date(2026, 3, 1)),
        ("zt", date(2026, 3, 1)),
        ("前天", date(2026, 2, 28)),
        ("jt", TODAY),
        ("2024.2.29", date(2024, 2, 29)),
        ("３。２", date(2026, 3, 2)),
    ],
)
def test_days_are_understood(typed, day):
    assert read_date(typed, TODAY, past=True) == day


@pytest.mark.parametrize("past", [True, False])
def test_a_day_neither_this_year_nor_the_one_beside_it_has_is_a_slip(past):
    with pytest.raises(Refused) as caught:
        read_date("2.29", TODAY, past=past)

    assert caught.value.code == "F-53"


@pytest.mark.parametrize(
    ("today", "past", "day"),
    [
        (date(2025, 1, 5), True, date(2024, 2, 29)),
        (date(2024, 3, 1), True, date(2024, 2, 29)),
        (date(2027, 12, 1), False, date(2028, 2, 29)),
    ],
)
def test_the_leap_day_is_taken_where_it_lies_near(today, past, day):
    assert read_date("2.29", today, past=past) == day


def test_a_day_to_come_is_looked_for_forwards():
    assert read_date("3.1", TODAY, past=False) == date(2027, 3, 1)


@pytest.mark.parametrize(
    "typed", ["13.40", "2月30日", "明年", "1.2.3.4", "2026", "206-3-2", "9999-12-31"]
)
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(Refused) as caught:
        read_date(typed, TODAY, past=True)

    assert caught.value.code == "F-53"


@given(st.dates(date(1900, 1, 1), date(2086, 12, 31)))
def test_a_day_written_is_a_day_read(day):
    assert read_date(date_text(day), TODAY, past=True) == day
    assert date_text(day).startswith(f"{plain_date(day)} 星期")


def test_an_id_number_is_grouped_as_it_is_read_aloud():
    assert grouped_id(compact_id("４５９９０１19580309００１x")) == "459901 19580309 001X"


def test_folding_leaves_chinese_words_alone():
    assert fold("二组９号") == "二组9号"
