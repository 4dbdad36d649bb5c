"""Earlier tests of a household: which there are, what differs, and whether one recomputes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from app.domain.casework import AssessmentRecord
from app.domain.ids import AssessmentId, HouseholdId
from app.domain.problem import Problem
from app.services.assessment_differences import AssessmentDifferences
from app.services.assessments import Assessments, Recomputed
from app.services.households import Households
from app.ui.nouns import Noun
from app.ui.past.table import ChangeGroup, change_groups, compared_text, recomputed_text
from app.ui.runner import Runner


@dataclass(frozen=True, slots=True)
class Earlier:
    """A household's name and its tests, the newest first."""

    name: str
    tests: tuple[AssessmentRecord, ...]


@dataclass(frozen=True, slots=True)
class PastDesk:
    """Jobs of this page. Call from the store thread only."""

    assessments: Assessments
    households: Households

    def open(self, household: HouseholdId) -> Earlier:
        """Whose tests, and which. Raises Refused for no such household."""
        head = self.households.get(household).head_member
        name = "" if head is None else head.person.name
        return Earlier(name, tuple(self.assessments.of(household)))


class PastScreen(Protocol):
    """What the page can show."""

    def show_tests(
        self,
        name: str,
        tests: Sequence[AssessmentRecord],
        *,
        chosen: AssessmentId | None,
        base: AssessmentId | None,
    ) -> None:
        """Whose tests they are, the one looked at, and the one the others are compared with."""
        ...

    def show_changes(self, title: str, groups: Sequence[ChangeGroup]) -> None:
        """What differs; nothing when both say the same."""
        ...

    def show_alone(self) -> None:
        """The test has nothing to be compared with."""
        ...

    def say(self, headline: str, detail: str, *, good: bool) -> None:
        """How recomputing went."""
        ...

    def show_problem(self, problem: Problem) -> None:
        """What went wrong."""
        ...


class PastPresenter:
    """Compares the chosen test with another; by default with the one before it."""

    def __init__(
        self,
        screen: PastScreen,
        store: Runner,
        desk: PastDesk,
        *,
        go: Callable[[str, str | None], None],
    ) -> None:
        self._screen = screen
        self._store = store
        self._desk = desk
        self._go = go
        self._household: HouseholdId | None = None
        self._name = ""
        self._tests: tuple[AssessmentRecord, ...] = ()
        self._chosen: AssessmentId | None = None
        self._base: AssessmentId | None = None
        """What was marked by hand to compare with; None for the one before."""
        self._asked = 0

    def open(self, subject: str | None) -> None:
        """The tests of household `subject`, the newest chosen; without one, the last page again."""
        if subject is not None:
            self._chosen = self._base = None
            self._household = HouseholdId(subject)
        if self._household is not None:
            self._store.run(
                partial(self._desk.open, self._household),
                done=self._opened,
                failed=self._screen.show_problem,
            )

    def refresh(self, nouns: frozenset[Noun]) -> None:
        """Another test was made."""
        if nouns & {Noun.ASSESSMENT, Noun.SYNC}:
            self.open(None)

    def choose(self, test: object) -> None:
        """Look at this one."""
        if isinstance(test, str) and test != self._chosen:
            self._chosen = AssessmentId(test)
            self._compare()

    def mark(self, test: object) -> None:
        """Compare the others with this one; marked again, each with the one before it."""
        if isinstance(test, str):
            self._base = None if test == self._base else AssessmentId(test)
            self._compare()

    def recompute(self) -> None:
        """Do the chosen test again with the pack it had."""
        if self._chosen is not None:
            self._store.run(
                partial(self._desk.assessments.recompute, self._chosen),
                done=self._recomputed,
                failed=self._screen.show_problem,
            )

    def test_again(self) -> None:
        """To the talk."""
        self._go("assessment", self._household)

    def _opened(self, found: Earlier) -> None:
        self._name, self._tests = found.name, found.tests
        ids = {one.id for one in found.tests}
        if self._chosen not in ids:
            self._chosen = found.tests[0].id if found.tests else None
        if self._base not in ids:
            self._base = None
        self._compare()

    def _compare(self) -> None:
        """The chosen test beside its other, the older one first."""
        base = self._base or self._before(self._chosen)
        self._screen.show_tests(self._name, self._tests, chosen=self._chosen, base=base)
        pair = [one for one in reversed(self._tests) if one.id in (base, self._chosen)]
        if len(pair) < 2:  # noqa: PLR2004  # it takes two
            self._screen.show_alone()
            return
        older, newer = pair
        self._asked += 1
        self._store.run(
            partial(self._desk.assessments.differences, older.id, newer.id),
            done=partial(self._compared, self._asked, compared_text(older, newer)),
            failed=self._screen.show_problem,
        )

    def _before(self, test: AssessmentId | None) -> AssessmentId | None:
        """The test made before `test`; None for the first."""
        ids = [one.id for one in self._tests]
        at = ids.index(test) + 1 if test in ids else len(ids)
        return ids[at] if at < len(ids) else None

    def _compared(self, asked: int, title: str, found: AssessmentDifferences) -> None:
        if asked == self._asked:
            self._screen.show_changes(title, change_groups(found))

    def _recomputed(self, found: Recomputed) -> None:
        headline, detail = recomputed_text(found)
        self._screen.say(headline, detail, good=found.is_same)
