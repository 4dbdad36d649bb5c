"""How a household's values become fields of the log: one entity at a time, new ones only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from app.domain.households import AssetItem, ExpenseItem, Household, IncomeItem
from app.domain.ids import HouseholdId
from app.domain.people import Member, Obligor, Person


class Log(Protocol):
    """Where fields go: a unit of work, or whoever wants them as they are."""

    def change(
        self,
        *,
        kind: str,
        entity: str,
        entity_id: str,
        subject: str,
        fields: Mapping[str, object],
        new: bool = False,
    ) -> object:
        """Set `fields` of one entity."""
        ...


def write_household(work: Log, household: Household, *, kind: str) -> None:
    """Log a household that is new here, with its people, obligors and money."""
    subject = household.id
    work.change(
        kind=kind,
        entity="household",
        entity_id=household.id,
        subject=subject,
        new=True,
        fields=household_fields(household),
    )
    for position, member in enumerate(household.members):
        write_member(work, member, position=position, kind=kind)
    for obligor in household.obligors:
        work.change(
            kind=kind,
            entity="support_obligor",
            entity_id=obligor.id,
            subject=subject,
            new=True,
            fields=obligor_fields(obligor),
        )
    _write_money(work, household, kind=kind)


def write_member(work: Log, member: Member, *, position: int, kind: str) -> None:
    """Log a person who is new here and their place in the household."""
    work.change(
        kind=kind,
        entity="person",
        entity_id=member.person.id,
        subject=member.household,
        new=True,
        fields=person_fields(member.person),
    )
    work.change(
        kind=kind,
        entity="household_member",
        entity_id=member.id,
        subject=member.household,
        new=True,
        fields={
            "household_id": member.household,
            "person_id": member.person.id,
            "position": position,
            "relation": member.relation,
            "living": member.living,
            "is_removed": False,
        },
    )


def household_fields(household: Household) -> dict[str, object]:
    """The columns of a household."""
    return {
        "area": household.area,
        "village_code": household.village_code,
        "group_name": household.group_name,
        "door": household.door,
        "address": household.address,
        "phone": household.phone,
        "category": household.category,
        "monitoring_tag": household.monitoring_tag,
        "benefit_month_fen": household.benefit_month,
        "poverty_cause": household.poverty_cause,
        "knock_note": household.knock_note,
        "bank_name": household.bank_name,
        "bank_account": household.bank_account,
        "head_person_id": household.head,
        "is_removed": False,
    }


def person_fields(person: Person) -> dict[str, object]:
    """The columns of a person."""
    return {
        "name": person.name,
        "id_kind": person.id_kind,
        "id_number": person.id_number,
        "birth_on": person.birth,
        "sex": person.sex,
        "ethnicity": person.ethnicity,
        "hukou": person.hukou,
        "hukou_address": person.hukou_address,
        "permit_no": person.permit_no,
        "resident_since": person.resident_since,
        "marriage": person.marriage,
        "education": person.education,
        "labour": person.labour,
        "employer": person.employer,
        "student": person.student,
        "status": person.status,
        "is_disabled": person.disabled,
        "disability_kind": person.disability_kind,
        "disability_level": person.disability_level,
        "disability_no": person.disability_no,
        "is_seriously_ill": person.serious_illness,
        "illness": person.illness,
        "self_care": person.self_care,
        "receives": list(person.receives),
        "is_monitored": person.monitored,
        "first_employed_on": person.first_employed_on,
        "self_declared_on": person.self_declared_on,
        "phone": person.phone,
        "is_removed": False,
    }


def obligor_fields(obligor: Obligor) -> dict[str, object]:
    """The columns of an obligor."""
    return {
        "household_id": obligor.household,
        "name": obligor.name,
        "relation": obligor.relation,
        "birth_on": obligor.birth,
        "monthly_income_fen": obligor.monthly_income,
        "maintenance_month_fen": obligor.maintenance_month,
        "status": obligor.status,
        "is_removed": False,
    }


def income_fields(income: IncomeItem) -> dict[str, object]:
    """The columns of an income, but for whose household it is in."""
    return {
        "person_id": income.person,
        "kind": income.kind,
        "amount_fen": income.amount,
        "per": income.per,
        "months": income.months,
    }


def expense_fields(expense: ExpenseItem) -> dict[str, object]:
    """The columns of an expense, but for whose household it is in."""
    return {
        "person_id": expense.person,
        "kind": expense.kind,
        "amount_fen": expense.amount,
        "per": expense.per,
    }


def asset_fields(asset: AssetItem) -> dict[str, object]:
    """The columns of an asset, but for whose household it is in."""
    return {"kind": asset.kind, "amount_fen": asset.amount, "count": asset.count}


def _write_money(work: Log, household: Household, *, kind: str) -> None:
    """Log every income, expense and asset item."""
    where = household.id
    for income in household.incomes:
        _write_item(work, "income_item", income.id, where, kind, income_fields(income))
    for expense in household.expenses:
        _write_item(work, "expense_item", expense.id, where, kind, expense_fields(expense))
    for asset in household.assets:
        _write_item(work, "asset_item", asset.id, where, kind, asset_fields(asset))


def _write_item(
    work: Log,
    entity: str,
    item_id: str,
    household_id: HouseholdId,
    kind: str,
    fields: Mapping[str, object],
) -> None:
    """Log one new item of a household."""
    work.change(
        kind=kind,
        entity=entity,
        entity_id=item_id,
        subject=household_id,
        new=True,
        fields={**fields, "household_id": household_id, "is_removed": False},
    )
