"""家庭收入 — every source as a line with its treatment and clause, adding up exactly.

A year is the measure: monthly amounts times the months in the window, brought to twelve. Lines are
whole fen and are summed, never averaged first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.domain.households import IncomeKind, Per
from app.domain.money import Money
from app.rules.facts import Facts, Income
from app.rules.family import Family
from app.rules.grounds import MET, Ground, unsettled
from app.rules.imputed_wage import imputed_wages
from app.rules.income_deductions import deduction_lines
from app.rules.income_pool import Earned
from app.rules.job_costs import WAGES
from app.rules.layers import Treatment
from app.rules.lines import Doubt, IncomeWorking, Line
from app.rules.parameters import INCOME_WINDOW, PENSION_UNTIL, Parameter
from app.rules.terms import Terms
from app.rules.values import MONTHS


@dataclass(frozen=True, slots=True)
class _Case:
    """What every line of one case is judged by. `window` counts the months income is taken over."""

    facts: Facts
    family: Family
    terms: Terms
    on: date
    window: int


def income_of(
    facts: Facts, family: Family, terms: Terms, on: date, span: Parameter[int] = INCOME_WINDOW
) -> IncomeWorking:
    """The lines of the household's year, and what stays open about them.

    `span` is the parameter that says over how many months income is taken.
    """
    incomes = facts.household.incomes
    if incomes is None:
        text = "还没问过家里有哪些收入。"
        return IncomeWorking((), (), unsettled(text, "收入调查", "household.incomes"))
    window = terms.find(span)
    if window is None:
        text = "县里还没定收入按几个月核算。"
        return IncomeWorking((), (), unsettled(text, "收入核算期", span.name))
    case = _Case(facts, family, terms, on, window.value)
    answered = [_line(case, income) for income in incomes]
    earned = [line for line, _ in answered]
    sources = _earned(incomes, earned, window.value)
    deducted, open_points = deduction_lines(facts, family, terms, on, sources)
    imputed, may_come_off, rises = imputed_wages(facts.household, family, terms, on)
    lines = _beside(incomes, earned, deducted)
    doubts = [doubt for _, doubt in answered if doubt is not None]
    return IncomeWorking(
        (*lines, *imputed, *_maintenance(case, incomes), *_of_household(deducted)),
        (*doubts, *open_points, *may_come_off),
        MET,
        tuple(rises),
    )


def _beside(incomes: tuple[Income, ...], lines: list[Line], deducted: list[Line]) -> Iterable[Line]:
    """Each member's deductions after that member's last wage, or else last income."""
    places = {income.member: n for n, income in enumerate(incomes)}
    places |= {income.member: n for n, income in enumerate(incomes) if income.kind in WAGES}
    for n, line in enumerate(lines):
        yield line
        if line.member is not None and places[line.member] == n:
            yield from (one for one in deducted if one.member == line.member)


def _of_household(deducted: list[Line]) -> Iterable[Line]:
    return (line for line in deducted if line.member is None)


def _earned(incomes: tuple[Income, ...], lines: list[Line], window: int) -> Iterable[Earned]:
    """What counts, with the months it was earned in."""
    for income, line in zip(incomes, lines, strict=True):
        if line.treatment is Treatment.COUNTED:
            months = _months(income, window)
            yield Earned(income.member, income.kind, line.amount_year.fen, months)


def _line(case: _Case, income: Income) -> tuple[Line, Doubt | None]:
    """One source as a line; its treatment comes from the pack or from who does not count."""
    formula, fen = _year(income, case.window)
    doubt = None
    if income.member in case.family.left_out:
        treatment, basis = Treatment.DISREGARDED, case.family.left_out[income.member].basis
    elif income.kind is IncomeKind.RESIDENT_PENSION_BASIC:
        treatment, ground, doubt = _basic_pension(case, income.member, fen)
        basis = str(ground)
    else:
        treatment, ground = case.terms.incomes[income.kind]
        basis = str(ground)
    amount = Money(fen if treatment is Treatment.COUNTED else 0)
    kind = income.kind
    return Line(income.member, kind.value, treatment, formula, amount, basis, kind.label), doubt


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


def _basic_pension(
    case: _Case, who: str | None, fen: int
) -> tuple[Treatment, Ground, Doubt | None]:
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
    check = unsettled(text, basis, PENSION_UNTIL.name)
    item = IncomeKind.RESIDENT_PENSION_BASIC.value
    return treatment, ground, Doubt(fen, check, text, who, item)


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
            label=IncomeKind.MAINTENANCE.label,
        )
        for month in paid
        if month is not None
    ]


def _months(income: Income, window: int) -> int:
    """Months of a year the income stands for."""
    if income.per is not Per.MONTH:
        return MONTHS
    return min(income.months, window) * MONTHS // window
