"""Goods read as they are said, and what they are worth held against the sum."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.goods import Goods, check_worth, goods_of, read_goods
from app.domain.money import Money
from app.domain.problem import Refused


@pytest.mark.parametrize(
    ("text", "goods"),
    [
        ("大米两袋", [Goods("大米", "2", "袋")]),
        ("米十斤，面二十五斤", [Goods("米", "10", "斤"), Goods("面", "25", "斤")]),
        ("大米十二袋", [Goods("大米", "12", "袋")]),
        ("米半袋", [Goods("米", "0.5", "袋")]),
        ("大米 2 袋 120", [Goods("大米", "2", "袋", Money.yuan(120))]),
        ("棉被1床折价99.50元", [Goods("棉被", "1", "床", Money(9950))]),
        ("旧衣服；大米2袋", [Goods("旧衣服"), Goods("大米", "2", "袋")]),
        ("", []),
    ],
)
def test_goods_are_read_as_they_are_said(text, goods):
    assert list(read_goods(text)) == goods


@given(st.text(max_size=60))
def test_nothing_that_is_typed_is_refused_or_lost(text):
    goods = read_goods(text)

    assert [goods_of(one.as_fields()) for one in goods] == list(goods)


def test_what_is_worth_something_says_so_on_paper():
    assert str(Goods("大米", "2", "袋", Money.yuan(120))) == "大米 2 袋（折价 120.00 元）"
    assert str(Goods("旧衣服")) == "旧衣服"


def test_the_worths_have_to_add_up_to_the_sum():
    goods = read_goods("大米 2 袋 120、棉被 1 床 80")

    check_worth(goods, Money.yuan(200))
    check_worth(read_goods("大米 2 袋"), Money.yuan(7))
    with pytest.raises(Refused) as refused:
        check_worth(goods, Money.yuan(300))
    assert (refused.value.code, refused.value.field) == ("M-26", "goods")
    assert "200.00" in refused.value.what


def test_either_all_are_priced_or_none():
    with pytest.raises(Refused) as refused:
        check_worth(read_goods("大米 2 袋 120、棉被 1 床"), Money.yuan(120))

    assert refused.value.code == "M-25"
