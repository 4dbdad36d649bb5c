"""The lines a household is held against, both figures side by side."""

from __future__ import annotations

import pytest

from app.domain.people import Living
from tests.cases import (
    WORKED_EXAMPLE,
    assessed,
    case_of,
    income,
    layered,
    member,
    national,
    practice,
    region,
    value_toml,
    wage,
)

LEFT_OPEN = "county_must_supply = true"


def lines(case, pack=None):
    """text → (held, limit) as the answer writes them."""
    return {
        line["text"]: (line["held"], line["limit"])
        for line in assessed(case, pack).to_json()["limits"]
    }


def test_last_years_income_a_head_stands_there_though_the_county_gave_none():
    assert lines(case_of(incomes=[wage("1200")]))["上年度当地人均可支配收入"] == ("1200.00", None)
    given = {
        "dibao_standard_month": "1000.00",
        "rigid_income_ceiling": {"value": "2000", "unit": "元/月"},
    }
    whole = assessed(case_of(incomes=[wage("1200")], parameters=given), region("tianjin"))
    assert whole.overrides == ("dibao_standard_month", "rigid_income_ceiling")
    found = [line.limit for line in whole.limits if "可支配" in line.text]
    assert found == [200_000]


def test_every_line_of_the_ladder_stands_beside_what_the_household_has():
    found = lines(WORKED_EXAMPLE | {"parameters": {}}, practice())

    assert found["低保标准"] == ("1166.67", "760.00")
    assert found["低保边缘线"] == ("1166.67", "1140.00")
    assert found["存款等货币财产"] == ("4000.00", "18240.00")
    assert found["刚性支出占收入的比例"] == ("11.43", "60.00")


def test_each_line_has_its_unit_and_its_clause():
    answer = assessed(WORKED_EXAMPLE, practice()).to_json()

    assert {line["text"]: line["unit"] for line in answer["limits"]} == {
        "低保标准": "month",
        "低保边缘线": "month",
        "上年度当地人均可支配收入": "month",
        "存款等货币财产": "each",
        "刚性支出占收入的比例": "percent",
    }
    assert all(line["basis"] for line in answer["limits"])


def test_where_outlay_is_held_against_the_whole_income_the_limit_is_all_of_it():
    assert lines(WORKED_EXAMPLE, region("tianjin"))["刚性支出占收入的比例"][1] == "100.00"


def test_a_figure_nobody_asked_for_is_left_open_on_its_side_only():
    found = lines(case_of(incomes=None, expenses=None, assets=None), practice())

    assert found["低保标准"] == (None, "1000.00")
    assert found["存款等货币财产"] == (None, "24000.00")
    assert found["刚性支出占收入的比例"] == (None, "60.00")


@pytest.mark.parametrize(
    ("assets", "held"),
    [
        ([], "0.00"),
        ([{"kind": "house", "count": 1}], "0.00"),
        ([{"kind": "cash", "amount": "300.00"}, {"kind": "fund", "amount": "0.05"}], "300.05"),
        ([{"kind": "cash", "amount": "300.00"}, {"kind": "deposit"}], None),
    ],
)
def test_savings_are_summed_when_all_of_them_are_known(assets, held):
    assert lines(case_of(assets=assets))["存款等货币财产"][0] == held


def test_a_floor_is_not_shown_as_the_limit():
    rural = case_of(parameters={"dibao_standard_month": "500.00"}, area="rural")

    assert lines(rural)["存款等货币财产"][1] is None


def test_no_income_has_no_share_of_outlay():
    case = case_of(expenses=[{"member": "p1", "kind": "medical", "amount": "1", "per": "year"}])

    assert lines(case)["刚性支出占收入的比例"][0] is None


def test_what_the_county_has_not_drawn_is_no_line():
    for name, unit, text in (
        ("monetary_asset_cap", '\nunit = "个月城镇低保标准/人"', "存款等货币财产"),
        ("rigid_test", "", "刚性支出占收入的比例"),
    ):
        pack = layered(value_toml(name, LEFT_OPEN + unit))

        assert text in lines(WORKED_EXAMPLE, national())
        assert text not in lines(WORKED_EXAMPLE, pack)


def test_a_share_the_county_has_not_given_leaves_the_limit_open():
    pack = layered(value_toml("rigid_ratio_min", f'{LEFT_OPEN}\nunit = "占收入的比例"'))

    assert lines(WORKED_EXAMPLE, pack)["刚性支出占收入的比例"] == ("11.43", None)


def test_without_anybody_who_counts_there_are_no_lines():
    nobody = member("p1", "head", living=Living.TOGETHER.value, status="serving_sentence")

    assert lines(case_of(nobody, incomes=[wage("100"), income("rent", "5")])) == {}
