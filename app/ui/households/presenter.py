"""The list of households: search and filters over what was loaded once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Final, Protocol

from app.domain.households import Category, HouseholdLine, group_order
from app.domain.problem import Problem
from app.domain.words import Word
from app.ui.nouns import Noun
from app.ui.runner import Runner


class Unseen(Word):
    """For how long nobody has been there."""

    ANY = "any", "走访不限"
    THIS_MONTH = "this_month", "本月还没走访"
    TWO_MONTHS = "two_months", "两个月没走访"
    THREE_MONTHS = "three_months", "三个月没走访"
    NEVER = "never", "从没走访过"


_DAYS: Final = {Unseen.TWO_MONTHS: 61, Unseen.THREE_MONTHS: 92}
"""Days that are so many months at their longest (July and August, and September)."""


@dataclass(frozen=True, slots=True)
class Sieve:
    """What the person wants to see; empty means all."""

    text: str = ""
    category: Category | None = None
    group: str = ""
    unseen: Unseen = Unseen.ANY
    lacking: bool = False


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
        groups = sorted({_group_of(line) for line in lines}, key=group_order)
        self._screen.show_groups(groups)
        self.sift(self._sieve)

    def _found(self, sieve: Sieve, lines: Sequence[HouseholdLine]) -> None:
        if sieve != self._sieve:
            return
        self._searching = False
        known = {line.id: line.lacks for line in self._all}
        self._show([replace(line, lacks=known.get(line.id)) for line in lines])
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
    if sieve.lacking and not line.lacks:
        return False
    return _is_unseen(line.last_visit_on, sieve.unseen, today)


def _is_unseen(seen: date | None, wanted: Unseen, today: date) -> bool:
    """Whether nobody was there for as long as that."""
    if seen is None or wanted is Unseen.ANY:
        return True
    if wanted is Unseen.THIS_MONTH:
        return (seen.year, seen.month) != (today.year, today.month)
    days = _DAYS.get(wanted)
    return days is not None and (today - seen).days > days


def _group_of(line: HouseholdLine) -> str:
    """三组 of 三组12号."""
    before, sign, _door = line.place.partition("组")
    return before + sign if sign else line.place


def _along_the_road(line: HouseholdLine) -> tuple[int, str, int, str]:
    """By group and door as one walks: 2号 before 10号."""
    group = _group_of(line)
    door = line.place.removeprefix(group)
    number = "".join(figure for figure in door if figure.isdecimal())
    return (*group_order(group), int(number or 0), door)
