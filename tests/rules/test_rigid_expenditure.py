"""刚性支出: the pack's test, strictly unless it says reached is enough, over its own window."""

from __future__ import annotations

import pytest

from app.domain.households import Category
from tests.cases import (
    HEAD,
    assessed,
    case_of,
    income,
    layered,
    member,
    rung,
    value_toml,
    wage,
)

PARAMETERS = {
    "dibao_standard_month": "1000.00",
    "rigid_income_ceiling": {"value": "36000", "unit": "元/年"},
}
TIANJIN = {
    "dibao_standard_month": "1000.00",
    "rigid_test": "outlay_over_income",
    "rigid_requires": "marginal",
    "rigid_outlay_kinds": ["medical", "education", "care"],
    "rigid_basic_living": True,
}
"""津民发〔2020〕19号 二(二): outlay with basic living over the income of a 低保边缘 household."""
GUANGXI = PARAMETERS | {"rigid_test": "outlay_or_remainder", "rigid_remainder_multiple": "2"}
"""柳南区: outlay over income, or less than twice the standard left a head."""


def outlay(amount, per="year", kind="medical", who="p1"):
    return {"member": who, "kind": kind, "amount": amount, "per": per}


def case(expenses, pay="2000", *members, **parts):
    parts = {"parameters": PARAMETERS} | parts
    return case_of(*members, incomes=[wage(pay)], expenses=expenses, **parts)


def answered(expenses, pay="2000", pack=None, **parts):
    return rung(case(expenses, pay, **parts), Category.RIGID_EXPENDITURE, pack)


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
    ("name", "unit"),
    [
        ("rigid_ratio_min", "占收入的比例"),
        ("rigid_ratio_inclusive", ""),
        ("rigid_test", ""),
        ("rigid_requires", ""),
        ("rigid_outlay_kinds", ""),
        ("rigid_basic_living", ""),
        ("rigid_window_months", "月"),
    ],
)
def test_a_value_left_to_the_county_is_asked_for(name, unit):
    stated = f'unit = "{unit}"' if unit else ""
    pack = layered(value_toml(name, f"county_must_supply = true\n{stated}"))

    answer = answered([outlay("90000")], pack=pack)

    assert (answer.outcome, answer.missing) == ("unknown", (name,))


def test_last_years_income_a_head_is_the_countys_to_give():
    answer = answered([outlay("90000")], parameters={"dibao_standard_month": "1000"})

    assert (answer.outcome, answer.missing) == ("unknown", ("rigid_income_ceiling",))


def test_income_nobody_asked_about_keeps_it_open():
    unasked = case_of(incomes=None, expenses=[outlay("1")], parameters=PARAMETERS)

    assert rung(unasked, Category.RIGID_EXPENDITURE).missing == ("household.incomes",)


def test_no_outlay_is_over_nothing():
    pack = layered(value_toml("rigid_ratio_min", 'value = 0\nunit = "占收入的比例"'))

    answer = answered([], pack=pack)

    assert answer.outcome == "fails"
    assert "没有填" in answer.reasons[0].text


def test_a_doubt_about_income_keeps_open_what_it_would_decide():
    doubtful = case_of(
        HEAD,
        incomes=[wage("2000"), income("resident_pension_basic", "500")],
        expenses=[outlay("15000")],
        parameters=PARAMETERS,
    )

    answer = rung(doubtful, Category.RIGID_EXPENDITURE)

    assert (answer.outcome, answer.missing) == ("unknown", ("basic_pension_excluded_until",))


def test_a_doubt_that_decides_nothing_leaves_the_answer_alone():
    doubtful = case_of(
        HEAD,
        incomes=[wage("2000"), income("resident_pension_basic", "500")],
        expenses=[outlay("18000.01")],
        parameters=PARAMETERS,
    )

    assert rung(doubtful, Category.RIGID_EXPENDITURE).outcome == "meets"


def test_only_the_kinds_of_outlay_the_pack_names_count():
    parameters = PARAMETERS | {"rigid_outlay_kinds": ["medical"]}
    expenses = [outlay("14400"), outlay("9000", kind="education")]

    some = answered(expenses, parameters=parameters)
    every = answered(expenses)

    assert (some.outcome, every.outcome) == ("fails", "meets")


