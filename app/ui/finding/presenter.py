"""政策找人: whom a new standard concerns, and the way to each of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from app.domain.problem import Problem
from app.domain.reassessment import Change, Reassessed, Reassessment
from app.services.reassessing import Reassessing
from app.ui.finding.search import Search, SearchState
from app.ui.finding.table import TOLD
from app.ui.nouns import Noun
from app.ui.runner import Runner


class FindingScreen(Protocol):
    """What the page can show."""

    def show_state(self, state: SearchState) -> None:
        """Whether it runs, and how far it is."""
        ...

    def show_found(self, run: Reassessment | None, found: Sequence[Reassessed]) -> None:
        """Whom the newest pass found; no pass before the first new standard."""
        ...

    def show_problem(self, problem: Problem) -> None:
        """What went wrong."""
        ...


class FindingPresenter:
    """Shows one kind of change at a time, or all of them."""

    def __init__(
        self,
        screen: FindingScreen,
        store: Runner,
        reassessing: Reassessing,
        search: Search,
        *,
        go: Callable[[str, str | None], None],
    ) -> None:
        self._screen = screen
        self._store = store
        self._reassessing = reassessing
        self._search = search
        self._go = go
        self._changes: tuple[Change, ...] = TOLD
        search.tell(self.hear)

    def open(self, subject: str | None) -> None:
        """Load what was found, and look whether there is more to find."""
        del subject
        self._load()
        self._screen.show_state(self._search.state)
        self._search.look()

    def refresh(self, nouns: frozenset[Noun]) -> None:
        """A pass has ended, or one of them was tested again."""
        if nouns & {Noun.REASSESSMENT, Noun.ASSESSMENT, Noun.SYNC, Noun.HOUSEHOLD}:
            self._load()

    def hear(self, state: SearchState) -> None:
        """The search goes on."""
        self._screen.show_state(state)

    def choose(self, change: object) -> None:
        """Only this kind; anything else is all of them."""
        self._changes = (change,) if isinstance(change, Change) else TOLD
        self._load()

    def start(self, household: object) -> None:
        """To the talk with one of them."""
        self._go("assessment", str(household))

    def go_on(self) -> None:
        """Go on where it was stopped."""
        self._search.begin()

    def begin_anew(self) -> None:
        """All over again."""
        self._search.begin(anew=True)

    def stop(self) -> None:
        """Stop after the households at hand."""
        self._search.stop()

    def _load(self) -> None:
        self._store.run(
            partial(self._look_up, self._changes),
            done=partial(self._loaded, self._changes),
            failed=self._screen.show_problem,
        )

    def _look_up(self, changes: tuple[Change, ...]) -> tuple[Reassessment | None, list[Reassessed]]:
        """On the store thread."""
        latest = self._reassessing.latest()
        return latest, [] if latest is None else self._reassessing.found(changes)

    def _loaded(
        self,
        changes: tuple[Change, ...],
        answer: tuple[Reassessment | None, list[Reassessed]],
    ) -> None:
        if changes == self._changes:
            self._screen.show_found(*answer)
