"""What the means test page can show: the half of it a presenter talks to. No Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.households import HouseholdLine
from app.domain.problem import Problem
from app.services.clause_words import ClauseCard
from app.ui.assessment.blocks import Block, Step, Value
from app.ui.assessment.table import Why
from app.ui.form_screen import FormScreen


@dataclass(frozen=True, slots=True)
class Talk:
    """The page of the talk as it is to be drawn."""

    block: Block
    given: Mapping[str, Value]
    done: frozenset[Step]
    following: str
    """Whom or what the next page is about; "" on the last."""
    is_first: bool
    has_open: bool
    """Whether a question is left open on some other page."""
    read_out: tuple[str, ...]


class AssessmentScreen(FormScreen, Protocol):
    """What the means test page can show."""

    def show_chooser(self, waiting: Sequence[HouseholdLine]) -> None:
        """Nobody is chosen yet: a search field, and the talks left unfinished."""
        ...

    def show_household(self, line: HouseholdLine, *, tests: int) -> None:
        """Whose test it is, and how many there are already."""
        ...

    def show_tests(self, tests: int) -> None:
        """How many there are meanwhile."""
        ...

    def show_notice(self, notice: str | None) -> None:
        """What is wrong with the pack; None for nothing."""
        ...

    def show_talk(self, talk: Talk, *, after: str | None = None, at: str | None = None) -> None:
        """The open page. The cursor goes to the field behind `after` ("": the first open
        question), or into `at`; with neither it stays where it is."""
        ...

    def show_why(self, why: Why) -> None:
        """The working so far."""
        ...

    def show_no_why(self, problem: Problem) -> None:
        """Why there is no working."""
        ...

    def show_clauses(self, cards: Sequence[ClauseCard]) -> None:
        """The clauses behind the line that was opened."""
        ...

    def show_trial(self, *, on: bool) -> None:
        """Whether answers only try something out."""
        ...

    def show_kept(self, *, kept: bool) -> None:
        """Whether the test as shown is in the record, or a draft."""
        ...

    def say(self, headline: str, detail: str = "", *, then_print: bool = False) -> None:
        """What was done."""
        ...
