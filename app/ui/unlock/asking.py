"""Asking the county to open the vault, and taking its answer. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from app.domain.problem import Problem, Refused

if TYPE_CHECKING:
    from pathlib import Path

    from app.ui.doors import Asked, Made, UnlockDoors
    from app.ui.runner import Runner


class AskingScreen(Protocol):
    """What the unlock page can show of it."""

    def busy(self) -> None:
        """Something is under way; nothing can be typed."""
        ...

    def ready(self) -> None:
        """It is over."""
        ...

    def show_problem(self, problem: Problem) -> None:
        """Why it did not work."""
        ...

    def show_county(self, asked: Asked | None) -> None:
        """The request that waits, or the way to make one."""
        ...

    def resume_county(self) -> None:
        """What was typed stays, to be mended."""
        ...

    def ask_where(self) -> None:
        """On which stick the request goes."""
        ...


class AskingPresenter:
    """Runs on the work runner, because keys are derived; `made` gets a vault that opened."""

    def __init__(
        self,
        screen: AskingScreen,
        work: Runner,
        *,
        doors: UnlockDoors,
        made: Callable[[Made], None],
    ) -> None:
        self._screen = screen
        self._work = work
        self._doors = doors
        self._made = made

    def show(self) -> None:
        """Is there a request that waits?"""
        self._work.run(
            self._doors.asked_of_county,
            done=self._screen.show_county,
            failed=self._screen.show_problem,
        )

    def begin(self, passphrase: str, again: str) -> None:
        """A new passphrase, typed twice: if it will do, ask for the stick."""
        from app.ui.twice import require_same  # not in the first picture

        try:
            require_same(passphrase, again)
        except Refused as problem:
            self._screen.show_problem(problem)
            return
        self._run(partial(self._doors.check_passphrase, passphrase), self._chosen)

    def ask(self, folder: Path, passphrase: str) -> None:
        """Write the request."""
        self._run(partial(self._doors.ask_county, folder, passphrase), self._asked)

    def write_again(self, folder: Path) -> None:
        """Put it on a stick once more."""
        self._run(partial(self._doors.write_request, folder), self._asked)

    def take(self, answer: Path, passphrase: str) -> None:
        """Open with the county's answer."""
        self._run(partial(self._doors.take_answer, answer, passphrase), self._made)

    def _run(self, job: Callable[[], object], done: Callable[..., None]) -> None:
        self._screen.busy()
        self._work.run(job, done=done, failed=self._failed)

    def _chosen(self, _answer: None) -> None:
        self._screen.ready()
        self._screen.ask_where()

    def _asked(self, asked: Asked) -> None:
        self._screen.ready()
        self._screen.show_county(asked)

    def _failed(self, problem: Problem) -> None:
        self._screen.ready()
        self._screen.show_problem(problem)
        self._screen.resume_county()
