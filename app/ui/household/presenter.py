"""One household: who lives there, what has happened, what is missing, what to do next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Protocol

from app.domain.ids import HouseholdId, PersonId
from app.domain.problem import Problem
from app.services.change_history import FieldChange
from app.ui.household.desk import Opened
from app.ui.nouns import Noun
from app.ui.runner import Runner


class HouseholdScreen(Protocol):
    """What the page can show."""

    def show_household(self, opened: Opened, today: date) -> None:
        """Everything about one household, and what its papers still lack."""
        ...

    def show_nothing(self) -> None:
        """No household has been chosen yet."""
        ...

    def show_numbers(self, *, whole: bool) -> None:
        """ID numbers and the bank card in full, or masked again."""
        ...

    def show_changes(self, changes: Sequence[FieldChange]) -> None:
        """Who changed what, instead of what happened."""
        ...

    def show_history(self) -> None:
        """What happened, again."""
        ...

    def show_problem(self, problem: Problem) -> None:
        """Why it cannot be shown."""
        ...


class HouseholdServices(Protocol):
    """What this page needs of the services."""

    def open(self, household_id: HouseholdId) -> Opened:
        """The household, remembered as opened lately. Raises Refused."""
        ...

    def changed(self, household_id: HouseholdId) -> Sequence[FieldChange]:
        """Who changed what, the newest first."""
        ...

    def note_reveal(self, household_id: HouseholdId, person_id: PersonId) -> None:
        """Log that a number was shown."""
        ...

    def note_card_shown(self, household_id: HouseholdId) -> None:
        """Log that the bank card was shown."""
        ...


class HouseholdPresenter:
    """Loads a household, leads to the four verbs, and keeps the log of numbers shown."""

    def __init__(
        self,
        screen: HouseholdScreen,
        store: Runner,
        *,
        households: HouseholdServices,
        today: Callable[[], date],
        go: Callable[[str, str | None], None],
    ) -> None:
        self._screen = screen
        self._store = store
        self._households = households
        self._today = today
        self._go = go
        self._id: HouseholdId | None = None
        self._opened: Opened | None = None
        self._shows_changes = False

    def open(self, subject: str | None) -> None:
        """Load household `subject`; without one, the last again."""
        if subject is not None and subject != self._id:
            self._id = HouseholdId(subject)
            self._shows_changes = False
            self._screen.show_history()
        if self._id is None:
            self._screen.show_nothing()
            return
        self._store.run(
            partial(self._households.open, self._id),
            done=partial(self._show, self._id),
            failed=self._screen.show_problem,
        )
        if self._shows_changes:
            self._load_changes(self._id)

    def refresh(self, nouns: frozenset[Noun]) -> None:
        """Load again: nearly everything saved is part of some household."""
        if nouns - {Noun.DRAFT}:
            self.open(None)

    def do(self, page: str) -> None:
        """One of the verbs: go to its page with this household."""
        self._go(page, self._id)

    def follow(self, at: object) -> None:
        """A line of what happened was opened: go where more of it stands."""
        if self._opened is None or not isinstance(at, int):
            return
        line = self._opened.history[at]
        if line.page:
            self._go(line.page, line.target)

    def turn_over(self) -> None:
        """From what happened to who changed what, and back."""
        self._shows_changes = not self._shows_changes
        if self._shows_changes and self._id is not None:
            self._load_changes(self._id)
        else:
            self._screen.show_history()

    def reveal(self, shown: bool) -> None:  # noqa: FBT001  # a signal's slot
        """Show whole numbers while the key is held, and log whose."""
        if self._opened is None:
            return
        self._screen.show_numbers(whole=shown)
        if not shown:
            return
        household = self._opened.household
        for member in household.members:
            if member.person.id_number:
                self._log(partial(self._households.note_reveal, household.id, member.person.id))
        if household.bank_account:
            self._log(partial(self._households.note_card_shown, household.id))

    def _log(self, look: Callable[[], None]) -> None:
        self._store.run(look, done=_nothing, failed=self._hide_again)

    def _hide_again(self, problem: Problem) -> None:
        """A look that cannot be logged is not given."""
        self._screen.show_numbers(whole=False)
        self._screen.show_problem(problem)

    def _show(self, household: HouseholdId, opened: Opened) -> None:
        if household == self._id:
            self._opened = opened
            self._screen.show_household(opened, self._today())

    def _load_changes(self, household: HouseholdId) -> None:
        self._store.run(
            partial(self._households.changed, household),
            done=partial(self._show_changes, household),
            failed=self._screen.show_problem,
        )

    def _show_changes(self, household: HouseholdId, changes: Sequence[FieldChange]) -> None:
        if household == self._id and self._shows_changes:
            self._screen.show_changes(changes)


def _nothing(_answer: None) -> None:
    """The log needs no answer on the screen."""
