"""按最低工资计算收入: who could work and does not (Guangdong), and who is spared."""

from __future__ import annotations

import pytest

from app.domain.households import Category
from tests.cases import HEAD, assessed, case_of, income, layered, member, rung, value_toml, wage

RULE = value_toml("imputed_wage_rule", 'value = "minimum_wage"')
GUANGDONG = layered(RULE + value_toml("minimum_wage", 'value = 1900\nunit = "元/月"'))
IDLE = HEAD | {"excused_from_work": False}


def lines(case, pack=GUANGDONG):
    return [
        (line.member, line.item, line.treatment.value, line.formula, str(line.amount_year))
        for line in assessed(case, pack).lines
    ]


def test_who_could_work_and_does_not_is_counted_with_the_minimum_wage():
    """广东省最低生活保障制度实施办法 (2019)."""
    assert lines(case_of(IDLE)) == [("p1", "imputed_wage", "counted", "1900.00 × 12", "22800.00")]
    assert assessed(case_of(IDLE), GUANGDONG).lines[0].label


def test_nobody_is_elsewhere():
    assert lines(case_of(IDLE), layered("")) == []


@pytest.mark.parametrize(
    "facts",
    [
        {"labour": "none"},
        {"labour": "partial"},
        {"excused_from_work": True},
        {"student": "undergraduate"},
        {"birth": "2010-03-03"},
        {"birth": "1966-03-02"},
    ],
)
def test_those_who_cannot_or_need_not_are_spared(facts):
    assert lines(case_of(IDLE | facts)) == []


@pytest.mark.parametrize("birth", ["2010-03-02", "1966-03-03"])
def test_working_age_is_from_16_and_to_60(birth):
    assert len(lines(case_of(IDLE | {"birth": birth}))) == 1


@pytest.mark.parametrize(
    ("one", "imputed"),
    [
        (wage("100"), False),
        (income("public_post_wage", "100"), False),
        (income("farming", "100"), False),
        (income("business", "100", None), False),
        (wage("100", None), True),
        (wage("0"), True),
        (income("rent", "100"), True),
        (wage("100", "p2"), True),
    ],
)
def test_whoever_works_is_not_idle(one, imputed):
    case = case_of(IDLE, member("p2", "spouse", labour="none"), incomes=[one])

    assert any(line[1] == "imputed_wage" for line in lines(case)) is imputed


def test_an_excuse_nobody_asked_about_may_decide():
    answer = assessed(case_of(), GUANGDONG)

    assert answer.rung(Category.DIBAO).outcome == "unknown"
    assert answer.rung(Category.DIBAO).missing == ("household.members[0].excused_from_work",)
    assert any("照料老人孩子" in warning for warning in answer.warnings)


@pytest.mark.parametrize(
    ("fact", "birth"), [("labour", "1990-01-01"), ("birth", None), ("student", "1999-01-01")]
)
def test_an_unknown_that_may_bring_a_wage_never_lets_the_household_in(fact, birth):
    head = IDLE | {"birth": birth}
    head = {key: value for key, value in head.items() if key != fact and value is not None}

    answer = assessed(case_of(head), GUANGDONG)

    assert answer.lines == ()
    assert answer.rung(Category.DIBAO).outcome == "unknown"
    assert f"household.members[0].{fact}" in answer.rung(Category.DIBAO).missing


def test_an_unknown_that_cannot_decide_does_not_keep_it_open_but_the_amount():
    """1900 of three heads stay below 1000 a head: the rung stands, its amount does not."""
    vague = {key: value for key, value in IDLE.items() if key != "labour"}
    case = case_of(vague, *(member(f"p{n}", "child", "2015-01-01") for n in (2, 3)))

    answer = assessed(case, GUANGDONG)

    assert answer.rung(Category.DIBAO).outcome == "meets"
    assert answer.benefit_month is None
    assert answer.rung(Category.DIBAO).benefit_missing == ("household.members[0].labour",)
    assert "household.members[0].labour" in answer.missing


@pytest.mark.parametrize(
    ("toml", "lacking"),
    [
        (RULE, "minimum_wage"),
        (value_toml("imputed_wage_rule", "county_must_supply = true"), "imputed_wage_rule"),
    ],
)
def test_what_the_county_has_not_said_is_asked_for(toml, lacking):
    answer = rung(case_of(IDLE), Category.DIBAO, layered(toml))

    assert (answer.outcome, answer.missing) == ("unknown", (lacking,))


def test_above_the_line_the_county_need_not_say_it():
    case = case_of(IDLE, incomes=[income("rent", "1600")])

    assert rung(case, Category.DIBAO, layered(RULE)).outcome == "fails"


def test_rigid_outlay_is_not_sure_while_a_wage_may_come_on_top():
    vague = {key: value for key, value in IDLE.items() if key != "labour"}
    case = case_of(
        vague,
        incomes=[income("rent", "1600")],
        expenses=[{"member": None, "kind": "medical", "amount": "15000", "per": "year"}],
        parameters={
            "dibao_standard_month": "1000",
            "rigid_income_ceiling": {"value": "60000", "unit": "元/年"},
        },
    )

    answer = rung(case, Category.RIGID_EXPENDITURE, GUANGDONG)

    assert (answer.outcome, answer.missing) == ("unknown", ("household.members[0].labour",))
