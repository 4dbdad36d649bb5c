"""What the pack says of those already supported: who confirms, whether exits are frozen, how often
a household is looked at again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.application_events import Actor
from app.domain.households import Category, Household, IncomeKind
from app.domain.money import Money
from app.domain.people import Labour
from app.domain.standing import CaseClass, GraceShare
from app.rules import parameters
from app.rules.grace_schedule import grace_months
from app.rules.procedure import Hand
from app.rules.terms import Terms
from app.rules.values import GraceStep

_TOWNSHIP: Final = "township"
_BUREAUS: Final = {"county": "县民政局", "district": "区民政局", "city": "市民政局"}
"""Who confirms at the level of a county: Tianjin has districts, and 芒市 is a city."""
_EARNED: Final = frozenset({IncomeKind.WAGE, IncomeKind.PUBLIC_POST_WAGE, IncomeKind.BUSINESS})


@dataclass(frozen=True, slots=True)
class Freeze:
    """Whether exits are frozen now, None while the county has not said; and the clause."""

    frozen: bool | None
    basis: str


def confirms(terms: Terms) -> Hand:
    """Who confirms, and so approves a 渐退 and its end; the county where the pack is silent."""
    found = terms.find(parameters.CONFIRM_AUTHORITY)
    if found is None:
        return Hand(Actor.COUNTY)
    return Hand(Actor.TOWNSHIP if found.value == _TOWNSHIP else Actor.COUNTY, found.ground)


def last_word(terms: Terms) -> str:
    """Whose word a means test waits for, as a sentence; who confirms is named as the pack does."""
    found = terms.find(parameters.CONFIRM_AUTHORITY)
    if found is None:
        return "最后以乡镇审核和确认为准；由谁确认，县里还没给。"
    if found.value == _TOWNSHIP:
        return "最后以乡镇审核确认为准。"
    return f"最后以乡镇审核、{_BUREAUS[found.value]}确认为准。"


def freeze_of(terms: Terms) -> Freeze:
    """The freeze of exits (S4:L44)."""
    found = terms.find(parameters.EXIT_SUSPENDED)
    basis = terms.basis_of(parameters.EXIT_SUSPENDED)
    return Freeze(None if found is None else found.value, basis)


def remedy_of(terms: Terms) -> str:
    """What may be done against a 渐退, as the county words it; "" while it has not.

    What it says of every decision holds for this one where it says nothing else.
    """
    found = terms.find(parameters.GRACE_REMEDY)
    return decision_remedy_of(terms) if found is None else found.value


def decision_remedy_of(terms: Terms) -> str:
    """What may be done against a refusal (F09, F10), in the county's words; "" without any."""
    found = terms.find(parameters.DECISION_REMEDY)
    return "" if found is None else found.value


@dataclass(frozen=True, slots=True)
class Exempt:
    """Until when nobody's means are looked at again, and the clause."""

    until: date
    basis: str


def exempt_from_review(terms: Terms, household: Household) -> Exempt | None:
    """The day up to which a 建档立卡 household on 低保 is left alone (S0:L29 政策衔接); None where
    the pack sets none, or the household is not such a one."""
    found = terms.find(parameters.RECHECK_EXEMPT_UNTIL)
    if found is None or found.value is None or household.category is not Category.DIBAO:
        return None
    on_file = household.monitoring_tag is not None or any(
        one.person.monitored for one in household.members
    )
    return Exempt(found.value, str(found.ground)) if on_file else None


def review_class(household: Household) -> CaseClass:
    """Stable where nobody is known to be able to work, or earns by work; else the shorter one."""
    unknown = any(one.person.labour is Labour.UNKNOWN for one in household.members)
    return CaseClass.OTHER if unknown or is_working(household) else CaseClass.STABLE


def is_working(household: Household) -> bool:
    """Whether somebody is known to be able to work, or to earn by it."""
    able = any(one.person.labour in {Labour.ABLE, Labour.PARTIAL} for one in household.members)
    return able or any(one.kind in _EARNED and one.amount.fen > 0 for one in household.incomes)


def shares_of(
    terms: Terms, former: Money | None, steps: Iterable[GraceStep], first: date, *, heads: int
) -> tuple[GraceShare, ...]:
    """What each month from `first` on pays: shares of `former`, rounded as the pack rounds."""
    found = terms.find(parameters.ROUNDING)
    rounding = None if found is None else found.value
    months = grace_months(former, tuple(steps), first, rounding, heads=heads)
    return tuple(GraceShare(one.month, one.percent, one.amount) for one in months)
