"""The home page: what to do today, and where each line leads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final, Protocol

from app.domain.ids import HouseholdId
from app.domain.today import Today, WorkItem
from app.ui.finding.search import Search, SearchState
from app.ui.home.remaking import Remaking
from app.ui.nouns import Announce, Noun
from app.ui.printing.press import Press, Wanted
from app.ui.relief.papers import PaperErrand, PaperScreen
from app.ui.runner import Runner

Go = Callable[[str, str | None], None]
SHEET: Final = "visits"
"""今日走访单, about a day."""


def quietly(_nouns: frozenset[Noun]) -> None:
    """Tell nobody."""


class HomeScreen(PaperScreen, Protocol):
    """What the home page can show."""

    def show_today(self, today: Today) -> None:
        """Counts, list and recent households."""
        ...

    def show_remaking(self, done: int, total: int) -> None:
        """How far the list has been made anew; nothing of it where both are 0."""
        ...

    def show_search(self, state: SearchState) -> None:
        """How 政策找人 stands."""
        ...


class HomePresenter:
    """Loads the day when the page comes to the front and when something was saved."""

    def __init__(
        self,
        screen: HomeScreen,
        store: Runner,
        search: Search,
        *,
        today: Callable[[], Today],
        go: Go,
        remaking: Remaking | None = None,
        press: Press | None = None,
        announce: Announce = quietly,
    ) -> None:
        self._screen = screen
        self._store = store
        self._today = today
        self._go = go
        self._search = search
        self._remaking = remaking
        self._on: date | None = None
        self._papers = None if press is None else PaperErrand(screen, press, announce=announce)
        search.tell(self.hear)
        if remaking is not None:
            remaking.tell(self.hear_remaking)

    def open(self, subject: str | None) -> None:
        """Load the day."""
        del subject
        self._load()
        self._search.look()

    def hear(self, state: SearchState) -> None:
        """政策找人 goes on."""
        self._screen.show_search(state)

    def hear_remaking(self, done: int, total: int) -> None:
        """The list is being made anew; at the end it is read again."""
        self._screen.show_remaking(done, total)
        if not total:
            self._load()

    def stop_search(self) -> None:
        """Stop after the households at hand."""
        self._search.stop()

    def open_finding(self) -> None:
        """To whom it found; there it is gone on with, too."""
        self._go("finding", None)

    def refresh(self, nouns: frozenset[Noun]) -> None:
        """Drafts change nothing here; everything else may."""
        if nouns - {Noun.DRAFT}:
            self.open(None)

    def turn(self) -> None:
        """The day, or an hour of a clock, is over: the list reads otherwise by now."""
        self._load()

    def start(self, item: WorkItem) -> None:
        """Go where the thing is done."""
        self._go(item.page, item.target)

    def print_sheet(self) -> None:
        """今日走访单: to the printer, or into a file where there is none."""
        if self._papers is not None and self._on is not None:
            self._papers.make(Wanted(SHEET, None, self._on.isoformat()))

    def save_sheet(self) -> None:
        """The sheet that could not be printed: where shall it go?"""
        if self._papers is not None:
            self._papers.save()

    def put_sheet_into(self, path: str) -> None:
        """The place was chosen."""
        if self._papers is not None:
            self._papers.put_into(path)

    def open_page(self, key: str) -> None:
        """Go to a page in general."""
        self._go(key, None)

    def open_household(self, household: HouseholdId) -> None:
        """Go to one household."""
        self._go("household", household)

    def _load(self) -> None:
        self._store.run(self._today, done=self._show, failed=self._screen.show_problem)

    def _show(self, today: Today) -> None:
        self._on = today.on
        self._screen.show_today(today)
        if today.remaking and self._remaking is not None:
            self._remaking.begin()
