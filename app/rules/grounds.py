"""What an answer rests on: the clause behind a number, and the three ways a test can end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Final, NamedTuple, TypeVar

from app.domain.words import Word


@dataclass(frozen=True, slots=True)
class Ground:
    """A clause: `document` is its number (文号) or the county's name for it.

    `pack_id` and `pack_version` say which pack vouched for it; both empty for a value typed into
    the case itself.
    """

    document: str
    clause: str
    pack_id: str = ""
    pack_version: str = ""
    _printed: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # made once for a pack and a day, printed for every line of every household
        object.__setattr__(self, "_printed", f"{self.document} {self.clause}".strip())

    def __str__(self) -> str:
        """As printed beside a line: "民发〔2021〕57号 第七条"."""
        return self._printed


class Outcome(Word):
    """How a test ended. Unknown is neither met nor failed: a fact or a number is missing."""

    MEETS = "meets", "符合"
    FAILS = "fails", "不符合"
    UNKNOWN = "unknown", "还定不了"


class Reason(NamedTuple):
    """Why, in one sentence, and by which clause. A tuple: a household needs some hundred."""

    text: str
    basis: str


class Check(NamedTuple):
    """One test's end. `missing` names the facts or pack values that would settle an unknown."""

    outcome: Outcome
    reasons: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()


T = TypeVar("T")
_REASONS: Final = attrgetter("reasons")
_MISSING: Final = attrgetter("missing")
MEETS: Final = Outcome.MEETS
FAILS: Final = Outcome.FAILS
UNKNOWN: Final = Outcome.UNKNOWN
"""By name at once: every household asks some hundred times how a test ended."""
MET: Final = Check(MEETS)


def failed(text: str, basis: str) -> Check:
    """A test not passed, and why."""
    return Check(FAILS, (Reason(text, basis),))


@lru_cache(maxsize=1024)
def plainly_failed(text: str, basis: str) -> Check:
    """A test not passed for a reason that reads the same for every household: made once."""
    return failed(text, basis)


def unsettled(text: str, basis: str, *missing: str) -> Check:
    """A test that cannot end yet, and what would settle it."""
    return Check(UNKNOWN, (Reason(text, basis),), missing)


def all_of(*checks: Check) -> Check:
    """Every test must pass. One failure decides, whatever else is unknown."""
    # nearly every test that is met is MET itself, which is seen at once
    left = [check for check in checks if check is not MET and check.outcome is not MEETS]
    if len(left) > 1:
        return _joined([check for check in left if check.outcome is FAILS] or left)
    return left[0] if left else MET


def any_of(*checks: Check) -> Check:
    """One passed test is enough; with none passed, an unknown one keeps the question open.

    No test at all is failed.
    """
    if not checks:
        return Check(FAILS)
    ended = [check for check in checks if check.outcome is MEETS]
    return _joined(ended or [check for check in checks if check.outcome is UNKNOWN] or list(checks))


def _joined(checks: list[Check]) -> Check:
    """Checks of one outcome as one: their reasons and missing facts, each once, in order."""
    if len(checks) == 1:
        return checks[0]
    outcome = checks[0].outcome
    # only an open question misses anything
    missing = _each_once(map(_MISSING, checks)) if outcome is UNKNOWN else ()
    return Check(outcome, _each_once(map(_REASONS, checks)), missing)


def _each_once(parts: Iterable[tuple[T, ...]]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(parts)))