def test_the_outlay_of_somebody_who_does_not_count_is_left_out_as_the_income_is():
    gone = member("p2", "child", status="serving_sentence")
    expenses = [outlay("14400"), outlay("9000", who="p2")]

    answer = assessed(case(expenses, "2000", HEAD, gone))

    assert answer.rung(Category.RIGID_EXPENDITURE).outcome == "fails"
    left_out = answer.working.outlay[1]
    assert (left_out.treatment, str(left_out.amount_year)) == ("disregarded", "0.00")
    assert left_out.basis


def test_while_somebodys_place_is_open_nothing_is_decided_about_the_outlay():
    """Whether p2 counts decides whether the outlay does: a failure would be no answer."""
    pack = layered(
        '[[family]]\nset = "here"\ncode = "adults"\ncounts = false\ntext = "另过"\n'
        'relation = ["sibling"]\nadult = true\ndocument = "示例"\nclause = "一"\n'
        'source = "示例"\nevidence = "sample"\n'
        + value_toml("family_rule_set", 'value = ["here", "national"]')
    )
    sibling = {"id": "p2", "relation": "sibling", "hukou": "local"}

    answer = rung(case([outlay("1")], "2000", HEAD, sibling), Category.RIGID_EXPENDITURE, pack)

    assert answer.outcome == "unknown"
    assert "household.members[1].birth" in answer.missing


def test_the_lines_of_the_outlay_add_up_and_say_why():
    answer = assessed(case([outlay("100", "month"), outlay("0.50", kind="care")])).to_json()

    lines = answer["working"]["outlay"]
    assert [(line["item"], line["formula"], line["amount_year"]) for line in lines] == [
        ("medical", "100.00 × 12", "1200.00"),
        ("care", "0.50", "0.50"),
    ]
    assert all(line["basis"] for line in lines)


@pytest.mark.parametrize(("amount", "outcome"), [("2400.00", "fails"), ("2400.01", "meets")])
def test_tianjin_outlay_with_basic_living_must_exceed_the_income_of_a_marginal_household(
    amount, outcome
):
    """1200 × 12 of income; basic living 1000 × 12 × 1 leaves 2400 of outlay at the limit."""
    answer = answered([outlay(amount)], "1200", parameters=TIANJIN)

    assert answer.outcome == outcome


def test_in_tianjin_the_ceiling_is_the_marginal_line_and_no_other_is_asked_for():
    answer = assessed(case([outlay("9000")], "1200", parameters=TIANJIN))

    assert answer.rung(Category.MARGINAL).outcome == "meets"
    assert answer.suggested is Category.RIGID_EXPENDITURE


@pytest.mark.parametrize("pay", ["900", "1500"])
def test_in_tianjin_a_household_that_is_not_marginal_is_not_taken(pay):
    answer = answered([outlay("90000")], pay, parameters=TIANJIN)

    assert answer.outcome == "fails"
    assert "低保边缘" in answer.reasons[0].text


def test_basic_living_is_a_line_of_its_own_for_everybody_who_counts():
    answer = assessed(case([], "1200", HEAD, member("p2", "spouse"), parameters=TIANJIN))

    line = answer.working.outlay[-1]
    assert (line.item, line.formula) == ("basic_living", "1000.00 × 12 × 2")
    assert str(line.amount_year) == "24000.00"


def test_a_yearly_standard_gives_basic_living_without_months():
    parameters = TIANJIN | {"dibao_standard": {"value": "6038", "unit": "元/年"}}
    del parameters["dibao_standard_month"]

    answer = assessed(case([outlay("1")], parameters=parameters))

    assert answer.working.outlay[-1].formula == "6038.00 × 1"


def test_basic_living_without_a_standard_is_the_countys_to_give():
    parameters = PARAMETERS | {"rigid_basic_living": True}
    del parameters["dibao_standard_month"]

    answer = answered([outlay("1")], parameters=parameters)

    assert "dibao_standard" in answer.missing


