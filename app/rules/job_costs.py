"""必要就业成本 — what working costs comes off the wage, where the pack grants it.

Tianjin 2020: 600 yuan a month for a first job, for one year, when the household declared it; 500 a
month for those working away while the epidemic lasted (津民发〔2020〕19号 二(二)、二(五)).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.money import Money
from app.domain.people import Living
from app.domain.workdays import add_months
from app.rules.facts import Member
from app.rules.grounds import Check, unsettled
from app.rules.layers import Treatment
from app.rules.lines import Doubt, Line
from app.rules.parameters import JOB_COST_FIRST, JOB_COST_MIGRANT, JOB_COST_STACKING
from app.rules.terms import Found, Terms
from app.rules.values import JobCost

FIRST: Final = "first_employment_cost"
MIGRANT: Final = "migrant_work_cost"


@dataclass(frozen=True, slots=True)
class Wage:
    """What a member earned by working: the sum of the year and the months it was earned in."""

    year_fen: int
    months: int


@dataclass(frozen=True, slots=True)
class _Claim:
    """One deduction; `open_point` when it hangs on something not yet known."""

    item: str
    cost: Found[JobCost]
    open_point: Check | None = None


def job_cost_lines(
    member: Member, path: str, wage: Wage, terms: Terms, on: date
) -> tuple[list[Line], list[Doubt]]:
    """The deductions of one member who earns `wage`, and those that stay open."""
    claims = [
        claim for claim in (_first_job(member, path, terms, on), _migrant(member, terms)) if claim
    ]
    stacking = terms.find(JOB_COST_STACKING) if len(claims) > 1 else None
    if len(claims) > 1 and (stacking is None or stacking.value == "exclusive"):
        claims = [max(claims, key=lambda claim: claim.cost.value.month)]
    lines: list[Line] = []
    doubts: list[Doubt] = []
    left = wage.year_fen
    for claim in claims:
        line = _line(member, claim, wage.months, left)
        left += line.amount_year.fen
        if claim.open_point is None:
            lines.append(line)
        else:
            warning = claim.open_point.reasons[0].text
            doubts.append(Doubt(-line.amount_year.fen, claim.open_point, warning))
    return lines, doubts


def _first_job(member: Member, path: str, terms: Terms, on: date) -> _Claim | None:
    """The first-employment deduction, while its clock runs; it must have been declared."""
    found = _granted(terms.find(JOB_COST_FIRST))
    start = member.first_employed_on
    if found is None or start is None or on < start:
        return None
    if found.value.months is not None and on >= add_months(start, found.value.months):
        return None
    if member.self_declared_on is None:
        text = "首次就业的扣减要主动申报，还没填申报日期，先没有扣。"
        return _Claim(FIRST, found, unsettled(text, str(found.ground), f"{path}.self_declared_on"))
    return _Claim(FIRST, found)


def _migrant(member: Member, terms: Terms) -> _Claim | None:
    """The deduction for working away."""
    if member.living is not Living.AWAY_FOR_WORK:
        return None
    found = _granted(terms.find(JOB_COST_MIGRANT))
    return None if found is None else _Claim(MIGRANT, found)


def _granted(found: Found[JobCost | None] | None) -> Found[JobCost] | None:
    """The cost, where the pack grants one at all."""
    if found is None or found.value is None:
        return None
    return Found(found.value, found.ground)


def _line(member: Member, claim: _Claim, months: int, most: int) -> Line:
    """The deduction of a year, never more than what was earned."""
    month = claim.cost.value.month
    fen = min(month.fen * months, most)
    capped = "（不超过工资）" if fen < month.fen * months else ""
    return Line(
        member=member.id,
        item=claim.item,
        treatment=Treatment.DEDUCTED,
        formula=f"{month} × {months}{capped}",
        amount_year=Money(-fen),
        basis=str(claim.cost.ground),
    )
