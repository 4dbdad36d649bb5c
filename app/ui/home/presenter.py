"""The home page: what to do today, and where each line leads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from app.domain.casework import Today, WorkItem, WorkKind
from app.domain.ids import HouseholdId
from app.domain.problem import Problem
from app.ui.finding.search import Search, SearchState
from app.ui.nouns import Noun
from app.ui.runner import Runner

Go = Callable[[str, str | None], None]


class HomeScreen(Protocol):
    """What the home page can show."""

    def show_today(self, today: Today) -> None:
        """Counts, list and recent households."""
        ...

    def show_search(self, state: SearchState) -> None:
        """How 政策找人 stands."""
        ...

    def show_problem(self, problem: Problem) -> None:
        """Why there is nothing new to show."""
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
    ) -> None:
        self._screen = screen
        self._store = store
        self._today = today
        self._go = go
        self._search = search
        search.tell(self.hear)

    def open(self, subject: str | None) -> None:
        """Load the day."""
        del subject
        self._store.run(self._today, done=self._screen.show_today, failed=self._screen.show_problem)
        self._search.look()

    def hear(self, state: SearchState) -> None:
        """政策找人 goes on."""
        self._screen.show_search(state)

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

    def start(self, item: WorkItem) -> None:
        """Go where the thing is done."""
        match item.kind:
            case WorkKind.VISIT:
                self._go("visits", item.household)
            case WorkKind.RELIEF_PAPERWORK:
                self._go("relief", item.entity_id)
            case WorkKind.DIFFERS:
                self._go("syncing", item.entity_id)
            case WorkKind.SIGNATURE:
                self._go("printing", item.household)
            case WorkKind.RETURNED | WorkKind.REVIEW:
                self._go("assessment", item.household)
            case WorkKind.DECIDED:
                self._go("household", item.household)

    def open_page(self, key: str) -> None:
        """Go to a page in general."""
        self._go(key, None)

    def open_household(self, household: HouseholdId) -> None:
        """Go to one household."""
        self._go("household", household)
