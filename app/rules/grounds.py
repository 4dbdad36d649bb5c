"""What an answer rests on: the clause behind a number, and the three ways a test can end."""

from __future__ import annotations

from dataclasses import dataclass

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

    def __str__(self) -> str:
        """As printed beside a line: "民发〔2021〕57号 第七条"."""
        return f"{self.document} {self.clause}".strip()


class Outcome(Word):
    """How a test ended. Unknown is neither met nor failed: a fact or a number is missing."""

    MEETS = "meets", "符合"
    FAILS = "fails", "不符合"
    UNKNOWN = "unknown", "还定不了"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, in one sentence, and by which clause."""

    text: str
    basis: str


@dataclass(frozen=True, slots=True)
class Check:
    """One test's end. `missing` names the facts or pack values that would settle an unknown."""

    outcome: Outcome
    reasons: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()


MET = Check(Outcome.MEETS)


def failed(text: str, basis: str) -> Check:
    """A test not passed, and why."""
    return Check(Outcome.FAILS, (Reason(text, basis),))


def unsettled(text: str, basis: str, *missing: str) -> Check:
    """A test that cannot end yet, and what would settle it."""
    return Check(Outcome.UNKNOWN, (Reason(text, basis),), missing)


def all_of(*checks: Check) -> Check:
    """Every test must pass. One failure decides, whatever else is unknown."""
    for outcome in (Outcome.FAILS, Outcome.UNKNOWN):
        ended = [check for check in checks if check.outcome is outcome]
        if ended:
            return _joined(outcome, ended)
    return MET


def any_of(*checks: Check) -> Check:
    """One passed test is enough; with none passed, an unknown one keeps the question open."""
    for outcome in (Outcome.MEETS, Outcome.UNKNOWN):
        ended = [check for check in checks if check.outcome is outcome]
        if ended:
            return _joined(outcome, ended)
    return _joined(Outcome.FAILS, list(checks))


def _joined(outcome: Outcome, checks: list[Check]) -> Check:
    """The checks' reasons and missing facts, each once, in order."""
    if len(checks) == 1:
        return checks[0]
    return Check(
        outcome,
        tuple(dict.fromkeys(reason for check in checks for reason in check.reasons)),
        tuple(dict.fromkeys(name for check in checks for name in check.missing)),
    )
