"""The case file (design §4): read strictly into facts.

At most 1 MiB of UTF-8 JSON. A key nobody asked for, a wrong kind of value, a reference to nobody:
each is refused by its path, and nothing is half read. What is absent stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from app.domain.households import Area
from app.domain.people import Relation
from app.rules import strict
from app.rules.case_items import asset_of, expense_of, income_of
from app.rules.case_people import member_of, obligor_of
from app.rules.facts import Asset, Expense, Facts, HouseholdFacts, Income, Member, Obligor
from app.rules.overrides import check_overrides
from app.rules.strict import Record, join, known_keys, optional, refuse, required

FORMAT: Final = "xieli-case/1"
LARGEST: Final = 1 << 20
"""Bytes of one case."""
_MOST_ROWS: Final = 500
"""Rows of one list; no household comes near."""

_CASE: Final = frozenset({"format", "id", "on", "pack", "parameters", "household", "requested"})
_HOUSEHOLD: Final = frozenset(
    {
        "area", "members", "incomes", "incomes_unasked", "expenses", "expenses_unasked", "assets",
        "obligors",
    }
)  # fmt: skip
_FIRST_YEAR: Final = 1949
_LAST_YEAR: Final = 2199
REQUESTED: Final = ("ladder",)
"""What a case file may ask for: every rung at once (一次申请，分标准审核确认), and nothing less."""

_area = strict.as_word(Area)


def parse_case(data: bytes) -> Facts:
    """Read one case file. Raises Refused (C-01 … C-06) naming the field by its path."""
    return facts_of(strict.read_json(data, limit=LARGEST, name="case"))


def facts_of(case: Record) -> Facts:
    """The facts of an already decoded case file. Raises Refused as `parse_case` does."""
    known_keys(case, "", _CASE)
    if required(case, "format", "") != FORMAT:
        refuse("format", f"这不是测算用的个案文件，应写“{FORMAT}”。")
    household = _household(strict.as_record(required(case, "household", ""), "household"))
    parameters = optional(case, "parameters", "", strict.as_record) or {}
    check_overrides(parameters, household.area)
    optional(case, "requested", "", _check_requested)
    return Facts(
        id=strict.as_name(required(case, "id", ""), "id"),
        household=household,
        on=optional(case, "on", "", day_of_test),
        pack=optional(case, "pack", "", strict.as_name),
        parameters=parameters,
    )


def day_of_test(value: object, path: str) -> date:
    """A day the calendar reaches around: every clock of the test counts from it."""
    day = strict.as_day(value, path)
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        refuse(path, f"测算的日子要在 {_FIRST_YEAR} 年到 {_LAST_YEAR} 年之间。")
    return day


def _household(record: Record) -> HouseholdFacts:
    known_keys(record, "household", _HOUSEHOLD)
    household = HouseholdFacts(
        area=_area(required(record, "area", "household"), "household.area"),
        members=_members(required(record, "members", "household"), "household.members"),
        incomes=optional(record, "incomes", "household", _incomes),
        expenses=optional(record, "expenses", "household", _expenses),
        assets=optional(record, "assets", "household", _assets),
        obligors=optional(record, "obligors", "household", _obligors),
        incomes_unasked=_unasked(record, "incomes"),
        expenses_unasked=_unasked(record, "expenses"),
    )
    _check_members(household.members)
    people = {member.id for member in household.members}
    _check_references(household.incomes or (), "household.incomes", people)
    _check_references(household.expenses or (), "household.expenses", people)
    _check_ids(household.obligors or (), "household.obligors", people)
    for n, obligor in enumerate(household.obligors or ()):
        _check_people(obligor.supports or (), f"household.obligors[{n}].supports", people)
    _check_people(household.incomes_unasked, "household.incomes_unasked", people)
    _check_people(household.expenses_unasked, "household.expenses_unasked", people)
    return household


def _members(value: object, path: str) -> tuple[Member, ...]:
    return strict.rows(value, path, member_of, longest=_MOST_ROWS)


def _incomes(value: object, path: str) -> tuple[Income, ...]:
    return strict.rows(value, path, income_of, longest=_MOST_ROWS)


def _expenses(value: object, path: str) -> tuple[Expense, ...]:
    return strict.rows(value, path, expense_of, longest=_MOST_ROWS)


def _assets(value: object, path: str) -> tuple[Asset, ...]:
    return strict.rows(value, path, asset_of, longest=_MOST_ROWS)


def _obligors(value: object, path: str) -> tuple[Obligor, ...]:
    return strict.rows(value, path, obligor_of, longest=_MOST_ROWS)


def _unasked(record: Record, key: str) -> tuple[str | None, ...]:
    """Whom nobody has asked yet, of a list others were asked for; null is the household."""
    name = f"{key}_unasked"
    value = record.get(name)
    if value is None:
        return ()
    path = join("household", name)
    asked = strict.as_list(value, path, longest=_MOST_ROWS)
    if asked and record.get(key) is None:
        refuse(path, f"“{key}”都没有写，就不用写还没问谁。", code="C-06")
    return tuple(
        None if who is None else strict.as_name(who, f"{path}[{n}]") for n, who in enumerate(asked)
    )


def _check_requested(value: object, path: str) -> None:
    for n, word in enumerate(strict.as_list(value, path, longest=_MOST_ROWS)):
        if word not in REQUESTED:
            refuse(f"{path}[{n}]", f"这里只能填：{'、'.join(REQUESTED)}。每一档都一起测。")


def _check_members(members: tuple[Member, ...]) -> None:
    if not members:
        refuse("household.members", "家里至少要有一个人。", code="C-06")
    heads = [n for n, member in enumerate(members) if member.relation is Relation.HEAD]
    if len(heads) > 1:
        refuse(f"household.members[{heads[1]}].relation", "一户只能有一个户主。", code="C-06")
    _check_ids(members, "household.members", set())


def _check_ids(rows: Iterable[Member | Obligor], path: str, taken: set[str]) -> None:
    """Ids name one person each, members and obligors together."""
    seen = set(taken)
    for n, row in enumerate(rows):
        if row.id in seen:
            refuse(f"{path}[{n}].id", "这个编号前面已经用过了。", code="C-06")
        seen.add(row.id)


def _check_people(who: Iterable[str | None], path: str, people: set[str]) -> None:
    for n, one in enumerate(who):
        if one is not None and one not in people:
            refuse(f"{path}[{n}]", "家庭成员里没有这个编号。", code="C-06")


def _check_references(rows: Iterable[Income | Expense], path: str, people: set[str]) -> None:
    for n, row in enumerate(rows):
        if row.member is not None and row.member not in people:
            refuse(f"{path}[{n}].member", "家庭成员里没有这个编号。", code="C-06")
