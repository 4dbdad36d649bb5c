"""One household: who lives there, what has happened, what is missing, what to do next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Protocol

from app.domain.households import Household
from app.domain.ids import HouseholdId, PersonId
from app.domain.people import IdKind
from app.domain.problem import Problem
from app.ui.household.table import Happened
from app.ui.nouns import Noun
from app.ui.runner import Runner


@dataclass(frozen=True, slots=True)
class Opened:
    """What is loaded in one go."""

    household: Household
    history: Sequence[Happened]


class HouseholdScreen(Protocol):
    """What the page can show."""

    def show_household(self, opened: Opened, missing: Sequence[str], today: date) -> None:
        """Everything about one household, and what its papers still lack."""
        ...

    def show_nothing(self) -> None:
        """No household has been chosen yet."""
        ...

    def show_numbers(self, *, whole: bool) -> None:
        """ID numbers and the bank card in full, or masked again."""
        ...

    def show_problem(self, problem: Problem) -> None:
        """Why it cannot be shown."""
        ...


class HouseholdServices(Protocol):
    """The part of the household service this page needs."""

    def open(self, household_id: HouseholdId) -> Household:
        """The household, remembered as opened lately. Raises Refused."""
        ...

    def history(self, household_id: HouseholdId) -> Sequence[Happened]:
        """What has happened, newest first."""
        ...

    def note_reveal(self, household_id: HouseholdId, person_id: PersonId) -> None:
        """Log that a number was shown."""
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

    def open(self, subject: str | None) -> None:
        """Load household `subject`; without one, the last again."""
        if subject is not None:
            self._id = HouseholdId(subject)
        if self._id is None:
            self._screen.show_nothing()
            return
        self._store.run(
            partial(self._load, self._id),
            done=partial(self._show, self._id),
            failed=self._screen.show_problem,
        )

    def refresh(self, nouns: frozenset[Noun]) -> None:
        """Load again: nearly everything saved is part of some household."""
        if nouns - {Noun.DRAFT}:
            self.open(None)

    def do(self, page: str) -> None:
        """One of the verbs: go to its page with this household."""
        self._go(page, self._id)

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
                self._store.run(
                    partial(self._households.note_reveal, household.id, member.person.id),
                    done=_nothing,
                    failed=self._hide_again,
                )

    def _hide_again(self, problem: Problem) -> None:
        """A look that cannot be logged is not given."""
        self._screen.show_numbers(whole=False)
        self._screen.show_problem(problem)

    def _load(self, household: HouseholdId) -> Opened:
        """On the store thread."""
        return Opened(self._households.open(household), self._households.history(household))

    def _show(self, household: HouseholdId, opened: Opened) -> None:
        if household == self._id:
            self._opened = opened
            self._screen.show_household(opened, missing_of(opened.household), self._today())


def missing_of(household: Household) -> list[str]:
    """What the papers of this household will lack, in words."""
    missing = []
    for member in household.members:
        person = member.person
        if person.id_kind is IdKind.RESIDENT and not person.id_number:
            missing.append(f"{person.name}的身份证号")
        if person.birth is None:
            missing.append(f"{person.name}的出生日期")
    if not household.phone:
        missing.append("联系电话")
    if not household.bank_account:
        missing.append("银行卡号")
    return missing


def _nothing(_answer: None) -> None:
    """The log needs no answer on the screen."""
