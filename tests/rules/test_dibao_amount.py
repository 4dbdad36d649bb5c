"""What 低保 pays: the gap, a floor, classes, supplements; exact until rounded once."""

from __future__ import annotations

from fractions import Fraction

import pytest

from app.domain.households import Category
from app.domain.problem import Refused
from app.rules.casefile import parse_case
from app.rules.dibao import dibao_benefit
from app.rules.means import means_of
from app.rules.terms import terms_of
from tests.cases import (
    HEAD,
    ON,
    assessed,
    case_of,
    data_of,
    income,
    layered,
    member,
    national,
    rung,
    value_toml,
    wage,
)

YUAN = 'unit = "元/月"'


def steps(answer):
    """(member, text, formula, yuan) of every step of the amount."""
    return [(one.member, one.text, one.formula, one.fen / 100) for one in answer.benefit_lines]


def paid(case, pack=None):
    return rung(case, Category.DIBAO, pack)


def test_the_gap_is_worked_out_over_the_year_and_rounded_once():
    """Acceptance test 6: 632 × 3 − 1894 = 2, not 3."""
    case = case_of(
        HEAD,
        member("p2", "spouse"),
        member("p3", "child", "2015-01-01"),
        incomes=[wage("1894")],
        parameters={"dibao_standard_month": "632"},
    )

    answer = paid(case)

    assert str(answer.benefit_month) == "2.00"
    assert steps(answer) == [
        (None, "低保标准", "632.00 × 3", 1896),
        (None, "减去家庭收入", "22728.00 ÷ 12", -1894),
    ]
    assert all(one.basis for one in answer.benefit_lines)


def test_rounding_is_a_step_of_its_own_and_the_steps_sum_to_what_is_paid():
    case = case_of(
        HEAD,
        incomes=[wage("100.01", per="year")],
        parameters={"dibao_standard": {"value": "6038", "unit": "元/年"}},
    )

    answer = paid(case)

    assert steps(answer)[:2] == [
        (None, "低保标准", "6038.00 ÷ 12 × 1", Fraction(6038, 12)),
        (None, "减去家庭收入", "100.01 ÷ 12", Fraction(-10001, 1200)),
    ]
    assert answer.benefit_lines[-1].text == "取整"
    assert answer.benefit_lines[-1].formula == "全户进到整 1.00 元"
    assert sum(one.fen for one in answer.benefit_lines) == answer.benefit_month.fen == 49500


@pytest.mark.parametrize(
    ("mode", "on", "due"),
    [
        ("up", "household_total", "1334.00"),
        ("down", "household_total", "1333.00"),
        ("half_up", "household_total", "1333.00"),
        ("up", "per_person", "1335.00"),
        ("down", "per_person", "1332.00"),
    ],
)
def test_mode_and_order_of_rounding_are_the_packs(mode, on, due):
    """3000 less 20000 a year for three: 1333.33 a month together, 444.44 each."""
    pack = layered(
        value_toml("amount_rounding", f'value = {{ mode = "{mode}", step = "1.00", on = "{on}" }}')
    )
    case = case_of(
        HEAD,
        member("p2", "spouse"),
        member("p3", "child", "2015-01-01"),
        incomes=[wage("20000", per="year")],
    )

    assert str(paid(case, pack).benefit_month) == due


def test_rounding_left_to_the_county_is_missing_and_named():
    pack = layered(value_toml("amount_rounding", "county_must_supply = true"))

    answer = assessed(case_of(incomes=[wage("500")]), pack)

    assert (answer.suggested, answer.benefit_month) == (Category.DIBAO, None)
    assert answer.rung(Category.DIBAO).benefit_missing == ("amount_rounding",)
    assert "amount_rounding" in answer.missing
    assert answer.rung(Category.DIBAO).benefit_lines


def test_a_floor_lifts_a_small_gap_and_says_so():
    pack = layered(value_toml("min_topup_pct_of_std", 'value = 20\nunit = "%"'))

    low, high = paid(case_of(incomes=[wage("950")]), pack), paid(case_of(), pack)

    assert str(low.benefit_month) == "200.00"
    assert steps(low)[-1] == (None, "补到最低补差", "低保标准 × 1 的 20%", 150)
    assert str(high.benefit_month) == "1000.00"


def test_a_floor_left_to_the_county_is_not_made_up():
    pack = layered(value_toml("min_topup_pct_of_std", 'county_must_supply = true\nunit = "%"'))

    assert str(paid(case_of(incomes=[wage("950")]), pack).benefit_month) == "50.00"


TIERS = value_toml("tier_amounts", f"value = {{ A = 264, B = 209, C = 176 }}\n{YUAN}")
RULE = value_toml(
    "tier_rule",
    'value = [{ tier = "A", labour = "none" }, { tier = "B", labour = "partial" }, '
    '{ tier = "C", labour = "able" }]',
)


