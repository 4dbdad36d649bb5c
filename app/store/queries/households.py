"""Households as values: one with everything in it, or many as lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.sql import ColumnElement

from app.domain.households import (
    Area,
    AssetItem,
    AssetKind,
    Category,
    ExpenseItem,
    ExpenseKind,
    Household,
    HouseholdLine,
    IncomeItem,
    IncomeKind,
    MonitoringTag,
    Per,
)
from app.domain.ids import HouseholdId, ItemId, PersonId
from app.domain.money import Money
from app.domain.operations import Patch
from app.domain.people import IdKind
from app.domain.procedure import MaterialState
from app.models.base import table_of
from app.models.casework import VisitRow
from app.models.people import (
    AssetItemRow,
    ExpenseItemRow,
    HouseholdMemberRow,
    HouseholdRow,
    IncomeItemRow,
    PersonRow,
)
from app.models.procedure import ApplicationMaterialRow
from app.store import search
from app.store.queries import formerly
from app.store.queries.people import PeopleQueries, money_of

_HOUSEHOLD = table_of(HouseholdRow)
_PERSON = table_of(PersonRow)
_MEMBER = table_of(HouseholdMemberRow)
_WHO = _PERSON.alias("who")
_MATERIAL = table_of(ApplicationMaterialRow)
_VISIT = table_of(VisitRow)
_INCOME = table_of(IncomeItemRow)
_EXPENSE = table_of(ExpenseItemRow)
_ASSET = table_of(AssetItemRow)

# made once: while somebody types, building a statement costs more than running it
_NAMES = select(_PERSON.c.id, _PERSON.c.name).where(
    _PERSON.c.id.in_(bindparam("ids", expanding=True))
)
_LIVING = select(_MEMBER.c.household_id, _MEMBER.c.person_id).where(
    _MEMBER.c.person_id.in_(bindparam("ids", expanding=True)), ~_MEMBER.c.is_removed
)
_HAS = select(_HOUSEHOLD.c.id).where(
    _HOUSEHOLD.c.id == bindparam("wanted"), ~_HOUSEHOLD.c.is_removed
)
_OVER = select(_HOUSEHOLD.c.id).where(
    _HOUSEHOLD.c.id == bindparam("wanted"), _HOUSEHOLD.c.ended_on.is_not(None)
)


@dataclass(frozen=True, slots=True)
class HouseholdQueries:
    """Questions about households."""

    connection: Connection

    def get(self, household_id: HouseholdId) -> Household | None:
        """One household with its people and its money, or None."""
        row = (
            self.connection.execute(
                select(_HOUSEHOLD).where(_HOUSEHOLD.c.id == household_id, ~_HOUSEHOLD.c.is_removed)
            )
            .mappings()
            .first()
        )
        return None if row is None else self._household(row)

    def has(self, household_id: HouseholdId) -> bool:
        """Whether there is such a household."""
        return self.connection.execute(_HAS, {"wanted": household_id}).first() is not None

    def is_over(self, household: str | None) -> bool:
        """Whether nobody is left in a household: nobody can be asked, tested or visited there."""
        return self.connection.execute(_OVER, {"wanted": household}).first() is not None

    def changed_after(
        self, first: date, household: HouseholdId | None = None
    ) -> dict[HouseholdId, list[tuple[date, Patch]]]:
        """What this laptop changed of all households, or of one, after a day, the last first."""
        return formerly.changed_after(self.connection, first, household)

    def lines(self, ids: Sequence[str] | None = None) -> list[HouseholdLine]:
        """Households as lines in order of group and door; only `ids` when given."""
        lines = _lines() if ids is None else _lines_of_some()
        rows = self.connection.execute(lines, {} if ids is None else {"ids": list(ids)})
        return [_line(row) for row in rows.mappings()]

    def by_group(self) -> dict[str, list[HouseholdLine]]:
        """组 → its households that have not ended, by door; "" for those that are in none."""
        found: dict[str, list[HouseholdLine]] = {}
        for row in self.connection.execute(_lines()).mappings():
            found.setdefault(row["group_name"] or "", []).append(_line(row))
        return found

    def find(self, text: str, limit: int) -> list[HouseholdLine]:
        """Households in which `text` finds somebody, the likeliest first, each once; behind them
        those in which it finds only who died or moved away."""
        found = search.find_people(self.connection, text, limit)
        names = self._names([person_id for _, person_id in found])
        here = self._living([person_id for _, person_id in found])
        by_household: dict[str, str] = {}
        for household_id, person_id in sorted(found, key=lambda one: one not in here):
            by_household.setdefault(household_id, person_id)
        lines = {line.id: line for line in self.lines(list(by_household))}
        return [
            _with_match(
                lines[HouseholdId(household_id)],
                names.get(person_id),
                is_here=(household_id, person_id) in here,
            )
            for household_id, person_id in by_household.items()
            if HouseholdId(household_id) in lines
        ]

    def count(self) -> int:
        """How many households there are."""
        query = select(func.count()).select_from(_HOUSEHOLD).where(~_HOUSEHOLD.c.is_removed)
        return int(self.connection.execute(query).scalar_one())

    def _names(self, person_ids: list[str]) -> dict[str, str]:
        """Names by person id."""
        rows = self.connection.execute(_NAMES, {"ids": person_ids})
        return {row.id: row.name for row in rows}

    def _living(self, person_ids: list[str]) -> set[tuple[str, str]]:
        """(household, person) of those who have a place there now."""
        rows = self.connection.execute(_LIVING, {"ids": person_ids})
        return {(row.household_id, row.person_id) for row in rows}

    def _household(self, row: RowMapping) -> Household:
        """The whole value around one row."""
        household_id = HouseholdId(row["id"])
        people = PeopleQueries(self.connection)
        head, ended = row["head_person_id"], row["ended_on"] is not None
        return Household(
            id=household_id,
            area=Area(row["area"]),
            village_code=row["village_code"],
            group_name=row["group_name"],
            door=row["door"],
            address=row["address"],
            phone=row["phone"],
            category=Category(row["category"]),
            monitoring_tag=(
                None if row["monitoring_tag"] is None else MonitoringTag(row["monitoring_tag"])
            ),
            benefit_month=money_of(row["benefit_month_fen"]),
            poverty_cause=row["poverty_cause"],
            knock_note=row["knock_note"],
            bank_name=row["bank_name"],
            bank_account=row["bank_account"],
            head=None if head is None else PersonId(head),
            last_head=people.get(PersonId(head)) if ended and head is not None else None,
            members=people.members(household_id),
            obligors=people.obligors(household_id),
            incomes=self._incomes(household_id),
            expenses=self._expenses(household_id),
            assets=self._assets(household_id),
            split_from=_id_of(row["split_from_id"]),
            successor=_id_of(row["successor_id"]),
            ended_on=row["ended_on"],
        )

    def _incomes(self, household_id: HouseholdId) -> tuple[IncomeItem, ...]:
        """Sources of income."""
        query = select(_INCOME).where(_INCOME.c.household_id == household_id, ~_INCOME.c.is_removed)
        return tuple(
            IncomeItem(
                id=ItemId(row.id),
                person=None if row.person_id is None else PersonId(row.person_id),
                kind=IncomeKind(row.kind),
                amount=Money(row.amount_fen),
                per=Per(row.per),
                months=row.months,
            )
            for row in self.connection.execute(query.order_by(_INCOME.c.id))
        )

    def _expenses(self, household_id: HouseholdId) -> tuple[ExpenseItem, ...]:
        """Rigid outlays."""
        query = select(_EXPENSE).where(
            _EXPENSE.c.household_id == household_id, ~_EXPENSE.c.is_removed
        )
        return tuple(
            ExpenseItem(
                id=ItemId(row.id),
                person=None if row.person_id is None else PersonId(row.person_id),
                kind=ExpenseKind(row.kind),
                amount=Money(row.amount_fen),
                per=Per(row.per),
            )
            for row in self.connection.execute(query.order_by(_EXPENSE.c.id))
        )

    def _assets(self, household_id: HouseholdId) -> tuple[AssetItem, ...]:
        """What the household owns."""
        query = select(_ASSET).where(_ASSET.c.household_id == household_id, ~_ASSET.c.is_removed)
        return tuple(
            AssetItem(
                id=ItemId(row["id"]),
                kind=AssetKind(row["kind"]),
                amount=money_of(row["amount_fen"]),
                count=row["count"],
            )
            for row in self.connection.execute(query.order_by(_ASSET.c.id)).mappings()
        )


def _line_query() -> Select[Any]:
    """Columns of a household line."""
    members: ColumnElement[int] = (
        select(func.count())
        .where(_MEMBER.c.household_id == _HOUSEHOLD.c.id, ~_MEMBER.c.is_removed)
        .scalar_subquery()
    )
    last_visit = (
        select(func.max(_VISIT.c.visited_on))
        .where(_VISIT.c.household_id == _HOUSEHOLD.c.id, _VISIT.c.met != "nobody")
        .scalar_subquery()
    )
    return (
        select(
            _HOUSEHOLD.c.id,
            _HOUSEHOLD.c.group_name,
            _HOUSEHOLD.c.door,
            _HOUSEHOLD.c.category,
            _PERSON.c.name.label("head_name"),
            members.label("members"),
            last_visit.label("last_visit_on"),
            _HOUSEHOLD.c.ended_on,
        )
        .outerjoin(_PERSON, _PERSON.c.id == _HOUSEHOLD.c.head_person_id)
        .where(~_HOUSEHOLD.c.is_removed)
    )


@lru_cache(maxsize=1)
def _lines() -> Select[Any]:
    """Every household that has not ended, by group and door."""
    query = _line_query().where(_HOUSEHOLD.c.ended_on.is_(None))
    return _in_order(query.add_columns(_lacks().label("lacks")))


def _lacks() -> ColumnElement[bool]:
    """Whether a fact every paper asks for is missing, or a material that was asked for."""
    nameless = exists().where(
        _MEMBER.c.household_id == _HOUSEHOLD.c.id,
        ~_MEMBER.c.is_removed,
        _WHO.c.id == _MEMBER.c.person_id,
        or_(
            _WHO.c.birth_on.is_(None),
            and_(_WHO.c.id_kind == IdKind.RESIDENT, _WHO.c.id_number.is_(None)),
        ),
    )
    asked = exists().where(
        _MATERIAL.c.household_id == _HOUSEHOLD.c.id, _MATERIAL.c.state == MaterialState.NEEDED
    )
    return or_(
        func.coalesce(_HOUSEHOLD.c.phone, "") == "",
        func.coalesce(_HOUSEHOLD.c.bank_account, "") == "",
        nameless,
        asked,
    )


def _in_order(query: Select[Any]) -> Select[Any]:
    """By group and door."""
    return query.order_by(
        _HOUSEHOLD.c.group_name,
        func.length(_HOUSEHOLD.c.door),  # 2号 comes before 10号
        _HOUSEHOLD.c.door,
        _HOUSEHOLD.c.id,
    )


@lru_cache(maxsize=1)
def _lines_of_some() -> Select[Any]:
    """The same for some of them."""
    return _in_order(_line_query()).where(_HOUSEHOLD.c.id.in_(bindparam("ids", expanding=True)))


def _id_of(text: str | None) -> HouseholdId | None:
    """A household's id, None for none."""
    return None if text is None else HouseholdId(text)


def _line(row: RowMapping) -> HouseholdLine:
    """A row of `_line_query` as a value."""
    return HouseholdLine(
        id=HouseholdId(row["id"]),
        head_name=row["head_name"] or "",
        place=f"{row['group_name']}{row['door']}",
        category=Category(row["category"]),
        members=row["members"],
        last_visit_on=row["last_visit_on"],
        lacks=bool(row["lacks"]) if "lacks" in row else None,
        is_over=row["ended_on"] is not None,
    )


def _with_match(line: HouseholdLine, name: str | None, *, is_here: bool) -> HouseholdLine:
    """`line`, saying which other member matched when it was not the head, or who lived there."""
    if name is None or (is_here and name == line.head_name):
        return line
    return replace(line, matched=name) if is_here else replace(line, left=name)
