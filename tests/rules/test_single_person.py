"""单人保: the groups of table 1.6, the family's condition, the amount."""

from __future__ import annotations

import pytest

from app.domain.households import Category
from app.domain.problem import Refused
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


FIXED = value_toml("single_person_fixed", 'value = 420\nunit = "元/月"')
PERCENT = value_toml("single_person_percent", 'value = 0.6\nunit = "占低保标准的比例"')


@pytest.mark.parametrize(
    ("mode", "more", "paid", "missing"),
    [
        ("full_std", "", "1000.00", ()),
        ("gap", "", "700.00", ()),
        ("above_average", "", None, ("single_person_fixed",)),
        ("above_average", FIXED, "420.00", ()),
        ("fixed", "", None, ("single_person_fixed",)),
        ("fixed", FIXED, "420.00", ()),
        ("percent_of_std", "", None, ("single_person_percent",)),
        ("percent_of_std", PERCENT, "600.00", ()),
    ],
)
def test_the_amount_is_the_packs(mode, more, paid, missing):
    """惠州、广州 full; 芒市 above average (S1:L17); 林口 fixed; 青岛 60 % (domain §2.5)."""
    pack = layered(value_toml("single_person_amount_mode", f'value = "{mode}"') + more)

    answer = marginal_with(pack, [income("rent", "300", "p2")], serious_illness=True)

    assert answer.outcome == "meets"
    assert (answer.benefit_month and str(answer.benefit_month)) == paid
    assert answer.benefit_missing == missing
    assert sum(one.fen for one in answer.benefit_lines) == (
        0 if paid is None else answer.benefit_month.fen
    )


@pytest.mark.parametrize(
    ("rents", "said"),
    [
        ((("p2", "300"),), "3600.00 ÷ 12"),
        ((("p1", "1400"), ("p2", "1000")), "12000.00 ÷ 12（减到零为止）"),
        ((("p2", "2400"),), "28800.00 ÷ 12（减到零为止）"),
    ],
)
def test_the_gap_says_when_nothing_is_left_of_the_standard(rents, said):
    pack = layered(value_toml("single_person_amount_mode", 'value = "gap"'))
    incomes = [income("rent", rent, who) for who, rent in rents]
    incomes += [wage("2100")] * (said == "3600.00 ÷ 12")
    case = case_of(HEAD, member("p2", "spouse", serious_illness=True), incomes=incomes)

    answer = rung(case, Category.SINGLE_PERSON, pack)

    assert answer.outcome == "meets"
    assert answer.benefit_lines[1].formula == said


@pytest.mark.parametrize("name", ["single_person_fixed", "single_person_percent"])
def test_an_amount_the_county_must_supply_is_named(name):
    mode, unit = ("fixed", "元/月") if name.endswith("fixed") else (
        "percent_of_std", "占低保标准的比例",
    )  # fmt: skip
    pack = layered(
        value_toml("single_person_amount_mode", f'value = "{mode}"')
        + value_toml(name, f'county_must_supply = true\nunit = "{unit}"')
    )

    assert marginal_with(pack, serious_illness=True).benefit_missing == (name,)


def test_each_ones_gap_is_ones_own():
    """1100 of one does not eat up the gap of another."""
    pack = layered(value_toml("single_person_amount_mode", 'value = "gap"'))
    case = case_of(
        HEAD | {"serious_illness": True},
        member("p2", "spouse", serious_illness=True),
        incomes=[wage("1100"), wage("1200", "p2")],
    )
    other = case_of(
        HEAD | {"serious_illness": True},
        member("p2", "spouse", serious_illness=True),
        incomes=[wage("400"), wage("1900", "p2")],
    )

    assert str(rung(case, Category.SINGLE_PERSON, pack).benefit_month) == "0.00"
    assert str(rung(other, Category.SINGLE_PERSON, pack).benefit_month) == "600.00"


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


@pytest.mark.parametrize(
    ("facts", "outcome"), [({}, "meets"), ({"serious_illness": False}, "fails")]
)
def test_where_it_is_waived_the_familys_means_are_not_even_asked(facts, outcome):
    pack = layered(value_toml("single_person_skip_family_check", "value = true"))
    ill = HEAD | {"serious_illness": True} | facts

    unasked = rung(case_of(ill, incomes=None, assets=None), Category.SINGLE_PERSON, pack)
    poor = rung(case_of(ill), Category.SINGLE_PERSON, pack)

    assert (unasked.outcome, poor.outcome) == (outcome, outcome)


def test_without_a_standard_the_amount_is_missing():
    pack = layered(value_toml("single_person_skip_family_check", "value = true"))
    case = case_of(HEAD | {"serious_illness": True}, parameters={})

    assert rung(case, Category.SINGLE_PERSON, pack).benefit_missing == ("dibao_standard",)


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


