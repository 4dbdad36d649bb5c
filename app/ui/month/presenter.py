"""The month of visits: which month is shown, and where a line leads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Protocol

from app.domain.month_round import MonthRound, RoundLine, RoundState
from app.domain.problem import Problem
from app.domain.workdays import month_start
from app.ui.nouns import Noun
from app.ui.runner import Runner

Go = Callable[[str, str | None], None]


class MonthScreen(Protocol):
    """What the month page can show."""

    def show_month(self, month: MonthRound) -> None:
        """The calendar and the day at hand."""
        ...

    def show_problem(self, problem: Problem) -> None:
        """Why there is nothing new to show."""
        ...


class MonthPresenter:
    """Loads a month when the page comes to the front and when a visit was saved."""

    def __init__(
        self,
        screen: MonthScreen,
        store: Runner,
        *,
        month: Callable[[date], MonthRound],
        today: Callable[[], date],
        go: Go,
    ) -> None:
        self._screen = screen
        self._store = store
        self._month = month
        self._today = today
        self._go = go
        self._first: date | None = None

    def open(self, subject: str | None) -> None:
        """Load the month at hand: this one the first time, `subject` (ISO day) when given."""
        if subject is not None:
            self._first = date.fromisoformat(subject).replace(day=1)
        first = self._first or self._today().replace(day=1)
        self._first = first
        self._store.run(
            partial(self._month, first),
            done=self._screen.show_month,
            failed=self._screen.show_problem,
        )

    def refresh(self, nouns: frozenset[Noun]) -> None:
        """Drafts change nothing here; everything else may."""
        if nouns - {Noun.DRAFT}:
            self.open(None)

    def move(self, months: int) -> None:
        """Another month."""
        self._first = month_start(self._first or self._today(), months)
        self.open(None)

    def start(self, line: RoundLine) -> None:
        """To the visit still to be made, or to the household that was seen."""
        seen = line.state is RoundState.SEEN
        self._go("household" if seen else "visits", line.household)

    def open_sweep(self) -> None:
        """To the year's sweep."""
        self._go("sweep", None)
