"""Taking in a county's roster: read it, show what it holds, then all of it or nothing.

Reading (`Rosters.read`) needs seconds and no vault: run it on the work thread. Storing
(`Rosters.import_`) is one transaction of the vault: run it on the store thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import Final

from app.documents.roster_errors import write_error_sheet
from app.domain.clock import CHINA, Clock
from app.domain.column_layout import ColumnLayout, LayoutUse, in_our_words
from app.domain.ids import new_id
from app.domain.problem import Refused
from app.domain.roster import RosterHousehold, RosterReport, RosterWarning, SkippedHousehold
from app.domain.roster_columns import COLUMNS
from app.services.column_layouts import ColumnLayouts
from app.services.roster_doubles import Sifted

_SHEET_MARK: Final = "-哪里不对"
_OURS: Final = frozenset(column.heading for column in COLUMNS)


def read_roster(path: Path, *, on: date, layouts: Sequence[ColumnLayout] = ()) -> RosterReport:
    """Read and judge the roster at `path`; births may not lie after `on`. Nothing is stored.

    A roster laid out as one of `layouts` says is read under its headings. Ids are made as of the
    start of `on`. Raises Refused (R-01…R-18) for a file that is not a roster at all, Unavailable
    (R-19). Bad rows are not raised: they are the report's problems.
    """
    at = datetime.combine(on, time.min, tzinfo=CHINA)
    from app.domain.roster_judging import judge_roster  # here: on most days nobody takes one in
    from app.domain.roster_table import table_of
    from app.services.roster_reading import read_rows

    rows = in_our_words(read_rows(path), layouts, _OURS)
    return judge_roster(table_of(rows), on=on, fresh=partial(new_id, at))


def require_usable(report: RosterReport, *, skip_bad_rows: bool) -> None:
    """Raises Refused R-20 when rows are bad and may not be skipped, R-26 when one of them may be of
    a household that would go in without it, R-21 when nothing is left."""
    if report.problems and not skip_bad_rows:
        raise Refused(
            f"花名册里有{len(report.bad_rows)}行不对，整份都没有导入。",
            do="请照错误表“哪里不对”那一列改好，再导入一次。",
            code="R-20",
            field="path",
        )
    astray = sorted({one.row for one in report.problems if one.leaves_its_household_open})
    if astray:
        raise Refused(
            f"第{astray[0]}行看不出是哪一户的，跳过它，那一户就少记一个人。",
            do="请照错误表“哪里不对”那一列改好，再导入一次。",
            code="R-26",
            field="path",
        )
    if not report.households:
        raise Refused(
            "花名册里没有一户能导入，每一户都有不对的行。",
            do="请照错误表“哪里不对”那一列改好，再导入一次。",
            code="R-21",
            field="path",
        )


def save_error_sheet(path: Path, report: RosterReport) -> None:
    """Write the roster's rows with what is wrong with them. Raises Unavailable (D-01…D-03)."""
    write_error_sheet(path, report.table, report.problems)


def place_of_error_sheet(roster: Path) -> Path:
    """A name beside `roster` that no file has: an earlier sheet may be mended already.

    The sheet of 名册.xlsx is 名册-哪里不对.xlsx, and so is that of the sheet itself taken in again.
    """
    stem = roster.stem.partition(_SHEET_MARK)[0] + _SHEET_MARK
    names = (f"{stem}{number}.xlsx" for number in chain(("",), count(2)))
    return next(at for name in names if not (at := roster.with_name(name)).exists())


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRoster:
    """A roster that was read, and whether households with a bad row are simply left out."""

    report: RosterReport = field(repr=False)
    skip_bad_rows: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterImported:
    """What went in, which households were left out for a bad row, and who may be there twice."""

    households: int
    people: int
    skipped: tuple[SkippedHousehold, ...]
    warnings: tuple[RosterWarning, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Rosters:
    """Use cases for rosters.

    `store_households` stores what is new here of all it is given in one transaction, with the log
    entries, and says what that was; or it raises and stores none.
    """

    store_households: Callable[[list[RosterHousehold]], Sifted]
    clock: Clock
    column_layouts: ColumnLayouts = field(default_factory=ColumnLayouts)

    def read(self, path: Path) -> RosterReport:
        """What the roster at `path` holds, as of today. See `read_roster`.

        Raises Refused E-11 for a column layout that is wrong where no heading is known.
        """
        found = self.column_layouts.found()
        try:
            return read_roster(path, on=self.clock.today(), layouts=found.of(LayoutUse.ROSTER))
        except Refused as problem:
            if problem.code == "R-16" and found.problems:
                raise found.problems[0] from None  # the layout it needs may be that one
            raise

    def write_error_sheet(self, path: Path, report: RosterReport) -> None:
        """See `save_error_sheet`."""
        save_error_sheet(path, report)

    def import_(self, request: ImportRoster) -> RosterImported:
        """Store every household of the report that is not here yet; doubles are told by row.

        Raises Refused: R-20 when rows are bad and may not be skipped, R-21 when nothing is left.
        """
        report = request.report
        require_usable(report, skip_bad_rows=request.skip_bad_rows)
        sifted = self.store_households(list(report.households))
        return RosterImported(
            households=len(sifted.fresh),
            people=sum(len(each.household.members) for each in sifted.fresh),
            skipped=report.skipped,
            warnings=sifted.warnings,
        )
