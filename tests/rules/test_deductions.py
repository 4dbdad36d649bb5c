"""扣减: a pack's [[deduction]] rules — how much, for whom, until when, which not together."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.households import Category
from app.rules.pack import parse_pack
from tests.cases import (
    CITED,
    FIRST_JOB,
    HEAD,
    ON,
    assessed,
    case_of,
    changed,
    income,
    layered,
    member,
    rung,
    value_toml,
    wage,
)


def deduction(code="rule", kind="flat", value: object = 300, whose="person", **parts):
    """One [[deduction]] of an invented layer; `value` None says that the county must supply it."""
    said = "county_must_supply = true" if value is None else f"value = {value}"
    more = "\n".join(f"{key} = {said_of(part)}" for key, part in parts.items())
    return (
        f'[[deduction]]\ncode = "{code}"\ntext = "{code}扣减"\napplies_to = "{whose}"\n'
        f'kind = "{kind}"\n{said}\n{more}\n{CITED}\n'
    )


def said_of(part):
    if isinstance(part, list):
        return "[" + ", ".join(f'"{one}"' for one in part) + "]"
    return part if isinstance(part, int) else f'"{part}"'


def deducted(case, toml, on=ON):
    """(member, item, formula, amount) of every line that comes off."""
    return [
        (line.member, line.item, line.formula, str(line.amount_year))
        for line in assessed(case, layered(toml), on).lines
        if line.treatment == "deducted"
    ]


WAGE = case_of(incomes=[wage("2000")])


@pytest.mark.parametrize(
    ("rule", "formula", "amount"),
    [
        ({"value": 300}, "300.00 × 12", "-3600.00"),
        ({"kind": "percent_of_income", "value": 30}, "24000.00 × 30.00%", "-7200.00"),
        ({"kind": "percent_of_std", "value": 30}, "1000.00 × 30.00% × 12", "-3600.00"),
        ({"value": 300, "max_months": 6}, "300.00 × 6", "-1800.00"),
        ({"value": 300, "cap": 200}, "300.00 × 12（每月最多 200.00）", "-2400.00"),
        ({"value": 3000}, "3000.00 × 12（不超过收入）", "-24000.00"),
        ({"value": 3000, "income_kinds": ["wage"]}, "3000.00 × 12（不超过工资）", "-24000.00"),
        ({"whose": "household", "value": 100}, "100.00 × 12", "-1200.00"),
    ],
)
def test_how_much_comes_off(rule, formula, amount):
    [(_, item, said, fen)] = deducted(WAGE, deduction(**rule))

    assert (item, said, fen) == ("rule", formula, amount)


def test_a_line_cites_the_rule_and_says_what_it_is():
    [line] = [line for line in assessed(WAGE, layered(deduction())).lines if line.item == "rule"]

    assert (line.basis, line.label) == ("示例文件 一", "rule扣减")


def test_only_the_kinds_named_are_taken_from():
    case = case_of(incomes=[income("rent", "500"), wage("100")])

    assert deducted(case, deduction(value=300, income_kinds=["wage"])) == [
        ("p1", "rule", "300.00 × 12（不超过工资）", "-1200.00")
    ]
    assert (
        deducted(case_of(incomes=[income("rent", "500")]), deduction(income_kinds=["wage"])) == []
    )


def test_months_not_worked_are_not_deducted():
    case = case_of(incomes=[wage("2000", months=4)])

    assert deducted(case, deduction(value=300)) == [("p1", "rule", "300.00 × 4", "-1200.00")]


def test_what_is_disregarded_or_anothers_is_not_taken_from():
    case = case_of(
        HEAD,
        member("p2", "child", living="separate"),
        incomes=[wage("900", "p2"), income("charity", "900")],
    )

    assert deducted(case, deduction(value=300)) == []


OUTLAY = {"kind": "actual_outlay", "value": 100, "expense_kinds": ["medical"]}
SPENT = [
    {"member": "p1", "kind": "medical", "amount": "100.00", "per": "month"},
    {"member": "p2", "kind": "medical", "amount": "900.00", "per": "year"},
    {"member": None, "kind": "medical", "amount": "50.00", "per": "once"},
    {"member": "p3", "kind": "medical", "amount": "70.00", "per": "year"},
    {"member": "p1", "kind": "education", "amount": "9000.00", "per": "year"},
]


def spending(**parts):
    return case_of(
        HEAD,
        member("p2", "spouse"),
        member("p3", "child", living="separate"),
        incomes=[wage("2000")],
        expenses=parts.get("expenses", SPENT),
    )


def test_a_households_outlay_comes_off_whosever_it_is_as_long_as_he_counts():
    assert deducted(spending(), deduction(whose="household", **OUTLAY)) == [
        (None, "rule", "2150.00 × 100.00%", "-2150.00")
    ]


def test_a_persons_outlay_comes_off_his_own_income():
    assert deducted(spending(), deduction(**OUTLAY)) == [
        ("p1", "rule", "1200.00 × 100.00%", "-1200.00")
    ]


@pytest.mark.parametrize("whose", ["person", "household"])
def test_outlay_nobody_asked_about_keeps_the_answer_open(whose):
    toml = deduction(whose=whose, **OUTLAY)
    above = case_of(incomes=[wage("2000")], expenses=None)
    below = case_of(incomes=[wage("900")], expenses=None)

    answer = rung(above, Category.DIBAO, layered(toml))

    assert (answer.outcome, answer.missing) == ("unknown", ("household.expenses",))
    assert rung(below, Category.DIBAO, layered(toml)).outcome == "meets"


def test_an_amount_left_to_the_county_keeps_the_answer_open_and_is_named():
    """芒市: 因病、因残、因学 come off, with no figure in the document (S1:L17)."""
    pack = layered(deduction("illness", whose="household", **OUTLAY | {"value": None}))
    spent = [{"member": None, "kind": "medical", "amount": "9", "per": "month"}]

    answer = assessed(case_of(incomes=[wage("1005")], expenses=spent), pack)

    assert answer.rung(Category.DIBAO).outcome == "unknown"
    assert answer.rung(Category.DIBAO).missing == ("deduction.illness",)
    assert any("县里还没给" in warning for warning in answer.warnings)
    assert rung(case_of(incomes=[wage("1009")], expenses=spent), Category.DIBAO, pack).outcome == (
        "fails"
    )


def test_without_a_standard_a_share_of_it_is_open():
    pack = layered(deduction(kind="percent_of_std", value=30))
    answer = assessed(case_of(parameters={}, incomes=[wage("2000")]), pack)

    assert "dibao_standard" in answer.missing
    assert any("低保标准县里还没给" in warning for warning in answer.warnings)


@pytest.mark.parametrize(
    ("facts", "condition", "comes_off"),
    [
        ({"disability": {"kind": "visual", "level": 2}}, "disabled", True),
        ({"disability": None}, "disabled", False),
        ({"living": "away_for_work"}, "away_for_work", True),
        ({}, "away_for_work", False),
        ({"self_declared_on": "2026-01-01"}, "self_declared", True),
    ],
)
def test_a_condition_must_hold(facts, condition, comes_off):
    case = case_of(
        HEAD,
        member("p2", "spouse", **facts),
        incomes=[wage("2000", "p2")],
        parameters={"dibao_standard_month": "1000", "family_rule_set": ["test"]},
    )
    everybody = '[[family]]\nset = "test"\ncode = "all"\ncounts = true\ntext = "都算。"\n' + CITED

    assert bool(deducted(case, everybody + deduction(condition=[condition]))) is comes_off


@pytest.mark.parametrize(
    ("fact", "condition", "path"),
    [("disability", "disabled", "disability"), ("self_declared_on", "self_declared",
                                                "self_declared_on")],
)  # fmt: skip
def test_a_condition_nobody_asked_about_may_decide(fact, condition, path):
    head = {key: value for key, value in HEAD.items() if key != fact}
    pack = layered(deduction(condition=[condition]))

    answer = assessed(case_of(head, incomes=[wage("1200")]), pack)

    assert [line.item for line in answer.lines] == ["wage"]
    assert answer.rung(Category.DIBAO).missing == (f"household.members[0].{path}",)


@pytest.mark.parametrize(
    ("on", "comes_off"),
    [(date(2026, 2, 1), True), (date(2026, 7, 31), True), (date(2026, 8, 1), False)],
)
def test_a_clock_from_the_first_job_runs_out(on, comes_off):
    begun = {"first_job": True, "first_employed_on": "2026-02-01"}
    case = case_of(HEAD | begun, incomes=[wage("2000")])
    toml = deduction(start_event="first_employed_on", max_months=6)

    assert bool(deducted(case, toml, on)) is comes_off


def test_without_a_first_job_there_is_no_clock_and_without_an_end_it_runs_on():
    toml = deduction(start_event="first_employed_on")
    begun = {"first_job": True, "first_employed_on": "2020-02-01"}
    started = case_of(HEAD | begun, incomes=[wage("2000")])

    assert deducted(WAGE, toml) == []
    assert deducted(started, toml) == [("p1", "rule", "300.00 × 12", "-3600.00")]


def test_rules_of_one_group_do_not_stack_and_others_do():
    toml = (
        deduction("a", value=100, stackable_group="care")
        + deduction("b", value=200, stackable_group="care")
        + deduction("c", value=50)
        + deduction("d", value=10, start_event="none")
    )

    assert [(item, amount) for _, item, _, amount in deducted(WAGE, toml)] == [
        ("b", "-2400.00"), ("c", "-600.00"), ("d", "-120.00"),
    ]  # fmt: skip


def test_a_larger_rule_still_open_leaves_the_smaller_and_a_doubt_about_the_rest():
    """100 comes off for sure; 300, if declared, would be 200 more."""
    toml = deduction("sure", value=100, stackable_group="g") + deduction(
        "open", value=300, stackable_group="g", condition=["self_declared"]
    )
    pack = layered(toml)

    answer = assessed(case_of(incomes=[wage("1250")]), pack)
    poorer = assessed(case_of(incomes=[wage("1050")]), pack)
    richer = assessed(case_of(incomes=[wage("1350")]), pack)

    assert [line.item for line in answer.lines] == ["wage", "sure"]
    assert answer.rung(Category.DIBAO).outcome == "unknown"
    assert poorer.rung(Category.DIBAO).outcome == "meets"
    assert richer.rung(Category.DIBAO).outcome == "fails"


def test_a_smaller_rule_still_open_changes_nothing():
    toml = deduction("sure", value=300, stackable_group="g") + deduction(
        "open", value=100, stackable_group="g", condition=["self_declared"]
    )

    assert assessed(case_of(incomes=[wage("1350")]), layered(toml)).warnings == ()


def test_where_only_an_open_rule_fits_nothing_comes_off_yet():
    toml = deduction("x", stackable_group="g", condition=["self_declared"]) + deduction(
        "y", value=100, stackable_group="g", condition=["self_declared"]
    )

    answer = assessed(case_of(incomes=[wage("1250")]), layered(toml))

    assert [line.item for line in answer.lines] == ["wage"]
    assert answer.rung(Category.DIBAO).outcome == "unknown"


AWAY = HEAD | FIRST_JOB | {"living": "away_for_work"}
BOTH = {
    "dibao_standard_month": "1000.00",
    "job_cost_first_employment": {"value": {"amount": 600, "months": 12}},
    "job_cost_migrant": {"value": {"amount": 500}},
}


def test_where_nobody_said_whether_job_costs_stack_one_comes_off_and_the_other_is_open():
    """Tianjin: whether 600 and 500 stack is not written (津民发〔2020〕19号)."""
    pack = layered(value_toml("job_cost_stacking", "county_must_supply = true"))

    answer = assessed(case_of(AWAY, parameters=BOTH, incomes=[wage("1800")]), pack)

    assert [line.item for line in answer.lines] == ["wage", "first_employment_cost"]
    assert answer.rung(Category.DIBAO).missing == ("job_cost_stacking",)
    assert any("能不能一起扣" in warning for warning in answer.warnings)


def test_a_packs_rule_in_the_group_of_the_job_costs_obeys_their_stacking():
    toml = deduction("bus", value=700, stackable_group="job_cost")
    alone = case_of(AWAY, parameters=BOTH, incomes=[wage("2000")])
    together = case_of(
        AWAY, parameters=BOTH | {"job_cost_stacking": "stack"}, incomes=[wage("2000")]
    )

    assert [item for _, item, _, _ in deducted(alone, toml)] == ["bus"]
    assert [item for _, item, _, _ in deducted(together, toml)] == [
        "first_employment_cost", "migrant_work_cost", "bus",
    ]  # fmt: skip


def test_a_job_cost_left_to_the_county_is_open_where_it_would_be_due():
    pack = layered(value_toml("job_cost_migrant", 'county_must_supply = true\nunit = "元/月"'))
    case = case_of(AWAY, incomes=[wage("1100")])

    answer = rung(case, Category.DIBAO, pack)

    assert (answer.outcome, answer.missing) == ("unknown", ("job_cost_migrant",))
    assert rung(case_of(incomes=[wage("1100")]), Category.DIBAO, pack).outcome == "fails"


def test_persons_come_before_the_household_and_nothing_is_taken_twice():
    toml = deduction("house", whose="household", value=1500) + deduction("own", value=1000)

    assert [(item, amount) for _, item, _, amount in deducted(WAGE, toml)] == [
        ("own", "-12000.00"), ("house", "-12000.00"),
    ]  # fmt: skip


def test_a_doubt_is_never_larger_than_what_is_left():
    toml = deduction("own", value=2000) + deduction("open", condition=["self_declared"])

    answer = assessed(WAGE, layered(toml))

    assert str(answer.income_year) == "0.00"
    assert answer.warnings == ()


def test_an_odd_share_is_settled_to_the_fen():
    case = case_of(incomes=[wage("100.05", per="year")])

    assert deducted(case, deduction(kind="percent_of_income", value=50)) == [
        ("p1", "rule", "100.05 × 50.00%", "-50.02")
    ]


def test_a_later_layer_replaces_a_rule_of_the_same_code_or_says_there_is_none():
    below = layered(deduction("a", value=100) + deduction("b", value=10))
    over = (
        '[layer]\nid = "town"\nover = "test"\ntitle = "镇"\nversion = "1"\n'
        "valid_from = 2021-07-01\n"
        + deduction("a", value=200)
        + f'[[deduction]]\ncode = "b"\ntext = "不扣了"\nnone = true\n{CITED}'
    )
    pack = parse_pack((*below.files, ("town/1.toml", over.encode())))

    lines = [(line.item, str(line.amount_year)) for line in assessed(WAGE, pack).lines]
    assert lines == [("wage", "24000.00"), ("a", "-2400.00")]


def test_a_rule_ends_with_its_days():
    toml = deduction(valid_from="x").replace('"x"', "2026-01-01\nvalid_to = 2026-01-31")

    assert deducted(WAGE, toml, date(2026, 1, 31))
    assert not deducted(WAGE, toml, date(2026, 2, 1))


def test_what_may_come_off_a_person_is_not_taken_by_the_household_first():
    """3300 less the household's 900 is above the 2000 of two; less an open 500 it is not."""
    toml = deduction("open", value=500, condition=["self_declared"]) + deduction(
        "house", whose="household", value=900
    )
    case = case_of(
        HEAD, member("p2", "spouse"), incomes=[wage("1000"), income("rent", "2300", "p2")]
    )

    answer = rung(case, Category.DIBAO, layered(toml))

    assert (answer.outcome, answer.missing) == (
        "unknown",
        ("household.members[0].self_declared_on", "household.members[1].self_declared_on"),
    )


@pytest.mark.parametrize("whose", ["person", "household"])
def test_outlay_that_was_not_all_told_of_takes_nothing_off_yet(whose):
    rule = deduction(whose=whose, **OUTLAY)
    unasked = changed(spending(), expenses_unasked=["p1"])
    elsewhere = changed(spending(), expenses_unasked=["p3"])

    assert deducted(spending(), rule)
    assert deducted(unasked, rule) == []
    assert deducted(elsewhere, rule) == deducted(spending(), rule)
