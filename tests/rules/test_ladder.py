"""The whole answer: the worked example of the contract, its shape, and what it warns of."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from app.domain.households import Category
from app.domain.identity import make_id_number
from app.domain.problem import Refused
from app.rules import assess
from app.rules.casefile import parse_case
from app.rules.pack import parse_pack
from app.services.fact_words import to_ask
from tests.cases import (
    FIRST_JOB,
    FIRST_JOB_600,
    HEAD,
    ON,
    WORKED_EXAMPLE,
    assessed,
    case_of,
    data_of,
    income,
    layered,
    member,
    national,
    practice,
    wage,
)

TIANJIN = WORKED_EXAMPLE | {
    "parameters": {
        "dibao_standard_month": "1045.00",
        "job_cost_first_employment": FIRST_JOB_600,
    }
}


def test_the_worked_example_of_the_contract():
    answer = assessed(TIANJIN).to_json()

    assert {key: answer[key] for key in (
        "format", "case", "on", "counted_members", "income_year", "per_capita_month",
        "standard_month", "suggested", "benefit_month", "care_levels", "missing", "warnings",
    )} == {
        "format": "xieli-assessment/1",
        "case": "case-1",
        "on": "2026-03-02",
        "counted_members": ["p1", "p2", "p3"],
        "income_year": "34800.00",
        "per_capita_month": "966.67",
        "standard_month": "1045.00",
        "suggested": "dibao",
        "benefit_month": "235.00",
        "care_levels": {"p2": "semi_care"},
        "missing": [],
        "warnings": [],
    }  # fmt: skip
    rungs = {one["rung"]: one for one in answer["rungs"]}
    assert list(rungs) == [
        "tekun", "dibao", "marginal", "single_person", "rigid_expenditure", "watchlist",
    ]  # fmt: skip
    assert rungs["dibao"] == {
        "rung": "dibao",
        "outcome": "meets",
        "members": ["p1", "p2", "p3"],
        "benefit_month": "235.00",
        "reasons": [],
        "missing": [],
        "benefit_missing": [],
        "benefit_open": [],
        "benefit_lines": answer["working"]["benefit"],
    }
    assert (rungs["tekun"]["outcome"], rungs["tekun"]["members"]) == ("fails", ["p2"])
    assert rungs["tekun"]["reasons"][0]["text"]
    assert rungs["tekun"]["reasons"][0]["basis"]
    assert [
        (line["member"], line["item"], line["treatment"], line["formula"], line["amount_year"])
        for line in answer["lines"]
    ] == [
        ("p1", "wage", "counted", "2600.00 × 12", "31200.00"),
        ("p1", "first_employment_cost", "deducted", "600.00 × 12", "-7200.00"),
        ("p2", "rent", "counted", "900.00 × 12", "10800.00"),
    ]


def test_the_answer_names_the_pack_it_rests_on():
    answer = assessed(TIANJIN).to_json()

    pack = national()
    assert answer["pack"] == {"id": "national", "version": pack.version, "sha256": pack.sha256}


def test_the_answer_has_the_keys_of_the_contract_and_then_more():
    answer = assessed(TIANJIN).to_json()

    assert list(answer)[:16] == [
        "format", "case", "on", "pack", "overrides", "counted_members", "income_year",
        "per_capita_month", "standard_month", "rungs", "suggested", "benefit_month",
        "care_levels", "lines", "missing", "warnings",
    ]  # fmt: skip
    assert {"near", "hints", "grace", "working"} <= set(answer)
    assert all(
        list(one)[:5] == ["rung", "outcome", "members", "benefit_month", "reasons"]
        for one in answer["rungs"]
    )
    assert all(
        list(line)[:6] == ["member", "item", "treatment", "formula", "amount_year", "basis"]
        for line in answer["lines"]
    )
    json.dumps(answer)


def test_without_a_county_the_standard_is_missing_and_named():
    answer = assessed(WORKED_EXAMPLE | {"parameters": {}})

    assert answer.rung(Category.DIBAO).outcome == "unknown"
    assert answer.rung(Category.MARGINAL).outcome == "unknown"
    assert "dibao_standard" in answer.missing
    assert answer.suggested is None
    assert answer.to_json()["standard_month"] is None


def test_a_county_layer_supplies_it():
    urban = assessed(WORKED_EXAMPLE | {"parameters": {}}, practice())
    rural = assessed(case_of(parameters={}, area="rural", incomes=[wage("500")]), practice())

    assert urban.to_json()["standard_month"] == "760.00"
    assert rural.to_json()["standard_month"] == "525.00"
    assert rural.to_json()["benefit_month"] == "25.00"


def test_a_value_of_another_day_is_the_one_in_force_that_day():
    case = case_of(parameters={}, incomes=[wage("700")])

    before = assessed(case, practice(), date(2025, 12, 31))
    after = assessed(case, practice(), date(2026, 1, 1))

    assert (before.to_json()["standard_month"], after.to_json()["standard_month"]) == (
        "728.00",
        "760.00",
    )


def test_a_rung_the_pack_has_no_rule_for_is_unknown_never_failed():
    watchlist = assessed(TIANJIN).rung(Category.WATCHLIST)

    assert watchlist.outcome == "unknown"
    assert "没有带" in watchlist.reasons[0].text
    assert "问县里" in watchlist.reasons[0].text
    assert watchlist.missing == ("rung.watchlist",)
    assert to_ask(parse_case(data_of(TIANJIN)), watchlist.missing) == (
        "等县里给：有没有“备案”这一档",
    )


@pytest.mark.parametrize(
    "category", [Category.TEKUN, Category.DIBAO, Category.SINGLE_PERSON, Category.MARGINAL]
)
def test_so_is_any_other_rung_no_layer_speaks_of(category):
    other = f'rung = "{Category.WATCHLIST.value}"'.encode()
    files = [
        (name, data.replace(f'rung = "{category.value}"'.encode(), other))
        for name, data in national().files
    ]
    answer = assess(parse_case(data_of(TIANJIN)), parse_pack(files), ON)

    assert answer.rung(category).outcome == "unknown"
    assert "没有带" in answer.rung(category).reasons[-1].text
    assert f"rung.{category}" in answer.rung(category).missing


@pytest.mark.parametrize(
    ("people", "field"),
    [
        ({"members": [member("p1", "head", "2026-03-03")]}, "household.members[0].birth"),
        (
            {"obligors": [{"id": "o", "relation": "son", "birth": "2027-01-01"}]},
            "household.obligors[0].birth",
        ),
        (
            {"members": [HEAD | FIRST_JOB | {"first_employed_on": "2026-03-03"}]},
            "household.members[0].first_employed_on",
        ),
        (
            {"members": [HEAD, member("p2", "spouse", self_declared_on="2026-03-03")]},
            "household.members[1].self_declared_on",
        ),
        (
            {
                "incomes": [
                    wage("1"),
                    {"member": None, "kind": "charity", "amount": "1", "per": "once",
                     "received_on": "2026-03-03"},
                ]
            },
            "household.incomes[1].received_on",
        ),
    ],
)  # fmt: skip
def test_a_day_after_that_of_the_case_is_refused_by_its_path_and_says_why(people, field):
    with pytest.raises(Refused) as caught:
        assessed(case_of(**people))

    assert (caught.value.code, caught.value.field) == ("C-06", field)
    assert "在测算日期2026年3月2日之后" in caught.value.what


def test_what_happened_on_the_day_itself_stands():
    on_the_day = (
        HEAD
        | {"first_job": True}
        | dict.fromkeys(("first_employed_on", "self_declared_on"), ON.isoformat())
    )

    assert assessed(case_of(on_the_day)).counted_members == ("p1",)


@pytest.mark.parametrize("day", [date(2018, 12, 30), date(1999, 1, 1)])
def test_a_day_before_the_pack_is_refused(day):
    with pytest.raises(Refused) as caught:
        assess(parse_case(data_of(case_of(HEAD | {"birth": "1960-01-01"}))), national(), day)

    assert (caught.value.code, caught.value.field) == ("C-09", "on")


def test_a_day_after_the_packs_end_is_refused():
    ended = layered(
        "",
        head='[layer]\nid = "test"\nover = "national"\ntitle = "试"\nversion = "1"\n'
        "valid_from = 2021-07-01\nvalid_to = 2025-12-31\n",
    )

    with pytest.raises(Refused) as caught:
        assessed(case_of(), ended)

    assert caught.value.code == "C-09"


def test_an_id_number_that_cannot_stand_is_only_warned_about_and_never_shown():
    case = case_of(HEAD | {"id_number": "459901197905030011"})

    warnings = assessed(case).warnings

    assert len(warnings) == 1
    assert warnings[0].startswith("household.members[0].id_number：")
    assert "4599" not in warnings[0]


def test_an_id_number_that_says_otherwise_is_warned_about():
    number = make_id_number("459901", date(1980, 1, 1), 1)

    warnings = assessed(case_of(HEAD | {"id_number": number})).warnings

    assert [text.split("：")[1] for text in warnings] == [
        "身份证号里的出生日期和填的不一样。",
        "身份证号里的性别和填的不一样。",
    ]


def test_an_id_number_that_agrees_says_nothing():
    number = make_id_number("459901", date(1979, 5, 3), 2)

    assert assessed(case_of(HEAD | {"id_number": number})).warnings == ()


def test_nobody_to_count_is_no_household():
    gone = case_of(member("p1", "head", status="dead"))

    answer = assessed(gone)

    assert answer.counted_members == ()
    assert answer.rung(Category.DIBAO).outcome == "fails"
    assert answer.to_json()["per_capita_month"] is None
    assert any("没有算作家庭成员" in warning for warning in answer.warnings)


def test_the_best_of_several_rungs_is_suggested():
    ill = case_of(HEAD | {"serious_illness": True}, incomes=[wage("1200")])

    answer = assessed(ill)

    assert answer.rung(Category.MARGINAL).outcome == "meets"
    assert answer.suggested is Category.SINGLE_PERSON
    assert str(answer.benefit_month) == "1000.00"


def test_every_line_has_a_basis_and_the_lines_sum_to_the_year():
    kinds = ["wage", "farming", "rent", "veteran_benefit", "dibao", "resident_pension_basic"]
    answer = assessed(case_of(incomes=[income(kind, "123.45") for kind in kinds])).to_json()

    assert all(line["basis"] and line["formula"] for line in answer["lines"])
    assert sum(Decimal(line["amount_year"]) for line in answer["lines"]) == Decimal(
        answer["income_year"]
    )


def test_a_pack_is_in_force_on_its_first_and_on_its_last_day():
    ended = layered(
        "",
        head='[layer]\nid = "test"\nover = "national"\ntitle = "试"\nversion = "1"\n'
        "valid_from = 2026-01-01\nvalid_to = 2026-01-31\n",
    )

    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1))
    assert [ended.is_in_force(day) for day in days] == [False, True, True, False]


def test_somebody_may_be_born_on_the_day():
    case = case_of(HEAD, member("p2", "child", ON.isoformat()))

    assert assessed(case).counted_members == ("p1", "p2")
