"""A household as rows of a roster: the inverse of what reads one (`app.domain.roster_person`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from app.domain.households import Household, IncomeItem, IncomeKind, Per
from app.domain.ids import PersonId
from app.domain.money import Money
from app.domain.people import Labour, Member, Obligor, Person, SelfCare, Sex
from app.domain.roster_cells import ALL_SELF_CARE, NOT_DISABLED
from app.domain.roster_columns import (
    ADDRESS,
    AREA,
    ASSETS,
    BANK_ACCOUNT,
    BANK_NAME,
    BENEFIT,
    BIRTH,
    CATEGORY,
    DISABILITY_KIND,
    DISABILITY_LEVEL,
    DISABILITY_NO,
    DOOR,
    EDUCATION,
    EMPLOYER,
    ETHNICITY,
    EXPENSES_YEAR,
    GROUP,
    HEAD_NAME,
    HOUSEHOLD_NO,
    HUKOU,
    HUKOU_ADDRESS,
    ID_KIND,
    ID_NUMBER,
    ILLNESS,
    INCOME_SOURCES,
    INCOME_YEAR,
    LABOUR,
    LIVING,
    MARRIAGE,
    MONITORING,
    NAME,
    OBLIGORS,
    PERMIT_NO,
    PHONE,
    POVERTY_CAUSE,
    RELATION,
    REMARK,
    RESIDENT_SINCE,
    SELF_CARE,
    SERIOUS_ILLNESS,
    SEX,
    SHARED_INCOME,
    STATUS,
    STUDENT,
    VILLAGE_CODE,
    Column,
)

Cells = dict[Column, str]
_LEVELS: Final = ("", "一级", "二级", "三级", "四级")


def cells_of(household: Household, number: str) -> Iterator[Cells]:
    """A row for each member, the head's with what is the household's; `number` is its 户编号."""
    head = household.head_member or household.members[0]
    for member in household.members:
        row: Cells = {
            VILLAGE_CODE: household.village_code,
            HOUSEHOLD_NO: number,
            HEAD_NAME: head.person.name,
            AREA: household.area.label,
            GROUP: household.group_name,
            DOOR: household.door,
            ADDRESS: household.address,
            CATEGORY: household.category.label,
            **_person_cells(member),
            **_money_cells(household, member.person.id),
        }
        if member is head:
            row |= _head_cells(household)
        yield row


def _person_cells(member: Member) -> Cells:
    person = member.person
    return {
        RELATION: member.relation.label,
        NAME: person.name,
        SEX: "" if person.sex is Sex.UNKNOWN else person.sex.label,
        ID_KIND: person.id_kind.label,
        ID_NUMBER: person.id_number or "",
        ETHNICITY: f"{person.ethnicity}族" if person.ethnicity else "",
        BIRTH: person.birth.isoformat() if person.birth else "",
        HUKOU: person.hukou.label if person.hukou else "",
        HUKOU_ADDRESS: person.hukou_address or "",
        PERMIT_NO: person.permit_no or "",
        RESIDENT_SINCE: str(person.resident_since or ""),
        MARRIAGE: person.marriage.label if person.marriage else "",
        EDUCATION: person.education.label if person.education else "",
        PHONE: person.phone or "",
        DISABILITY_KIND: _disability(person),
        DISABILITY_LEVEL: _LEVELS[person.disability_level or 0],
        DISABILITY_NO: person.disability_no or "",
        SERIOUS_ILLNESS: {True: "是", False: "否", None: ""}[person.serious_illness],
        ILLNESS: person.illness or "",
        LABOUR: "" if person.labour is Labour.UNKNOWN else person.labour.label,
        EMPLOYER: person.employer or "",
        SELF_CARE: _self_care(person),
        STUDENT: person.student.label if person.student else "",
        STATUS: person.status.label if person.status else "",
        LIVING: member.living.label if member.living else "",
    }


def _money_cells(household: Household, person: PersonId) -> Cells:
    own = [item for item in household.incomes if item.person == person]
    spent = [item for item in household.expenses if item.person == person]
    return {
        INCOME_SOURCES: _incomes(own),
        INCOME_YEAR: str(sum(map(a_year, own), Money(0))) if own else "",
        EXPENSES_YEAR: "；".join(f"{item.kind.label}{item.amount}" for item in spent),
    }


def _head_cells(household: Household) -> Cells:
    shared = [item for item in household.incomes if item.person is None]
    return {
        BENEFIT: str(household.benefit_month) if household.benefit_month else "",
        MONITORING: household.monitoring_tag.label if household.monitoring_tag else "",
        POVERTY_CAUSE: household.poverty_cause or "",
        SHARED_INCOME: _incomes(shared),
        ASSETS: "；".join(
            f"{item.kind.label}{item.amount if item.count is None else item.count}"
            for item in household.assets
        ),
        OBLIGORS: "；".join(map(_obligor, household.obligors)),
        BANK_NAME: household.bank_name or "",
        BANK_ACCOUNT: household.bank_account or "",
        REMARK: household.knock_note or "",
    }


def a_year(item: IncomeItem) -> Money:
    """What an income brings in twelve months."""
    return item.amount * item.months if item.per is Per.MONTH else item.amount


def _incomes(items: Iterable[IncomeItem]) -> str:
    """One entry per kind: 工资18000.00；居保基础养老金1620.00."""
    totals: dict[IncomeKind, Money] = {}
    for item in items:
        totals[item.kind] = totals.get(item.kind, Money(0)) + a_year(item)
    return "；".join(f"{kind.label}{amount}" for kind, amount in totals.items())


def _obligor(obligor: Obligor) -> str:
    parts = [obligor.relation]
    if obligor.birth:
        parts.append(obligor.birth.isoformat())
    if obligor.monthly_income is not None:
        parts.append(f"月收入{obligor.monthly_income}")
    if obligor.maintenance_month is not None:
        parts.append(f"月给{obligor.maintenance_month}")
    if obligor.status:
        parts.append(obligor.status.label)
    return f"{obligor.name}（{'，'.join(parts)}）"


def _disability(person: Person) -> str:
    if person.disability_kind:
        return f"{person.disability_kind.label}残疾"
    return "" if person.disabled is None else NOT_DISABLED


def _self_care(person: Person) -> str:
    if person.self_care is None:
        return ""
    lost = [thing.label for thing in SelfCare if not person.self_care[thing.value]]
    return "、".join(lost) or ALL_SELF_CARE
