"""A roster judged whole: which households can be stored, and every problem by row and column.

Pure: rows in, values and problems out. `fresh` gives the ids, so that two readings of one file
make two sets of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import groupby

from app.domain.households import MonitoringTag
from app.domain.ids import PersonId
from app.domain.problem import Refused
from app.domain.roster import (
    RosterHousehold,
    RosterProblem,
    RosterReport,
    RosterTable,
    SkippedHousehold,
    SourceRow,
)
from app.domain.roster_cells import half_width
from app.domain.roster_columns import (
    COLUMNS,
    ERROR_HEADING,
    HOUSEHOLD_NO,
    ID_NUMBER,
    MONITORING,
    REQUIRED_HEADINGS,
)
from app.domain.roster_household import read_household
from app.domain.roster_person import PersonReading, RowReading, hint, read_person

_HEADINGS = frozenset(column.heading for column in COLUMNS) | {ERROR_HEADING}


def check_headings(headings: Sequence[str]) -> None:
    """Refuse (R-16) a sheet whose headings are not a roster's, naming every one that is wrong."""
    missing = [name for name in _in_order(REQUIRED_HEADINGS) if name not in headings]
    unknown = [name for name in headings if name and name not in _HEADINGS]
    twice = sorted({name for name in headings if name and headings.count(name) > 1})
    wrong = [
        f"{what}：{'、'.join(names)}"
        for what, names in (("缺少", missing), ("不认识", unknown), ("重复", twice))
        if names
    ]
    if wrong:
        raise Refused(
            f"表头的列不对（{'；'.join(wrong)}）。",
            do="请把列名改成和县里花名册一样，不认识的列先删掉，再导入。",
            code="R-16",
        )


def judge_roster(table: RosterTable, *, on: date, fresh: Callable[[], str]) -> RosterReport:
    """Read every row of `table`. `on` is today; `fresh` makes a new id.

    Raises Refused: R-16 wrong columns, R-17 no people in the sheet. What is wrong with single
    rows is not raised: it is in the report.
    """
    check_headings(table.headings)
    if not table.rows:
        raise Refused("花名册里一个人也没有。", do="请看看是不是选错了文件或工作表。", code="R-17")
    problems = _find_doubles(table.rows)
    doubled = {problem.row for problem in problems}
    households, skipped = [], []
    for number, rows in _by_household(table.rows):
        found = _judge_household(number, rows, on=on, fresh=fresh)
        if isinstance(found, RosterHousehold) and not doubled.intersection(_numbers(rows)):
            households.append(found)
            continue
        problems += found if isinstance(found, list) else []
        skipped.append(SkippedHousehold(number=number, rows=_numbers(rows)))
    return RosterReport(
        table=table,
        households=tuple(households),
        problems=tuple(sorted(problems, key=lambda problem: (problem.row, problem.column))),
        skipped=tuple(skipped),
    )


def _judge_household(
    number: str, rows: list[SourceRow], *, on: date, fresh: Callable[[], str]
) -> RosterHousehold | list[RosterProblem]:
    """The household of `rows`, or everything that is wrong with it."""
    problems: list[RosterProblem] = []
    people: list[PersonReading] = []
    for row in rows:
        reading = RowReading(row, problems)
        monitored = row.text(MONITORING) in {tag.label for tag in MonitoringTag}
        people.append(read_person(reading, PersonId(fresh()), on=on, monitored=monitored))
    household = read_household(people, problems, fresh=fresh)
    if problems or household is None:
        return problems
    return RosterHousehold(
        number=number,
        first_row=rows[0].number,
        household=household,
        rows={each.person.id: each.row.number for each in people},
    )


def _by_household(rows: Iterable[SourceRow]) -> list[tuple[str, list[SourceRow]]]:
    """Rows by household number, in the order the numbers first appear.

    Rows without a number belong to nobody: each stands alone, and is blamed for it.
    """
    found: dict[str, list[SourceRow]] = {}
    for row in rows:
        number = row.text(HOUSEHOLD_NO)
        found.setdefault(number or f"（第{row.number}行）", []).append(row)
    return list(found.items())


def _find_doubles(rows: Iterable[SourceRow]) -> list[RosterProblem]:
    """Rows that share one document number; each problem names the other rows."""
    keyed = [(half_width(row.text(ID_NUMBER)).upper(), row) for row in rows if row.text(ID_NUMBER)]
    problems = []
    by_number = groupby(sorted(keyed, key=lambda pair: pair[0]), key=lambda pair: pair[0])
    for _, pairs in by_number:
        same = sorted((row for _, row in pairs), key=lambda row: row.number)
        for row in same if len(same) > 1 else ():
            others = "、".join(f"第{each.number}行" for each in same if each is not row)
            problems.append(
                RosterProblem(
                    row=row.number,
                    column=ID_NUMBER.heading,
                    value_hint=hint(ID_NUMBER, row.text(ID_NUMBER)),
                    text=f"和{others}的证件号码一样，一个人只能有一行。请改对或删掉一行。",
                    code="R-46",
                )
            )
    return problems


def _numbers(rows: Iterable[SourceRow]) -> tuple[int, ...]:
    return tuple(row.number for row in rows)


def _in_order(headings: frozenset[str]) -> list[str]:
    return [column.heading for column in COLUMNS if column.heading in headings]
