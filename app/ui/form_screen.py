"""What every page with something to fill in can do, whoever decides on it. No Qt."""

from __future__ import annotations

from typing import Protocol

from app.domain.problem import Problem


class FormScreen(Protocol):
    """A page that takes no input while something is under way."""

    def lock(self) -> None:
        """Take no input meanwhile."""
        ...

    def unlock(self) -> None:
        """Take input again."""
        ...

    def show_problem(self, problem: Problem) -> None:
        """What went wrong, at its field where it has one."""
        ...
