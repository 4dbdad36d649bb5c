"""单人保: the groups of table 1.6, the family's condition, the amount."""

from __future__ import annotations

import pytest

from app.domain.households import Category
from tests.cases import HEAD, case_of, income, layered, member, rung, value_toml, wage

MANGSHI = layered(
    value_toml(
        "single_person_groups",
        'value = [{ code = "severe", levels = [1, 2] }, '
        '{ code = "mental", kinds = ["intellectual", "mental"], levels = [3, 4] }, '
        '{ code = "ill", serious_illness = true }]',
    )
)
"""芒巩固振兴组办〔2021〕6号 二(一): grade 4 mental and intellectual too."""


def marginal_with(pack=None, incomes=(), **facts):
    """A marginal family of two (1200 a head) whose second member has these facts."""
    second = member("p2", "spouse", **facts)
    case = case_of(HEAD, second, incomes=[wage("2400"), *incomes])
    return rung(case, Category.SINGLE_PERSON, pack)


@pytest.mark.parametrize(
    ("kind", "level", "national", "mangshi"),
    [
        ("physical", 1, True, True),
        ("visual", 2, True, True),
        ("physical", 3, False, False),
        ("mental", 3, True, True),
        ("intellectual", 3, True, True),
        ("mental", 4, False, True),
        ("intellectual", 4, False, True),
        ("hearing", 4, False, False),
    ],
)
def test_the_groups_are_the_packs(kind, level, national, mangshi):
    """Acceptance test 4: 四级精神 in Mangshi, not in the national default."""
    facts = {"disability": {"kind": kind, "level": level}}

    assert (marginal_with(**facts).outcome == "meets") is national
    assert (marginal_with(MANGSHI, **facts).outcome == "meets") is mangshi


def test_the_gravely_ill_belong_to_it_and_are_named():
    answer = marginal_with(serious_illness=True)

    assert (answer.outcome, answer.members) == ("meets", ("p2",))
    assert str(answer.benefit_month) == "1000.00"


@pytest.mark.parametrize(
    ("mode", "paid"), [("full_std", "1000.00"), ("gap", "700.00"), ("above_average", None)]
)
def test_the_amount_is_the_packs(mode, paid):
    pack = layered(value_toml("single_person_amount_mode", f'value = "{mode}"'))

    answer = marginal_with(pack, [income("rent", "300", "p2")], serious_illness=True)

    assert answer.outcome == "meets"
    assert (answer.benefit_month and str(answer.benefit_month)) == paid


def test_own_income_above_the_standard_leaves_no_gap():
    pack = layered(value_toml("single_person_amount_mode", 'value = "gap"'))
    case = case_of(
        HEAD,
        member("p2", "spouse", serious_illness=True),
        incomes=[wage("1100", "p2"), wage("1300")],
    )

    assert str(rung(case, Category.SINGLE_PERSON, pack).benefit_month) == "0.00"


def test_a_family_that_meets_dibao_needs_none():
    case = case_of(HEAD | {"serious_illness": True})

    answer = rung(case, Category.SINGLE_PERSON)

    assert answer.outcome == "fails"
    assert "整户" in answer.reasons[0].text
    assert answer.members == ()


def test_a_family_above_the_margin_is_refused():
    case = case_of(HEAD | {"serious_illness": True}, incomes=[wage("1500")])

    assert rung(case, Category.SINGLE_PERSON).outcome == "fails"


def test_a_pack_may_waive_the_familys_check():
    """粤民发 2020 (S0:L29): 对其家庭可不再进行家庭经济状况核对."""
    pack = layered(value_toml("single_person_skip_family_check", "value = true"))
    case = case_of(HEAD | {"serious_illness": True}, incomes=[wage("1500")])

    assert rung(case, Category.SINGLE_PERSON, pack).outcome == "meets"


def test_a_familys_unknown_keeps_it_open():
    case = case_of(HEAD | {"serious_illness": True}, incomes=[wage("1200")], assets=None)

    answer = rung(case, Category.SINGLE_PERSON)

    assert (answer.outcome, answer.missing) == ("unknown", ("household.assets",))


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ({"serious_illness": None}, "serious_illness"),
        ({"disability": {"kind": "mental"}}, "disability.level"),
        ({"disability": {"level": 3}}, "disability.kind"),
        ({"disability": {}}, "disability.level"),
    ],
)
def test_facts_nobody_asked_about_are_asked_for(facts, missing):
    answer = marginal_with(**facts)

    assert answer.outcome == "unknown"
    assert answer.missing == (f"household.members[1].{missing}",)
    assert answer.members == ("p2",)


def test_a_disability_nobody_asked_about_is_asked_for():
    second = member("p2", "spouse")
    del second["disability"]
    answer = rung(case_of(HEAD, second, incomes=[wage("2400")]), Category.SINGLE_PERSON)

    assert answer.missing == ("household.members[1].disability",)


def test_one_sure_member_is_enough_though_others_are_open():
    case = case_of(
        HEAD | {"serious_illness": None},
        member("p2", "spouse", serious_illness=True),
        incomes=[wage("2400")],
    )

    answer = rung(case, Category.SINGLE_PERSON)

    assert (answer.outcome, answer.members, answer.missing) == ("meets", ("p2",), ())


def test_nobody_in_the_groups_is_a_failure():
    assert marginal_with().outcome == "fails"


def test_groups_left_to_the_county_are_asked_for():
    pack = layered(value_toml("single_person_groups", "county_must_supply = true"))

    assert marginal_with(pack).missing == ("single_person_groups",)


def test_a_pack_without_groups_has_nobody():
    pack = layered(value_toml("single_person_groups", "value = []"))

    assert marginal_with(pack, serious_illness=True).outcome == "fails"


def test_an_amount_left_to_the_county_is_not_made_up():
    pack = layered(value_toml("single_person_amount_mode", "county_must_supply = true"))

    answer = marginal_with(pack, serious_illness=True)

    assert (answer.outcome, answer.benefit_month) == ("meets", None)
