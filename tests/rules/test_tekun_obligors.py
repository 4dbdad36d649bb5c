"""特困: who is bound to support, and whether they are able to."""

from __future__ import annotations

import pytest

from app.domain.households import Category
from app.domain.problem import Refused
from app.rules.casefile import parse_case
from tests.cases import HEAD, case_of, data_of, income, layered, member, rung, value_toml
from tests.tekun import ELDER, answered

CEILING = {
    "dibao_standard_month": "1000.00",
    "rigid_income_ceiling": {"value": "20000", "unit": "元/年"},
}

SON = {"id": "o1", "relation": "son", "birth": "1988-01-01", "status": "normal"}


@pytest.mark.parametrize(
    ("change", "outcome", "missing"),
    [
        ({}, "fails", ()),
        ({"status": "serving_sentence"}, "meets", ()),
        ({"status": "declared_missing"}, "meets", ()),
        ({"status": "no_civil_capacity"}, "meets", ()),
        ({"status": "dead"}, "meets", ()),
        ({"birth": None}, "unknown", ("household.obligors[0].birth",)),
        ({"birth": "2009-01-01"}, "meets", ()),
        ({"birth": "1960-01-01"}, "unknown", ("household.obligors[0].receives",)),
        ({"birth": "1960-01-01", "receives": []}, "fails", ()),
        ({"birth": "1960-01-01", "receives": ["dibao"]}, "meets", ()),
        ({"birth": "1970-01-01", "receives": ["dibao"]}, "fails", ()),
        ({"birth": "1970-01-01", "receives": ["tekun"]}, "meets", ()),
        ({"birth": "1960-01-01", "monthly_income": "1700"}, "fails", ()),
        (
            {"birth": "1950-01-01", "receives": []},
            "unknown",
            ("household.obligors[0].monthly_income",),
        ),
        ({"disability": {"kind": "hearing", "level": 2}, "monthly_income": "0"}, "meets", ()),
        ({"disability": {"kind": "mental", "level": 3}, "monthly_income": "0"}, "meets", ()),
        ({"disability": {"kind": "mental", "level": 4}, "monthly_income": "0"}, "fails", ()),
        ({"disability": {"kind": "physical", "level": 3}, "monthly_income": "0"}, "fails", ()),
        ({"disability": {"kind": "physical", "level": 1}, "monthly_income": "1700"}, "fails", ()),
        (
            {"disability": {"kind": "physical"}, "monthly_income": "0"},
            "unknown",
            ("household.obligors[0].disability.level",),
        ),
        ({"status": "serving_sentence", "within_property_limits": False}, "fails", ()),
        ({"status": "serving_sentence", "within_property_limits": True}, "meets", ()),
        (
            {
                "birth": "1950-01-01",
                "monthly_income": "0",
                "within_property_limits": False,
                "receives": [],
            },
            "fails",
            (),
        ),
        ({"birth": "1950-01-01", "monthly_income": "1000"}, "meets", ()),
        ({"birth": "1950-01-01", "monthly_income": "1700"}, "fails", ()),
    ],
)
def test_an_obligor_outside_counts_unless_the_law_excuses_him(change, outcome, missing):
    """民发〔2021〕43号 第八条."""
    answer = answered(ELDER, obligors=[SON | change], parameters=CEILING)

    assert (answer.outcome, answer.missing) == (outcome, missing)


def test_without_last_years_income_a_head_an_old_obligor_stays_open():
    old = SON | {"birth": "1950-01-01", "monthly_income": "1000"}

    assert answered(ELDER, obligors=[old]).missing == (
        "rigid_income_ceiling",
        "household.obligors[0].receives",
    )


def test_obligors_nobody_asked_about_are_asked_for():
    assert answered(ELDER, obligors=None).missing == ("household.obligors",)


GRAVE = {"disability": {"kind": "physical", "level": 1}}

