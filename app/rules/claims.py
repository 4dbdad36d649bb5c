"""What a deduction would come to for one person or one household, and what has to hold for it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

from app.domain.households import Area, Per
from app.domain.money import Money
from app.domain.people import Living
from app.domain.workdays import add_months
from app.rules.amounts import month_formula, month_of, shown
from app.rules.deductions import Condition, Deduction, DeductionKind, Granted
from app.rules.facts import Expense, Member
from app.rules.grounds import Check, unsettled
from app.rules.income_pool import Source
from app.rules.parameters import DIBAO_STANDARD
from app.rules.records import record
from app.rules.terms import Terms
from app.rules.values import MONTHS

_PERCENT: Final = 100
_Parts = tuple[tuple[Source, int], ...]


@record(frozen=True, slots=True, kw_only=True)
class Claimant:
    """Whose income it comes off: a member at `path`, or (None) the household.

    `expenses` are the claimant's, None while nobody asked.
    """

    member: Member | None
    path: str
    area: Area
    expenses: tuple[Expense, ...] | None


@record(frozen=True, slots=True)
class Claim:
    """What may come off each of these sources; open while something is not known.

    `wanted` is what the rule gives by itself, however little is left.
    """

    granted: Granted
    formula: str
    parts: tuple[tuple[Source, int], ...]
    wanted: int
    open_point: Check | None = None

    @property
    def fen(self) -> int:
        """Fen of the year."""
        return sum(fen for _, fen in self.parts)


def claim_of(
    granted: Granted, claimant: Claimant, sources: list[Source], terms: Terms, on: date
) -> Claim | None:
    """What `claimant` may deduct from `sources`; None where the rule does not fit."""
    rule, member = granted.rule, claimant.member
    if not sources or (member is not None and not _may_fit(rule, member, on)):
        return None
    unknown = None if member is None else _unknown(granted, member, claimant.path)
    lacking = _lacking(granted, claimant, terms)
    if lacking is not None:
        outlay = rule.kind is DeductionKind.ACTUAL_OUTLAY and claimant.expenses is not None
        most = _outlay(rule, claimant) if outlay else sum(one.left for one in sources)
        return Claim(granted, "", _first(most, sources), most, unknown or lacking)
    formula, parts, wanted = _parts(rule, claimant, sources, terms)
    if not wanted:
        return None
    if rule.cap_fen is not None:
        formula += f"（每月最多 {Money(rule.cap_fen)}）"
    return Claim(granted, formula, parts, wanted, unknown)


def _may_fit(rule: Deduction, member: Member, on: date) -> bool:
    """Whether nothing known of `member` speaks against the rule."""
    away = {None, Living.AWAY_FOR_WORK}
    if Condition.AWAY_FOR_WORK in rule.conditions and member.living not in away:
        return False
    if Condition.AWAY_OR_BACK in rule.conditions and member.living not in away:
        return member.back_at_work is not False
    if Condition.DISABLED in rule.conditions and member.disabled is False:
        return False
    return not rule.from_first_job or _clock_may_run(rule, member, on)


def _clock_may_run(rule: Deduction, member: Member, on: date) -> bool:
    """Whether there is, or may be, a first job whose months are not over."""
    start = member.first_employed_on
    if start is None:
        return member.first_job is not False
    return rule.max_months is None or on < add_months(start, rule.max_months)


def _unknown(granted: Granted, member: Member, path: str) -> Check | None:
    """A condition nobody asked about."""
    basis = str(granted.ground)
    if granted.rule.from_first_job and member.first_employed_on is None:
        text = f"{granted.text}只给第一次就业的，还没问是不是、哪天上班，先没有扣。"
        return unsettled(text, basis, f"{path}.first_employed_on")
    if Condition.AWAY_FOR_WORK in granted.rule.conditions and member.living is None:
        text = f"{granted.text}只给在外打工的，还没问住在哪里，先没有扣。"
        return unsettled(text, basis, f"{path}.living")
    if Condition.AWAY_OR_BACK in granted.rule.conditions and not works_away(member):
        return _unknown_where(granted, member, path)
    if Condition.DISABLED in granted.rule.conditions and member.disabled is None:
        text = f"{granted.text}只给残疾人，还没问有没有残疾证，先没有扣。"
        return unsettled(text, basis, f"{path}.disability")
    if Condition.SELF_DECLARED in granted.rule.conditions and member.self_declared_on is None:
        text = f"{granted.text}要主动申报，还没填申报日期，先没有扣。"
        return unsettled(text, basis, f"{path}.self_declared_on")
    return None


def works_away(member: Member) -> bool:
    """Known to work away, or to be back at work after the epidemic."""
    return member.living is Living.AWAY_FOR_WORK or member.back_at_work is True


def _unknown_where(granted: Granted, member: Member, path: str) -> Check:
    """What nobody asked about somebody who may work away or be back at work."""
    asked = {"living": member.living, "back_at_work": member.back_at_work}
    text = f"{granted.text}只给在外打工、返岗复工的，还没问是不是，先没有扣。"
    paths = [f"{path}.{fact}" for fact, told in asked.items() if told is None]
    return unsettled(text, str(granted.ground), *paths)


def _lacking(granted: Granted, claimant: Claimant, terms: Terms) -> Check | None:
    """What is lacking to say how much comes off."""
    rule, basis = granted.rule, str(granted.ground)
    if rule.kind is DeductionKind.ACTUAL_OUTLAY and claimant.expenses is None:
        text = f"{granted.text}按实际支出扣，还没问过支出，先没有扣。"
        return unsettled(text, basis, "household.expenses")
    if rule.value is None:
        text = f"{granted.text}扣多少县里还没给，先没有扣。"
        return unsettled(text, basis, granted.lacking)
    by_standard = rule.kind is DeductionKind.PERCENT_OF_STANDARD
    if by_standard and terms.find(DIBAO_STANDARD, claimant.area) is None:
        text = f"{granted.text}按低保标准算，低保标准县里还没给，先没有扣。"
        return unsettled(text, basis, DIBAO_STANDARD.name)
    return None


def _parts(
    rule: Deduction, claimant: Claimant, sources: list[Source], terms: Terms
) -> tuple[str, _Parts, int]:
    """The formula, what comes off each source, and what the rule gives by itself."""
    value = rule.value or Fraction(0)
    share = f"{shown(value, _PERCENT * _PERCENT)}%"
    if rule.kind is DeductionKind.ACTUAL_OUTLAY:
        outlay = _outlay(rule, claimant)
        due = int(_capped(rule, value * outlay, MONTHS))
        return f"{Money(outlay)} × {share}", _first(due, sources), due
    if rule.kind is DeductionKind.PERCENT_OF_INCOME:
        return _by_share(rule, value, share, sources)
    month, formula = value, shown(value)
    standard = terms.find(DIBAO_STANDARD, claimant.area)
    if rule.kind is DeductionKind.PERCENT_OF_STANDARD and standard is not None:
        month = value * month_of(standard.value)
        formula = f"{month_formula(standard.value)} × {share}"
    return _by_month(rule, claimant, _capped(rule, month, 1), formula, sources)


def _by_share(
    rule: Deduction, value: Fraction, share: str, sources: list[Source]
) -> tuple[str, _Parts, int]:
    """A share of each income."""
    due = [int(_capped(rule, value * one.earned.fen, one.earned.months)) for one in sources]
    most = int(_capped(rule, Fraction(sum(due)), MONTHS))
    base = sum(one.earned.fen for one in sources)
    return f"{Money(base)} × {share}", _each(due, most, sources), min(sum(due), most)


def _by_month(
    rule: Deduction, claimant: Claimant, month: Fraction, formula: str, sources: list[Source]
) -> tuple[str, _Parts, int]:
    """So much a month: for a person the months worked, one job after the other, for a household
    the year.

    An income of a few months bears no more than these months' worth, so that a little more income
    in other months never takes more off than it adds.
    """
    at_most = MONTHS if rule.max_months is None or rule.from_first_job else rule.max_months
    if claimant.member is None:
        due = int(month * at_most)
        return f"{formula} × {at_most}", _first(due, sources), due
    months = min(sum(one.earned.months for one in sources), at_most)
    due_each = [int(month * one.earned.months) for one in sources]
    wanted = int(month * months)
    return f"{formula} × {months}", _each(due_each, wanted, sources), wanted


def _first(fen: int, sources: list[Source]) -> _Parts:
    """`fen` from the first sources that have it."""
    return _each([fen] * len(sources), fen, sources)


def _each(due: list[int], most: int, sources: list[Source]) -> _Parts:
    """What is `due` from each source, as far as it is left, and `most` altogether."""
    parts: list[tuple[Source, int]] = []
    for fen, source in zip(due, sources, strict=True):
        part = min(fen, source.left, most)
        most -= part
        parts.append((source, part))
    return tuple(parts)


def _capped(rule: Deduction, fen: Fraction, months: int) -> Fraction:
    return fen if rule.cap_fen is None else min(fen, Fraction(rule.cap_fen * months))


def _outlay(rule: Deduction, claimant: Claimant) -> int:
    """Fen a year of the outlays the rule names."""
    return sum(
        expense.amount.fen * (MONTHS if expense.per is Per.MONTH else 1)
        for expense in claimant.expenses or ()
        if expense.kind in rule.expenses
    )
