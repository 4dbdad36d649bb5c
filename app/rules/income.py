"""家庭收入 — every source as a line with its treatment and clause, adding up exactly.

A year is the measure: what was earned in the months of the window, brought to twelve. Lines are
whole fen and are summed, never averaged first. A rung may have a window of its own, and may count
what is left out for others.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.domain.clock import day_words
from app.domain.households import Category, IncomeKind, Per
from app.domain.money import Money
from app.rules.facts import Facts, Income
from app.rules.family import Family
from app.rules.grounds import MET, Ground, unsettled
from app.rules.imputed_wage import imputed_wages
from app.rules.income_deductions import deduction_lines
from app.rules.income_pool import Earned
from app.rules.income_span import Year, year_of
from app.rules.job_costs import WAGES
from app.rules.layers import Treatment
from app.rules.lines import Doubt, IncomeWorking, Line, Rise
from app.rules.maintenance import agreed_lines, told_twice
from app.rules.parameters import (
    INCOME_WINDOW,
    PENSION_RUNGS,
    PENSION_UNTIL,
    RIGID_WINDOW,
    Parameter,
)
from app.rules.records import record
from app.rules.terms import Found, Terms


@record(frozen=True, slots=True)
class _Case:
    """What every line of one case is judged by.

    `window` are the months income is taken over for `rung`, `usual` those of the pack's 低保.
    """

    facts: Facts
    family: Family
    terms: Terms
    on: date
    rung: Category
    window: Found[int]
    usual: int


def income_of(
    facts: Facts, family: Family, terms: Terms, on: date, rung: Category = Category.DIBAO
) -> IncomeWorking:
    """The lines of the household's year as `rung` counts it, and what stays open about them."""
    span = window_of(rung)
    window, incomes = terms.find(span), facts.household.incomes
    if incomes is None:
        text = "还没问过家里有哪些收入。"
        return IncomeWorking((), (), unsettled(text, terms.basis_of(span), "household.incomes"))
    if window is None:
        text = "县里还没定收入按几个月核算。"
        return IncomeWorking((), (), unsettled(text, terms.basis_of(span), span.name))
    usual = terms.find(INCOME_WINDOW) or window
    case = _Case(facts, family, terms, on, rung, window, usual.value)
    years = [year_of(income, window.value, usual.value, on) for income in incomes]
    answered = [_line(case, *one) for one in zip(incomes, years, strict=True)]
    earned = [line for line, _ in answered]
    sources = _earned(incomes, earned, years)
    deducted, open_points = deduction_lines(facts, family, terms, on, sources)
    imputed, may_come_off, rises = imputed_wages(facts.household, family, terms, on)
    lines = _beside(incomes, earned, deducted)
    agreed = agreed_lines(facts.household, terms)
    doubts = [doubt for _, doubt in answered if doubt is not None]
    doubts += told_twice(facts.household, earned, agreed)
    return IncomeWorking(
        (*lines, *imputed, *agreed, *_of_household(deducted)),
        (*doubts, *open_points, *may_come_off),
        MET,
        (*rises, *_untold(case, incomes, years, earned), *_unasked(case)),
    )


def window_of(rung: Category) -> Parameter[int]:
    """The parameter that says over how many months `rung` takes income."""
    return RIGID_WINDOW if rung is Category.RIGID_EXPENDITURE else INCOME_WINDOW


def _beside(incomes: tuple[Income, ...], lines: list[Line], deducted: list[Line]) -> Iterable[Line]:
    """Each member's deductions after that member's last wage, or else last income."""
    if not deducted:
        yield from lines
        return
    places = {income.member: n for n, income in enumerate(incomes)}
    places |= {income.member: n for n, income in enumerate(incomes) if income.kind in WAGES}
    for n, line in enumerate(lines):
        yield line
        if line.member is not None and places[line.member] == n:
            yield from (one for one in deducted if one.member == line.member)


def _of_household(deducted: list[Line]) -> Iterable[Line]:
    return (line for line in deducted if line.member is None)


