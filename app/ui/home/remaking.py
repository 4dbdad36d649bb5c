"""A big village's list made anew in the background, after its rules changed. One for the window.

No Qt: pages hear of it through the methods they leave here, held weakly (as `finding.search`).
"""

from __future__ import annotations

import weakref
from collections.abc import Callable

from app.domain.problem import Problem
from app.services.worklist import Worklist
from app.ui.runner import Runner, Steps

Hear = Callable[[int, int], None]
"""(subjects done, of how many); both 0 when it has ended."""


class Remaking:
    """Runs on the work thread in pieces; whatever she asks of the store comes between."""

    def __init__(self, worklist: Worklist, store: Runner, work: Runner) -> None:
        self._worklist = worklist
        self._store = store
        self._work = work
        self._hearers: list[weakref.WeakMethod[Hear]] = []
        self.is_running = False

    def tell(self, hear: Hear) -> None:
        """Call this method of a page's presenter whenever it goes on."""
        self._hearers.append(weakref.WeakMethod(hear))

    def begin(self) -> None:
        """Make the list anew, unless that is being done."""
        if self.is_running:
            return
        self.is_running = True
        self._work.run_counted(self._run, moved=self._moved, done=self._ended, failed=self._failed)

    def _run(self, steps: Steps) -> None:
        """On the work thread. What was begun is finished: half a list would be begun again."""
        self._worklist.make_anew(run_in_store=self._store.call, watch=steps.at)

    def _moved(self, done: int, total: int, _text: str) -> None:
        self._say(done, total)

    def _ended(self, _answer: None) -> None:
        self.is_running = False
        self._say(0, 0)

    def _failed(self, _problem: Problem) -> None:
        """The old rows stand; the next time the page is opened it is tried again."""
        self.is_running = False

    def _say(self, done: int, total: int) -> None:
        for known in self._hearers:
            hear = known()
            if hear is not None:
                hear(done, total)
