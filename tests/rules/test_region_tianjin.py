"""Tianjin: 津民发〔2020〕19号 (S4) and the standards around it, each number in an assessment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.households import Area, Category
from app.domain.problem import Refused
from app.rules import Assessment
from app.rules.parameters import CATALOGUE
from app.rules.terms import terms_of
from tests.cases import FIRST_JOB, HEAD, ON, Json, assessed, case_of, income, member, region, wage

S4 = "津民发〔2020〕19号"
EPIDEMIC = date(2020, 6, 15)


def answer(case: Json, on: date = ON) -> Assessment:
    return assessed(case, region("tianjin"), on)


def household(*members: Json, **parts: object) -> Json:
    """A household with no typed-in standard: the pack's own."""
    return case_of(*members, parameters={}, **parts)


def found(name: str, on: date = ON, area: Area = Area.URBAN) -> object:
    said = terms_of(region("tianjin"), on).find(CATALOGUE[name], area)
    return None if said is None else said.value


@pytest.mark.parametrize("area", ["urban", "rural"])
@pytest.mark.parametrize(
    ("on", "standard"),
    [
        (date(2018, 12, 31), "920.00"),
        (date(2019, 3, 31), "920.00"),
        (date(2019, 4, 1), "980.00"),
        (date(2020, 8, 31), "980.00"),
        (date(2020, 9, 1), "1010.00"),
        (date(2025, 8, 31), "1010.00"),
        (date(2025, 9, 1), "1045.00"),
        (ON, "1045.00"),
    ],
)
def test_a_day_has_the_standard_of_that_day_in_town_and_country(area, on, standard):
    case = household(HEAD | {"birth": "1970-01-01"}, area=area, incomes=[wage("100")])

    shown = answer(case, on).to_json()

    assert shown["standard_month"] == standard
    assert shown["benefit_month"] == f"{float(standard) - 100:.2f}"


def test_no_standard_is_known_before_the_first():
    with pytest.raises(Refused) as caught:
        answer(household(HEAD | {"birth": "1970-01-01"}), date(2018, 12, 30))

    assert (caught.value.code, caught.value.field) == ("C-09", "on")


@pytest.mark.parametrize(
    ("on", "paid"),
    [
        (date(2018, 12, 31), "276.00"),
        (date(2019, 4, 1), "294.00"),
        (date(2020, 9, 1), "303.00"),
        (ON, "314.00"),
    ],
)
def test_a_marginal_household_has_its_allowance_of_that_day(on, paid):
    case = household(HEAD | {"birth": "1970-01-01"}, incomes=[wage("1100")])

    marginal = answer(case, on).rung(Category.MARGINAL)

    assert (marginal.outcome, str(marginal.benefit_month)) == ("meets", paid)


WORKER = HEAD | FIRST_JOB


@pytest.mark.parametrize(
    ("on", "deducted"),
    [
        (date(2025, 12, 1), True),
        (date(2026, 11, 30), True),
        (date(2026, 12, 1), False),
    ],
)
def test_a_first_job_costs_600_a_month_for_one_year(on, deducted):
    worker = WORKER | {"self_declared_on": "2025-12-01"}
    lines = answer(household(worker, incomes=[wage("1600")]), on).lines

    taken = [line for line in lines if line.item == "first_employment_cost"]
    assert [(line.formula, str(line.amount_year), line.basis) for line in taken] == (
        [("600.00 × 12", "-7200.00", f"{S4} 二(二)")] if deducted else []
    )


def test_a_first_job_nobody_declared_keeps_the_answer_open():
    silent = WORKER | {"self_declared_on": None}

    dibao = answer(household(silent, incomes=[wage("1600")])).rung(Category.DIBAO)

    assert (dibao.outcome, dibao.missing) == (
        "unknown", ("household.members[0].self_declared_on",)
    )  # fmt: skip


AWAY = HEAD | {"living": "away_for_work"}


@pytest.mark.parametrize("on", [date(2020, 5, 14), EPIDEMIC, date(2020, 12, 31)])
def test_working_away_cost_500_a_month_in_the_epidemic(on):
    (line,) = [
        line
        for line in answer(household(AWAY, incomes=[wage("1400")]), on).lines
        if line.item == "migrant_work_cost"
    ]

    assert (line.formula, str(line.amount_year), line.basis) == (
        "500.00 × 12", "-6000.00", f"{S4} 二(五)"
    )  # fmt: skip


@pytest.mark.parametrize("on", [date(2021, 1, 1), date(2023, 1, 7)])
def test_until_when_it_did_the_county_must_say(on):
    dibao = answer(household(AWAY, incomes=[wage("1400")]), on).rung(Category.DIBAO)

    assert (dibao.outcome, dibao.missing) == ("unknown", ("job_cost_migrant",))


@pytest.mark.parametrize("on", [date(2020, 5, 13), date(2023, 1, 8), ON])
def test_before_the_document_and_after_the_epidemic_nothing_comes_off(on):
    whole = answer(household(AWAY, incomes=[wage("1700")]), on)

    assert [line.item for line in whole.lines] == ["wage"]
    assert whole.rung(Category.DIBAO).outcome == "fails"


def test_whether_600_and_500_come_off_together_the_document_does_not_say():
    begun = {"first_employed_on": "2020-05-20", "self_declared_on": "2020-05-20"}
    both = AWAY | {"first_job": True} | begun

    whole = answer(household(both, incomes=[wage("1700")]), EPIDEMIC)

    assert [line.item for line in whole.lines] == ["wage", "first_employment_cost"]
    assert whole.rung(Category.DIBAO).outcome == "unknown"
    assert "job_cost_stacking" in whole.missing


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
    return BOTH | {"parameters": {"rigid_allowance": value}}


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
