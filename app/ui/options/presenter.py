"""Settings: what is chosen here is worn at once and kept outside the vault."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from app.domain.problem import Problem
from app.ui.nouns import Noun
from app.ui.preferences import Preferences
from app.ui.runner import Runner
from app.ui.theme.scale import TypeSize


class PaperHand(Protocol):
    """Which hand papers are printed in. Asked on the store thread."""

    def is_own(self) -> bool | None:
        """Whether it is the machine's own 仿宋; None where the machine has none."""
        ...

    def choose(self, *, own: bool) -> None:
        """From now on."""
        ...


class OptionsScreen(Protocol):
    """What the settings page can show."""

    def show_hand(self, own: bool | None) -> None:  # noqa: FBT001  # one of two hands, or no choice
        """The machine's own 仿宋 or the program's 宋体; None where there is nothing to choose."""
        ...

    def show_problem(self, problem: Problem) -> None:
        """What went wrong."""
        ...

    def show_preferences(self, preferences: Preferences) -> None:
        """What is in force."""
        ...


class OptionsPresenter:
    """Changes one preference at a time; `prefer` puts the whole of them into force.

    `opened` is told each time the page comes to the front.
    """

    def __init__(
        self,
        screen: OptionsScreen,
        *,
        preferences: Callable[[], Preferences],
        prefer: Callable[[Preferences], None],
        opened: Callable[[], None],
        store: Runner,
        hand: PaperHand,
    ) -> None:
        self._screen = screen
        self._preferences = preferences
        self._prefer = prefer
        self._opened = opened
        self._store = store
        self._hand = hand

    def open(self, subject: str | None) -> None:
        """Show what is in force; Ctrl + may have changed it meanwhile."""
        del subject
        self._screen.show_preferences(self._preferences())
        self._opened()
        self._store.run(
            self._hand.is_own, done=self._screen.show_hand, failed=self._screen.show_problem
        )

    def refresh(self, nouns: frozenset[Noun]) -> None:
        """Nothing that is saved elsewhere changes a preference."""

    def choose_size(self, size: TypeSize) -> None:
        """Another type size."""
        self._prefer(self._preferences()._replace(size=size))

    def choose_dark(self, dark: bool) -> None:  # noqa: FBT001  # a signal's slot
        """Dark or light colours."""
        self._prefer(self._preferences()._replace(dark=dark))

    def choose_minutes(self, minutes: int) -> None:
        """Lock after so many minutes."""
        self._prefer(self._preferences()._replace(lock_minutes=minutes))

    def choose_hand(self, own: bool) -> None:  # noqa: FBT001  # a signal's slot
        """What papers are printed in."""
        self._store.run(
            partial(self._hand.choose, own=own), done=_nothing, failed=self._screen.show_problem
        )


def _nothing(_chosen: object) -> None:
    """It is on view already."""
