"""必要就业成本 — the two job costs a pack sets by parameter, as deductions from wages.

One is for a first job, for so many months and when the household declared it, the other for those
working away. How much, by which clause and until when is the pack's to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from app.domain.households import IncomeKind
from app.domain.people import Living
from app.rules.deductions import JOB_COST, Condition, Deduction, DeductionKind, Granted, Whose
from app.rules.family import Family
from app.rules.lines import IncomeWorking
from app.rules.parameters import JOB_COST_FIRST, JOB_COST_MIGRANT, Parameter
from app.rules.terms import Terms
from app.rules.values import JobCost

FIRST: Final = "first_employment_cost"
MIGRANT: Final = "migrant_work_cost"
WAGES: Final = frozenset({IncomeKind.WAGE, IncomeKind.PUBLIC_POST_WAGE})
_WAGE_LINES: Final = frozenset(kind.value for kind in WAGES)


def job_costs(terms: Terms) -> Iterable[Granted]:
    """The job costs the pack grants; one left to the county has no amount."""
    yield from _granted(JOB_COST_FIRST, FIRST, "首次就业劳动成本", Condition.SELF_DECLARED, terms)
    yield from _granted(JOB_COST_MIGRANT, MIGRANT, "外出务工成本", Condition.AWAY_FOR_WORK, terms)


def _granted(
    parameter: Parameter[JobCost | None], code: str, text: str, condition: Condition, terms: Terms
) -> Iterable[Granted]:
    found = terms.find(parameter)
    if found is not None and found.value is None:
        return
    cost = None if found is None else found.value
    rule = Deduction(
        whose=Whose.PERSON,
        kind=DeductionKind.FLAT,
        value=None if cost is None else Fraction(cost.month.fen),
        incomes=WAGES,
        max_months=None if cost is None else cost.months,
        from_first_job=parameter is JOB_COST_FIRST,
        conditions=frozenset({condition}),
        group=JOB_COST,
    )
    ground = terms.ground_of(parameter) if found is None else found.ground
    yield Granted(code, text, rule, ground, parameter.name)


def declined_costs(family: Family, income: IncomeWorking, terms: Terms) -> Iterable[str]:
    """The clauses by which nothing comes off the wages of somebody who would claim a job cost."""
    earning = {
        line.member for line in income.lines if line.item in _WAGE_LINES and line.amount_year.fen
    }
    earners = [member for member in family.counted if member.id in earning]
    claimed = {
        JOB_COST_FIRST: any(member.first_employed_on is not None for member in earners),
        JOB_COST_MIGRANT: any(member.living is Living.AWAY_FOR_WORK for member in earners),
    }
    for parameter, is_claimed in claimed.items():
        found = terms.find(parameter)
        if is_claimed and found is not None and found.value is None:
            yield str(found.ground)
