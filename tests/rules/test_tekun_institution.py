"""特困: somebody in a home for the old does not count with the family, and is looked at alone."""

from __future__ import annotations

import pytest

from app.domain.households import Category
from tests.cases import assessed, case_of, income, layered, member, rung, value_toml, wage

CEILING = {
    "dibao_standard_month": "1000.00",
    "rigid_income_ceiling": {"value": "20000", "unit": "元/年"},
}
NEPHEW = member("p1", "head", "1985-01-01")
UNCLE = member("p2", "other", "1945-01-01", labour="none", living="institution")


def tekun(uncle=UNCLE, **parts):
    return rung(case_of(NEPHEW, uncle, parameters=CEILING, **parts), Category.TEKUN)


def test_he_is_asked_about_though_he_does_not_count():
    answer = tekun(incomes=[wage("9000")])

    assert (answer.outcome, answer.members) == ("meets", ("p2",))


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        ({"living": "separate"}, "fails"),
        ({"status": "serving_sentence"}, "fails"),
        ({"status": "dead"}, "fails"),
        ({"birth": "1985-01-01"}, "fails"),
        ({"relation": "parent"}, "fails"),
    ],
)
def test_only_who_lives_in_one_cannot_work_and_has_nobody(facts, outcome):
    assert tekun(UNCLE | facts).outcome == outcome


@pytest.mark.parametrize(
    ("incomes", "outcome", "missing"),
    [
        ([income("rent", "999.99", "p2")], "meets", ()),
        ([income("rent", "1000", "p2")], "fails", ()),
        ([income("rent", "5000", None)], "meets", ()),
        ([income("rent", "5000", "p1")], "meets", ()),
        (None, "unknown", ("household.incomes",)),
    ],
)
def test_his_own_income_is_held_against_the_standard_of_one(incomes, outcome, missing):
    answer = tekun(incomes=incomes)

    assert (answer.outcome, answer.missing) == (outcome, missing)


def test_what_he_was_not_asked_keeps_it_open():
    assert tekun(incomes=[], incomes_unasked=["p1", None]).outcome == "meets"
    assert tekun(incomes=[], incomes_unasked=["p2"]).missing == ("household.members[1].incomes",)


def test_property_of_the_household_may_not_be_his():
    answer = tekun(assets=[{"kind": "deposit", "amount": "900000"}])

    assert (answer.outcome, answer.missing) == ("unknown", ("household.assets",))


def test_he_is_paid_as_those_in_institutions_are():
    pack = layered(
        value_toml(
            "tekun_standard", 'value = { dispersed = 900, concentrated = 1100 }\nunit = "元/月"'
        )
        + value_toml(
            "tekun_care_allowance",
            'value = { full_self_care = 50, semi_care = 300, full_care = 700 }\nunit = "元/月"',
        )
    )
    can = dict.fromkeys(("eat", "dress", "bed", "toilet", "walk", "bath"), True)
    case = case_of(NEPHEW, UNCLE | {"self_care": can}, parameters=CEILING, incomes=[wage("9000")])

    answer = assessed(case, pack)

    assert str(answer.rung(Category.TEKUN).benefit_month) == "1150.00"


@pytest.mark.parametrize("living", ["institution", "together"])
def test_hukou_elsewhere_leaves_him_out_wherever_he_lives(living):
    old = UNCLE | {"living": living, "hukou": "nonlocal"}
    alone = case_of(old | {"relation": "head"}, parameters=CEILING)

    assert tekun(old).outcome == "fails"
    assert rung(alone, Category.TEKUN).outcome == "fails"


@pytest.mark.parametrize("living", ["institution", "together"])
def test_whether_hukou_elsewhere_counts_the_county_may_have_to_say(living):
    pack = layered(value_toml("nonlocal_member_counts", "county_must_supply = true"))
    old = UNCLE | {"living": living, "hukou": "nonlocal"}
    case = case_of(NEPHEW, old, parameters=CEILING)

    answer = assessed(case, pack).rung(Category.TEKUN)

    assert (answer.outcome, answer.missing) == ("unknown", ("nonlocal_member_counts",))
