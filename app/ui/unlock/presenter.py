"""Opening the vault: one try at a time, and how long to wait after wrong ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from app.domain.problem import Problem, Refused
from app.ui.doors import Made, UnlockDoors
from app.ui.runner import Runner


class UnlockScreen(Protocol):
    """What the unlock page can show."""

    def busy(self) -> None:
        """A try is under way; nothing can be typed."""
        ...

    def ready(self) -> None:
        """The next try may be made; the field is empty and has the focus."""
        ...

    def show_problem(self, problem: Problem) -> None:
        """Why it did not open."""
        ...

    def wait(self, seconds: int) -> None:
        """Count down before the next try."""
        ...

    def show_recovery_code(self, made: Made) -> None:
        """The new recovery sheet, to be written down before going on."""
        ...


class UnlockPresenter:
    """Unlocks on the work runner, because deriving the key takes a second by design."""

    def __init__(
        self,
        screen: UnlockScreen,
        work: Runner,
        *,
        doors: UnlockDoors,
        opened: Callable[[object], None],
    ) -> None:
        self._screen = screen
        self._work = work
        self._doors = doors
        self._opened = opened
        self._made: Made | None = None

    def unlock(self, passphrase: str) -> None:
        """Try `passphrase`."""
        if not passphrase:
            return
        self._screen.busy()
        self._work.run(
            partial(self._doors.unlock, passphrase), done=self._opened, failed=self._failed
        )

    def recover(self, code: str, passphrase: str, again: str) -> None:
        """Open with the recovery sheet; the new passphrase is typed twice."""
        if passphrase != again:
            self._screen.show_problem(
                Refused("两次输入的新口令不一样。", do="请再输一遍新口令。", code="V-31")
            )
            return
        self._screen.busy()
        self._work.run(
            partial(self._recover, code, passphrase), done=self._recovered, failed=self._failed
        )

    def print_recovery(self) -> None:
        """Print the new sheet."""
        if self._made is not None:
            self._work.run(
                partial(self._doors.print_recovery, self._made.recovery_code),
                done=_nothing,
                failed=self._screen.show_problem,
            )

    def confirm_recovery(self) -> None:
        """The sheet was written down and checked: go on."""
        if self._made is not None:
            self._opened(self._made.session)

    def _recover(self, code: str, passphrase: str) -> Made:
        """On the work thread."""
        self._doors.check_passphrase(passphrase)
        return self._doors.recover(code, passphrase)

    def _recovered(self, made: Made) -> None:
        self._made = made
        self._screen.ready()
        self._screen.show_recovery_code(made)

    def _failed(self, problem: Problem) -> None:
        self._screen.ready()
        self._screen.show_problem(problem)
        self._work.run(self._doors.wait_seconds, done=self._wait, failed=self._screen.show_problem)

    def _wait(self, seconds: int) -> None:
        if seconds > 0:
            self._screen.wait(seconds)


def _nothing(_answer: None) -> None:
    """Printing needs no further answer here: the queue shows the rest."""
