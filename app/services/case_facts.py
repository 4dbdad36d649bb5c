"""Between a stored household and the facts of a means test, both ways.

What is typed once in an interview becomes the household's record; what is recorded starts the next
interview, with what the newest test was told and the record has no room for. A list nobody asked
about stays unknown: the household alone cannot tell an empty list from an unasked one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.domain.households import AssetItem, ExpenseItem, Household, IncomeItem
from app.domain.people import Member, Obligor, SelfCare
from app.rules import facts as case
from app.rules.benefit_codes import known_benefits
from app.services.case_told import income_on_record, with_told


def facts_of(household: Household, *, before: case.Facts | None = None) -> case.Facts:
    """The facts as recorded; `before` is the newest test of this household, if any."""
    recorded = case.HouseholdFacts(
        area=household.area,
        members=tuple(map(_member, household.members)),
        incomes=tuple(map(_income, household.incomes)) or None,
        expenses=tuple(map(_expense, household.expenses)) or None,
        assets=tuple(map(_asset, household.assets)) or None,
        obligors=tuple(map(_obligor, household.obligors)) or None,
    )
    known = recorded if before is None else with_told(recorded, before.household)
    return case.Facts(id=household.id, household=known)


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


def _member(member: Member) -> case.Member:
    """A person in the household, as the case file says it."""
    person = member.person
    kind, level = person.disability_kind, person.disability_level
    is_certified = kind is not None or level is not None
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
        disabled=True if is_certified else person.disabled,
        disability=case.Disability(kind, level) if is_certified else None,
        serious_illness=person.serious_illness,
        self_care=(
            None
            if person.self_care is None
            else {SelfCare(name): can for name, can in person.self_care.items()}
        ),
        receives=known_benefits(person.receives) or None,
        monitored=person.monitored,
    )


def _income(item: IncomeItem) -> case.Income:
    """One source of income."""
    return income_on_record(
        case.Income(
            member=item.person,
            kind=item.kind,
            amount=item.amount,
            per=item.per,
            months=item.months,
        )
    )


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
