"""The list of households: search and filters over what was loaded once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Protocol

from app.domain.households import Category, HouseholdLine
from app.domain.problem import Problem
from app.ui.nouns import Noun
from app.ui.runner import Runner


@dataclass(frozen=True, slots=True)
class Sieve:
    """What the person wants to see; empty means all."""

    text: str = ""
    category: Category | None = None
    group: str = ""
    unseen_this_month: bool = False


class HouseholdsScreen(Protocol):
    """What the list can show."""

    def show_lines(self, lines: Sequence[HouseholdLine], total: int, today: date) -> None:
        """The households that pass, out of `total`."""
        ...

    def show_groups(self, groups: Sequence[str]) -> None:
        """The groups (组) to choose from."""
        ...

    def show_problem(self, problem: Problem) -> None:
        """Why there is no list."""
        ...


class HouseholdsPresenter:
    """Keeps all lines (a village fits in memory) and asks the store only to search by text."""

    def __init__(
        self,
        screen: HouseholdsScreen,
        store: Runner,
        *,
        lines: Callable[[], Sequence[HouseholdLine]],
        find: Callable[[str], Sequence[HouseholdLine]],
        today: Callable[[], date],
        go: Callable[[str, str | None], None],
    ) -> None:
        self._screen = screen
        self._store = store
        self._lines = lines
        self._find = find
        self._today = today
        self._go = go
        self._all: tuple[HouseholdLine, ...] = ()
        self._sieve = Sieve()
        self._shown: tuple[HouseholdLine, ...] = ()
        self._searching = False
        self._open_when_found = False

    def open(self, subject: str | None) -> None:
        """Load the list."""
        del subject
        self._store.run(self._lines, done=self._loaded, failed=self._screen.show_problem)

    def refresh(self, nouns: frozenset[Noun]) -> None:
        """Load again after a visit or a change of a household."""
        if nouns & {Noun.HOUSEHOLD, Noun.VISIT, Noun.SYNC}:
            self.open(None)

    def sift(self, sieve: Sieve) -> None:
        """Show what passes `sieve`."""
        self._sieve = sieve
        self._open_when_found = False
        self._searching = bool(sieve.text.strip())
        if self._searching:
            self._store.run(
                partial(self._find, sieve.text.strip()),
                done=partial(self._found, sieve),
                failed=self._screen.show_problem,
            )
        else:
            self._show(self._all)

    def open_household(self, household: object) -> None:
        """Go to one household."""
        self._go("household", str(household))

    def open_import(self) -> None:
        """Go where a roster is taken in."""
        self._go("roster", None)

    def open_first(self) -> None:
        """Enter in the search field: the first household, as soon as the search has answered."""
        if self._searching:
            self._open_when_found = True
        elif self._shown:
            self.open_household(self._shown[0].id)

    def _loaded(self, lines: Sequence[HouseholdLine]) -> None:
        self._all = tuple(sorted(lines, key=_along_the_road))
        groups = sorted({_group_of(line) for line in lines}, key=_group_order)
        self._screen.show_groups(groups)
        self.sift(self._sieve)

    def _found(self, sieve: Sieve, lines: Sequence[HouseholdLine]) -> None:
        if sieve != self._sieve:
            return
        self._searching = False
        self._show(lines)
        if self._open_when_found:
            self._open_when_found = False
            self.open_first()

    def _show(self, lines: Sequence[HouseholdLine]) -> None:
        today = self._today()
        self._shown = tuple(line for line in lines if _passes(line, self._sieve, today))
        self._screen.show_lines(self._shown, len(self._all), today)


def _passes(line: HouseholdLine, sieve: Sieve, today: date) -> bool:
    """Whether a line is wanted."""
    if sieve.category is not None and line.category is not sieve.category:
        return False
    if sieve.group and _group_of(line) != sieve.group:
        return False
    seen = line.last_visit_on
    this_month = seen is not None and (seen.year, seen.month) == (today.year, today.month)
    return not (sieve.unseen_this_month and this_month)


def _group_of(line: HouseholdLine) -> str:
    """三组 of 三组12号."""
    before, sign, _door = line.place.partition("组")
    return before + sign if sign else line.place


def _along_the_road(line: HouseholdLine) -> tuple[int, str, int, str]:
    """By group and door as one walks: 2号 before 10号."""
    group = _group_of(line)
    door = line.place.removeprefix(group)
    number = "".join(figure for figure in door if figure.isdecimal())
    return (*_group_order(group), int(number or 0), door)


_NUMERALS = "一二三四五六七八九十"


def _group_order(group: str) -> tuple[int, str]:
    """一组 before 二组: Chinese numerals do not sort by themselves."""
    first = group[:1]
    return (_NUMERALS.index(first) if first and first in _NUMERALS else len(_NUMERALS), group)
