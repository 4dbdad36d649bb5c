"""Mangshi: 芒巩固振兴组办〔2021〕6号 (S1); its standard is the county's to give."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.households import Area, Category
from app.rules import Assessment
from app.rules.pack import parse_pack
from app.rules.parameters import CATALOGUE
from app.rules.terms import terms_of
from tests.cases import (
    CITED,
    HEAD,
    ON,
    Json,
    assessed,
    case_of,
    changed,
    income,
    member,
    region,
    wage,
)

S1 = "芒巩固振兴组办〔2021〕6号"
STANDARD = {"dibao_standard_month": "728.00"}
SETTLED = STANDARD | {"tier_amounts": {"value": {}}, "tier_rule": None}


def answer(case: Json, on: date = ON) -> Assessment:
    return assessed(case, region("mangshi"), on)


def found(name: str, on: date = ON) -> object:
    said = terms_of(region("mangshi"), on).find(CATALOGUE[name], Area.RURAL)
    return None if said is None else said.value


@pytest.mark.parametrize("area", ["urban", "rural"])
def test_the_provinces_guide_is_no_standard(area):
    dibao = answer(case_of(area=area, parameters={}, incomes=[])).rung(Category.DIBAO)

    assert (dibao.outcome, dibao.missing) == ("unknown", ("dibao_standard",))


@pytest.mark.parametrize(
    ("on", "guide"),
    [
        (date(2021, 12, 31), ("640", "4500", "832")),
        (date(2023, 6, 30), ("640", "4500", "832")),
        (date(2023, 7, 1), ("728", "6038", "947")),
    ],
)
def test_the_guide_of_each_year_stands_beside_the_gap(on, guide):
    (layer,) = [layer for layer in region("mangshi").layers if layer.id == "mangshi"]

    clauses = [
        entry.cited.clause
        for entry in layer.values
        if entry.name in {"dibao_standard", "tekun_standard"} and entry.cited.covers(on)
    ]

    assert len(clauses) == 3
    for figure, clause in zip(guide, clauses, strict=True):
        assert figure in clause
        assert "底线" in clause


GROUPS = [
    ({"kind": "physical", "level": 1}, "meets"),
    ({"kind": "visual", "level": 2}, "meets"),
    ({"kind": "intellectual", "level": 3}, "meets"),
    ({"kind": "mental", "level": 4}, "meets"),
    ({"kind": "physical", "level": 3}, "fails"),
]


@pytest.mark.parametrize(("disability", "outcome"), GROUPS)
def test_single_persons_reach_down_to_the_fourth_grade(disability, outcome):
    case = case_of(
        HEAD, member("p2", "spouse", disability=disability), parameters=STANDARD,
        incomes=[income("rent", "1600")],
    )  # fmt: skip

    single = answer(case).rung(Category.SINGLE_PERSON)

    assert single.outcome == outcome
    assert single.members == (("p2",) if outcome == "meets" else ())


def test_what_a_single_person_gets_the_county_sets():
    case = case_of(
        HEAD | {"serious_illness": True}, parameters=STANDARD, incomes=[income("rent", "800")]
    )

    single = answer(case).rung(Category.SINGLE_PERSON)

    assert (single.outcome, single.benefit_month) == ("meets", None)
    assert single.benefit_missing


@pytest.mark.parametrize(
    ("on", "treatment", "outcome"),
    [
        (date(2025, 12, 31), "disregarded", "meets"),
        (date(2026, 1, 1), "counted", "unknown"),
    ],
)
def test_the_basic_pension_is_left_out_until_the_plan_ends(on, treatment, outcome):
    case = case_of(parameters=STANDARD, incomes=[income("resident_pension_basic", "800")])

    whole = answer(case, on)

    (line,) = whole.lines
    assert line.treatment == treatment
    assert whole.rung(Category.DIBAO).outcome == outcome
    if on.year == 2026:
        assert "basic_pension_excluded_until" in whole.missing
        assert any("2025年12月31日" in text for text in whole.warnings)
    else:
        assert line.basis == f"{S1} 二(八)“十四五”时期"


PENSIONER = case_of(
    HEAD | {"birth": "1955-01-01", "labour": "none"},
    parameters=STANDARD,
    incomes=[income("resident_pension_basic", "400"), income("rent", "800")],
)
"""800 without the pension, 1200 with it; the lines are 728 and 1092."""


def test_the_pension_is_left_out_for_dibao_and_tekun_only():
    """S1:L24: 不计入低保家庭、特困人员收入. 边缘 and 刚性支出 count it."""
    whole = answer(PENSIONER, date(2025, 12, 31))

    marginal = whole.rung(Category.MARGINAL)
    assert whole.lines[0].treatment == "disregarded"
    assert (marginal.outcome, marginal.reasons[0].text) == (
        "fails", "人均月收入 1200.00 元，不低于低保边缘线 1092.00 元。"
    )  # fmt: skip
    assert [limit.held for limit in whole.limits][:2] == [80_000, 120_000]
    assert any("照样计入" in text and "二(八)" in text for text in whole.warnings)


def test_after_the_plan_only_dibao_is_open_about_it():
    whole = answer(PENSIONER, date(2026, 1, 1))

    assert whole.rung(Category.DIBAO).outcome == "fails"
    assert whole.rung(Category.MARGINAL).outcome == "fails"


def test_a_county_may_leave_it_out_for_other_rungs_too():
    wider = changed(PENSIONER)
    rungs = ["tekun", "dibao", "marginal"]
    wider["parameters"] = STANDARD | {"basic_pension_excluded_rungs": rungs}

    whole = answer(wider, date(2025, 12, 31))

    assert whole.rung(Category.MARGINAL).outcome == "meets"
    assert not any("照样计入" in text for text in whole.warnings)


@pytest.mark.parametrize(
    ("birth", "outcome"),
    [("2008-03-03", "meets"), ("2008-03-02", "fails"), ("2010-06-01", "meets")],
)
def test_a_child_is_one_until_18(birth, outcome):
    child = HEAD | {"birth": birth, "labour": "none"}

    tekun = answer(case_of(child, parameters=STANDARD)).rung(Category.TEKUN)

    assert tekun.outcome == outcome


def test_grace_is_half_a_year_to_a_year_and_the_county_says_how_much():
    case = case_of(
        HEAD | {"receives": ["dibao"]},
        parameters=STANDARD | {"job_cost_first_employment": None},
        incomes=[income("business", "1500"), income("dibao", "300")],
    )

    grace = answer(case).grace

    assert (grace.months, grace.exits_on) == ((), None)
    assert grace.exits_between == (date(2026, 10, 1), date(2027, 4, 1))
    assert grace.check.missing == ("grace_schedule",)
    assert grace.basis == f"{S1} 二(一)“半年”"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("medical", "deduction.illness"),
        ("disability_rehab", "deduction.disability"),
        ("education", "deduction.schooling"),
    ],
)
def test_rigid_outlay_comes_off_by_an_amount_the_county_gives(kind, code):
    case = case_of(
        parameters=STANDARD,
        incomes=[income("rent", "900")],
        expenses=[{"member": "p1", "kind": kind, "amount": "3000.00", "per": "year"}],
    )

    whole = answer(case)

    assert whole.rung(Category.DIBAO).outcome == "unknown"
    assert code in whole.missing


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("medical", "deduction.illness"),
        ("disability_rehab", "deduction.disability"),
        ("education", "deduction.schooling"),
    ],
)
def test_the_outlay_of_somebody_without_income_comes_off_the_households(kind, code):
    """因病、因残、因学 of any member (S1:L17): the child is ill, the parent earns."""
    case = case_of(
        HEAD, member("p2", "child", birth="2015-01-01", labour="none"), parameters=STANDARD,
        incomes=[income("rent", "1500")],
        expenses=[{"member": "p2", "kind": kind, "amount": "3000.00", "per": "year"}],
    )  # fmt: skip

    dibao = answer(case).rung(Category.DIBAO)

    assert (dibao.outcome, dibao.missing) == ("unknown", (code,))


@pytest.mark.parametrize(("paid", "outlay"), [("556.00", "5000.00"), ("555.00", "2976.00")])
def test_the_countys_share_of_a_dependants_outlay_comes_off_once(paid, outlay):
    """13200 less 80 % of the child's outlay, at most 200 a month; the gap of two is rounded up."""
    illness = (
        '[layer]\nid = "c"\nover = "mangshi"\ntitle = "县"\nversion = "1"\n'
        'valid_from = 2022-01-01\n[[deduction]]\ncode = "illness"\ntext = "因病刚性支出"\n'
        'applies_to = "household"\nkind = "actual_outlay"\nvalue = 80\n'
        'expense_kinds = ["medical"]\ncap = 200\n' + CITED
    )
    pack = parse_pack((*region("mangshi").files, ("c/1.toml", illness.encode())))
    case = case_of(
        HEAD, member("p2", "child", birth="2015-01-01", labour="none"), parameters=SETTLED,
        incomes=[income("rent", "1100")],
        expenses=[{"member": "p2", "kind": "medical", "amount": outlay, "per": "year"}],
    )  # fmt: skip

    whole = assessed(case, pack)

    assert [line.member for line in whole.lines if line.item == "illness"] == [None]
    assert str(whole.benefit_month) == paid


