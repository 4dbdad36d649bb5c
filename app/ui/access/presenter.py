"""Passphrase and recovery sheet, changed while the vault is open."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from app.domain.problem import Problem
from app.ui.doors import AccessDoors
from app.ui.runner import Runner
from app.ui.twice import require_same


class AccessScreen(Protocol):
    """What the card can show."""

    def busy(self, text: str) -> None:
        """A key is being derived; nothing can be typed."""
        ...

    def ready(self) -> None:
        """It is over, one way or the other."""
        ...

    def empty(self) -> None:
        """Forget what was typed."""
        ...

    def show_sheet(self, code: str) -> None:
        """The new recovery code, to be copied and typed back; empty puts it away."""
        ...

    def say(self, text: str, detail: str) -> None:
        """What was done."""
        ...

    def show_problem(self, problem: Problem) -> None:
        """Why it was not."""
        ...


class AccessPresenter:
    """Asks for the present passphrase before anything changes: the laptop may stand open."""

    def __init__(self, screen: AccessScreen, work: Runner, doors: AccessDoors) -> None:
        self._screen = screen
        self._work = work
        self._doors = doors
        self._code = ""

    def start_over(self) -> None:
        """The page is opened: nothing typed before is in it, a sheet not confirmed is none."""
        self._code = ""
        self._screen.show_sheet("")
        self._screen.empty()

    def change_passphrase(self, current: str, new: str, again: str) -> None:
        """Another passphrase, typed twice."""
        try:
            require_same(new, again)
        except Problem as problem:
            self._screen.show_problem(problem)
            return
        self._screen.busy("正在换口令…")
        self._work.run(
            partial(self._doors.change_passphrase, current, new),
            done=self._changed,
            failed=self._failed,
        )

    def draw_sheet(self, passphrase: str) -> None:
        """A new recovery sheet, which is none until it was copied."""
        self._screen.busy("正在做新的恢复纸…")
        self._work.run(
            partial(self._doors.draw_sheet, passphrase), done=self._drawn, failed=self._failed
        )

    def print_sheet(self) -> None:
        """On paper."""
        self._work.run(
            partial(self._doors.print_recovery, self._code),
            done=_nothing,
            failed=self._screen.show_problem,
        )

    def confirm_sheet(self) -> None:
        """It was typed back right: from now on it opens."""
        self._screen.busy("正在启用新的恢复纸…")
        self._work.run(self._doors.put_sheet, done=self._in_force, failed=self._failed)

    def _changed(self, _answer: None) -> None:
        self._screen.ready()
        self._screen.empty()
        self._screen.say("口令换好了。", "下次打开就用新口令。恢复纸没有变，还能用。")

    def _drawn(self, code: str) -> None:
        self._code = code
        self._screen.ready()
        self._screen.empty()
        self._screen.show_sheet(code)

    def _in_force(self, _answer: None) -> None:
        self._screen.ready()
        self.start_over()
        self._screen.say("新的恢复纸生效了。", "旧的那张打不开了，请撕掉。")

    def _failed(self, problem: Problem) -> None:
        self._screen.ready()
        self._screen.show_problem(problem)


def _nothing(_answer: None) -> None:
    """The printer shows the rest."""
