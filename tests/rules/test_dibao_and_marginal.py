"""低保 and 低保边缘: the line, the gap and its one rounding, property, hukou."""

from __future__ import annotations

import pytest

from app.domain.households import Category
from tests.cases import HEAD, assessed, case_of, income, layered, member, rung, value_toml, wage

FAMILY = [HEAD, member("p2", "spouse"), member("p3", "child", "2015-01-01")]


def test_the_gap_is_never_taken_per_head_first():
    """ceil(632×3 − 1894) is 2; dividing by three first would make it 3 (acceptance test 6)."""
    case = case_of(
        *FAMILY, parameters={"dibao_standard_month": "632.00"}, incomes=[wage("1894.00")]
    )

    assert str(rung(case, Category.DIBAO).benefit_month) == "2.00"


@pytest.mark.parametrize(
    ("month", "dibao", "marginal"),
    [
        ("999.99", "meets", "fails"),
        ("1000.00", "fails", "meets"),
        ("1499.99", "fails", "meets"),
        ("1500.00", "fails", "fails"),
    ],
)
def test_the_lines_are_strict_above_and_inclusive_below(month, dibao, marginal):
    answer = assessed(case_of(incomes=[wage(month)]))

    assert answer.rung(Category.DIBAO).outcome == dibao
    assert answer.rung(Category.MARGINAL).outcome == marginal


def test_a_yearly_rural_standard_is_compared_by_the_year():
    parameters = {"dibao_standard": {"value": "6038", "unit": "元/年", "area": "rural"}}
    below = case_of(area="rural", parameters=parameters, incomes=[wage("6037.99", per="year")])
    at = case_of(area="rural", parameters=parameters, incomes=[wage("6038.00", per="year")])

    assert assessed(below).to_json()["standard_month"] == "503.17"
    assert rung(below, Category.DIBAO).outcome == "meets"
    assert str(rung(below, Category.DIBAO).benefit_month) == "1.00"
    assert rung(at, Category.DIBAO).outcome == "fails"


@pytest.mark.parametrize(
    ("rule", "paid"),
    [
        ('{ mode = "up", step = "1.00", on = "household_total" }', "34.00"),
        ('{ mode = "down", step = "1.00", on = "household_total" }', "33.00"),
        ('{ mode = "half_up", step = "1.00", on = "household_total" }', "33.00"),
        ('{ mode = "half_up", step = "0.10", on = "household_total" }', "33.30"),
        ('{ mode = "up", step = "10", on = "household_total" }', "40.00"),
        ('{ mode = "up", step = "1.00", on = "per_person" }', "36.00"),
    ],
)
def test_the_pack_names_the_one_rounding(rule, paid):
    pack = layered(value_toml("amount_rounding", f"value = {rule}"))
    gap_of_33_30 = case_of(*FAMILY, incomes=[wage("2966.70")])

    assert str(rung(gap_of_33_30, Category.DIBAO, pack).benefit_month) == paid


def test_half_a_step_goes_up_under_half_up():
    pack = layered(
        value_toml(
            "amount_rounding", 'value = { mode = "half_up", step = "1", on = "household_total" }'
        )
    )

    assert str(rung(case_of(incomes=[wage("999.50")]), Category.DIBAO, pack).benefit_month) == (
        "1.00"
    )


def test_a_pack_may_grant_a_least_top_up():
    pack = layered(value_toml("min_topup_pct_of_std", 'value = 20\nunit = "%"'))

    assert str(rung(case_of(incomes=[wage("990")]), Category.DIBAO, pack).benefit_month) == "200.00"


def test_a_multiple_may_differ_and_may_be_left_to_the_county():
    double = layered(value_toml("marginal_multiple", 'value = 2\nunit = "倍低保标准"'))
    county = layered(
        value_toml("marginal_multiple", 'county_must_supply = true\nunit = "倍低保标准"')
    )
    case = case_of(incomes=[wage("1900")])

    assert rung(case, Category.MARGINAL).outcome == "fails"
    assert rung(case, Category.MARGINAL, double).outcome == "meets"
    assert rung(case, Category.MARGINAL, county).outcome == "unknown"
    assert rung(case, Category.MARGINAL, county).missing == ("marginal_multiple",)


def test_income_nobody_asked_about_is_unknown_and_never_zero():
    answer = assessed(case_of(incomes=None))

    assert answer.rung(Category.DIBAO).outcome == "unknown"
    assert "household.incomes" in answer.missing
    assert answer.income_year is None
    assert answer.to_json()["per_capita_month"] is None
    assert answer.lines == ()


def test_no_income_is_zero_and_pays_the_whole_standard():
    answer = assessed(case_of())

    assert answer.to_json()["income_year"] == "0.00"
    assert str(answer.benefit_month) == "1000.00"


def test_somebody_must_be_local():
    away = HEAD | {"hukou": "none"}

    assert rung(case_of(away), Category.DIBAO).outcome == "fails"


def test_hukou_nobody_asked_about_is_asked_for():
    unasked = {key: value for key, value in HEAD.items() if key != "hukou"}

    answer = rung(case_of(unasked), Category.DIBAO)

    assert answer.outcome == "unknown"
    assert answer.missing == ("household.members[0].hukou",)


def test_one_local_member_is_enough():
    unasked = {key: value for key, value in member("p2", "spouse").items() if key != "hukou"}

    assert rung(case_of(HEAD, unasked), Category.DIBAO).outcome == "meets"


def test_a_failure_decides_though_other_things_are_unknown():
    rich = case_of(incomes=[wage("9000")], assets=None)

    assert rung(rich, Category.DIBAO).outcome == "fails"
    assert rung(rich, Category.DIBAO).missing == ()


def test_every_reason_says_what_and_by_which_clause():
    answer = assessed(case_of(incomes=[income("rent", "5000")]))

    for one in answer.rungs:
        assert one.outcome == "meets" or one.reasons
        assert all(reason.text and reason.basis for reason in one.reasons)
    assert "5000.00" in answer.rung(Category.DIBAO).reasons[0].text


def test_a_benefit_without_a_rounding_rule_is_not_made_up():
    county = layered(value_toml("amount_rounding", "county_must_supply = true"))

    answer = rung(case_of(), Category.DIBAO, county)

    assert (answer.outcome, answer.benefit_month) == ("meets", None)
