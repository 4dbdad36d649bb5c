"""A roster of households as it came in: rows of text, what is wrong with them, what they mean.

`app.domain.roster_judging` turns a `RosterTable` into a `RosterReport`. Nothing here is in the
vault yet. Reprs show row numbers only, because reprs reach logs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.households import Household
from app.domain.ids import PersonId
from app.domain.roster_columns import HOUSEHOLD_NO, Column


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of the sheet: its number as Excel shows it, and its text by heading."""

    number: int
    cells: Mapping[str, str] = field(repr=False)

    def text(self, column: Column) -> str:
        """What stands under `column`; empty when the sheet has no such column."""
        return self.cells.get(column.heading, "")


@dataclass(frozen=True, slots=True)
class RosterTable:
    """The sheet below its headings (which stand in `heading_row`), blank rows left out."""

    heading_row: int
    headings: tuple[str, ...]
    rows: tuple[SourceRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterProblem:
    """One thing to mend: where, what is wrong (a whole sentence) and what to do about it.

    `value_hint` is the cell, masked wherever it could name a person; `code` is searchable.
    """

    row: int
    column: str
    value_hint: str
    text: str
    code: str

    @property
    def leaves_its_household_open(self) -> bool:
        """Whether the row may belong to another household than it seems to: it has no number, or
        what stands under its number has no head or two."""
        return self.code == "R-47" or (self.code == "R-50" and self.column == HOUSEHOLD_NO.heading)

    def __str__(self) -> str:
        """As one line of a list: where, then what."""
        return f"第{self.row}行“{self.column}”：{self.text}（编号 {self.code}）"


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterHousehold:
    """A household ready to be stored, with the county's number of it and its first row.

    `rows` says in which row each of its people stands.
    """

    number: str
    first_row: int
    household: Household = field(repr=False)
    rows: Mapping[PersonId, int] = field(repr=False)

    def row_of(self, person: PersonId) -> int:
        """The row of one of its people."""
        return self.rows[person]


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterWarning:
    """Somebody who may be on record twice: where, who, like whom, and what to do about it."""

    row: int
    name: str = field(repr=False)
    what: str = field(repr=False)
    do: str

    def __str__(self) -> str:
        """As one line of a list."""
        return f"第 {self.row} 行 {self.name}：{self.what}，{self.do}。"


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedHousehold:
    """A household left out because of a bad row: the county's number and its row numbers."""

    number: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterReport:
    """What a roster holds. `households` are the ones without a problem, in the sheet's order."""

    table: RosterTable = field(repr=False)
    households: tuple[RosterHousehold, ...] = field(repr=False)
    problems: tuple[RosterProblem, ...] = field(repr=False)
    skipped: tuple[SkippedHousehold, ...] = ()

    @property
    def rows(self) -> int:
        """How many people the sheet has, the bad rows included."""
        return len(self.table.rows)

    @property
    def people(self) -> int:
        """How many people are in the households that can be stored."""
        return sum(len(each.household.members) for each in self.households)

    @property
    def bad_rows(self) -> tuple[int, ...]:
        """The numbers of the rows with a problem, ascending."""
        return tuple(sorted({problem.row for problem in self.problems}))
