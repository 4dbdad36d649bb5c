"""The practice village's roster as a province would send it: an .xlsx, one row per person.

A title, the headings, then the people by household. Every cell is text, as a careful office
exports it; a spoilt copy has one number ruined the way Excel ruins them.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from app.domain.households import Household, IncomeItem, IncomeKind, Per
from app.domain.ids import PersonId
from app.domain.money import Money
from app.domain.people import IdKind, Member, Obligor, Person, Relation, SelfCare
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
    COLUMNS,
    DISABILITY_KIND,
    DISABILITY_LEVEL,
    DOOR,
    ETHNICITY,
    EXPENSES_YEAR,
    GROUP,
    HEAD_NAME,
    HOUSEHOLD_NO,
    HUKOU,
    ID_KIND,
    ID_NUMBER,
    ILLNESS,
    INCOME_SOURCES,
    INCOME_YEAR,
    LABOUR,
    LIVING,
    MONITORING,
    NAME,
    OBLIGORS,
    PHONE,
    POVERTY_CAUSE,
    RELATION,
    REMARK,
    SELF_CARE,
    SERIAL,
    SERIOUS_ILLNESS,
    SEX,
    SHARED_INCOME,
    STATUS,
    STUDENT,
    VILLAGE_CODE,
    Column,
)
from app.practice.village import PracticeHousehold, PracticeVillage

FIRST_ROW: Final = 3
"""Row number, as Excel shows it, of the first person: below the title and the headings."""
_LEVELS: Final = ("", "一级", "二级", "三级", "四级")
_SPOILT_AT: Final = (0.2, 0.5, 0.8)
"""How far down the sheet the three bad rows stand."""

Row = dict[Column, str | float]


def write_roster(path: Path, village: PracticeVillage, *, spoil: bool = False) -> tuple[int, ...]:
    """Write the roster of `village` to `path`; the answer is the numbers of the bad rows.

    With `spoil` exactly three rows are bad, from top to bottom: a wrong check character, a number
    Excel turned into 4.5E+17, a birth date that contradicts the number.
    Raises OSError when the file cannot be written.
    """
    rows = roster_rows(village)
    bad = _spoil(rows) if spoil else ()
    path.write_bytes(_workbook(f"{village.county}低收入人口花名册（{village.name}）", rows))
    return bad


def roster_rows(village: PracticeVillage) -> list[Row]:
    """The people in the order of their doors, the head of each household first."""
    rows = [row for each in village.members for row in _household_rows(each)]
    for serial, row in enumerate(rows, 1):
        row[SERIAL] = str(serial)
    return rows


def _workbook(title: str, rows: Iterable[Row]) -> bytes:
    # 0.1 s to import, and a start-up never needs it
    import xlsxwriter  # type: ignore[import-untyped]  # ships no types

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("花名册")
        bold = book.add_format({"bold": True, "align": "center"})
        sheet.merge_range(0, 0, 0, len(COLUMNS) - 1, title, bold)
        for place, column in enumerate(COLUMNS):
            sheet.write_string(1, place, column.heading, bold)
        for number, row in enumerate(rows, FIRST_ROW - 1):
            for place, column in enumerate(COLUMNS):
                value = row.get(column, "")
                if isinstance(value, float):
                    sheet.write_number(number, place, value)
                elif value:
                    sheet.write_string(number, place, value)
        sheet.freeze_panes(2, 0)
    return buffer.getvalue()


def _household_rows(each: PracticeHousehold) -> Iterator[Row]:
    household = each.household
    head = household.members[0].person.name
    for member in household.members:
        row: Row = {
            VILLAGE_CODE: household.village_code,
            HOUSEHOLD_NO: each.number,
            HEAD_NAME: head,
            AREA: household.area.label,
            GROUP: household.group_name,
            DOOR: household.door,
            ADDRESS: household.address,
            CATEGORY: household.category.label + (f"{each.tier}类" if each.tier else ""),
            **_person_cells(member),
            **_money_cells(household, member.person.id),
        }
        if member.relation is Relation.HEAD:
            row |= _head_cells(household)
        yield row


def _person_cells(member: Member) -> Row:
    person = member.person
    return {
        RELATION: member.relation.label,
        NAME: person.name,
        SEX: person.sex.label,
        ID_KIND: person.id_kind.label,
        ID_NUMBER: person.id_number or "",
        ETHNICITY: f"{person.ethnicity}族" if person.ethnicity else "",
        BIRTH: person.birth.isoformat() if person.birth else "",
        HUKOU: person.hukou.label if person.hukou else "",
        PHONE: person.phone or "",
        DISABILITY_KIND: _disability(person),
        DISABILITY_LEVEL: _LEVELS[person.disability_level or 0],
        SERIOUS_ILLNESS: {True: "是", False: "否", None: ""}[person.serious_illness],
        ILLNESS: person.illness or "",
        LABOUR: person.labour.label,
        SELF_CARE: _self_care(person),
        STUDENT: person.student.label if person.student else "",
        STATUS: person.status.label if person.status else "",
        LIVING: member.living.label if member.living else "",
    }


def _money_cells(household: Household, person: PersonId) -> Row:
    own = [item for item in household.incomes if item.person == person]
    spent = [item for item in household.expenses if item.person == person]
    return {
        INCOME_SOURCES: _incomes(own),
        INCOME_YEAR: str(sum(map(a_year, own), Money(0))) if own else "",
        EXPENSES_YEAR: "；".join(f"{item.kind.label}{item.amount}" for item in spent),
    }


def _head_cells(household: Household) -> Row:
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


def _spoil(rows: list[Row]) -> tuple[int, ...]:
    """Ruin three rows of ordinary card holders; the answer is their numbers."""
    holders = [place for place, row in enumerate(rows) if row[ID_KIND] == IdKind.RESIDENT.label]
    wrong_check, ruined, misborn = (holders[int(len(holders) * part)] for part in _SPOILT_AT)
    number = str(rows[wrong_check][ID_NUMBER])
    rows[wrong_check][ID_NUMBER] = number[:-1] + ("2" if number[-1] == "1" else "1")
    rows[ruined][ID_NUMBER] = float(str(rows[ruined][ID_NUMBER])[:15] + "000")
    birth = str(rows[misborn][BIRTH])
    rows[misborn][BIRTH] = f"{int(birth[:4]) - 1}{birth[4:]}".replace("-02-29", "-02-28")
    return tuple(place + FIRST_ROW for place in (wrong_check, ruined, misborn))
