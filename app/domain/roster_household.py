"""The rows of one household put together, its shared columns read from the head's row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.domain.households import (
    Area,
    AssetItem,
    Category,
    ExpenseItem,
    Household,
    IncomeItem,
    IncomeKind,
    MonitoringTag,
    Per,
)
from app.domain.ids import HouseholdId, ItemId, MemberId, ObligorId, PersonId
from app.domain.money import Money
from app.domain.people import Member, Obligor, Relation
from app.domain.roster import RosterProblem, SourceRow
from app.domain.roster_cells import (
    CATEGORY_WORDS,
    read_account,
    read_amount,
    read_village_code,
    word_of,
)
from app.domain.roster_columns import (
    ADDRESS,
    AREA,
    ASSETS,
    BANK_ACCOUNT,
    BANK_NAME,
    BENEFIT,
    CATEGORY,
    DOOR,
    GROUP,
    HEAD_NAME,
    MONITORING,
    NAME,
    OBLIGORS,
    POVERTY_CAUSE,
    RELATION,
    REMARK,
    SHARED_COLUMNS,
    SHARED_INCOME,
    VILLAGE_CODE,
)
from app.domain.roster_items import read_assets, read_incomes, read_obligors
from app.domain.roster_person import PersonReading, RowReading

Fresh = Callable[[], str]


def read_household(
    people: list[PersonReading], problems: list[RosterProblem], *, fresh: Fresh
) -> Household | None:
    """The household of `people`, or None when it has no head; problems are added to `problems`."""
    head = _only_head(people, problems)
    if head is None:
        return None
    _check_rows_agree(head.row, people, problems)
    reading = RowReading(head.row, problems)
    household_id = HouseholdId(fresh())
    ordered = sorted(people, key=lambda each: each is not head)
    return Household(
        id=household_id,
        area=reading.take(AREA, _area) or Area.RURAL,
        village_code=reading.take(VILLAGE_CODE, read_village_code) or "",
        group_name=head.row.text(GROUP),
        door=head.row.text(DOOR),
        address=head.row.text(ADDRESS),
        phone=next((each.person.phone for each in ordered if each.person.phone), None),
        category=reading.take(CATEGORY, _category) or Category.NONE,
        monitoring_tag=reading.take(MONITORING, _monitoring),
        benefit_month=reading.take(BENEFIT, read_amount),
        poverty_cause=head.row.text(POVERTY_CAUSE) or None,
        knock_note=head.row.text(REMARK) or None,
        bank_name=head.row.text(BANK_NAME) or None,
        bank_account=reading.take(BANK_ACCOUNT, read_account),
        head=head.person.id,
        members=tuple(_member(each, household_id, fresh) for each in ordered),
        obligors=_obligors(reading, household_id, fresh),
        incomes=_incomes(reading, ordered, fresh),
        expenses=tuple(
            ExpenseItem(
                id=ItemId(fresh()), person=each.person.id, kind=kind, amount=amount, per=Per.YEAR
            )
            for each in ordered
            for kind, amount in each.expenses
        ),
        assets=_assets(reading, fresh),
    )


def _only_head(people: list[PersonReading], problems: list[RosterProblem]) -> PersonReading | None:
    """The one head; a household without one or with two is blamed."""
    heads = [each for each in people if each.relation is Relation.HEAD]
    if not heads:
        if all(each.relation is not None for each in people):
            RowReading(people[0].row, problems).blame(
                RELATION, "这一户没有户主。请给一个人填“户主”。", "R-47"
            )
        return None
    for extra in heads[1:]:
        RowReading(extra.row, problems).blame(
            RELATION, f"这一户已经有户主了（第{heads[0].row.number}行）。请改一处。", "R-47"
        )
    _check_head_name(heads[0], problems)
    return heads[0]


def _check_head_name(head: PersonReading, problems: list[RosterProblem]) -> None:
    named, own = head.row.text(HEAD_NAME), head.row.text(NAME)
    if named and own and named != own:
        RowReading(head.row, problems).blame(
            HEAD_NAME, "户主姓名和户主那一行的姓名不一样。请改一处。", "R-48"
        )


def _check_rows_agree(
    head: SourceRow, people: list[PersonReading], problems: list[RosterProblem]
) -> None:
    """What a row says of the household must be what the head's row says."""
    for each in people:
        for column in SHARED_COLUMNS:
            text = each.row.text(column)
            if text and text != head.text(column):
                RowReading(each.row, problems).blame(
                    column,
                    f"和本户户主那一行（第{head.number}行）不一样。请改成一样。",
                    "R-49",
                )


def _member(each: PersonReading, household: HouseholdId, fresh: Fresh) -> Member:
    return Member(
        id=MemberId(fresh()),
        household=household,
        person=each.person,
        relation=each.relation or Relation.OTHER,
        living=each.living,
    )


def _obligors(reading: RowReading, household: HouseholdId, fresh: Fresh) -> tuple[Obligor, ...]:
    return tuple(
        Obligor(
            id=ObligorId(fresh()),
            household=household,
            name=named.name,
            relation=named.relation,
            birth=named.birth,
            monthly_income=named.monthly_income,
            maintenance_month=named.maintenance_month,
            status=named.status,
        )
        for named in reading.take(OBLIGORS, read_obligors) or ()
    )


def _incomes(
    reading: RowReading, people: list[PersonReading], fresh: Fresh
) -> tuple[IncomeItem, ...]:
    """Each member's own, then what belongs to all."""
    owned: list[tuple[PersonId | None, IncomeKind, Money]] = [
        (each.person.id, *income) for each in people for income in each.incomes
    ]
    owned += [(None, *income) for income in reading.take(SHARED_INCOME, read_incomes) or ()]
    return tuple(
        IncomeItem(id=ItemId(fresh()), person=person, kind=kind, amount=amount, per=Per.YEAR)
        for person, kind, amount in owned
    )


def _assets(reading: RowReading, fresh: Fresh) -> tuple[AssetItem, ...]:
    return tuple(
        AssetItem(id=ItemId(fresh()), kind=kind, amount=value)
        if isinstance(value, Money)
        else AssetItem(id=ItemId(fresh()), kind=kind, count=value)
        for kind, value in reading.take(ASSETS, read_assets) or ()
    )


_area: Final = word_of(Area, {"城市": Area.URBAN})
_category: Final = word_of(Category, CATEGORY_WORDS)
_monitoring: Final = word_of(MonitoringTag)
