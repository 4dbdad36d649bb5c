"""很接近: lines within a tenth of the income a head, from either side."""

from __future__ import annotations

import pytest

from app.domain.households import Category
from tests.cases import assessed, case_of, layered, value_toml, wage

NUMBERS = {
    "dibao_standard_month": "1000",
    "rigid_income_ceiling": {"value": "36000", "unit": "元/年"},
}


def near(pay, pack=None, **parts):
    parts = {"parameters": NUMBERS} | parts
    return assessed(case_of(incomes=[wage(pay)], **parts), pack).near


@pytest.mark.parametrize(
    ("pay", "rungs", "distance"),
    [
        ("899.99", [], None),
        ("900", [Category.DIBAO], 100),
        ("1000", [Category.DIBAO], 0),
        ("1100", [Category.DIBAO], -100),
        ("1100.01", [], None),
        ("1350", [Category.MARGINAL], 150),
        ("1650", [Category.MARGINAL], -150),
        ("2800", [Category.RIGID_EXPENDITURE], 200),
        ("3300", [Category.RIGID_EXPENDITURE], -300),
        ("3300.01", [], None),
    ],
)
def test_a_line_is_near_within_a_tenth_of_it(pay, rungs, distance):
    lines = near(pay)

    assert [one.rung for one in lines] == rungs
    assert [one.distance / 100 for one in lines] == ([] if distance is None else [distance])


def test_it_says_how_far_and_on_which_side():
    [below], [on], [above] = near("966.67"), near("1000"), near("1050")

    assert "低 33.33 元" in below.text
    assert "正好" in on.text
    assert "高 50.00 元" in above.text
    assert all(one.basis for one in (below, on, above))


def test_how_near_is_the_packs_to_say():
    wide = layered(value_toml("near_line_percent", "value = 0.3"))
    silent = layered(value_toml("near_line_percent", "county_must_supply = true"))

    assert [one.rung for one in near("1250", wide)] == [Category.DIBAO, Category.MARGINAL]
    assert near("1000", silent) == ()


def test_the_line_of_the_watchlist_is_one_where_the_pack_draws_it():
    pack = layered(value_toml("watchlist_line", 'value = 9600\nunit = "元/年"'))

    assert [one.rung for one in near("800", pack)] == [Category.WATCHLIST]


def test_no_line_is_near_what_nobody_knows():
    assert near("1000", parameters={}) == ()
    assert assessed(case_of(incomes=None)).near == ()


def test_a_multiple_left_to_the_county_draws_no_line():
    pack = layered(
        value_toml("marginal_multiple", 'county_must_supply = true\nunit = "倍低保标准"')
    )

    assert near("1500", pack) == ()


def test_the_answer_writes_them_in_yuan():
    [line] = assessed(case_of(incomes=[wage("966.67")])).to_json()["near"]

    assert {key: line[key] for key in ("rung", "limit_month", "distance_month")} == {
        "rung": "dibao", "limit_month": "1000.00", "distance_month": "33.33",
    }  # fmt: skip
