"""What holds for every household under a pack that uses every rule for money there is."""

from __future__ import annotations

import copy
import random
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.households import Category
from app.rules import assess
from app.rules.casefile import parse_case
from app.rules.casewriter import case_of as written
from app.rules.facts import Facts
from tests.cases import CITED, ON, data_of, layered, value_toml
from tests.random_cases import random_cases

YUAN = 'unit = "元/月"'


def deduction(code, kind, value, whose="person", more=""):
    return (
        f'[[deduction]]\ncode = "{code}"\ntext = "{code}"\napplies_to = "{whose}"\n'
        f'kind = "{kind}"\n{value}\n{more}\n{CITED}\n'
    )


RULES = (
    value_toml("dibao_standard", f"value = 760\n{YUAN}"),
    value_toml("rigid_income_ceiling", 'value = 38000\nunit = "元/年"'),
    value_toml("imputed_wage_rule", 'value = "minimum_wage"'),
    value_toml("minimum_wage", f"value = 1900\n{YUAN}"),
    value_toml("job_cost_first_employment", f"value = {{ amount = 600, months = 12 }}\n{YUAN}"),
    value_toml("job_cost_migrant", f"value = {{ amount = 500 }}\n{YUAN}"),
    value_toml("category_supplement", f"value = {{ severe_disability = 90, minor = 45 }}\n{YUAN}"),
    value_toml("single_person_amount_mode", 'value = "gap"'),
    value_toml("business_registration_rule", 'value = "capital"'),
    value_toml("tekun_continuing_study", 'value = ["secondary", "undergraduate"]'),
    value_toml("tekun_minor_age", 'value = 18\nunit = "周岁"'),
    value_toml("tekun_standard", f"value = {{ dispersed = 1300.5, concentrated = 1500 }}\n{YUAN}"),
    value_toml(
        "tekun_care_allowance",
        'value = { full_self_care = 742, semi_care = 4944, full_care = 8652 }\nunit = "元/年"',
    ),
    deduction("share", "percent_of_income", "value = 33.3", more='income_kinds = ["wage"]'),
    deduction("post", "percent_of_std", "value = 30", more='condition = ["disabled"]\ncap = 200'),
    deduction("illness", "actual_outlay", "value = 70", "household",
              'expense_kinds = ["medical", "care"]\ncap = 900'),
    deduction("open", "flat", "county_must_supply = true",
              more='income_kinds = ["rent"]\nstackable_group = "g"'),
    deduction("sure", "flat", "value = 55.55", more='stackable_group = "g"'),
)  # fmt: skip

some = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
seeds = st.integers(0, 10**9)
orders = st.randoms(use_true_random=False)


@cache
def busy():
    return layered("".join(RULES))


@cache
def tiered():
    more = value_toml("tier_amounts", f"value = {{ A = 264.4, B = 209, C = 176 }}\n{YUAN}")
    rule = 'value = [{ tier = "A", labour = "none" }, { tier = "C", labour = "able" }]'
    return layered("".join(RULES) + more + value_toml("tier_rule", rule))


def case_at(seed, *, unknowns):
    return next(random_cases(1, seed=seed, unknowns=unknowns))


def answer_to(case, pack=None):
    return assess(parse_case(data_of(case)), pack or busy(), ON)


@some
@given(seeds, st.booleans(), st.booleans())
def test_what_is_paid_is_the_sum_of_its_steps_and_the_year_of_its_lines(seed, unknowns, in_tiers):
    answer = answer_to(case_at(seed, unknowns=unknowns), tiered() if in_tiers else busy())

    if answer.income_year is not None:
        assert sum(line.amount_year.fen for line in answer.lines) == answer.income_year.fen >= 0
    for one in answer.rungs:
        assert (one.benefit_month is None) or not one.benefit_missing
        if one.benefit_month is not None:
            assert sum(step.fen for step in one.benefit_lines) == one.benefit_month.fen >= 0
    if answer.rung(Category.DIBAO).outcome == "meets":
        dibao = answer.rung(Category.DIBAO)
        assert (dibao.benefit_month is None) is bool(dibao.benefit_missing)


@some
@given(seeds)
def test_what_is_left_out_turns_nothing_into_a_failure_or_a_success(seed):
    known, vague = case_at(seed, unknowns=False), case_at(seed, unknowns=True)
    for one, other in zip(answer_to(known).rungs, answer_to(vague).rungs, strict=True):
        if other.outcome != "unknown":
            assert one.outcome == other.outcome, one.rung


@some
@given(seeds, orders)
def test_the_order_of_items_and_people_never_matters(seed, rng: random.Random):
    case = case_at(seed, unknowns=True)
    shuffled = copy.deepcopy(case)
    for key in ("members", "incomes", "expenses", "assets"):
        rng.shuffle(shuffled["household"].get(key) or [])

    one, other = answer_to(case), answer_to(shuffled)

    assert {a.rung: (a.outcome, a.benefit_month) for a in one.rungs} == {
        a.rung: (a.outcome, a.benefit_month) for a in other.rungs
    }
    assert one.income_year == other.income_year


@some
@given(seeds, st.integers(0, 200_000), st.sampled_from(["rent", "interest", "other_transfer"]))
def test_more_income_never_raises_what_is_paid(seed, more, kind):
    case = case_at(seed, unknowns=False)
    richer = copy.deepcopy(case)
    richer["household"]["incomes"] = [
        *(richer["household"]["incomes"] or []),
        {"member": case["household"]["members"][0]["id"], "kind": kind,
         "amount": f"{more // 100}.{more % 100:02d}", "per": "year"},
    ]  # fmt: skip

    before, after = answer_to(case), answer_to(richer)

    for category in (Category.DIBAO, Category.TEKUN, Category.SINGLE_PERSON):
        if before.rung(category).outcome == "fails" and category is not Category.SINGLE_PERSON:
            assert after.rung(category).outcome == "fails"
    first, then = before.rung(Category.DIBAO), after.rung(Category.DIBAO)
    if first.benefit_month is not None and then.benefit_month is not None:
        assert then.benefit_month <= first.benefit_month


@some
@given(seeds)
def test_every_fact_survives_being_written_back(seed):
    facts: Facts = parse_case(data_of(case_at(seed, unknowns=True)))

    assert parse_case(data_of(written(facts))) == facts


@pytest.mark.parametrize("pack", [busy, tiered])
def test_the_pack_stands(pack):
    assert len(pack().layers[-1].deductions) == 5
