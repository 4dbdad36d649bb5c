"""Income lines: windows, disregards, the basic pension, job costs, maintenance."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.households import Category, IncomeKind
from tests.cases import (
    FIRST_JOB,
    FIRST_JOB_600,
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

MIGRANT_500 = {"value": {"amount": 500}}
STANDARD = {"dibao_standard_month": "1000.00"}
DISREGARDED = {
    "veteran_benefit", "disability_subsidy", "orphan_allowance", "elderly_allowance",
    "family_planning_award", "honour_award", "student_aid", "temporary_relief", "charity", "dibao",
}  # fmt: skip
"""domain §2.2 不计入."""


def working(case, pack=None, on=date(2026, 3, 2)):
    """(item, treatment, formula, amount) of every line."""
    return [
        (line.item, line.treatment.value, line.formula, str(line.amount_year))
        for line in assessed(case, pack, on).lines
    ]


@pytest.mark.parametrize("kind", [kind.value for kind in IncomeKind])
def test_every_kind_of_income_is_counted_or_disregarded_as_the_national_pack_says(kind):
    [(item, treatment, formula, amount)] = working(case_of(incomes=[income(kind, "100")]))

    assert (item, formula) == (kind, "100.00 × 12")
    if kind in DISREGARDED:
        assert (treatment, amount) == ("disregarded", "0.00")
    else:
        assert (treatment, amount) == ("counted", "1200.00")


@pytest.mark.parametrize(
    ("parts", "formula", "amount"),
    [
        ({"per": "month", "months": 3}, "100.00 × 3", "300.00"),
        ({"per": "year"}, "100.00", "100.00"),
        ({"per": "once"}, "100.00", "100.00"),
    ],
)
def test_a_years_income_by_month_by_year_and_once(parts, formula, amount):
    assert working(case_of(incomes=[wage("100", **parts)])) == [
        ("wage", "counted", formula, amount)
    ]


@pytest.mark.parametrize(
    ("parts", "formula", "amount"),
    [
        ({"per": "month"}, "100.00 × 6 × 12 ÷ 6", "1200.00"),
        ({"per": "month", "months": 2}, "100.00 × 2 × 12 ÷ 6", "400.00"),
        ({"per": "year"}, "100.00", "100.00"),
        ({"per": "once", "received_on": "2026-01-20"}, "100.00 × 12 ÷ 6", "200.00"),
    ],
)
def test_a_window_of_six_months_is_brought_to_the_year(parts, formula, amount):
    case = case_of(
        parameters=STANDARD | {"income_window_months": 6}, incomes=[wage("100", **parts)]
    )

    assert working(case) == [("wage", "counted", formula, amount)]


def test_a_window_left_to_the_county_is_asked_for():
    county = layered(value_toml("income_window_months", 'county_must_supply = true\nunit = "月"'))

    answer = rung(case_of(incomes=[wage("1")]), Category.DIBAO, county)

    assert (answer.outcome, answer.missing) == ("unknown", ("income_window_months",))


def test_a_household_income_belongs_to_nobody_and_counts():
    answer = assessed(case_of(incomes=[income("farming", "3000", None, per="year")]))

    assert answer.lines[0].member is None
    assert answer.to_json()["income_year"] == "3000.00"


def test_what_somebody_earns_who_does_not_count_is_shown_and_not_counted():
    case = case_of(
        HEAD, member("p2", "child", living="separate"), incomes=[wage("5000", "p2"), wage("1")]
    )

    assert [line[1] for line in working(case)] == ["disregarded", "counted"]
    assert "第七条" in assessed(case).lines[0].basis


PENSION = case_of(incomes=[income("resident_pension_basic", "300"), wage("900")])


def test_a_basic_pension_without_a_date_in_the_pack_is_counted_and_warned_about():
    answer = assessed(PENSION)

    assert answer.lines[0].treatment == "counted"
    assert any("基础养老金" in warning for warning in answer.warnings)


def test_where_the_basic_pension_decides_the_answer_stays_open():
    """900 without it is below 1000, 1200 with it is not: nobody may be failed on a doubt."""
    answer = rung(PENSION, Category.DIBAO)

    assert (answer.outcome, answer.missing) == ("unknown", ("basic_pension_excluded_until",))


@pytest.mark.parametrize(("pay", "outcome"), [("600", "meets"), ("1000", "fails")])
def test_where_it_does_not_decide_the_answer_stands(pay, outcome):
    case = case_of(incomes=[income("resident_pension_basic", "300"), wage(pay)])

    assert rung(case, Category.DIBAO).outcome == outcome


def test_the_mangshi_rule_ends_with_its_year_and_is_then_flagged():
    """芒巩固振兴组办〔2021〕6号 二(八): 十四五 ends on 2025-12-31 (acceptance test 3)."""
    mangshi = layered(value_toml("basic_pension_excluded_until", "value = 2025-12-31"))

    last_day = assessed(PENSION, mangshi, date(2025, 12, 31))
    day_after = assessed(PENSION, mangshi, date(2026, 1, 1))

    assert (last_day.lines[0].treatment, last_day.warnings) == ("disregarded", ())
    assert last_day.rung(Category.DIBAO).outcome == "meets"
    assert day_after.lines[0].treatment == "counted"
    assert "2025年12月31日" in day_after.warnings[0]
    assert day_after.rung(Category.DIBAO).outcome == "unknown"


def test_a_pension_date_left_to_the_county_is_asked_for():
    county = layered(value_toml("basic_pension_excluded_until", "county_must_supply = true"))

    assert rung(PENSION, Category.DIBAO, county).missing == ("basic_pension_excluded_until",)


def test_a_pack_that_disregards_the_basic_pension_outright_leaves_no_doubt():
    outright = layered(
        '[[income]]\nkinds = ["resident_pension_basic"]\ntreatment = "disregarded"\n'
        'document = "示例"\nclause = "一"\nsource = "示例"\nevidence = "sample"\n'
    )

    answer = assessed(PENSION, outright)

    assert (answer.lines[0].treatment, answer.warnings) == ("disregarded", ())


WORKER = HEAD | FIRST_JOB
FIRST = STANDARD | {"job_cost_first_employment": FIRST_JOB_600}


@pytest.mark.parametrize(
    ("on", "deducted"),
    [
        (date(2025, 12, 1), True),
        (date(2026, 11, 30), True),
        (date(2026, 12, 1), False),
    ],
)
def test_the_first_job_deduction_runs_for_twelve_months(on, deducted):
    worker = WORKER | {"self_declared_on": "2025-12-01"}
    case = case_of(worker, parameters=FIRST, incomes=[wage("2600")])

    lines = working(case, on=on)

    assert (("first_employment_cost", "deducted", "600.00 × 12", "-7200.00") in lines) is deducted


def test_a_deduction_never_takes_more_than_the_wage():
    case = case_of(WORKER, parameters=FIRST, incomes=[wage("500"), income("rent", "50")])

    assert working(case)[1] == (
        "first_employment_cost", "deducted", "600.00 × 12（不超过工资）", "-6000.00",
    )  # fmt: skip


def test_a_deduction_lasts_as_many_months_as_the_wage():
    case = case_of(WORKER, parameters=FIRST, incomes=[wage("2600", months=3)])

    assert working(case)[1][2:] == ("600.00 × 3", "-1800.00")


def test_a_first_job_not_declared_is_not_deducted_but_may_decide():
    undeclared = WORKER | {"self_declared_on": None}
    case = case_of(undeclared, parameters=FIRST, incomes=[wage("1200")])

    answer = assessed(case)

    assert [line.item for line in answer.lines] == ["wage"]
    assert any("主动申报" in warning for warning in answer.warnings)
    assert answer.rung(Category.DIBAO).missing == ("household.members[0].self_declared_on",)


def test_without_a_wage_nothing_is_deducted():
    case = case_of(WORKER, parameters=FIRST, incomes=[income("rent", "2600")])

    assert [line[0] for line in working(case)] == ["rent"]


AWAY = WORKER | {"living": "away_for_work"}


@pytest.mark.parametrize(
    ("parameters", "items"),
    [
        ({"job_cost_migrant": MIGRANT_500}, ["migrant_work_cost"]),
        (
            {"job_cost_migrant": MIGRANT_500, "job_cost_first_employment": FIRST_JOB_600},
            ["first_employment_cost"],
        ),
        (
            {
                "job_cost_migrant": MIGRANT_500,
                "job_cost_first_employment": FIRST_JOB_600,
                "job_cost_stacking": "stack",
            },
            ["first_employment_cost", "migrant_work_cost"],
        ),
    ],
)
def test_job_costs_stack_only_where_the_pack_says_so(parameters, items):
    case = case_of(AWAY, parameters=STANDARD | parameters, incomes=[wage("2600")])

    assert [line[0] for line in working(case)][1:] == items


def test_those_at_home_have_no_migrant_cost():
    case = case_of(parameters=STANDARD | {"job_cost_migrant": MIGRANT_500}, incomes=[wage("2600")])

    assert [line[0] for line in working(case)] == ["wage"]


def test_somebody_who_does_not_count_has_no_job_cost():
    away = member("p2", "child", living="away_for_work")
    case = case_of(
        HEAD,
        away,
        parameters=STANDARD | {"job_cost_migrant": MIGRANT_500},
        incomes=[wage("2600", "p2")],
    )

    assert [line[1] for line in working(case)] == ["disregarded"]


SON = {"id": "o", "relation": "son", "birth": "1990-01-01", "maintenance_month": "200.00"}


def test_what_a_son_outside_pays_is_income():
    assert working(case_of(obligors=[SON, SON | {"id": "o2", "maintenance_month": None}])) == [
        ("maintenance", "counted", "200.00 × 12", "2400.00")
    ]


DAUGHTER = SON | {"id": "o2", "maintenance_month": "700.00"}


def test_what_may_have_been_told_twice_is_counted_and_asked():
    case = case_of(incomes=[income("maintenance", "150")], obligors=[SON, DAUGHTER])

    answer = assessed(case)

    assert working(case) == [
        ("maintenance", "counted", "150.00 × 12", "1800.00"),
        ("maintenance", "counted", "200.00 × 12", "2400.00"),
        ("maintenance", "counted", "700.00 × 12", "8400.00"),
    ]
    assert "household.obligors[0].maintenance_month" in answer.missing
    assert any("是同一笔就只留一处" in warning for warning in answer.warnings)


@pytest.mark.parametrize(
    ("standard", "outcome"), [("1051", "meets"), ("1000", "unknown"), ("900", "fails")]
)
def test_no_outcome_rests_on_whether_it_was_told_twice(standard, outcome):
    """Nine hundred for certain, a thousand and fifty at most."""
    case = case_of(
        incomes=[income("maintenance", "150")],
        obligors=[SON, DAUGHTER],
        parameters={"dibao_standard_month": standard},
    )

    assert assessed(case).rung(Category.DIBAO).outcome == outcome


def test_what_one_who_does_not_count_is_paid_says_nothing_about_the_others():
    away = member("p2", "child", status="serving_sentence")
    paid = income("maintenance", "200", member="p2")
    case = case_of(HEAD, away, incomes=[paid], obligors=[DAUGHTER])

    answer = assessed(case)

    assert [line[1::2] for line in working(case)] == [
        ("disregarded", "0.00"),
        ("counted", "8400.00"),
    ]
    assert not any("是同一笔" in warning for warning in answer.warnings)


def test_the_dead_pay_nothing_and_the_line_says_why():
    dead = SON | {"status": "dead"}

    assert working(case_of(obligors=[dead])) == [
        ("maintenance", "disregarded", "200.00 × 12（人已去世）", "0.00")
    ]
    named = case_of(incomes=[income("maintenance", "150")], obligors=[dead, DAUGHTER])
    assert [one for one in assessed(named).missing if "obligors" in one] == [
        "household.obligors[1].maintenance_month"
    ]


def test_what_was_assessed_as_a_whole_is_not_added_to_in_silence():
    whole, beside = income("assessed", "300"), wage("500")

    both = assessed(case_of(incomes=[whole, beside])).warnings
    alone = assessed(case_of(incomes=[whole])).warnings
    of_all = assessed(case_of(incomes=[whole | {"member": None}, beside])).warnings

    assert [one for one in both if "已核定收入就是总数，又另填了工资" in one] == [
        "household.members[0]：已核定收入就是总数，又另填了工资，先都加上了，请核对有没有算重。"
    ]
    assert not any("总数" in one for one in alone)
    assert any(one.startswith("已核定收入就是总数") for one in of_all)


def test_maintenance_a_pack_disregards_is_zero():
    pack = layered(
        '[[income]]\nkinds = ["maintenance"]\ntreatment = "disregarded"\n'
        'document = "示例"\nclause = "一"\nsource = "示例"\nevidence = "sample"\n'
    )

    assert working(case_of(obligors=[SON]), pack) == [
        ("maintenance", "disregarded", "200.00 × 12", "0.00")
    ]