@pytest.mark.parametrize(
    ("labours", "tier", "due"),
    [
        (("none", "none"), "A", "528.00"),
        (("none", "partial"), "B", "418.00"),
        (("able", "unknown"), "C", "352.00"),
    ],
)
def test_the_class_goes_by_the_best_labour_of_the_household(labours, tier, due):
    """腾冲 2017: 264/209/176 a head (domain §6)."""
    case = case_of(HEAD | {"labour": labours[0]}, member("p2", "spouse", labour=labours[1]))

    answer = paid(case, layered(TIERS + RULE))

    assert str(answer.benefit_month) == due
    assert answer.benefit_lines[0].text.startswith(f"分档补助{tier}档")


@pytest.mark.parametrize(
    ("birth", "labour", "tier"),
    [
        ("2011-01-01", "able", "A"),
        ("2011-01-01", "unknown", "A"),
        ("1960-01-01", "none", "A"),
        ("1960-01-01", "able", "C"),
    ],
)
def test_children_have_no_labour_and_elders_what_is_said(birth, labour, tier):
    case = case_of(HEAD | {"labour": "none"}, member("p2", "parent", birth, labour=labour))

    assert paid(case, layered(TIERS + RULE)).benefit_lines[0].text.startswith(f"分档补助{tier}档")


@pytest.mark.parametrize("birth", ["1990-01-01", "1950-01-01"])
def test_labour_nobody_asked_about_keeps_the_class_open(birth):
    case = case_of(HEAD | {"labour": "none"}, member("p2", "spouse", birth, labour="unknown"))

    answer = paid(case, layered(TIERS + RULE))

    assert (answer.outcome, answer.benefit_month) == ("meets", None)
    assert answer.benefit_missing == ("household.members[1].labour",)


@pytest.mark.parametrize(
    ("toml", "missing"),
    [
        (TIERS, "tier_rule"),
        (TIERS + value_toml("tier_rule", "county_must_supply = true"), "tier_rule"),
        (
            TIERS + value_toml("tier_rule", 'value = [{ tier = "A", labour = "none" }]'),
            "tier_rule",
        ),
        (
            TIERS + value_toml("tier_rule", 'value = [{ tier = "D", labour = "able" }]'),
            "tier_amounts",
        ),
        (value_toml("tier_amounts", f"county_must_supply = true\n{YUAN}"), "tier_amounts"),
    ],
)
def test_a_class_the_county_has_not_said_is_unknown_and_named(toml, missing):
    answer = paid(case_of(), layered(toml))

    assert (answer.outcome, answer.benefit_month) == ("meets", None)
    assert answer.benefit_missing == (missing,)


SUPPLEMENT = value_toml(
    "category_supplement",
    "value = { severe_disability = 100, serious_illness = 80, elderly = 60, minor = 50 }\n" + YUAN,
) + value_toml("supplement_elderly_age", 'value = 70\nunit = "周岁"')


@pytest.mark.parametrize(
    ("facts", "extra"),
    [
        ({}, None),
        ({"birth": "2010-01-01"}, ("未成年", 50)),
        ({"birth": "1956-03-02"}, ("高龄", 60)),
        ({"birth": "1956-03-03"}, None),
        ({"serious_illness": True}, ("重病", 80)),
        ({"disability": {"kind": "visual", "level": 2}}, ("重残", 100)),
        ({"disability": {"kind": "visual", "level": 3}}, None),
        ({"birth": "2010-01-01", "serious_illness": True}, ("重病", 80)),
        ({"serious_illness": True, "disability": {"kind": "mental", "level": 1}}, ("重残", 100)),
        ({"serious_illness": None, "disability": {"kind": "mental", "level": 1}}, ("重残", 100)),
    ],
)
def test_each_person_gets_the_highest_class_once(facts, extra):
    answer = paid(case_of(HEAD, member("p2", "spouse", **facts)), layered(SUPPLEMENT))

    more = 0 if extra is None else extra[1]
    assert answer.benefit_month.fen == (2000 + more) * 100
    assert [(one[0], one[1]) for one in steps(answer)[2:]] == (
        [] if extra is None else [("p2", f"分类施保（{extra[0]}）")]
    )


def test_a_class_that_pays_no_more_than_the_one_found_is_not_asked_about():
    """50 for a minor is what an illness nobody asked about would bring as well."""
    equal = value_toml(
        "category_supplement", f"value = {{ minor = 50, serious_illness = 50 }}\n{YUAN}"
    )
    case = case_of(HEAD, member("p2", "child", "2015-01-01", serious_illness=None))

    answer = paid(case, layered(equal))

    assert (answer.benefit_month.fen, answer.benefit_missing) == (2050_00, ())


