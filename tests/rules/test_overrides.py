"""Pack values typed into a case."""

from __future__ import annotations

import pytest

from app.domain.households import Area, Category
from app.domain.problem import Refused
from app.rules.casefile import parse_case
from app.rules.overrides import read_overrides
from tests.cases import assessed, case_of, data_of, income, rung, wage

MONTHLY = {"value": "1", "unit": "元/月"}


def refusal(parameters: object) -> Refused:
    with pytest.raises(Refused) as caught:
        parse_case(data_of(case_of(parameters=parameters)))
    return caught.value


def test_the_shorthand_sets_the_standard_of_the_households_area_only():
    read = read_overrides({"dibao_standard_month": "1045.00"}, Area.RURAL)

    assert list(read) == [("dibao_standard", Area.RURAL)]
    assert read["dibao_standard", Area.RURAL].value.year_fen == 104500 * 12


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("dibao_standard_month", "0.00"),
        ("dibao_standard", {"value": "0", "unit": "元/年", "area": "rural"}),
        ("rigid_income_ceiling", {"value": "0", "unit": "元/年"}),
        ("minimum_wage", "0"),
        ("watchlist_line", {"value": "0", "unit": "元/月"}),
        ("tekun_standard", {"value": {"dispersed": "0", "concentrated": "1"}, "unit": "元/月"}),
    ],
)
def test_a_standard_of_nothing_is_refused(name, value):
    problem = refusal({name: value})

    assert (problem.code, problem.field) == ("C-04", f"parameters.{name}")
    assert "标准不能是零" in problem.what


def test_a_standard_may_name_its_area_and_unit():
    read = read_overrides(
        {"dibao_standard": {"value": "6038", "unit": "元/年", "area": "rural"}}, Area.URBAN
    )

    assert list(read) == [("dibao_standard", Area.RURAL)]
    assert read["dibao_standard", Area.RURAL].value.year_fen == 603800


def test_a_standard_without_an_area_is_for_both():
    read = read_overrides({"dibao_standard": {"value": "700", "unit": "元/月"}}, Area.URBAN)

    assert {key[1] for key in read} == set(Area)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("dibao_standard", "6038"),
        ("dibao_standard", {"value": "6038", "area": "rural"}),
        ("rigid_income_ceiling", "38000"),
        ("tekun_standard", {"value": {"dispersed": "900", "concentrated": "1000"}}),
    ],
)
def test_an_amount_of_a_month_or_of_a_year_says_which(name, value):
    """6038 a year taken for 6038 a month would let everybody in."""
    problem = refusal({name: value})

    assert (problem.code, problem.field) == ("C-04", f"parameters.{name}.unit")
    assert "元/月、元/年" in problem.what


@pytest.mark.parametrize("value", [None, {"value": None}])
def test_no_such_rule_is_in_no_unit(value):
    read = read_overrides({"marginal_allowance": value}, Area.URBAN)

    assert [one.value for one in read.values()] == [None] * len(read)


def test_the_answer_lists_only_the_overrides_it_used_in_the_files_order():
    case = case_of(
        parameters={
            "emergency_decide_hours": 24,
            "marginal_multiple": "2",
            "dibao_standard_month": "1000",
        },
        incomes=[wage("1500")],
    )

    answer = assessed(case)

    assert answer.overrides == ("marginal_multiple", "dibao_standard_month")
    assert answer.rung(Category.MARGINAL).outcome == "meets"


def test_an_override_cites_itself():
    case = case_of(
        parameters={"dibao_standard_month": "1000", "job_cost_first_employment": {"amount": "600"}}
    )
    case["household"]["members"][0] |= {
        "first_job": True,
        "first_employed_on": "2025-12-01",
        "self_declared_on": "2025-12-02",
    }
    case["household"]["incomes"] = [wage("2000")]

    deduction = assessed(case).lines[1]

    assert deduction.basis == "个案录入 parameters.job_cost_first_employment"


def test_null_takes_an_optional_rule_away():
    case = case_of(
        parameters={"dibao_standard_month": "1000", "basic_pension_excluded_until": None}
    )

    assert rung(case, Category.DIBAO).outcome == "meets"


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({"nothing_like_it": 1}, "parameters.nothing_like_it"),
        ({"marginal_multiple": {"value": "1.5", "note": "x"}}, "parameters.marginal_multiple.note"),
    ],
)
def test_an_unknown_override_is_refused_by_name(parameters, field):
    problem = refusal(parameters)

    assert (problem.code, problem.field) == ("C-02", field)


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({"dibao_standard_month": None}, "parameters.dibao_standard_month"),
        ({"dibao_standard_month": "-1"}, "parameters.dibao_standard_month"),
        ({"dibao_standard_month": "1.234"}, "parameters.dibao_standard_month"),
        ({"dibao_standard_month": True}, "parameters.dibao_standard_month"),
        ({"dibao_standard_month": {"value": "1"}}, "parameters.dibao_standard_month"),
        ({"dibao_standard": {"value": "1", "unit": "元/周"}}, "parameters.dibao_standard.unit"),
        (
            {"dibao_standard": {"value": "1", "unit": "元/月", "area": "town"}},
            "parameters.dibao_standard.area",
        ),
        ({"house_max": {"value": 1, "area": "urban"}}, "parameters.house_max.area"),
        ({"house_max": None}, "parameters.house_max"),
        (
            {"dibao_standard": MONTHLY, "dibao_standard_month": "1"},
            "parameters.dibao_standard_month",
        ),
    ],
)
def test_an_override_that_cannot_stand_is_refused_by_its_path(parameters, field):
    problem = refusal(parameters)

    assert (problem.code, problem.field) == ("C-04", field)


def test_a_date_is_typed_as_iso_text():
    case = case_of(
        parameters={"dibao_standard_month": "1000", "basic_pension_excluded_until": "2026-12-31"},
        incomes=[income("resident_pension_basic", "300")],
    )

    assert assessed(case).lines[0].treatment == "disregarded"


def test_family_rules_nobody_wrote_are_refused():
    """By none of them anybody would be left out, not even the dead."""
    case = case_of(parameters={"dibao_standard_month": "1", "family_rule_set": ["nope"]})

    with pytest.raises(Refused) as caught:
        assessed(case)

    assert (caught.value.code, caught.value.field) == ("C-04", "parameters.family_rule_set")
    assert assessed(case_of(parameters={"family_rule_set": ["national"]})).counted_members
