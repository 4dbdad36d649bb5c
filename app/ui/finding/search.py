"""政策找人 while it runs: begun when a new standard is there, watched by any page, stopped by any.

One for the window. No Qt: pages hear of it through the methods they leave here, which are held
weakly, so that a dropped page is not kept alive by a search that goes on.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from dataclasses import dataclass, replace

from app.domain.problem import Problem
from app.domain.reassessment import Reassessment
from app.services.reassessing import Reassessing
from app.ui.nouns import Announce, Noun
from app.ui.runner import Runner, Steps, Stop


@dataclass(frozen=True, slots=True)
class SearchState:
    """How the search stands: the newest pass, whether one runs, and how far it is."""

    latest: Reassessment | None = None
    is_due: bool = False
    is_running: bool = False
    done: int = 0
    total: int = 0
    problem: Problem | None = None
    """Why it could not go on; shown where one looks for whom it found."""


Hear = Callable[[SearchState], None]


class Search:
    """Runs the pass on the work thread, in pieces; whatever she asks of the store comes between."""

    def __init__(
        self, reassessing: Reassessing, store: Runner, work: Runner, announce: Announce
    ) -> None:
        self._reassessing = reassessing
        self._store = store
        self._work = work
        self._announce = announce
        self._running: Stop | None = None
        self._stopped = False
        self._hearers: list[weakref.WeakMethod[Hear]] = []
        self.state = SearchState()

    def tell(self, hear: Hear) -> None:
        """Call this method of a page's presenter whenever the state changes."""
        self._hearers.append(weakref.WeakMethod(hear))

    def look(self) -> None:
        """See whether there is a standard the village was not held against yet; if so, begin.

        One that was stopped by hand waits to be asked for.
        """
        if self._running is None:
            self._store.run(self._how_it_stands, done=self._found, failed=self._failed)

    def begin(self, *, anew: bool = False) -> None:
        """Go through the village, going on where an earlier run stopped; or (`anew`) all over."""
        if self._running is not None:
            return
        self._stopped = False
        self._running = self._work.run_counted(
            lambda steps: self._run(steps, anew=anew),
            moved=self._moved,
            done=self._ended,
            failed=self._failed,
        )
        self._say(SearchState(self.state.latest, self.state.is_due, is_running=True))

    def stop(self) -> None:
        """Stop after the households at hand; what was found stays."""
        if self._running is not None:
            self._stopped = True
            self._running.stop()

    def _run(self, steps: Steps, *, anew: bool) -> Reassessment:
        """On the work thread."""
        return self._reassessing.run(
            run_in_store=self._store.call,
            watch=steps.at,
            stop=lambda: steps.stopped,
            anew=anew,
        )

    def _how_it_stands(self) -> tuple[bool, Reassessment | None]:
        """On the store thread."""
        return self._reassessing.is_due(), self._reassessing.latest()

    def _found(self, answer: tuple[bool, Reassessment | None]) -> None:
        is_due, latest = answer
        if self._running is not None:
            return
        self._say(_resting(latest, is_due=is_due))
        if is_due and not self._stopped:
            self.begin()

    def _moved(self, done: int, total: int, _text: str) -> None:
        if self._running is not None:
            self._say(replace(self.state, done=done, total=total))

    def _ended(self, latest: Reassessment) -> None:
        self._running = None
        self._say(_resting(latest, is_due=not latest.is_finished))
        self._announce(frozenset({Noun.REASSESSMENT}))

    def _failed(self, problem: Problem) -> None:
        """It does not begin again by itself."""
        self._running, self._stopped = None, True
        resting = _resting(self.state.latest, is_due=self.state.is_due)
        self._say(replace(resting, problem=problem))

    def _say(self, state: SearchState) -> None:
        self.state = state
        for hearer in list(self._hearers):
            hear = hearer()
            if hear is None:
                self._hearers.remove(hearer)
            else:
                hear(state)


def _resting(latest: Reassessment | None, *, is_due: bool) -> SearchState:
    done, total = (0, 0) if latest is None else (latest.done, latest.households)
    return SearchState(latest, is_due, is_running=False, done=done, total=total)