def _earned(incomes: tuple[Income, ...], lines: list[Line], years: list[Year]) -> Iterable[Earned]:
    """What counts, with the months it was earned in."""
    for income, line, year in zip(incomes, lines, years, strict=True):
        if line.treatment is Treatment.COUNTED:
            yield Earned(income.member, income.kind, line.amount_year.fen, year.months)


def _untold(
    case: _Case, incomes: tuple[Income, ...], years: list[Year], lines: list[Line]
) -> Iterable[Rise]:
    """What may come on top because nobody told it for the months that are looked at."""
    window, basis = case.window.value, case.window.basis
    for n, (income, year, line) in enumerate(zip(incomes, years, lines, strict=True)):
        if year.more == 0 or line.treatment is not Treatment.COUNTED:
            continue
        path, what = f"household.incomes[{n}]", f"{case.rung.label}看最近 {window} 个月"
        if income.per is Per.MONTH:
            text = f"{what}：{line.label}这 {window} 个月里有几个月还没问清，先按最少的算。"
            check = unsettled(text, basis, f"{path}.months_in")
        else:
            text = f"{what}：一次性的{line.label}哪天收到的没填，先没有算。"
            check = unsettled(text, basis, f"{path}.received_on")
        yield Rise(year.more, check, text, income.member)


def _unasked(case: _Case) -> Iterable[Rise]:
    """What those may have who were not asked yet; nobody knows how much."""
    household, basis = case.facts.household, case.window.basis
    if not household.incomes_unasked:
        return
    for who in household.incomes_unasked:
        if who in case.family.left_out:
            continue
        path = household.list_path(who, "incomes")
        whose = "全家一起的收入" if who is None else "这个人有哪些收入"
        check = unsettled(f"还没问完{whose}。", basis, path)
        warning = f"{path}：" if who is not None else ""
        yield Rise(None, check, f"{warning}还没问完{whose}，先按已经说了的算。", who)


def _line(case: _Case, income: Income, year: Year) -> tuple[Line, Doubt | None]:
    """One source as a line; its treatment comes from the pack or from who does not count."""
    formula, fen, doubt = year.formula, year.fen, None
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


def _basic_pension(
    case: _Case, who: str | None, fen: int
) -> tuple[Treatment, Ground, Doubt | None]:
    """居保基础养老金: left out until the pack's date, counted after it with a question mark.

    The exclusion was tied to the years of a plan (S1:L24: 十四五) and may have been renewed, so a
    pack without a date, or one whose date is past, keeps the question open. It holds for the rungs
    its clause names; for others the pension is what the pack's list of incomes says.
    """
    treatment, ground = case.terms.incomes[IncomeKind.RESIDENT_PENSION_BASIC]
    if not pension_may_be_left_out(case.terms, case.rung):
        return treatment, ground, None
    found = case.terms.find(PENSION_UNTIL)
    until = None if found is None else found.value
    if found is not None and until is not None and case.on <= until:
        return Treatment.DISREGARDED, found.ground, None
    if treatment is Treatment.DISREGARDED:
        return treatment, ground, None
    if until is None:
        text = "基础养老金算不算收入，这个政策包没有写明，先按计入算；请向县里问清楚。"
    else:
        text = f"基础养老金不计入的规定到 {day_words(until)} 为止，先按计入算；请向县里问清楚。"
    basis = str(ground if found is None else found.ground)
    check = unsettled(text, basis, PENSION_UNTIL.name)
    item = IncomeKind.RESIDENT_PENSION_BASIC.value
    return treatment, ground, Doubt(fen, check, text, who, item)


def pension_may_be_left_out(terms: Terms, rung: Category) -> bool:
    """Whether an exclusion of the basic pension is, or while none is known may be, for `rung`."""
    until, rungs = terms.find(PENSION_UNTIL), terms.find(PENSION_RUNGS)
    if until is None or until.value is None or rungs is None:
        return True
    return rung.value in rungs.value
