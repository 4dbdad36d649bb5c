"""Taking a roster in: it goes in whole, or comes back with a sheet of what to mend."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Protocol

from app.domain.problem import Problem, Unavailable
from app.services.rosters import save_error_sheet
from app.ui.doors import Imported
from app.ui.nouns import Announce, Noun
from app.ui.runner import Runner, Steps


class RosterScreen(Protocol):
    """What a page with a `RosterPanel` can show."""

    def busy(self, text: str) -> None:
        """The roster is being read; nothing can be pressed."""
        ...

    def moved(self, done: int, total: int, text: str) -> None:
        """How far it is."""
        ...

    def ready(self) -> None:
        """It is over, one way or the other."""
        ...

    def show_import(self, imported: Imported) -> None:
        """How many came in, or what to mend and where the sheet lies."""
        ...

    def show_problem(self, problem: Problem) -> None:
        """Why it did not work."""
        ...


class RosterPresenter:
    """Decides on the roster page; the first run has one too.

    `take` runs on the work thread; `open_file` says whether some program opened the file.
    """

    def __init__(
        self,
        screen: RosterScreen,
        work: Runner,
        *,
        take: Callable[[Path, Steps], Imported],
        open_file: Callable[[Path], bool],
        announce: Announce,
    ) -> None:
        self._screen = screen
        self._work = work
        self._take = take
        self._open_file = open_file
        self._announce = announce
        self._last = Imported(0, 0)

    def open(self, subject: str | None) -> None:
        """What the last try brought is still to be read."""
        del subject

    def refresh(self, nouns: frozenset[Noun]) -> None:
        """Nothing saved elsewhere changes what was read."""

    def import_roster(self, path: str) -> None:
        """Take the roster at `path` in."""
        self._screen.busy("正在读名册…")
        self._work.run_counted(
            partial(self._take, Path(path)),
            moved=self._screen.moved,
            done=self._imported,
            failed=self._failed,
        )

    def save_sheet(self, path: str) -> None:
        """The error sheet of the last try goes there, too."""
        report = self._last.report
        if report is None:
            return
        place = Path(path)
        if place.suffix.lower() != ".xlsx":
            place = place.with_name(f"{place.name}.xlsx")
        self._work.run(
            partial(save_error_sheet, place, report),
            done=partial(self._saved, place),
            failed=self._screen.show_problem,
        )

    def open_sheet(self) -> None:
        """Open the error sheet in whatever opens tables here."""
        sheet = self._last.sheet
        if sheet is not None and not self._open_file(sheet):
            self._screen.show_problem(
                Unavailable(
                    "这台电脑上没有程序能打开错误表。",
                    do="请装上 WPS 或 Excel，或者把错误表拷到有的电脑上改。",
                    code="R-22",
                )
            )

    def _imported(self, imported: Imported) -> None:
        self._last = imported
        self._screen.ready()
        self._screen.show_import(imported)
        if imported.households:
            self._announce(frozenset({Noun.HOUSEHOLD}))

    def _failed(self, problem: Problem) -> None:
        self._screen.ready()
        self._screen.show_problem(problem)

    def _saved(self, place: Path, _answer: None) -> None:
        self._last = replace(self._last, sheet=place)
        self._screen.show_import(self._last)
