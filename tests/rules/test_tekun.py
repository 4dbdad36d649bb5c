"""特困: no labour, no livelihood; and the six acts of self-care."""

from __future__ import annotations

from itertools import product

import pytest

from app.domain.people import SelfCare
from app.rules.care import care_level
from tests.cases import CITED, HEAD, income, layered, member, value_toml, wage
from tests.tekun import ELDER, answered


def test_an_elder_alone_without_income_may_be_supported():
    answer = answered(ELDER)

    assert (answer.outcome, answer.members, answer.benefit_month) == ("meets", ("p1",), None)


@pytest.mark.parametrize(
    ("birth", "outcome"),
    [
        ("1966-03-02", "meets"),
        ("1966-03-03", "fails"),
        ("2010-03-03", "meets"),
        ("2010-03-02", "fails"),
    ],
)
def test_sixty_and_sixteen_are_the_ages(birth, outcome):
    assert answered(member("p1", "head", birth)).outcome == outcome


def test_mangshi_supports_minors_to_eighteen():
    """芒巩固振兴组办〔2021〕6号 二(一): 16 → 18."""
    pack = layered(value_toml("tekun_minor_age", 'value = 18\nunit = "周岁"'))

    assert answered(member("p1", "head", "2009-01-01"), pack=pack).outcome == "meets"
    assert answered(member("p1", "head", "2009-01-01")).outcome == "fails"


@pytest.mark.parametrize(
    ("kind", "level", "outcome"),
    [
        ("mental", 3, "meets"),
        ("intellectual", 3, "meets"),
        ("mental", 4, "fails"),
        ("physical", 2, "meets"),
        ("physical", 3, "fails"),
        ("visual", 1, "meets"),
        ("visual", 2, "fails"),
        ("hearing", 1, "fails"),
    ],
)
def test_disabilities_without_labour(kind, level, outcome):
    """民发〔2021〕43号 第五条."""
    person = member("p1", "head", disability={"kind": kind, "level": level})

    assert answered(person).outcome == outcome


def test_a_birth_date_nobody_asked_about_is_asked_for():
    unborn = {key: value for key, value in HEAD.items() if key != "birth"}

    assert answered(unborn).missing == ("household.members[0].birth",)


@pytest.mark.parametrize(("pay", "outcome"), [("999.99", "meets"), ("1000", "fails")])
def test_own_income_must_lie_below_the_standard(pay, outcome):
    assert answered(ELDER, incomes=[income("rent", pay)]).outcome == outcome


@pytest.mark.parametrize(
    "kind",
    ["resident_pension_basic", "social_insurance", "veteran_benefit", "elderly_allowance"],
)
def test_some_incomes_do_not_count_here(kind):
    """民发〔2021〕43号 第六条."""
    assert answered(ELDER, incomes=[income(kind, "2000")]).outcome == "meets"


def test_a_share_of_the_households_income_counts():
    pair = [ELDER, member("p2", "sibling", "1956-01-01", labour="none")]

    assert answered(*pair, incomes=[income("rent", "1999", None)]).outcome == "meets"
    assert answered(*pair, incomes=[income("rent", "2000", None)]).outcome == "fails"


def test_a_household_that_can_work_is_a_failure_with_a_reason():
    answer = answered(HEAD)

    assert (answer.outcome, answer.members) == ("fails", ())
    assert answer.reasons


@pytest.mark.parametrize(
    "name", ["tekun_minor_age", "tekun_disability_groups", "tekun_income_excluded"]
)
def test_conditions_left_to_the_county_are_asked_for(name):
    unit = 'unit = "周岁"' if name == "tekun_minor_age" else ""
    pack = layered(value_toml(name, f"county_must_supply = true\n{unit}"))

    assert answered(ELDER, pack=pack).missing == (name,)


def test_without_a_standard_livelihood_cannot_be_judged():
    assert answered(ELDER, parameters={}).missing == ("dibao_standard",)


def test_income_nobody_asked_about_keeps_it_open():
    assert answered(ELDER, incomes=None).missing == ("household.incomes",)


def test_wages_do_not_make_an_elder_able_to_work():
    assert answered(ELDER, incomes=[wage("100")]).outcome == "meets"


@pytest.mark.parametrize(
    ("failed", "level"),
    [
        (0, "full_self_care"), (1, "semi_care"), (2, "semi_care"), (3, "semi_care"),
        (4, "full_care"), (5, "full_care"), (6, "full_care"),
    ],
)  # fmt: skip
def test_three_acts_failed_are_half_care_and_four_full(failed, level):
    """Acceptance test 8."""
    acts = {act: n >= failed for n, act in enumerate(SelfCare)}

    assert care_level(acts) == level