def test_groups_of_another_document_stand_beside_the_first():
    more = 'value = [{ code = "hearing", kinds = ["hearing"], levels = [4] }]'
    pack = layered(value_toml("single_person_more_groups", more))

    assert marginal_with(pack, disability={"kind": "hearing", "level": 4}).outcome == "meets"
    assert marginal_with(pack, serious_illness=True).outcome == "meets"
    assert marginal_with(disability={"kind": "hearing", "level": 4}).outcome == "fails"


def test_further_groups_left_to_the_county_are_asked_for():
    pack = layered(value_toml("single_person_more_groups", "county_must_supply = true"))

    assert marginal_with(pack).missing == ("single_person_more_groups",)
    assert marginal_with(pack, serious_illness=True).outcome == "meets"


def test_a_group_may_have_something_asked_about_those_in_it():
    groups = (
        'value = [{ code = "ill", serious_illness = true, ask = "请核对。" }, '
        '{ code = "severe", levels = [1, 2], ask = "别问。" }]'
    )
    pack = layered(value_toml("single_person_groups", groups))
    two = (HEAD, member("p2", "spouse", serious_illness=True))

    met = assessed(case_of(*two, incomes=[wage("2400")]), pack)
    poor = assessed(case_of(*two), pack)

    assert [text for text in met.warnings if "问" in text or "核对" in text] == [
        "household.members[1]：请核对。"
    ]
    assert not any("请核对" in text for text in poor.warnings)


def test_a_pack_without_groups_has_nobody():
    pack = layered(value_toml("single_person_groups", "value = []"))

    assert marginal_with(pack, serious_illness=True).outcome == "fails"


def test_an_amount_left_to_the_county_is_not_made_up():
    pack = layered(value_toml("single_person_amount_mode", "county_must_supply = true"))

    answer = marginal_with(pack, serious_illness=True)

    assert (answer.outcome, answer.benefit_month) == ("meets", None)


def test_only_single_person_groups_may_ask_that():
    with pytest.raises(Refused) as caught:
        layered(
            value_toml(
                "tekun_disability_groups", 'value = [{ code = "x", levels = [1], adult = true }]'
            )
        )

    assert "adult" in caught.value.what


def test_while_the_family_is_open_those_it_may_be_met_for_are_named():
    case = case_of(
        HEAD, member("p2", "spouse", serious_illness=True), incomes=[wage("2400")], assets=None
    )

    answer = rung(case, Category.SINGLE_PERSON)

    assert (answer.outcome, answer.members) == ("unknown", ("p2",))


def test_somebody_else_who_may_belong_keeps_the_amount_open():
    third = member("p3", "child", disability={"kind": "mental"})
    case = case_of(
        HEAD, member("p2", "spouse", serious_illness=True), third, incomes=[wage("3600")]
    )

    answer = rung(case, Category.SINGLE_PERSON)

    assert (answer.outcome, answer.members, str(answer.benefit_month)) == (
        "meets", ("p2",), "1000.00",
    )  # fmt: skip
    assert answer.benefit_open == ("household.members[2].disability.level",)


def test_what_may_come_off_own_income_may_raise_the_gap():
    toml = (
        '[[deduction]]\ncode = "care"\ntext = "护理"\napplies_to = "person"\nkind = "flat"\n'
        'value = 100\ncondition = ["disabled"]\n' + CITED
    )
    pack = layered(toml + value_toml("single_person_amount_mode", 'value = "gap"'))
    second = member("p2", "spouse", serious_illness=True)
    del second["disability"]
    case = case_of(HEAD, second, incomes=[income("rent", "2400"), income("rent", "300", "p2")])

    answer = rung(case, Category.SINGLE_PERSON, pack)

    assert (answer.outcome, str(answer.benefit_month)) == ("meets", "700.00")
    assert answer.benefit_open == ("household.members[1].disability",)


def test_which_families_it_is_for_may_be_the_countys_to_say():
    pack = layered(value_toml("single_person_base", "county_must_supply = true"))

    answer = marginal_with(pack, serious_illness=True)

    assert (answer.outcome, answer.missing) == ("unknown", ("single_person_base",))


def test_where_it_is_waived_who_belongs_to_the_family_still_has_to_be_known():
    """广东 2020: whether somebody away for work counts depends on how old he is."""
    pack = layered(value_toml("single_person_skip_family_check", "value = true"))
    away = member("p2", "child", living="away_for_work", serious_illness=True)
    unborn = {key: value for key, value in away.items() if key != "birth"}

    answer = rung(case_of(HEAD, unborn), Category.SINGLE_PERSON, pack)

    assert (answer.outcome, answer.missing) == ("unknown", ("household.members[1].birth",))
