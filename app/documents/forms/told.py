"""What a household told of its money: to the means test, or on record where there is no test.

None is what nobody asked; an empty tuple was asked and is nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from app.documents.forms.stored_answer import StoredAnswer
from app.domain.casework import AssessmentRecord
from app.domain.households import Household, Per
from app.domain.money import Money
from app.domain.workdays import add_months
from app.rules.facts import Asset, Facts, Income

YEAR: Final = 12
"""Months."""


def facts_of(assessment: AssessmentRecord | None) -> Facts | None:
    """What a test was told; None without one, and for a record that kept no facts."""
    return None if assessment is None else StoredAnswer(assessment).facts


def incomes(household: Household, facts: Facts | None, on: date) -> tuple[Income, ...] | None:
    """The incomes of the year up to `on`, without single sums from before it."""
    told = _incomes_on_record(household) if facts is None else facts.household.incomes
    if told is None:
        return None
    first = add_months(on, -YEAR)
    return tuple(one for one in told if one.received_on is None or one.received_on > first)


def assets(household: Household, facts: Facts | None) -> tuple[Asset, ...] | None:
    """What is owned."""
    return _assets_on_record(household) if facts is None else facts.household.assets


def times(income: Income) -> int:
    """How often a year an income comes."""
    return min(income.months, YEAR) if income.per is Per.MONTH else 1


def year_sum(told: Iterable[Income]) -> Money:
    """What these incomes make in a year, before any rule."""
    return sum((one.amount * times(one) for one in told), Money(0))


def income_of(person: str, household: Household, facts: Facts | None, on: date) -> Money | None:
    """What a person's incomes make in a year, before any rule; None where nobody asked about them.

    A record without a test cannot say that somebody has none.
    """
    told = incomes(household, facts, on)
    mine = [one for one in told or () if one.member == person]
    if mine:
        return year_sum(mine)
    if facts is None or told is None or person in facts.household.incomes_unasked:
        return None
    return Money(0) if any(one.id == person for one in facts.household.members) else None


def _incomes_on_record(household: Household) -> tuple[Income, ...] | None:
    """What the record lists; it cannot say that there is nothing."""
    return (
        tuple(
            Income(
                member=item.person,
                kind=item.kind,
                amount=item.amount,
                per=item.per,
                months=item.months,
            )
            for item in household.incomes
        )
        or None
    )


def _assets_on_record(household: Household) -> tuple[Asset, ...] | None:
    """What the record lists; it cannot say that there is nothing."""
    listed = (Asset(kind=a.kind, amount=a.amount, count=a.count) for a in household.assets)
    return tuple(listed) or None
