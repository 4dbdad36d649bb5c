"""What a presenter knows of the runners: ask for a job off the GUI thread, hear the answer on it.

No Qt here, so that presenters and their tests need no window. `app.ui.tasks` keeps the promise.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from app.domain.problem import Problem

T = TypeVar("T")


class Steps(Protocol):
    """A counted job's way to tell how far it is, and to learn that it should stop."""

    @property
    def stopped(self) -> bool:
        """Whether the person pressed 停下. Leave a state from which to go on, within a second."""
        ...

    def at(self, done: int, total: int, text: str = "") -> None:
        """`done` of `total` are finished; `text` says what is being done."""
        ...


class Stop(Protocol):
    """Held by the presenter of a counted job."""

    def stop(self) -> None:
        """Ask the job to stop at its next step."""
        ...


class Runner(Protocol):
    """One thread that takes jobs in order.

    Exactly one of `done` and `failed` is called, on the GUI thread. `failed` always gets a
    `Problem`, so that a form unlocks on every path; a bug reaches the excepthook as well.
    """

    def run(
        self, job: Callable[[], T], *, done: Callable[[T], None], failed: Callable[[Problem], None]
    ) -> None:
        """Queue `job`."""
        ...

    def run_counted(
        self,
        job: Callable[[Steps], T],
        *,
        moved: Callable[[int, int, str], None],
        done: Callable[[T], None],
        failed: Callable[[Problem], None],
    ) -> Stop:
        """Queue a job that counts; `moved(done, total, text)` is called on the GUI thread."""
        ...

    def call(self, job: Callable[[], T]) -> T:
        """Run `job` on this runner's thread and wait: how the other runner reaches the database.

        Raises what `job` raises; RuntimeError on the GUI thread, which must never wait.
        """
        ...
