"""The means test beside an independent engine: the same formula, the same fen, thousands of times.

`tests/openfisca_means.py` is the oracle. A slip both sides share would stay unseen, so the oracle
is written from the trade rules, and the last test holds it to sums done by hand.
"""

from __future__ import annotations

from itertools import product

import pytest

from app.rules import assess
from app.rules.casefile import parse_case
from tests.cases import HEAD, ON, case_of, data_of, member
from tests.openfisca_cases import (
    NUMBERS,
    county_pack,
    judge,
    judge_one,
    oracle,
    plain_cases,
    verdict_of,
)
from tests.openfisca_means import RUNGS

HOUSEHOLDS = 2_500


@pytest.fixture(scope="module")
def system():
    return oracle()


@pytest.fixture(scope="module")
def pack():
    return county_pack()


def ours(case, pack):
    """Our answer in the oracle's words."""
    return verdict_of(assess(parse_case(data_of(case)), pack, ON).to_json())


def test_thousands_of_households_agree_to_the_fen(system, pack):
    cases = list(plain_cases(HOUSEHOLDS, seed=20260302))

    verdicts = judge(system, cases, ON)

    differing = [
        (case, verdict, mine)
        for case, verdict in zip(cases, verdicts, strict=True)
        if (mine := ours(case, pack)) != verdict
    ]
    assert differing == []
    for rung in RUNGS:
        met = sum(rung in verdict.met for verdict in verdicts)
        assert HOUSEHOLDS // 100 < met < HOUSEHOLDS * 3 // 4, rung


def on_the_line():
    """Households exactly on a line, a fen below and a fen above it, spending exactly 60 %."""
    for area, heads, times, off, spent in product(
        ("urban", "rural"), range(1, 6), (1, 1.5, "disposable"), (-1, 0, 1), (-1, 0, 1)
    ):
        standard, disposable = NUMBERS.standard_year[area], NUMBERS.disposable_year[area]
        line = disposable if times == "disposable" else int(standard * times)
        income = line * heads + off
        outlay = income * 6 // 10 + spent
        ill = member("p1", "spouse", serious_illness=True)
        yield case_of(
            HEAD | {"id": "p0"},
            *([ill] if heads > 1 else []),
            *(member(f"p{n}", "child", "2012-09-01") for n in range(2, heads)),
            area=area,
            parameters={},
            incomes=[yearly(income, "assessed")],
            expenses=[yearly(outlay, "medical")],
            obligors=[{"id": "o", "relation": "son", "birth": "1985-05-05"}],
        )


def yearly(fen, kind):
    return {"member": None, "kind": kind, "amount": f"{fen // 100}.{fen % 100:02d}", "per": "year"}


def test_on_every_line_and_a_fen_beside_it_they_agree(system, pack):
    cases = list(on_the_line())

    verdicts = judge(system, cases, ON)

    assert [ours(case, pack) for case in cases] == verdicts


def test_one_by_one_the_oracle_says_the_same_as_all_at_once(system):
    cases = list(plain_cases(25, seed=7))

    assert [judge_one(system, case, ON) for case in cases] == judge(system, cases, ON)


@pytest.mark.parametrize(
    ("month", "heads", "benefit"),
    [("1894.00", 3, 2_00), ("1893.99", 3, 3_00), ("1896.00", 3, 0), ("0.00", 1, 632_00)],
)
def test_the_oracle_knows_the_worked_numbers(system, month, heads, benefit):
    """ceil(632 × 3 − 1894) = 2, never ceil((632 − 1894 ÷ 3) × 3) = 3."""
    wage = {"member": "p0", "kind": "wage", "amount": month, "per": "month"}
    case = case_of(
        HEAD | {"id": "p0"},
        *(member(f"p{n}", "child", "2012-09-01") for n in range(1, heads)),
        incomes=[wage],
    )

    assert judge_one(system, case, ON).dibao_benefit == benefit
