"""必要就业成本 — the two job costs a pack sets by parameter, as deductions from wages.

Tianjin 2020: 600 yuan a month for a first job, for one year, when the household declared it; 500 a
month for those working away while the epidemic lasted (津民发〔2020〕19号 二(二)、二(五)).
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from app.domain.households import IncomeKind
from app.rules.deductions import JOB_COST, Condition, Deduction, DeductionKind, Granted, Whose
from app.rules.grounds import Ground
from app.rules.parameters import JOB_COST_FIRST, JOB_COST_MIGRANT, Parameter
from app.rules.terms import Terms
from app.rules.values import JobCost

FIRST: Final = "first_employment_cost"
MIGRANT: Final = "migrant_work_cost"
WAGES: Final = frozenset({IncomeKind.WAGE, IncomeKind.PUBLIC_POST_WAGE})


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
    ground = Ground(text, "由县里给出") if found is None else found.ground
    yield Granted(code, text, rule, ground, parameter.name)
