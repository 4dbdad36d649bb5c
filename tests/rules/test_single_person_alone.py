"""单人保 by a person's own means: groups that leave the family aside, and what they wait for."""

from __future__ import annotations

import pytest

from app.domain.households import Category
from tests.cases import (
    CITED,
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

JOBLESS = layered(
    value_toml(
        "single_person_groups",
        'value = [{ code = "jobless", levels = [1, 2], adult = true, jobless = true, '
        "alone = true }]",
    )
)
"""柳江: 成年无业重度残疾人, own income and property only (GX-LJ)."""
SEVERE = {"disability": {"kind": "physical", "level": 1}}


def jobless(incomes=(), pack=JOBLESS, **parts):
    """A family above every line, whose grown child has a grave disability."""
    people = {"birth": "1990-01-01"} | SEVERE | parts.pop("facts", {})
    case = case_of(HEAD, member("p2", "child", **people), incomes=[wage("9000"), *incomes], **parts)
    return rung(case, Category.SINGLE_PERSON, pack)


def test_a_group_may_look_at_own_means_only():
    answer = jobless()

    assert (answer.outcome, answer.members) == ("meets", ("p2",))


@pytest.mark.parametrize(
    ("incomes", "facts", "outcome"),
    [
        ([wage("100", "p2")], {}, "fails"),
        ([wage("0", "p2")], {}, "meets"),
        ([income("rent", "999", "p2")], {}, "meets"),
        ([income("rent", "1000", "p2")], {}, "fails"),
        ([], {"birth": "2008-03-03"}, "fails"),
        ([], {"birth": "2008-03-02"}, "meets"),
        ([], {"disability": {"kind": "physical", "level": 3}}, "fails"),
    ],
)
def test_such_a_group_asks_for_age_work_and_own_income(incomes, facts, outcome):
    assert jobless(incomes, facts=facts).outcome == outcome


def test_what_such_a_group_is_not_told_is_asked_for():
    assert jobless(facts={"birth": None}).missing == ("household.members[1].birth",)
    assert jobless(parameters={}).missing == ("dibao_standard",)
    assert jobless(assets=[{"kind": "vehicle", "count": 1}]).outcome == "unknown"
    everybody = case_of(HEAD | SEVERE, incomes=None)
    assert rung(everybody, Category.SINGLE_PERSON, JOBLESS).missing == ("household.incomes",)


def test_an_open_deduction_keeps_own_income_open():
    toml = (
        '[[deduction]]\ncode = "care"\ntext = "护理"\napplies_to = "person"\nkind = "flat"\n'
        "county_must_supply = true\n" + CITED
    )
    groups = 'value = [{ code = "own", levels = [1, 2], alone = true }]'
    pack = layered(toml + value_toml("single_person_groups", groups))

    answer = jobless([income("rent", "1100", "p2")], pack)

    assert (answer.outcome, answer.missing) == ("unknown", ("deduction.care",))


def test_while_the_household_may_have_dibao_nobody_has_it_alone():
    """The second member's own means are too little; but the whole household may yet be on 低保."""
    case = case_of(HEAD, member("p2", "child", **SEVERE), assets=None)

    answer = assessed(case, JOBLESS)

    assert answer.rung(Category.DIBAO).outcome == "unknown"
    single = answer.rung(Category.SINGLE_PERSON)
    assert (single.outcome, single.members) == ("unknown", ("p2",))
    assert single.missing == ("household.assets",)
    assert answer.suggested is None


def test_an_open_deduction_of_the_household_keeps_a_group_of_its_own_open():
    """On 低保 if the deduction comes off, and then nobody is taken in alone."""
    toml = (
        '[[deduction]]\ncode = "care"\ntext = "护理"\napplies_to = "household"\nkind = "flat"\n'
        "county_must_supply = true\n" + CITED
    )
    groups = 'value = [{ code = "own", levels = [1, 2], alone = true }]'
    pack = layered(toml + value_toml("single_person_groups", groups))

    assert jobless(pack=pack).outcome == "unknown"
    assert jobless(pack=pack).missing == ("deduction.care",)


WAIVED = layered(
    value_toml(
        "single_person_groups",
        'value = [{ code = "own", levels = [1, 2], adult = true, alone = true }]',
    )
    + value_toml("single_person_skip_family_check", "value = true")
)


def test_where_the_pack_waives_the_family_the_household_says_nothing():
    case = case_of(HEAD, member("p2", "child", **SEVERE), incomes=[wage("900")])

    answer = assessed(case, WAIVED)

    assert answer.rung(Category.DIBAO).outcome == "meets"
    assert answer.rung(Category.SINGLE_PERSON).members == ("p2",)


def test_a_group_of_its_own_waits_until_it_is_known_who_counts():
    """A graduate student would not count, and nobody who does not is taken in with the family."""
    student = member("p2", "child", "2000-01-01", student=None, **SEVERE)

    answer = rung(case_of(HEAD, student, incomes=[wage("9000")]), Category.SINGLE_PERSON, WAIVED)

    assert (answer.outcome, answer.missing) == ("unknown", ("household.members[1].student",))


@pytest.mark.parametrize(("pay", "outcome"), [("0", "meets"), ("100", "fails")])
def test_a_group_may_ask_for_no_work_of_any_age(pay, outcome):
    groups = 'value = [{ code = "jobless", levels = [1, 2], jobless = true, alone = true }]'
    pack = layered(value_toml("single_person_groups", groups))

    assert jobless([wage(pay, "p2")], pack, facts={"birth": "2012-01-01"}).outcome == outcome


def test_it_is_asked_only_about_those_the_answer_names():
    groups = (
        'value = [{ code = "own", levels = [1, 2], adult = true, alone = true, ask = "请核对。" }]'
    )
    pack = layered(value_toml("single_person_groups", groups))
    third = member("p3", "child", **SEVERE)
    case = case_of(
        HEAD, member("p2", "child", **SEVERE), third,
        incomes=[income("rent", "9000"), income("rent", "1000", "p2")],
    )  # fmt: skip

    whole = assessed(case, pack)

    assert whole.rung(Category.SINGLE_PERSON).members == ("p3",)
    assert [text for text in whole.warnings if "核对" in text] == ["household.members[2]：请核对。"]


def test_whoever_was_not_asked_for_income_may_have_work():
    answer = jobless(incomes_unasked=["p2"])

    assert (answer.outcome, answer.missing) == ("unknown", ("household.members[1].incomes",))
    assert jobless([wage("100", "p2")], incomes_unasked=["p2"]).outcome == "fails"
