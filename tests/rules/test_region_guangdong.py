"""Guangdong: the plan of 2020 (S0), the opinion of 2022 (S2): standards, persons, the ceiling."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.households import Category
from tests.cases import HEAD, ON, income, member, region, wage
from tests.guangdong import OLD, OPINION, PLAN, answer, household


def test_class_minima_are_no_countys_standard():
    dibao = answer(household(parameters={})).rung(Category.DIBAO)

    assert (dibao.outcome, dibao.missing) == ("unknown", ("dibao_standard",))


@pytest.mark.parametrize(
    ("on", "minima"),
    [
        (date(2021, 1, 1), ("1087", "967", "853", "800", "551")),
        (date(2022, 12, 31), ("1087", "967", "853", "800", "551")),
        (date(2023, 1, 1), ("1165", "1037", "914", "857", "600")),
        (ON, ("1165", "1037", "914", "857", "600")),
    ],
)
def test_the_minima_of_each_year_stand_beside_the_gap(on, minima):
    (clause,) = [
        entry.cited.clause
        for layer in region("guangdong").layers
        if layer.id == "guangdong"
        for entry in layer.values
        if entry.name == "dibao_standard" and entry.cited.covers(on)
    ]

    assert [figure for figure in minima if f"{figure}元" not in clause] == []


@pytest.mark.parametrize(
    ("disability", "on", "outcome"),
    [
        ({"kind": "physical", "level": 2}, PLAN, "meets"),
        ({"kind": "mental", "level": 3}, PLAN, "fails"),
        ({"kind": "mental", "level": 3}, OPINION, "meets"),
        ({"kind": "mental", "level": 4}, OPINION, "meets"),
        ({"kind": "intellectual", "level": 4}, ON, "meets"),
        ({"kind": "physical", "level": 3}, ON, "fails"),
    ],
)
def test_single_persons_reach_down_to_the_fourth_grade_since_2022(disability, on, outcome):
    case = household(
        OLD, OLD | {"id": "p2", "relation": "spouse", "disability": disability},
        incomes=[income("rent", "2500"), wage("1", "p2")],
    )  # fmt: skip

    assert answer(case, on).rung(Category.SINGLE_PERSON).outcome == outcome


@pytest.mark.parametrize(
    ("facts", "incomes", "outcome"),
    [
        ({"disability": {"kind": "visual", "level": 2}}, [], "meets"),
        ({"disability": {"kind": "mental", "level": 4}}, [], "meets"),
        ({"disability": {"kind": "intellectual", "level": 3}}, [], "meets"),
        ({"disability": {"kind": "visual", "level": 3}}, [], "fails"),
        ({"disability": {"kind": "visual", "level": 2}, "birth": "2010-01-01"}, [], "fails"),
        ({"disability": {"kind": "visual", "level": 2}}, [income("rent", "1000", "p2")], "fails"),
        ({"disability": {"kind": "visual", "level": 2}}, [income("rent", "999", "p2")], "meets"),
        ({"disability": {"kind": "visual", "level": 2}}, [wage("900", "p2")], "fails"),
    ],
)
@pytest.mark.parametrize("on", [OPINION, ON])
def test_a_jobless_disabled_adult_may_apply_alone_since_2019(on, facts, incomes, outcome):
    """GD-DB-2019, in a family far above every line; a person asks whether he can live apart."""
    people = {"birth": "1985-01-01", "labour": "none"} | facts
    case = household(
        OLD, member("p2", "child", **people),
        incomes=[income("rent", "9000"), *incomes],
    )  # fmt: skip

    whole = answer(case, on)

    single = whole.rung(Category.SINGLE_PERSON)
    assert (single.outcome, single.members) == (outcome, ("p2",) if outcome == "meets" else ())
    asked = [text for text in whole.warnings if "无法单独立户" in text]
    assert len(asked) == (outcome == "meets")
    assert all(text.startswith("household.members[1]：") for text in asked)


def test_so_could_one_in_the_campaign_before_the_opinion_named_the_grades():
    mental = {"disability": {"kind": "mental", "level": 3}}
    case = household(
        OLD, member("p2", "child", birth="1985-01-01", labour="none", **mental),
        incomes=[income("rent", "9000")],
    )  # fmt: skip

    assert answer(case, PLAN).rung(Category.SINGLE_PERSON).members == ("p2",)


@pytest.mark.parametrize(
    ("on", "says"),
    [
        (date(2025, 12, 31), "按低保标准"),
        (date(2026, 1, 1), "按最低工资标准"),
        (date(2031, 1, 1), "还没给"),
    ],
)
def test_the_ceiling_of_the_check_is_put_before_the_county(on, says):
    (hint,) = [one for one in answer(household(), on).hints if one.code == "check_ceiling"]

    assert says in hint.text
    assert "由县里核对" in hint.text
    assert hint.member is None


@pytest.mark.parametrize(
    ("on", "outcome"), [(PLAN, "meets"), (date(2020, 12, 31), "meets"), (date(2021, 1, 1), "no")]
)
def test_in_the_campaign_the_family_was_not_checked(on, outcome):
    rich = household(OLD | {"serious_illness": True}, incomes=[income("rent", "9000")])

    single = answer(rich, on).rung(Category.SINGLE_PERSON)

    assert (single.outcome == "meets") is (outcome == "meets")


def test_a_single_person_has_the_whole_standard():
    case = household(OLD | {"serious_illness": True}, incomes=[income("rent", "1200")])

    single = answer(case).rung(Category.SINGLE_PERSON)

    assert (single.outcome, str(single.benefit_month)) == ("meets", "1000.00")


LOST = {"labour": "partial", "disability": None, "serious_illness": False}


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ({"labour_loss": True}, "meets"),
        ({"labour": "none", "labour_loss": True}, "meets"),
        ({"labour": "unknown", "labour_loss": True}, "meets"),
        ({"labour_loss": False}, "fails"),
        ({"labour": "able"}, "fails"),
        ({}, "unknown"),
        ({"labour": "none"}, "unknown"),
        ({"labour": "unknown"}, "unknown"),
    ],
)
def test_in_the_campaign_those_found_to_have_lost_labour_had_it_too(told, outcome):
    """S0:L29: 扶贫部门审核认定的…贫困人员, and the family is not looked at."""
    rich = household(HEAD | LOST | told, incomes=[income("rent", "9000")])

    single = answer(rich, PLAN).rung(Category.SINGLE_PERSON)

    path = ("household.members[0].labour_loss",) if outcome == "unknown" else ()
    assert (single.outcome, single.missing) == (outcome, path)


@pytest.mark.parametrize("on", [OPINION, ON])
def test_later_documents_do_not_name_them(on):
    poor = household(HEAD | LOST | {"labour_loss": True}, incomes=[income("rent", "1200")])

    assert answer(poor, on).rung(Category.SINGLE_PERSON).outcome == "fails"
