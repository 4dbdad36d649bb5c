"""What the window needs to know of a page, and what a page gets from the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget

from app.domain.clock import Clock
from app.ui.changes import Changes
from app.ui.nouns import Noun
from app.ui.runner import Runner


class PagePresenter(Protocol):
    """The deciding half of a page."""

    def open(self, subject: str | None) -> None:
        """The page comes to the front; `subject` is the id it is about (mostly a household)."""
        ...

    def refresh(self, nouns: frozenset[Noun]) -> None:
        """Something was saved while the page is in front; load again what is affected."""
        ...


@dataclass(frozen=True, slots=True)
class PageScreen:
    """Both halves. The window keeps this: a signal alone would let the presenter die."""

    view: QWidget
    presenter: PagePresenter
    first: QWidget | None = None
    """Gets the focus when the page is opened."""
    search: QWidget | None = None
    """The page's own search field; Ctrl+F goes there instead of opening the finder."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page before it is built. `short` is the two-character word of a narrow window."""

    key: str
    title: str
    short: str
    icon: str
    build: Callable[[], PageScreen]
    claims: tuple[str, ...] = ()
    """Window keys the page answers itself while it is in front, such as "Ctrl+P"."""
    under: str = ""
    """The key of the page whose navigation button stands for this one; empty for its own button."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What the window lends to every page it builds."""

    store: Runner
    work: Runner
    clock: Clock
    changes: Changes
    go: Callable[[str, str | None], None]
    """Go to a page by key, about a subject."""
    mark_saved: Callable[[], None]
    """Show "10:42 已自动保存"; call it after a save or a draft was answered."""
