"""What Enter on a row does: the key of the row says it. No Qt."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Jump:
    """Enter goes to another page."""

    page: str
    target: str
    at: int = 0
    """Tells apart rows that lead to the same page."""


@dataclass(frozen=True, slots=True)
class Start:
    """Enter begins a deed: the step, or what is named, about the thing numbered."""

    what: str
    at: int = 0