def test_supplements_come_on_top_of_classes_and_of_each_persons_share():
    pack = layered(
        TIERS + RULE + SUPPLEMENT + value_toml(
            "amount_rounding", 'value = { mode = "up", step = "100", on = "per_person" }'
        )
    )  # fmt: skip
    case = case_of(HEAD, member("p2", "child", "2015-01-01", labour="none"))

    answer = paid(case, pack)

    assert str(answer.benefit_month) == "500.00"
    assert [one[1] for one in steps(answer)] == [
        "分档补助C档（能干活）",
        "分类施保（未成年）",
        "取整",
    ]


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ({"serious_illness": None}, ("household.members[1].serious_illness",)),
        ({"disability": {}}, ("household.members[1].disability.level",)),
        ({"birth": None}, ("household.members[1].birth",)),
    ],
)
def test_a_class_that_may_pay_more_keeps_the_amount_open(facts, missing):
    answer = paid(case_of(HEAD, member("p2", "spouse", **facts)), layered(SUPPLEMENT))

    assert (answer.outcome, answer.benefit_month) == ("meets", None)
    assert answer.benefit_missing == missing


@pytest.mark.parametrize(
    ("toml", "facts", "missing"),
    [
        (
            value_toml("category_supplement", f"value = {{ elderly = 60 }}\n{YUAN}"),
            {"birth": "1950-01-01"},
            "supplement_elderly_age",
        ),
        (
            SUPPLEMENT + value_toml("supplement_disability_groups", "county_must_supply = true"),
            {},
            "supplement_disability_groups",
        ),
        (
            value_toml("category_supplement", f"county_must_supply = true\n{YUAN}"),
            {},
            "category_supplement",
        ),
    ],
)
def test_what_the_county_has_not_said_about_supplements_is_named(toml, facts, missing):
    answer = paid(case_of(HEAD | facts), layered(toml))

    assert (answer.benefit_month, answer.benefit_missing) == (None, (missing,))


def test_an_age_from_which_one_is_elderly_is_not_asked_for_the_young():
    pack = layered(value_toml("category_supplement", f"value = {{ elderly = 60 }}\n{YUAN}"))

    assert str(paid(case_of(), pack).benefit_month) == "1000.00"


def test_only_the_four_classes_exist():
    with pytest.raises(Refused) as caught:
        layered(value_toml("category_supplement", f"value = {{ widow = 60 }}\n{YUAN}"))

    assert caught.value.field == "test/1.toml: value[0](category_supplement).value"
    assert "widow" in caught.value.what


@pytest.mark.parametrize(
    "value",
    [
        '[{ tier = "A", labour = "none" }, { tier = "B", labour = "none" }]',
        '[{ tier = "A", labour = "unknown" }]',
        '[{ tier = "A" }]',
        '[{ labour = "none" }]',
        "1",
    ],
)
def test_a_rule_for_classes_that_cannot_stand_is_refused(value):
    with pytest.raises(Refused) as caught:
        layered(value_toml("tier_rule", f"value = {value}"))

    assert (caught.value.code, caught.value.field) == (
        "C-04",
        "test/1.toml: value[0](tier_rule).value",
    )


def test_the_steps_of_what_is_suggested_are_the_working_of_the_answer():
    answer = assessed(case_of(incomes=[income("rent", "300")]))

    assert answer.working.benefit == answer.rung(Category.DIBAO).benefit_lines
    written = answer.to_json()["working"]["benefit"]
    assert [one["amount_month"] for one in written] == ["1000.00", "-300.00"]
    assert all(one["basis"] and one["text"] for one in written)


@pytest.mark.parametrize(
    ("toml", "due", "missing"),
    [
        ("", None, ()),
        (value_toml("marginal_allowance", f"value = 314\n{YUAN}"), "314.00", ()),
        (
            value_toml("marginal_allowance", f"county_must_supply = true\n{YUAN}"),
            None,
            ("marginal_allowance",),
        ),
    ],
)
def test_a_marginal_household_gets_what_the_pack_pays_if_anything(toml, due, missing):
    """天津 2025-09-01: 边缘救助金 314 元/户·月 (TJ-2025)."""
    case = case_of(HEAD, member("p2", "spouse"), incomes=[wage("2400")])

    answer = rung(case, Category.MARGINAL, layered(toml))

    assert answer.outcome == "meets"
    assert (answer.benefit_month and str(answer.benefit_month)) == due
    assert answer.benefit_missing == missing


def test_asked_without_a_standard_the_gap_is_missing():
    facts = parse_case(data_of(case_of(parameters={})))
    means = means_of(facts, terms_of(national(), ON), ON)

    assert dibao_benefit(means).missing == ("dibao_standard",)
