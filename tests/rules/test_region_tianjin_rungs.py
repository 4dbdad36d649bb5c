"""Tianjin: grace and exits, outlay, which rung pays what, who counts, and its property limits."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.households import Area, Category
from app.rules.parameters import CATALOGUE
from app.rules.terms import terms_of
from tests.cases import HEAD, ON, Json, income, member, region, wage
from tests.tianjin import EPIDEMIC, S4, WORKER, answer, household


def found(name: str, on: date = ON, area: Area = Area.URBAN) -> object:
    said = terms_of(region("tianjin"), on).find(CATALOGUE[name], area)
    return None if said is None else said.value


def recipient(**facts: object) -> Json:
    """On 低保, and earning since December."""
    return WORKER | {"receives": ["dibao"]} | facts


def test_grace_is_three_months_in_full_and_three_in_half():
    case = household(recipient(), incomes=[wage("2600"), income("dibao", "235.00")])

    grace = answer(case).grace

    assert [(row.percent, str(row.amount)) for row in grace.months] == (
        [(100, "235.00")] * 3 + [(50, "118.00")] * 3
    )
    assert (grace.exits_on, grace.suspended) == (date(2026, 10, 1), False)
    assert grace.basis == f"{S4} 二(二)"


@pytest.mark.parametrize(
    ("on", "suspended", "open_point"),
    [
        (EPIDEMIC, True, ()),
        (date(2020, 12, 31), True, ()),
        (date(2021, 1, 1), False, ("exit_suspended",)),
        (date(2023, 1, 8), False, ()),
    ],
)
def test_nobody_leaves_while_exits_are_suspended(on, suspended, open_point):
    case = household(
        recipient(first_employed_on="2019-06-01", self_declared_on="2019-06-01"),
        incomes=[wage("2600"), income("dibao", "235.00")],
    )

    grace = answer(case, on).grace

    assert grace.suspended is suspended
    assert grace.check.missing == open_point
    assert (grace.exits_on is None) is bool(suspended or open_point)


@pytest.mark.parametrize(
    ("medical", "outcome"),
    [
        # 1200 × 12 = 14400 of income; basic living 1045 × 12 = 12540
        ("1860.00", "fails"),
        ("1860.01", "meets"),
    ],
)
def test_outlay_with_basic_living_must_exceed_the_income(medical, outcome):
    case = household(
        HEAD,
        incomes=[wage("1200")],
        expenses=[{"member": "p1", "kind": "medical", "amount": medical, "per": "year"}],
    )

    rigid = answer(case).rung(Category.RIGID_EXPENDITURE)

    assert rigid.outcome == outcome
    assert answer(case).working.outlay[-1].formula == "1045.00 × 12 × 1"


BOTH = household(
    HEAD,
    incomes=[wage("1200")],
    expenses=[{"member": "p1", "kind": "medical", "amount": "9000.00", "per": "year"}],
)
"""低保边缘, and 支出型."""


def with_allowance(value: object) -> Json:
    return BOTH | {"parameters": {"rigid_allowance": {"value": value, "unit": "元/月"}}}


def test_what_outlay_households_are_paid_is_named_as_lacking_beside_the_marginal_money():
    whole = answer(BOTH)

    rigid = whole.rung(Category.RIGID_EXPENDITURE)
    assert (whole.suggested, whole.benefit_month) == (Category.RIGID_EXPENDITURE, None)
    assert rigid.benefit_missing == ("rigid_allowance",)
    assert "rigid_allowance" in whole.missing
    (hint,) = [one for one in whole.hints if one.code == "conflict"]
    assert "低保边缘每月 314.00 元" in hint.text
    assert "刚性支出困难每月多少还算不出" in hint.text
    assert hint.member is None


@pytest.mark.parametrize(
    ("allowance", "suggested", "paid"),
    [
        ("500", Category.RIGID_EXPENDITURE, "500.00"),
        ("314", Category.RIGID_EXPENDITURE, "314.00"),
        ("313", Category.MARGINAL, "314.00"),
        (None, Category.MARGINAL, "314.00"),
    ],
)
def test_of_two_known_amounts_the_higher_is_suggested(allowance, suggested, paid):
    whole = answer(with_allowance(allowance))

    assert (whole.suggested, str(whole.benefit_month)) == (suggested, paid)
    (hint,) = [one for one in whole.hints if one.code == "conflict"]
    assert ("不发钱" in hint.text) is (allowance is None)


def test_where_neither_pays_there_is_nothing_to_compare():
    nothing = {"rigid_allowance": None, "marginal_allowance": None}

    whole = answer(BOTH | {"parameters": nothing})

    assert whole.suggested is Category.RIGID_EXPENDITURE
    assert not [one for one in whole.hints if one.code == "conflict"]


@pytest.mark.parametrize(
    ("person", "on", "told"),
    [
        ({"living": "away_for_work"}, date(2023, 1, 8), True),
        ({"living": "away_for_work"}, date(2023, 1, 7), False),
        ({}, date(2023, 1, 8), False),
    ],
)
def test_who_leans_on_the_unchecked_end_of_the_epidemic_is_told(person, on, told):
    """The announcement was typed from memory (K): a wage nothing comes off for that reason."""
    hints = answer(household(HEAD | person, incomes=[wage("1700")]), on).hints

    unchecked = [hint.basis for hint in hints if hint.code == "unchecked_source"]
    assert any("国家卫生健康委公告2022年第7号" in basis for basis in unchecked) is told


def test_so_is_who_leaves_because_exits_are_no_longer_suspended():
    working = household(recipient(), incomes=[wage("2600"), income("dibao", "235.00")])

    unchecked = [one.basis for one in answer(working).hints if one.code == "unchecked_source"]

    assert "暂停退出的规定不再算" in unchecked[0]


def test_only_a_marginal_household_has_it():
    case = household(
        HEAD,
        incomes=[wage("2000")],
        expenses=[{"member": "p1", "kind": "medical", "amount": "90000.00", "per": "year"}],
    )

    assert answer(case).rung(Category.RIGID_EXPENDITURE).outcome == "fails"


@pytest.mark.parametrize(
    ("disability", "on", "outcome"),
    [
        ({"kind": "physical", "level": 2}, EPIDEMIC, "meets"),
        ({"kind": "mental", "level": 3}, EPIDEMIC, "fails"),
        ({"kind": "mental", "level": 3}, ON, "meets"),
        ({"kind": "mental", "level": 4}, ON, "fails"),
    ],
)
def test_single_persons_are_those_of_the_document_and_of_the_nation(disability, on, outcome):
    case = household(
        HEAD | {"birth": "1970-01-01"},
        member("p2", "spouse", birth="1971-01-01", disability=disability),
        incomes=[wage("2400")],
    )

    assert answer(case, on).rung(Category.SINGLE_PERSON).outcome == outcome


@pytest.mark.parametrize(
    ("asset", "outcome"),
    [
        ({"kind": "deposit", "amount": "25080.00"}, "meets"),
        ({"kind": "deposit", "amount": "25080.01"}, "fails"),
        ({"kind": "business", "amount": "25080.01"}, "fails"),
        ({"kind": "business", "amount": "5000.00"}, "meets"),
        ({"kind": "vehicle", "count": 1}, "fails"),
        ({"kind": "nonresidential", "count": 1}, "fails"),
        ({"kind": "house", "count": 1}, "meets"),
        ({"kind": "house", "count": 2}, "unknown"),
    ],
)
def test_property_keeps_within_the_citys_limits(asset, outcome):
    case = household(assets=[asset], incomes=[wage("100")])

    assert answer(case).rung(Category.DIBAO).outcome == outcome


def test_the_limit_of_2020_was_24240():
    case = household(
        HEAD | {"birth": "1970-01-01"}, assets=[{"kind": "deposit", "amount": "24240.00"}]
    )
    more = household(
        HEAD | {"birth": "1970-01-01"}, assets=[{"kind": "deposit", "amount": "24240.01"}]
    )
    on = date(2020, 12, 31)

    assert answer(case, on).rung(Category.DIBAO).outcome == "meets"
    assert answer(more, on).rung(Category.DIBAO).outcome == "fails"


def test_a_conscript_does_not_count():
    case = household(
        HEAD, member("p2", "child", birth="2005-01-01", status="conscript"), incomes=[wage("100")]
    )

    assert answer(case).counted_members == ("p1",)
    assert answer(case, date(2022, 12, 30)).counted_members == ("p1", "p2")


def test_a_spouse_from_elsewhere_counts_and_a_person_asks_about_the_year():
    case = household(
        HEAD,
        member("p2", "spouse", hukou="nonlocal"),
        member("p3", "child", birth="2015-01-01", hukou="nonlocal"),
        incomes=[wage("100")],
    )

    whole = answer(case)

    assert whole.counted_members == ("p1", "p2")
    assert [text for text in whole.warnings if "满一年" in text] == [
        "household.members[1]：外地户口的配偶要在天津住满一年才算，请核对居住时间。"
    ]


@pytest.mark.parametrize(
    ("area", "form", "paid"),
    [
        (Area.URBAN, "dispersed", "1870.00"),
        (Area.URBAN, "concentrated", "1870.00"),
        (Area.RURAL, "dispersed", "1530.00"),
        (Area.RURAL, "concentrated", "1870.00"),
    ],
)
def test_tekun_has_its_standard_from_september_2025(area, form, paid):
    rates = found("tekun_standard", area=area)

    assert str(rates[form].amount) == paid
    assert found("tekun_standard", date(2025, 8, 31), area) is None


def test_an_urgent_case_of_friday_afternoon_is_decided_by_saturday_afternoon():
    accepted = datetime(2026, 3, 6, 8, 30, tzinfo=UTC)  # Friday 16:30 in China

    due = accepted + timedelta(hours=found("emergency_decide_hours"))

    assert due == datetime(2026, 3, 7, 8, 30, tzinfo=UTC)
    assert found("emergency_decide_hours", date(2020, 5, 13)) == 72


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("relief_small_cap", 3),
        ("relief_person_cap", 3),
        ("township_approval_cap", 6),
        ("confirm_authority", "district"),
        ("reserve_fund_norm", "per_hukou_head"),
        ("visit_channels_allowed", ("home", "phone", "wechat")),
        ("nonlocal_member_counts", "spouse"),
        ("grace_condition", "employment_self_declared"),
        ("marginal_multiple", 1.5),
        ("paperwork_due_workdays", None),
    ],
)
def test_what_else_the_city_sets_is_there_and_what_it_leaves_open_is_named(name, value):
    assert found(name) == value


def test_care_levels_follow_the_acts_that_failed():
    acts = ["eat", "dress", "bed", "toilet", "walk", "bath"]

    def level(failed: int) -> str:
        can = {act: n >= failed for n, act in enumerate(acts)}
        return answer(household(HEAD | {"self_care": can})).care_levels["p1"].value

    assert [level(n) for n in (0, 1, 3, 4, 6)] == [
        "full_self_care", "semi_care", "semi_care", "full_care", "full_care",
    ]  # fmt: skip
