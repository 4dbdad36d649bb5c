"""刚性支出: outlay over the share of income, strictly unless the pack says reached is enough."""

from __future__ import annotations

import pytest

from app.domain.households import Category
from tests.cases import HEAD, case_of, income, layered, rung, value_toml, wage

PARAMETERS = {
    "dibao_standard_month": "1000.00",
    "rigid_income_ceiling": {"value": "36000", "unit": "元/年"},
}


def outlay(amount, per="year", kind="medical"):
    return {"member": "p1", "kind": kind, "amount": amount, "per": per}


def answered(expenses, pay="2000", pack=None, **parts):
    parts = {"parameters": PARAMETERS} | parts
    case = case_of(incomes=[wage(pay)], expenses=expenses, **parts)
    return rung(case, Category.RIGID_EXPENDITURE, pack)


@pytest.mark.parametrize(
    ("amount", "inclusive", "outcome"),
    [
        ("14400.01", "false", "meets"),
        ("14400.00", "false", "fails"),
        ("14400.00", "true", "meets"),
        ("14399.99", "true", "fails"),
    ],
)
def test_at_the_limit_the_pack_decides(amount, inclusive, outcome):
    """Acceptance test 12: 坪山 “达到或超过”, national “超出”; 60 % of 24,000 is 14,400."""
    pack = layered(value_toml("rigid_ratio_inclusive", f"value = {inclusive}"))

    assert answered([outlay(amount)], pack=pack).outcome == outcome


def test_monthly_and_single_outlays_add_up_over_the_year():
    expenses = [outlay("1000", "month"), outlay("2400", "once", "education"), outlay("0.01")]

    assert answered(expenses).outcome == "meets"


@pytest.mark.parametrize(("pay", "outcome"), [("2999.99", "meets"), ("3000", "fails")])
def test_income_must_lie_below_last_years_income_a_head(pay, outcome):
    assert answered([outlay("90000")], pay).outcome == outcome


@pytest.mark.parametrize("pay", ["500", "1200"])
def test_those_on_a_lower_rung_are_not_taken(pay):
    answer = answered([outlay("90000")], pay)

    assert answer.outcome == "fails"
    assert "更低一档" in answer.reasons[0].text


def test_outlay_nobody_asked_about_is_asked_for():
    assert answered(None).missing == ("household.expenses",)


@pytest.mark.parametrize(
    ("name", "unit"), [("rigid_ratio_min", "占收入的比例"), ("rigid_ratio_inclusive", "")]
)
def test_a_share_left_to_the_county_is_asked_for(name, unit):
    stated = f'unit = "{unit}"' if unit else ""
    pack = layered(value_toml(name, f"county_must_supply = true\n{stated}"))

    assert answered([outlay("1")], pack=pack).missing == (name,)


def test_last_years_income_a_head_is_the_countys_to_give():
    answer = answered([outlay("90000")], parameters={"dibao_standard_month": "1000"})

    assert (answer.outcome, answer.missing) == ("unknown", ("rigid_income_ceiling",))


def test_income_nobody_asked_about_keeps_it_open():
    case = case_of(incomes=None, expenses=[outlay("1")], parameters=PARAMETERS)

    assert rung(case, Category.RIGID_EXPENDITURE).missing == ("household.incomes",)


def test_no_outlay_is_over_nothing():
    pack = layered(value_toml("rigid_ratio_min", 'value = 0\nunit = "占收入的比例"'))

    assert answered([], pack=pack).outcome == "fails"


def test_a_doubt_about_income_keeps_open_what_it_would_decide():
    case = case_of(
        HEAD,
        incomes=[wage("2000"), income("resident_pension_basic", "500")],
        expenses=[outlay("15000")],
        parameters=PARAMETERS,
    )

    answer = rung(case, Category.RIGID_EXPENDITURE)

    assert (answer.outcome, answer.missing) == ("unknown", ("basic_pension_excluded_until",))


def test_a_doubt_that_decides_nothing_leaves_the_answer_alone():
    case = case_of(
        HEAD,
        incomes=[wage("2000"), income("resident_pension_basic", "500")],
        expenses=[outlay("18000.01")],
        parameters=PARAMETERS,
    )

    assert rung(case, Category.RIGID_EXPENDITURE).outcome == "meets"