ENOUGH = [income("rent", "1100", "p2")]
"""Keeps the child from being asked about for itself, and below last year's income a head."""


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        ({"labour": "able"}, "fails"),
        ({"labour": "none"}, "fails"),
        ({"labour": "able", "birth": "1964-01-01", "receives": ["dibao"]}, "meets"),
        ({"labour": "able", "birth": "1950-01-01"}, "meets"),
        ({"labour": "none", **GRAVE}, "meets"),
        ({"labour": "none", "status": "no_civil_capacity"}, "meets"),
        ({"labour": "none", "receives": ["tekun"]}, "meets"),
        ({"labour": "none", "birth": "1964-01-01", "receives": ["dibao"]}, "meets"),
        ({"labour": "none", "birth": "1964-01-01"}, "fails"),
        ({"labour": "none", "birth": "1950-01-01"}, "meets"),
        ({"labour": "none", "status": "dead"}, "meets"),
    ],
)
def test_a_grown_child_in_the_household_counts_unless_excused(facts, outcome):
    child = member("p2", "child", facts.pop("birth", "1985-01-01"), **facts)

    answer = rung(case_of(ELDER, child, parameters=CEILING, incomes=ENOUGH), Category.TEKUN)

    assert answer.outcome == outcome


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ({"birth": "1964-01-01", "receives": None}, "household.members[1].receives"),
        ({"birth": "1964-01-01", "disability": {}}, "household.members[1].disability.level"),
    ],
)
def test_what_is_not_known_of_a_child_is_asked_for(facts, missing):
    child = member("p2", "child", labour="none", **facts)

    answer = rung(case_of(ELDER, child, parameters=CEILING, incomes=ENOUGH), Category.TEKUN)

    assert answer.outcome == "unknown"
    assert missing in answer.missing


def test_a_grown_child_of_unknown_age_is_asked_about():
    child = {key: value for key, value in member("p2", "child").items() if key != "birth"}

    answer = rung(case_of(ELDER, child | {"labour": "none"}), Category.TEKUN)

    assert "household.members[1].birth" in answer.missing


def test_a_disabled_child_with_income_above_last_years_must_support():
    child = member("p2", "child", "1985-01-01", labour="none", **GRAVE)
    case = case_of(ELDER, child, parameters=CEILING, incomes=[income("rent", "5000", "p2")])

    assert rung(case, Category.TEKUN).outcome == "fails"


def test_a_grown_childs_income_nobody_asked_about_keeps_it_open():
    child = member("p2", "child", "1950-06-01", labour="none")

    answer = rung(case_of(ELDER, child, incomes=None), Category.TEKUN)

    assert answer.missing == ("household.incomes",)


def test_minors_owe_nothing():
    grandchild = member("p2", "child", "2015-01-01", labour="none")

    answer = rung(case_of(ELDER, grandchild), Category.TEKUN)

    assert (answer.outcome, answer.members) == ("meets", ("p1",))


@pytest.mark.parametrize(
    ("people", "asked"),
    [
        ([HEAD, member("p2", "child", "2015-01-01")], ()),
        ([member("p1", "head", "2012-01-01"), member("p2", "parent", "1985-01-01")], ()),
        (
            [
                member("p1", "head", "1960-01-01", labour="able"),
                member("p2", "grandchild", "2015-01-01"),
            ],
            ("p1", "p2"),
        ),
    ],
)
def test_a_minor_with_a_parent_at_home_is_not_asked_about(people, asked):
    assert rung(case_of(*people), Category.TEKUN).members == asked


def test_a_parent_who_is_a_child_brings_nobody_up():
    case = case_of(member("p1", "head", "2010-06-01"), member("p2", "child", "2025-01-01"))

    assert rung(case, Category.TEKUN).members == ("p1", "p2")


def test_a_pension_that_may_not_count_does_not_take_an_obligor_into_the_able():
    """1500 without the basic pension is below 20000 a year, 1800 with it is not."""
    child = member("p2", "child", "1985-01-01", labour="none", **GRAVE)
    incomes = [income("rent", "1500", "p2"), income("resident_pension_basic", "300", "p2")]

    answer = rung(case_of(ELDER, child, parameters=CEILING, incomes=incomes), Category.TEKUN)

    assert (answer.outcome, answer.missing) == ("unknown", ("basic_pension_excluded_until",))


def test_a_grave_obligor_is_who_the_law_says_whatever_groups_a_pack_has():
    """第八条: 重残, of the mind also level three — not the level four Mangshi takes in alone."""
    groups = layered(
        value_toml("single_person_groups", 'value = [{ code = "all", levels = [1, 2, 3, 4] }]')
    )
    child = member(
        "p2", "child", "1985-01-01", labour="none", disability={"kind": "mental", "level": 4}
    )

    answer = rung(case_of(ELDER, child, parameters=CEILING, incomes=ENOUGH), Category.TEKUN, groups)

    assert answer.outcome == "fails"