@pytest.mark.parametrize(
    ("pay", "amount", "outcome"),
    [
        ("2500", "6000.01", "meets"),
        ("2500", "6000.00", "fails"),
        ("2500", "0", "fails"),
        ("2500", "30000.01", "meets"),
    ],
)
def test_in_guangxi_what_is_left_must_lie_below_twice_the_standard(pay, amount, outcome):
    """2500 × 12 less the outlay against 2 × 1000 × 12 a head; no outlay, nothing rigid."""
    assert answered([outlay(amount)], pay, parameters=GUANGXI).outcome == outcome


def test_the_remainder_is_a_heads_and_not_the_households():
    two = case([outlay("24000")], "5500", HEAD, member("p2", "spouse"), parameters=GUANGXI)

    answer = rung(two, Category.RIGID_EXPENDITURE)

    assert answer.outcome == "meets"


def test_a_remainder_without_a_standard_is_the_countys_to_give():
    parameters = {key: value for key, value in GUANGXI.items() if key != "dibao_standard_month"}

    assert answered([outlay("1")], parameters=parameters).missing == ("dibao_standard",)


def test_a_remainder_nobody_set_leaves_the_other_half_of_the_test():
    answer = answered([outlay("1")], parameters=GUANGXI | {"rigid_remainder_multiple": None})

    assert answer.outcome == "fails"
    assert "不看" in answer.reasons[-1].text


def test_a_remainder_left_to_the_county_is_asked_for():
    pack = layered(
        value_toml("rigid_remainder_multiple", 'county_must_supply = true\nunit = "倍低保标准"')
        + value_toml("rigid_test", 'value = "outlay_or_remainder"')
    )

    assert answered([outlay("1")], pack=pack).missing == ("rigid_remainder_multiple",)


def test_a_doubt_about_income_keeps_the_remainder_open():
    doubtful = case_of(
        HEAD,
        incomes=[wage("2000"), income("resident_pension_basic", "500")],
        expenses=[outlay("6000")],
        parameters=GUANGXI,
    )

    answer = rung(doubtful, Category.RIGID_EXPENDITURE)

    assert (answer.outcome, answer.missing) == ("unknown", ("basic_pension_excluded_until",))


def test_income_is_taken_over_the_rungs_own_window():
    """A harvest of 9000 in January: 18,000 a year by half a year, 9000 over the twelve months."""
    harvest = {
        "member": "p1", "kind": "farming", "amount": "9000", "per": "once",
        "received_on": "2026-01-15",
    }  # fmt: skip
    parameters = PARAMETERS | {"income_window_months": 6}
    longer = case_of(incomes=[harvest], expenses=[outlay("5400.01")], parameters=parameters)
    same = case_of(
        incomes=[harvest],
        expenses=[outlay("5400.01")],
        parameters=parameters | {"rigid_window_months": 6, "rigid_ratio_min": "0.6"},
    )

    answers = [assessed(one).rung(Category.RIGID_EXPENDITURE) for one in (longer, same)]

    assert assessed(longer).to_json()["income_year"] == "18000.00"
    assert [answer.outcome for answer in answers] == ["meets", "fails"]


@pytest.mark.parametrize(
    ("window", "outcome", "missing"), [(12, "meets", ()), (6, "unknown", ("rigid_ratio_min",))]
)
def test_a_ratio_stated_for_twelve_months_judges_no_half_year(window, outcome, missing):
    """The national ratio is of twelve months (RE-2024); who looks at six must state its own."""
    parameters = PARAMETERS | {"rigid_window_months": window}
    half = [income("rent", "2000", months_in={"6": 6, "12": 12})]

    answer = rung(
        case_of(incomes=half, expenses=[outlay("14400.01")], parameters=parameters),
        Category.RIGID_EXPENDITURE,
    )

    assert (answer.outcome, answer.missing) == (outcome, missing)


def test_a_household_of_nobody_has_no_outlay():
    nobody = case_of(
        member("p1", "head", status="dead"),
        incomes=[],
        expenses=[outlay("1", who=None)],
        parameters=GUANGXI,
    )

    answer = rung(nobody, Category.RIGID_EXPENDITURE)

    assert answer.outcome == "fails"
    assert "没有人" in answer.reasons[-1].text


def test_a_met_rung_says_until_when_it_would_stand():
    hints = assessed(case([outlay("14400.01")])).hints

    validity = next(hint for hint in hints if hint.code == "rigid_validity")
    assert "2027年3月2日" in validity.text
    assert "12 个月" in validity.text
