"""Between a stored household and the facts of a means test, both ways.

What is typed once in an interview becomes the household's record; what is recorded starts the next
interview. A list nobody asked about stays unknown: the household alone cannot tell an empty list
from an unasked one, so the newest test's facts do. They also keep what only a test asks for.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final, TypeVar

from app.domain.households import AssetItem, ExpenseItem, Household, IncomeItem
from app.domain.people import Member, Obligor, SelfCare
from app.rules import facts as case

T = TypeVar("T")
_YEAR: Final = 12


def facts_of(household: Household, *, before: case.Facts | None = None) -> case.Facts:
    """The facts as recorded; `before` is the newest test of this household, if any."""
    asked = None if before is None else before.household
    return case.Facts(
        id=household.id,
        household=case.HouseholdFacts(
            area=household.area,
            members=tuple(
                _with_asked(_member(member), () if asked is None else asked.members)
                for member in household.members
            ),
            incomes=_asked(
                tuple(
                    _of_window(_income(item), () if asked is None else asked.incomes or ())
                    for item in household.incomes
                ),
                None if asked is None else asked.incomes,
            ),
            expenses=_asked(
                tuple(_expense(item) for item in household.expenses),
                None if asked is None else asked.expenses,
            ),
            assets=_asked(
                tuple(_asset(item) for item in household.assets),
                None if asked is None else asked.assets,
            ),
            # the record wants a name, the interview asks for none: what was asked is kept there
            obligors=tuple(
                _still(_obligor(obligor), () if asked is None else asked.obligors or ())
                for obligor in household.obligors
            )
            or (None if asked is None else asked.obligors),
        ),
    )


def as_of(facts: case.Facts, on: date) -> case.Facts:
    """The facts as they were on an earlier day: no job, declaration or sum that came after it."""
    household = facts.household
    incomes = household.incomes
    return replace(
        facts,
        household=replace(
            household,
            members=tuple(_member_as_of(member, on) for member in household.members),
            incomes=None
            if incomes is None
            else tuple(one for one in incomes if one.received_on is None or one.received_on <= on),
        ),
    )


def _member_as_of(member: case.Member, on: date) -> case.Member:
    begun, told = member.first_employed_on, member.self_declared_on
    if begun is not None and begun > on:
        member = replace(member, first_job=False, first_employed_on=None)
    if told is not None and told > on:
        member = replace(member, self_declared_on=None)
    return member


def _asked(recorded: tuple[T, ...], before: tuple[T, ...] | None) -> tuple[T, ...] | None:
    """What is recorded; when nothing is, whether somebody once asked and was told "none"."""
    return recorded or (() if before is not None else None)


def _member(member: Member) -> case.Member:
    """A person in the household, as the case file says it."""
    person = member.person
    kind, level = person.disability_kind, person.disability_level
    return case.Member(
        id=person.id,
        relation=member.relation,
        birth=person.birth,
        sex=person.sex,
        name=person.name,
        id_number=person.id_number,
        hukou=person.hukou,
        living=member.living,
        status=person.status,
        student=person.student,
        labour=person.labour,
        first_employed_on=person.first_employed_on,
        self_declared_on=person.self_declared_on,
        disabled=person.disabled if kind is None else True,
        disability=None if kind is None else case.Disability(kind, level),
        serious_illness=person.serious_illness,
        self_care=(
            None
            if person.self_care is None
            else {SelfCare(name): can for name, can in person.self_care.items()}
        ),
        receives=person.receives or None,
        monitored=person.monitored,
    )


def _with_asked(member: case.Member, before: tuple[case.Member, ...]) -> case.Member:
    """The member with what the newest test knew and the record has no room for."""
    told = next((one for one in before if one.id == member.id), None)
    if told is None:
        return member
    return replace(
        member,
        excused_from_work=told.excused_from_work,
        first_job=told.first_job if member.first_employed_on is None else None,
        receives=told.receives if member.receives is None else member.receives,
    )


def _still(obligor: case.Obligor, before: tuple[case.Obligor, ...]) -> case.Obligor:
    """The obligor with what the newest test knew and the record has no room for."""
    told = next((one for one in before if one.id == obligor.id), None)
    if told is None:
        return obligor
    return replace(
        obligor,
        disabled=told.disabled,
        disability=told.disability,
        receives=told.receives,
        within_property_limits=told.within_property_limits,
    )


def _income(item: IncomeItem) -> case.Income:
    """One source of income."""
    return case.Income(
        member=item.person,
        kind=item.kind,
        amount=item.amount,
        per=item.per,
        months=item.months,
        months_in=((_YEAR, item.months),) if item.months < _YEAR else (),
    )


def _of_window(income: case.Income, before: tuple[case.Income, ...]) -> case.Income:
    """The income with the months and the day the newest test knew; the record has no room."""
    alike = replace(income, months_in=(), received_on=None)
    for told in before:
        is_more = told.months_in or told.received_on is not None
        if is_more and replace(told, months_in=(), received_on=None) == alike:
            return told
    return income


def _expense(item: ExpenseItem) -> case.Expense:
    """One outlay."""
    return case.Expense(member=item.person, kind=item.kind, amount=item.amount, per=item.per)


def _asset(item: AssetItem) -> case.Asset:
    """One asset."""
    return case.Asset(kind=item.kind, amount=item.amount, count=item.count)


def _obligor(obligor: Obligor) -> case.Obligor:
    """One obligor."""
    return case.Obligor(
        id=obligor.id,
        relation=obligor.relation,
        birth=obligor.birth,
        monthly_income=obligor.monthly_income,
        maintenance_month=obligor.maintenance_month,
        status=obligor.status,
    )
