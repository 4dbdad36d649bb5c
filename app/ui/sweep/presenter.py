"""集中排查: loads the coverage, and leads to the visit still to be made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from app.domain.problem import Problem
from app.domain.sweep import Sweep
from app.ui.nouns import Noun
from app.ui.runner import Runner


class SweepScreen(Protocol):
    """What the sweep page can show."""

    def show_sweep(self, sweep: Sweep | None) -> None:
        """The coverage."""
        ...

    def show_problem(self, problem: Problem) -> None:
        """Why there is nothing new to show."""
        ...


class SweepPresenter:
    """Loads when the page comes to the front and when a visit was saved."""

    def __init__(
        self,
        screen: SweepScreen,
        store: Runner,
        *,
        coverage: Callable[[], Sweep | None],
        go: Callable[[str, str | None], None],
    ) -> None:
        self._screen = screen
        self._store = store
        self._coverage = coverage
        self._go = go

    def open(self, subject: str | None) -> None:
        """Load the coverage."""
        del subject
        self._store.run(
            self._coverage, done=self._screen.show_sweep, failed=self._screen.show_problem
        )

    def refresh(self, nouns: frozenset[Noun]) -> None:
        """Drafts change nothing here; everything else may."""
        if nouns - {Noun.DRAFT}:
            self.open(None)

    def start(self, household: str) -> None:
        """To the visit."""
        self._go("visits", household)
