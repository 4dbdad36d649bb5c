"""家庭收入 — every source as a line with its treatment and clause, adding up exactly.

A year is the measure: monthly amounts times the months in the window, brought to twelve. Lines are
whole fen and are summed, never averaged first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.households import IncomeKind, Per
from app.domain.money import Money
from app.rules.facts import Facts, Income
from app.rules.family import Family
from app.rules.grounds import MET, Ground, unsettled
from app.rules.job_costs import Wage, job_cost_lines
from app.rules.layers import Treatment
from app.rules.lines import Doubt, IncomeWorking, Line
from app.rules.parameters import INCOME_WINDOW, PENSION_UNTIL
from app.rules.terms import Terms
from app.rules.values import MONTHS

_WAGES: Final = frozenset({IncomeKind.WAGE, IncomeKind.PUBLIC_POST_WAGE})


@dataclass(frozen=True, slots=True)
class _Case:
    """What every line of one case is judged by. `window` counts the months income is taken over."""

    facts: Facts
    family: Family
    terms: Terms
    on: date
    window: int


def income_of(facts: Facts, family: Family, terms: Terms, on: date) -> IncomeWorking:
    """The lines of the household's year, and what stays open about them."""
    incomes = facts.household.incomes
    if incomes is None:
        text = "还没问过家里有哪些收入。"
        return IncomeWorking((), (), unsettled(text, "收入调查", "household.incomes"))
    window = terms.find(INCOME_WINDOW)
    if window is None:
        text = "县里还没定收入按几个月核算。"
        return IncomeWorking((), (), unsettled(text, "收入核算期", INCOME_WINDOW.name))
    case = _Case(facts, family, terms, on, window.value)
    last_wage = {income.member: n for n, income in enumerate(incomes) if income.kind in _WAGES}
    lines: list[Line] = []
    doubts: list[Doubt] = []
    for n, income in enumerate(incomes):
        line, doubt = _line(case, income)
        lines.append(line)
        doubts += [doubt] if doubt else []
        if last_wage.get(income.member) == n:
            deducted, open_points = _job_costs(case, income.member, incomes)
            lines += deducted
            doubts += open_points
    lines += _maintenance(case, incomes)
    return IncomeWorking(tuple(lines), tuple(doubts), MET)


def _line(case: _Case, income: Income) -> tuple[Line, Doubt | None]:
    """One source as a line; its treatment comes from the pack or from who does not count."""
    formula, fen = _year(income, case.window)
    doubt = None
    if income.member in case.family.left_out:
        treatment, basis = Treatment.DISREGARDED, case.family.left_out[income.member].basis
    elif income.kind is IncomeKind.RESIDENT_PENSION_BASIC:
        treatment, ground, doubt = _basic_pension(case, fen)
        basis = str(ground)
    else:
        treatment, ground = case.terms.incomes[income.kind]
        basis = str(ground)
    amount = Money(fen if treatment is Treatment.COUNTED else 0)
    return Line(income.member, income.kind.value, treatment, formula, amount, basis), doubt


def _year(income: Income, window: int) -> tuple[str, int]:
    """How a source comes to its year: the formula, and the fen.

    A window shorter than a year is brought to twelve months, which it divides.
    """
    scale = MONTHS // window
    suffix = f" × {MONTHS} ÷ {window}" if scale > 1 else ""
    if income.per is Per.MONTH:
        months = min(income.months, window)
        return f"{income.amount} × {months}{suffix}", income.amount.fen * months * scale
    if income.per is Per.YEAR:
        return str(income.amount), income.amount.fen
    return f"{income.amount}{suffix}", income.amount.fen * scale


def _basic_pension(case: _Case, fen: int) -> tuple[Treatment, Ground, Doubt | None]:
    """居保基础养老金: left out until the pack's date, counted after it with a question mark.

    The exclusion was tied to the years of a plan (S1:L24: 十四五) and may have been renewed, so a
    pack without a date, or one whose date is past, keeps the question open.
    """
    treatment, ground = case.terms.incomes[IncomeKind.RESIDENT_PENSION_BASIC]
    found = case.terms.find(PENSION_UNTIL)
    until = None if found is None else found.value
    if found is not None and until is not None and case.on <= until:
        return Treatment.DISREGARDED, found.ground, None
    if treatment is Treatment.DISREGARDED:
        return treatment, ground, None
    if until is None:
        text = "基础养老金算不算收入，这个政策包没有写明，先按计入算；请向县里问清楚。"
    else:
        text = f"基础养老金不计入的规定到 {until.isoformat()} 为止，先按计入算；请向县里问清楚。"
    basis = str(ground if found is None else found.ground)
    return treatment, ground, Doubt(fen, unsettled(text, basis, PENSION_UNTIL.name), text)


def _maintenance(case: _Case, incomes: tuple[Income, ...]) -> list[Line]:
    """What obligors outside pay each month, unless it is already among the incomes."""
    if any(income.kind is IncomeKind.MAINTENANCE for income in incomes):
        return []
    treatment, ground = case.terms.incomes[IncomeKind.MAINTENANCE]
    counted = treatment is Treatment.COUNTED
    paid = [one.maintenance_month for one in case.facts.household.obligors or ()]
    return [
        Line(
            member=None,
            item=IncomeKind.MAINTENANCE.value,
            treatment=treatment,
            formula=f"{month} × {MONTHS}",
            amount_year=Money(month.fen * MONTHS if counted else 0),
            basis=str(ground),
        )
        for month in paid
        if month is not None
    ]


def _job_costs(
    case: _Case, who: str | None, incomes: tuple[Income, ...]
) -> tuple[list[Line], list[Doubt]]:
    """What working costs the member `who`, if he counts and earns a counted wage."""
    member = next((member for member in case.family.counted if member.id == who), None)
    wages = [
        income
        for income in incomes
        if income.member == who
        and income.kind in _WAGES
        and case.terms.incomes[income.kind][0] is Treatment.COUNTED
    ]
    if member is None or not wages:
        return [], []
    months = max(_months(income, case.window) for income in wages)
    wage = Wage(sum(_year(income, case.window)[1] for income in wages), months)
    path = case.facts.household.path(member)
    return job_cost_lines(member, path, wage, case.terms, case.on)


def _months(income: Income, window: int) -> int:
    """Months of a year the income stands for."""
    if income.per is not Per.MONTH:
        return MONTHS
    return min(income.months, window) * MONTHS // window