def test_a_level_is_said_as_soon_as_nothing_else_is_possible():
    acts = list(SelfCare)
    for cans in product([True, False, None], repeat=6):
        looked_at = {act: can for act, can in zip(acts, cans, strict=True) if can is not None}
        unseen = 6 - len(looked_at)
        failed = sum(not can for can in looked_at.values())
        possible = {
            "full_self_care" if n == 0 else "semi_care" if n < 4 else "full_care"
            for n in range(failed, failed + unseen + 1)
        }

        assert care_level(looked_at) == (possible.pop() if len(possible) == 1 else None)


def test_no_look_at_all_is_no_level():
    assert care_level(None) is None


MANGSHI = layered(value_toml("tekun_minor_age", 'value = 18\nunit = "周岁"'))

SIXTEEN = member("p1", "head", "2009-06-01")


@pytest.mark.parametrize(
    ("incomes", "outcome"),
    [
        ([wage("300")], "fails"),
        ([wage("300"), income("rent", "300")], "meets"),
        ([wage("300"), income("rent", "299")], "fails"),
        ([income("rent", "300")], "meets"),
    ],
)
def test_from_sixteen_whoever_lives_on_own_work_is_grown_up(incomes, outcome):
    """民法典 第十八条; 贵州、芒市 support minors to 18."""
    assert answered(SIXTEEN, pack=MANGSHI, incomes=incomes).outcome == outcome


def test_own_work_nobody_asked_about_keeps_a_sixteen_year_old_open():
    answer = answered(SIXTEEN, pack=MANGSHI, incomes=None)

    assert (answer.outcome, answer.missing) == ("unknown", ("household.incomes",))


GUANGDONG = layered(
    value_toml("tekun_continuing_study", 'value = ["compulsory", "secondary", "undergraduate"]')
)

STUDENT = member("p1", "head", "2006-06-01", student="undergraduate", receives=["tekun"])


@pytest.mark.parametrize(
    ("facts", "outcome", "missing"),
    [
        ({}, "meets", ()),
        ({"student": "postgraduate"}, "fails", ()),
        ({"student": "none"}, "fails", ()),
        ({"receives": []}, "fails", ()),
        ({"receives": None}, "unknown", ("household.members[0].receives",)),
        ({"student": None}, "unknown", ("household.members[0].student",)),
        ({"birth": "1996-03-02"}, "fails", ()),
    ],
)
def test_guangdong_goes_on_supporting_those_who_still_study(facts, outcome, missing):
    """GD-TK: 满 18 岁仍在义务教育、高中（中职）、普通高校就读的继续保障."""
    answer = answered(STUDENT | facts, pack=GUANGDONG)

    assert (answer.outcome, answer.missing) == (outcome, missing)


def test_others_do_not_and_a_county_that_has_not_said_is_asked():
    county = layered(value_toml("tekun_continuing_study", "county_must_supply = true"))

    assert answered(STUDENT).outcome == "fails"
    assert answered(STUDENT, pack=county).missing == ("tekun_continuing_study",)


@pytest.mark.parametrize(
    ("facts", "outcome", "missing"),
    [
        ({"receives": ["orphan_allowance"]}, "fails", ()),
        ({"receives": None}, "unknown", ("household.members[0].receives",)),
        ({"receives": []}, "meets", ()),
        ({"birth": None, "disability": {"kind": "mental", "level": 1}}, "meets", ()),
    ],
)
def test_a_minor_who_chose_the_orphans_allowance_is_not_tekun_as_well(facts, outcome, missing):
    """GD-TK."""
    child = member("p1", "head", "2014-06-01") | facts

    answer = answered(child)

    assert (answer.outcome, answer.missing) == (outcome, missing)


def test_an_open_deduction_does_not_take_a_livelihood_away():
    toml = (
        '[[deduction]]\ncode = "care"\ntext = "护理"\napplies_to = "person"\nkind = "flat"\n'
        "county_must_supply = true\n" + CITED
    )

    answer = answered(ELDER, pack=layered(toml), incomes=[income("rent", "1100")])

    assert (answer.outcome, answer.missing) == ("unknown", ("deduction.care",))


def test_a_wage_that_may_come_on_top_keeps_a_livelihood_open():
    toml = value_toml("imputed_wage_rule", 'value = "minimum_wage"')
    one = member("p1", "head", "1990-01-01", labour="unknown",
                 disability={"kind": "mental", "level": 1})  # fmt: skip

    answer = answered(one, pack=layered(toml))

    assert (answer.outcome, answer.missing) == ("unknown", ("household.members[0].labour",))
