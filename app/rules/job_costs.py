"""必要就业成本 — the two job costs a pack sets by parameter, as deductions from wages.

One is for a first job, for so many months and when the household declared it, the other for those
working away, in Tianjin also for those back at work (津民发〔2020〕19号 二(五)). How much, by which
clause and until when is the pack's to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from app.domain.households import IncomeKind
from app.rules.claims import works_away
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
    yield from _granted(JOB_COST_MIGRANT, MIGRANT, "外出务工成本", _for_whom(terms), terms)


def _for_whom(terms: Terms) -> Condition:
    """Who has the cost of working away; while nobody says how much it is, nor for whom."""
    found = terms.find(JOB_COST_MIGRANT)
    cost = None if found is None else found.value
    is_wide = cost is None or cost.back_at_work
    return Condition.AWAY_OR_BACK if is_wide else Condition.AWAY_FOR_WORK


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
    first = [one.id for one in family.counted if one.first_employed_on is not None]
    migrant = [one.id for one in family.counted if works_away(one)]
    for parameter, claimants in ((JOB_COST_FIRST, first), (JOB_COST_MIGRANT, migrant)):
        found = terms.find(parameter) if claimants else None
        if found is not None and found.value is None and _has_wages(income, claimants):
            yield found.basis


def _has_wages(income: IncomeWorking, claimants: list[str]) -> bool:
    return any(
        line.item in _WAGE_LINES and line.amount_year.fen and line.member in claimants
        for line in income.lines
    )
