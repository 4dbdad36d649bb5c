"""What presenters are tested with: a runner that answers when told, a screen that remembers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.domain.problem import Problem
from app.ui.finding.search import Search


@dataclass
class HeldRunner:
    """Holds jobs until `answer` or `fail` is called; `stopped` once somebody asked."""

    held: list[tuple[Callable[[], Any], Callable[[Any], None], Callable[[Problem], None]]] = field(
        default_factory=list
    )
    stopped: bool = False

    def run(
        self,
        job: Callable[[], Any],
        *,
        done: Callable[[Any], None],
        failed: Callable[[Problem], None],
    ) -> None:
        self.held.append((job, done, failed))

    def run_counted(
        self,
        job: Callable[[Any], Any],
        *,
        moved: Callable[[int, int, str], None],
        done: Callable[[Any], None],
        failed: Callable[[Problem], None],
    ) -> HeldRunner:
        self.moved = moved
        self.run(lambda: job(self), done=done, failed=failed)
        return self

    def at(self, done: int, total: int, text: str = "") -> None:
        self.moved(done, total, text)

    def stop(self) -> None:
        self.stopped = True

    def call(self, job: Callable[[], Any]) -> Any:
        return job()

    def answer(self, *, first: int = 0) -> None:
        """Do one held job and answer it; the expected failures go where they belong."""
        job, done, failed = self.held.pop(first)
        try:
            result = job()
        except Problem as problem:
            failed(problem)
        else:
            done(result)

    def answer_all(self) -> None:
        while self.held:
            self.answer()

    def fail(self, problem: Problem) -> None:
        """Answer the next job as one that failed."""
        self.held.pop(0)[2](problem)


class NotedScreen:
    """Remembers what it was told, by name and in order."""

    def __init__(self, **traits: Any) -> None:
        self.told: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []
        self.__dict__.update(traits)

    def __getattr__(self, name: str) -> Callable[..., None]:
        def tell(*args: Any, **named: Any) -> None:
            self.told.append((name, args, named))

        return tell

    def names(self) -> list[str]:
        return [name for name, _args, _named in self.told]

    def last(self, name: str) -> tuple[Any, ...]:
        """What `name` was told last."""
        return next(args for told, args, _named in reversed(self.told) if told == name)


def nothing(*_args: object) -> None:
    """Nobody listens."""


class QuietVillage:
    """A county that has no new standard."""

    def is_due(self) -> bool:
        return False

    def latest(self) -> None:
        return None


def quiet_search(runner: Any) -> Search:
    """政策找人 with nothing to look for."""
    return Search(QuietVillage(), runner, runner, nothing)
