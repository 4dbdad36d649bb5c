"""Settings: what is chosen here is worn at once and kept outside the vault."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from app.ui.nouns import Noun
from app.ui.preferences import Preferences
from app.ui.theme.scale import TypeSize


class OptionsScreen(Protocol):
    """What the settings page can show."""

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
    ) -> None:
        self._screen = screen
        self._preferences = preferences
        self._prefer = prefer
        self._opened = opened

    def open(self, subject: str | None) -> None:
        """Show what is in force; Ctrl + may have changed it meanwhile."""
        del subject
        self._screen.show_preferences(self._preferences())
        self._opened()

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
