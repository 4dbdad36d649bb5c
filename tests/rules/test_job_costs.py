"""必要就业成本 while nobody said whether it is a first job, or where somebody lives."""

from __future__ import annotations

import pytest

from app.domain.households import Category
from tests.cases import FIRST_JOB, HEAD, assessed, case_of, wage

FIRST, MIGRANT = "job_cost_first_employment", "job_cost_migrant"
COSTS = {FIRST: {"value": {"amount": 600, "months": 12}}, MIGRANT: {"value": {"amount": 500}}}


def earner_under(cost, facts, pay):
    """The answer to one earner where the county has just this job cost; the line is at 1000."""
    parameters = {"dibao_standard_month": "1000.00", cost: COSTS[cost]}
    return assessed(case_of(HEAD | facts, incomes=[wage(pay)], parameters=parameters))


@pytest.mark.parametrize(
    ("cost", "unsaid", "fact", "pays"),
    [
        (FIRST, {"first_job": None}, "first_employed_on", ("999.99", "1599.99", "1600.00")),
        (FIRST, {"first_job": True}, "first_employed_on", ("999.99", "1599.99", "1600.00")),
        (MIGRANT, {"living": None}, "living", ("999.99", "1499.99", "1500.00")),
    ],
)
def test_a_job_cost_nobody_could_yet_rule_out_opens_what_it_would_change(cost, unsaid, fact, pays):
    """Below the line without it, below with it only, and above with it too."""
    path = f"household.members[0].{fact}"

    poor, between, rich = (earner_under(cost, unsaid, pay) for pay in pays)

    assert any("先没有扣" in warning for warning in poor.warnings)
    assert poor.rung(Category.DIBAO).outcome == "meets"
    assert poor.rung(Category.DIBAO).benefit_open == (path,)
    assert path in poor.missing
    assert between.rung(Category.DIBAO).outcome == "unknown"
    assert between.rung(Category.DIBAO).missing == (path,)
    assert between.suggested is None
    assert rich.rung(Category.DIBAO).outcome == "fails"


@pytest.mark.parametrize(
    "known", [{"first_job": False}, FIRST_JOB | {"first_employed_on": "2025-03-01"}]
)
def test_a_job_that_is_not_the_first_or_no_longer_new_costs_nothing(known):
    answer = earner_under(FIRST, known, "1200")

    assert [line.item for line in answer.lines] == ["wage"]
    assert (answer.rung(Category.DIBAO).outcome, answer.warnings) == ("fails", ())
