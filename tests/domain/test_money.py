"""Money: whole fen, and the capital figures of receipts."""

from __future__ import annotations

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import LARGEST_FEN, Money
from app.domain.problem import Refused

fen = st.integers(-(10**15 - 1), 10**15 - 1)


@pytest.mark.parametrize(
    ("text", "whole_fen"),
    [("0", 0), ("800", 80000), ("800.5", 80050), ("0.01", 1), ("-7200.00", -720000)],
)
def test_yuan_are_read_to_the_fen(text, whole_fen):
    assert Money.parse(text).fen == whole_fen


@pytest.mark.parametrize(
    "text", ["", "1.234", "01", "1,000", " 1", "1e3", "+1", ".5", "5.", "1" * 14, "八百", "NaN"]
)
def test_another_way_of_writing_is_refused(text):
    with pytest.raises(Refused) as caught:
        Money.parse(text, field="amount")

    assert (caught.value.code, caught.value.field) == ("M-01", "amount")


@given(fen)
def test_what_is_written_is_read_back(amount):
    assert Money.parse(str(Money(amount))) == Money(amount)


@given(fen, fen)
def test_sums_are_exact_and_order_as_numbers(one, two):
    assert (Money(one) + Money(two)).fen == one + two
    assert (Money(one) - Money(two)).fen == one - two
    assert (Money(one) < Money(two)) == (one < two)
    assert -Money(one) == Money(-one)


def test_money_times_people():
    assert Money.yuan(3) * 4 == Money(1200)


@pytest.mark.parametrize("wrong", [1.0, True, "1"])
def test_only_whole_fen_are_money(wrong):
    with pytest.raises(TypeError):
        Money(wrong)


def test_grouping_is_for_reading():
    assert Money(123456789).grouped() == "1,234,567.89"
    assert Money(-5).grouped() == "-0.05"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("800", "人民币捌佰元整"),
        ("1409.50", "人民币壹仟肆佰零玖元伍角整"),
        ("6007.14", "人民币陆仟零柒元壹角肆分"),
        ("16409.02", "人民币壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "人民币叁佰贰拾伍元零肆分"),
        ("100000000", "人民币壹亿元整"),
        ("0", "人民币零元整"),
        ("0.30", "人民币叁角整"),
        ("0.03", "人民币叁分"),
        ("10.00", "人民币壹拾元整"),
        ("10005.00", "人民币壹万零伍元整"),
        ("100200300.05", "人民币壹亿零贰拾万零叁佰元零伍分"),
    ],
)
def test_sums_in_capital_figures(text, words):
    assert Money.parse(text).in_words() == words


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("1680.32", {"壹仟陆佰捌拾元叁角贰分", "壹仟陆佰捌拾元零叁角贰分"}),
        (
            "107000.53",
            {
                "壹拾万柒仟元伍角叁分",
                "壹拾万柒仟元零伍角叁分",
                "壹拾万零柒仟元伍角叁分",
                "壹拾万零柒仟元零伍角叁分",
            },
        ),
    ],
)
def test_sums_that_may_be_written_either_way(text, accepted):
    assert Money.parse(text).in_words().removeprefix("人民币") in accepted


@given(st.integers(1, 10**12 - 1))
def test_an_independent_writer_agrees_but_for_optional_noughts(amount):
    ours = Money(amount).in_words().removeprefix("人民币").replace("零", "").rstrip("整")
    theirs = cn2an.an2cn(str(Money(amount)), "rmb").replace("零", "").rstrip("整")

    assert ours == theirs.removeprefix("元")


@pytest.mark.parametrize("amount", [-1, LARGEST_FEN + 1])
def test_sums_out_of_range_have_no_capitals(amount):
    with pytest.raises(ValueError, match="LARGEST_FEN"):
        Money(amount).in_words()
