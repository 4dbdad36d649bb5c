"""Work done once for what it is about: one case (its means), or what a pack says on one day."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, Protocol, TypeVar, TypeVarTuple


class Remembers(Protocol):
    """Something that keeps what was worked out about it."""

    @property
    def memo(self) -> dict[object, Any]:
        """What `once` keeps."""


R = TypeVar("R", bound=Remembers)
Words = TypeVarTuple("Words")
T = TypeVar("T")
_NOT_YET: Final[Any] = object()
"""None is an answer like any other."""


def once(work: Callable[[R, *Words], T]) -> Callable[[R, *Words], T]:
    """`work` done once for its first argument and the same words, however often it is asked for.

    What it gives must not hold that argument itself: they would keep each other alive.
    """

    @wraps(work)
    def _remembered(about: R, /, *words: *Words) -> T:
        # most work is asked for by nothing but what it is about
        key, memo = (work, words) if words else work, about.memo
        found: T = memo.get(key, _NOT_YET)
        if found is _NOT_YET:
            found = memo[key] = work(about, *words)
        return found

    return _remembered