def test_what_a_job_costs_the_county_gives():
    whole = answer(case_of(parameters=STANDARD, incomes=[wage("900")]))

    assert whole.rung(Category.DIBAO).outcome == "unknown"
    assert "deduction.employment_cost" in whole.missing


def test_far_above_every_deduction_the_answer_is_no():
    case = case_of(parameters=STANDARD, incomes=[income("rent", "5000")])

    assert answer(case).rung(Category.DIBAO).outcome == "fails"


def test_the_amount_waits_for_the_classes():
    whole = answer(case_of(parameters=STANDARD, incomes=[income("rent", "300")]))
    settled = answer(case_of(parameters=SETTLED, incomes=[income("rent", "300")]))

    assert whole.rung(Category.DIBAO).outcome == "meets"
    assert whole.rung(Category.DIBAO).benefit_month is None
    assert "tier_amounts" in whole.missing
    assert str(settled.benefit_month) == "428.00"


def test_a_residence_permit_is_enough_to_count():
    case = case_of(
        HEAD, member("p2", "spouse", hukou="residence_permit"),
        member("p3", "sibling", hukou="nonlocal"), parameters=STANDARD,
    )  # fmt: skip

    assert answer(case).counted_members == ("p1", "p2")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("tekun_minor_age", 18),
        ("grace_months_least", 6),
        ("grace_months_most", 12),
        ("grace_condition", "employment"),
        ("tekun_basic_multiple", 1.3),
        ("single_person_amount_mode", "above_average"),
        ("job_cost_first_employment", None),
        ("paperwork_due_workdays", None),
        ("complaint_reply_workdays", None),
        ("township_approval_cap", None),
        ("confirm_authority", "city"),
        ("tekun_care_allowance", None),
        ("exit_suspended", False),
        ("emergency_decide_hours", 72),
    ],
)
def test_what_the_document_sets_and_what_it_leaves_open(name, value):
    said = found(name)

    assert said == (None if value is None else type(said)(str(value)) if isinstance(value, float)
                    else value)  # fmt: skip