def test_an_imprisoned_child_with_too_much_property_must_support():
    child = member("p2", "child", "1985-01-01", status="serving_sentence")
    rich = [{"kind": "deposit", "amount": "900000"}]

    assert answered(ELDER, child, assets=rich).outcome == "fails"
    assert answered(ELDER, child).outcome == "meets"


ABLE = SON | {"receives": [], "monthly_income": "5000"}
BROTHER = member("p2", "sibling", "1954-01-01", labour="none")


@pytest.mark.parametrize(
    ("change", "outcome", "members", "missing"),
    [
        ({}, "unknown", ("p1", "p2"), ("household.obligors[0].supports",)),
        ({"supports": ["p1"]}, "meets", ("p2",), ()),
        ({"supports": ["p1", "p2"]}, "fails", ("p1", "p2"), ()),
        ({"supports": []}, "meets", ("p1", "p2"), ()),
        ({"status": "serving_sentence"}, "meets", ("p1", "p2"), ()),
    ],
)
def test_of_two_brothers_only_the_one_with_a_son_is_supported(change, outcome, members, missing):
    answer = answered(ELDER, BROTHER, obligors=[ABLE | change], parameters=CEILING)

    assert (answer.outcome, answer.members, answer.missing) == (outcome, members, missing)


@pytest.mark.parametrize(
    ("relation", "change", "outcome"),
    [
        ("son", {}, "fails"),
        ("儿子", {}, "fails"),
        ("nephew", {}, "unknown"),
        ("other", {}, "unknown"),
        ("nephew", {"supports": []}, "meets"),
        ("nephew", {"supports": ["p1"]}, "fails"),
        ("nephew", {"status": "serving_sentence"}, "meets"),
    ],
)
def test_a_relative_the_law_may_not_bind_is_asked_about(relation, change, outcome):
    answer = answered(ELDER, obligors=[ABLE | {"relation": relation} | change])

    assert answer.outcome == outcome
    assert answer.missing == (("household.obligors[0].supports",) if outcome == "unknown" else ())


@pytest.mark.parametrize(
    ("change", "outcome", "missing"),
    [
        ({}, "unknown", ("household.obligors[0].supports",)),
        ({"supports": ["p1", "p2"]}, "fails", ()),
        ({"supports": ["p1"]}, "meets", ()),
    ],
)
def test_of_a_couple_it_is_asked_whose_son_he_is(change, outcome, missing):
    """A son of his first wife owes the second nothing: nobody is turned away on a guess."""
    wife = member("p2", "spouse", "1956-01-01", labour="none", receives=["tekun"])

    answer = answered(ELDER | {"receives": ["tekun"]}, wife, obligors=[ABLE | change])

    assert (answer.outcome, answer.missing) == (outcome, missing)


MOTHER = member("p1", "head", "1990-01-01", labour="none")
CHILD = member("p2", "child", "2018-01-01", labour="none")
MIND_1 = {"kind": "mental", "level": 1}


@pytest.mark.parametrize(
    ("facts", "members"),
    [
        ({"disability": MIND_1}, ("p1", "p2")),
        ({"disability": {"kind": "hearing", "level": 2}}, ("p2",)),
        ({"disability": {"kind": "hearing", "level": 3}}, ()),
        ({"receives": ["tekun"]}, ("p2",)),
    ],
)
def test_a_parent_the_law_excuses_brings_nobody_up(facts, members):
    """第八条 (domain §2.6): 特困 themselves and the gravely disabled with little are not able."""
    answer = rung(case_of(MOTHER | facts, CHILD, parameters=CEILING), Category.TEKUN)

    assert answer.members == members
    assert answer.outcome == ("meets" if members else "fails")


def test_a_parent_whose_certificate_nobody_looked_at_keeps_the_child_open():
    vague = MOTHER | {"disability": {"kind": "hearing"}}

    answer = rung(case_of(vague, CHILD, parameters=CEILING), Category.TEKUN)

    assert (answer.outcome, answer.members) == ("unknown", ("p2",))
    assert answer.missing == ("household.members[0].disability.level",)


def test_somebody_outside_is_bound_to_people_of_the_case():
    with pytest.raises(Refused) as refused:
        parse_case(data_of(case_of(ELDER, obligors=[SON | {"supports": ["p1", "p7"]}])))

    assert refused.value.what.startswith("household.obligors[0].supports[1]：")
