"""Who counts: the national rule set, hukou elsewhere, and a region's own set."""

from __future__ import annotations

import pytest

from app.domain.households import Category
from tests.cases import CITED, HEAD, assessed, case_of, layered, member, rung, value_toml


def counts(**facts) -> bool:
    """Whether a second member with these facts counts nationally."""
    relation = facts.pop("relation", "child")
    birth = facts.pop("birth", "2000-01-01")
    case = case_of(HEAD, member("p2", relation, birth, **facts))
    return "p2" in assessed(case).counted_members


@pytest.mark.parametrize(
    ("facts", "counted"),
    [
        ({}, True),
        ({"relation": "spouse", "living": "away_for_work"}, True),
        ({"relation": "parent", "birth": "1950-01-01"}, True),
        ({"relation": "parent", "birth": "1950-01-01", "living": "separate"}, False),
        ({"relation": "parent", "birth": "1950-01-01", "living": "away_for_work"}, False),
        ({"birth": "2015-01-01"}, True),
        ({"birth": "2015-01-01", "living": "away_for_study"}, True),
        ({"birth": "2015-01-01", "living": "separate"}, False),
        ({"living": "separate"}, False),
        ({"living": "shares_budget"}, True),
        ({"living": "away_for_work"}, False),
        ({"living": "away_for_study", "student": "undergraduate"}, True),
        ({"living": "away_for_study", "student": "postgraduate"}, False),
        ({"student": "postgraduate"}, False),
        ({"relation": "grandchild", "student": "postgraduate"}, False),
        ({"status": "serving_sentence"}, False),
        ({"status": "compulsory_rehab"}, False),
        ({"status": "declared_missing"}, False),
        ({"status": "clergy_3y"}, False),
        ({"status": "dead"}, False),
        ({"status": "conscript"}, True),
        ({"status": "no_civil_capacity"}, True),
        ({"relation": "spouse", "status": "serving_sentence"}, False),
    ],
)
def test_who_counts_nationally(facts, counted):
    """民发〔2021〕57号 第七条; domain §1.7."""
    assert counts(**facts) is counted


def test_a_member_about_whom_little_is_known_counts_by_being_listed():
    answer = assessed(case_of(HEAD, {"id": "p2", "relation": "parent", "birth": "1950-01-01"}))

    assert answer.counted_members == ("p1", "p2")


def test_where_a_birth_date_decides_it_is_asked_for():
    unasked = {"id": "p2", "relation": "sibling", "living": "away_for_work"}

    answer = rung(case_of(HEAD, unasked), Category.DIBAO)

    assert answer.outcome == "unknown"
    assert answer.missing == ("household.members[1].birth",)


@pytest.mark.parametrize(
    ("birth", "living"), [("1996-03-03", "together"), ("1990-01-01", "away_for_study")]
)
def test_where_the_kind_of_study_decides_it_is_asked_for(birth, living):
    unasked = member("p2", "child", birth, living=living)
    del unasked["student"]

    assert rung(case_of(HEAD, unasked), Category.DIBAO).missing == ("household.members[1].student",)


def test_a_grown_child_past_thirty_is_not_asked_whether_he_studies():
    unasked = member("p2", "child", "1996-03-02")
    del unasked["student"]

    assert rung(case_of(HEAD, unasked), Category.DIBAO).outcome == "meets"


@pytest.mark.parametrize(
    ("word", "relation", "hukou", "counted"),
    [
        ("no", "spouse", "nonlocal", False),
        ("no", "parent", "residence_permit", False),
        ("no", "parent", "local", True),
        ("no", "parent", "none", True),
        ("spouse", "spouse", "nonlocal", True),
        ("spouse", "parent", "nonlocal", False),
        ("residence_permit", "parent", "residence_permit", True),
        ("residence_permit", "parent", "nonlocal", False),
        ("yes", "parent", "hk_macao", True),
    ],
)
def test_hukou_elsewhere_counts_as_the_pack_says(word, relation, hukou, counted):
    pack = layered(value_toml("nonlocal_member_counts", f'value = "{word}"'))
    case = case_of(HEAD, member("p2", relation, "1960-01-01", hukou=hukou))

    assert ("p2" in assessed(case, pack).counted_members) is counted


def test_hukou_elsewhere_left_to_the_county_is_asked_for():
    pack = layered(value_toml("nonlocal_member_counts", "county_must_supply = true"))

    answer = rung(case_of(HEAD, member("p2", "spouse", hukou="nonlocal")), Category.DIBAO, pack)

    assert (answer.outcome, answer.missing) == ("unknown", ("nonlocal_member_counts",))


def test_a_household_that_holds_a_residence_permit_may_apply_where_it_lives():
    pack = layered(value_toml("nonlocal_member_counts", 'value = "residence_permit"'))

    assert rung(case_of(HEAD | {"hukou": "residence_permit"}), Category.DIBAO, pack).outcome == (
        "meets"
    )


DAHUA = layered(
    value_toml("family_rule_set", 'value = ["dahua", "national"]')
    + '[[family]]\nset = "dahua"\ncode = "postgraduate"\ncounts = true\n'
    'text = "全日制本科以上靠家庭供养的学生算。"\nrelation = ["child"]\n'
    'student = ["postgraduate"]\nhukou = ["local"]\n' + CITED
)
"""大化 2024 一(一)1: students above the bachelor's degree count; then the national rules."""


def test_a_graduate_student_counts_in_dahua_and_not_nationally():
    """Acceptance test 5."""
    case = case_of(HEAD, member("p2", "child", "2000-01-01", student="postgraduate"))

    assert assessed(case, DAHUA).counted_members == ("p1", "p2")
    assert assessed(case).counted_members == ("p1",)


def test_a_condition_on_hukou_asks_for_hukou():
    away = member("p2", "child", "2000-01-01", student="postgraduate", hukou="none")

    assert assessed(case_of(HEAD, away), DAHUA).counted_members == ("p1",)


def test_a_rule_set_left_to_the_county_is_asked_for():
    pack = layered(value_toml("family_rule_set", "county_must_supply = true"))

    assert rung(case_of(), Category.DIBAO, pack).missing == ("family_rule_set",)
