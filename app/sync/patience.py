"""How long to wait before trying again: longer each time, never the same, and stopped at once.

A thousand laptops that lost the county in one moment must not all come back in another, so the
wait is drawn at random up to a ceiling that doubles. Chance and waiting are passed in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

FIRST_SECONDS: Final = 2.0
MOST_SECONDS: Final = 60.0

Draw = Callable[[], float]
"""A number from 0 up to but not 1."""

Wait = Callable[[float], None]
"""Lets so many seconds pass. Raises Stopped within a second of 停下."""


def delay(tried: int, draw: Draw, retry_after: int | None = None) -> float:
    """Seconds before the next try, after `tried` failed ones (from 1).

    What the county asks for (`retry_after`) is kept, and up to a second more, so that those who
    were told the same come one after another.
    """
    if retry_after is not None:
        return retry_after + draw()
    return draw() * min(FIRST_SECONDS * 2.0 ** (tried - 1), MOST_SECONDS)


@dataclass(frozen=True, slots=True)
class Patience:
    """How often one step of a sync is tried, and how the time between passes."""

    tries: int
    draw: Draw
    wait: Wait


def _no_wait(_: float) -> None:
    """Never asked: with a single try nothing is waited for."""


IMPATIENT: Final = Patience(1, float, _no_wait)
"""One try; the road that broke is told at once."""
