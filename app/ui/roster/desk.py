"""What taking a roster in asks of the services. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.problem import Refused, Unavailable
from app.services.rosters import ImportRoster, Rosters, place_of_error_sheet, save_error_sheet
from app.ui.doors import Imported
from app.ui.runner import Steps

if TYPE_CHECKING:
    from app.domain.roster import RosterReport
    from app.services.rosters import RosterImported

Store = Callable[[Callable[[], "RosterImported"]], "RosterImported"]
"""Runs a job where the vault is open, and waits for its answer."""


@dataclass(frozen=True, slots=True)
class RosterDesk:
    """Jobs of the roster pages, for the work thread: reading needs seconds and no vault."""

    rosters: Rosters
    run_in_store: Store

    def take(self, path: Path, steps: Steps) -> Imported:
        """The roster at `path` goes in whole, or an error sheet is put beside it and none does.

        Raises Refused (R-01…R-18, R-30) for a file that cannot go in at all, Unavailable.
        """
        steps.at(0, 2, "正在读名册…")
        report = self.rosters.read(path)
        steps.at(1, 2, "正在存进保险箱…")
        try:
            done = self.run_in_store(partial(self.rosters.import_, ImportRoster(report=report)))
        except Refused as problem:
            if not report.problems:
                raise
            return _refused(path, report, problem)
        doubles = tuple(str(one) for one in done.warnings)
        return Imported(done.households, done.people, doubles=doubles)


def _refused(path: Path, report: RosterReport, problem: Refused) -> Imported:
    """What is wrong row by row, with the sheet where the roster is, if it can be written there."""
    sheet: Path | None
    try:
        place = place_of_error_sheet(path)
        save_error_sheet(place, report)
        sheet = place
    except (OSError, Unavailable):
        sheet = None  # the page offers another place: the stick may be full, locked or gone
    lines = tuple(f"第 {wrong.row} 行 {wrong.column}：{wrong.text}" for wrong in report.problems)
    return Imported(0, 0, lines, problem.code, sheet, report)
