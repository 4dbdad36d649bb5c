"""What holds for thousands of random households: more of them than hypothesis has time for."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import pairwise

import pytest

from app.domain.households import Category
from app.rules import assess
from app.rules.casefile import parse_case
from tests.cases import ON, data_of, practice
from tests.random_cases import random_cases

HOUSEHOLDS = 1_500


@pytest.fixture(scope="module")
def known():
    """Every fact given."""
    return list(random_cases(HOUSEHOLDS, unknowns=False))


@pytest.fixture(scope="module")
def vague():
    """The same households after an interview that left things out."""
    return list(random_cases(HOUSEHOLDS))


def answer_to(case):
    return assess(parse_case(data_of(case)), practice(), ON)


def test_the_same_seed_makes_the_same_households(vague):
    assert list(random_cases(20)) == vague[:20]
    assert list(random_cases(20, seed=7)) != vague[:20]


def test_every_outcome_of_every_rung_comes_about(vague):
    seen = Counter((one.rung, one.outcome) for case in vague for one in answer_to(case).rungs)

    for rung in ("tekun", "dibao", "marginal", "single_person", "rigid_expenditure"):
        for outcome in ("meets", "fails", "unknown"):
            assert seen[rung, outcome] >= 5, (rung, outcome)


def test_what_is_left_out_never_turns_into_a_failure_or_a_success(known, vague):
    """What fails with facts unknown fails as it truly is; what meets, meets."""
    wrong = [
        (whole["id"], one.rung, one.outcome, truth.outcome)
        for whole, part in zip(known, vague, strict=True)
        for one, truth in zip(answer_to(part).rungs, answer_to(whole).rungs, strict=True)
        if one.outcome not in ("unknown", truth.outcome)
    ]

    assert wrong == []


def test_no_fen_is_lost_or_made(known):
    """Each income stands on one line, and the lines that count are what the year comes to."""
    for case in known:
        answer = answer_to(case).to_json()
        lines = answer["lines"]

        assert sum(Decimal(line["amount_year"]) for line in lines) == Decimal(answer["income_year"])
        stated = Counter((one["member"], one["kind"]) for one in case["household"]["incomes"])
        told = Counter((one["member"], one["item"]) for one in lines)
        assert not stated - told, case["id"]


def test_a_lower_standard_never_brings_more_households_in(known):
    """金额和名单只随标准同向变: with each lower standard nobody new meets 低保."""
    met = []
    for standard in ("900.00", "600.00", "300.00"):
        cases = [case | {"parameters": {"dibao_standard_month": standard}} for case in known[:300]]
        answers = [answer_to(case) for case in cases]
        met.append({one.case for one in answers if one.rung(Category.DIBAO).outcome == "meets"})

    assert all(low < high for high, low in pairwise(met))
