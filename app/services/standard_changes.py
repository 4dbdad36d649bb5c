"""What a new standard does to one household: tested again by its facts as recorded.

Pure functions over what the store gave; `app.services.reassessing` takes them through the village.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.domain.casework import AssessmentRecord
from app.domain.households import Category, Household
from app.domain.ids import HouseholdId
from app.domain.money import Money
from app.domain.problem import Refused
from app.domain.reassessment import Change, Reassessment
from app.rules import Assessment, assess
from app.rules.assessment import BEST_FIRST
from app.rules.casefile import parse_case
from app.rules.facts import Facts
from app.rules.grounds import Outcome
from app.rules.pack import Pack
from app.rules.parameters import RIGID_REQUIRES
from app.rules.terms import terms_of
from app.services.case_facts import as_of, facts_of
from app.services.fact_words import to_ask

AHEAD: Final = timedelta(days=92)
"""A standard announced for a day within this span is tested for that day."""
_MOST_ASKED: Final = 6
_ON_MARGINAL: Final = "marginal"
_BESIDE: Final = (Category.NONE, *reversed(BEST_FIRST))
"""From the least to the most support, where 刚性支出 comes on top of 边缘 (津民发〔2020〕19号)."""
_INSTEAD: Final = (
    *_BESIDE[: _BESIDE.index(Category.MARGINAL)],
    Category.RIGID_EXPENDITURE,
    Category.MARGINAL,
    *_BESIDE[_BESIDE.index(Category.RIGID_EXPENDITURE) + 1 :],
)
"""Where it is for those 边缘 does not take in."""


@dataclass(frozen=True, slots=True)
class Task:
    """One pass: the pack, the day, and what was in force before."""

    run: Reassessment
    pack: Pack
    before: Pack
    today: date
    left: tuple[HouseholdId, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """One household as recorded, with its newest test."""

    household: Household
    test: AssessmentRecord | None


def turning_day(pack: Pack, today: date) -> date:
    """The day from which `pack` says what it says: the next one announced, or the last one past."""
    coming = [day for day in pack.turns if today < day <= today + AHEAD and pack.is_in_force(day)]
    return min(coming, default=pack.since(today))


def line_of(home: Home, task: Task) -> dict[str, object]:
    """What is kept of one household; one whose facts cannot stand is to be asked about."""
    try:
        facts, before, month = _before(home, task)
        answer = assess(as_of(facts, task.run.on), task.pack, task.run.on)
    except Refused as problem:
        return _row(home, task, Change.ASK) | {"ask": [problem.what]}
    ladder = ladder_of(task.pack, task.run.on)
    change = change_of(before, month, home.household.category, answer, ladder)
    ask = to_ask(facts, answer.missing)[:_MOST_ASKED] if change is Change.ASK else ()
    return _row(home, task, change) | {
        "before_category": before,
        "before_month_fen": None if month is None else month.fen,
        "after_category": answer.suggested,
        "after_month_fen": None if answer.benefit_month is None else answer.benefit_month.fen,
        "ask": list(ask),
    }


def _before(home: Home, task: Task) -> tuple[Facts, Category | None, Money | None]:
    """The facts as recorded, and what the newest test said of them; without one, the old pack."""
    if home.test is not None:
        facts = facts_of(home.household, before=parse_case(home.test.facts.encode()))
        return facts, home.test.suggested, home.test.benefit_month
    facts = facts_of(home.household)
    answer = assess(facts, task.before, task.today)
    return facts, answer.suggested, answer.benefit_month


def ladder_of(pack: Pack, on: date) -> tuple[Category, ...]:
    """The rungs of `pack` from the least to the most support."""
    requires = terms_of(pack, on).find(RIGID_REQUIRES)
    comes_on_top = requires is not None and requires.value == _ON_MARGINAL
    return _BESIDE if comes_on_top else _INSTEAD


def change_of(
    before: Category | None,
    month: Money | None,
    recorded: Category,
    answer: Assessment,
    ladder: Sequence[Category],
) -> Change:
    """What `answer` changes for a household of which an earlier test said `before` and `month`.

    Who is on a higher rung of the county's record already does not come in newly.
    """
    after = answer.suggested
    stood, recognised, stands = (
        ladder.index(one or Category.NONE) for one in (before, recorded, after)
    )
    if stands > max(stood, recognised):
        return Change.NEWLY_MEETS
    ended = None if before is None or stands >= stood else answer.rung(before).outcome
    if ended is Outcome.FAILS:
        return Change.NO_LONGER
    if ended is Outcome.UNKNOWN:
        return Change.ASK
    # of two rungs a household is on, another one may pay more now
    is_on = after is before or ended is Outcome.MEETS
    if after is not None and is_on and answer.benefit_month != month:
        return Change.AMOUNT
    is_open = any(
        rung.outcome is Outcome.UNKNOWN
        for rung in answer.rungs
        if rung.rung is not Category.WATCHLIST
    )
    return Change.ASK if after is None and is_open else Change.SAME


def _row(home: Home, task: Task, change: Change) -> dict[str, object]:
    return {
        "household_id": home.household.id,
        "reassessment_id": task.run.id,
        "change": change,
        "before_category": None,
        "before_month_fen": None,
        "after_category": None,
        "after_month_fen": None,
        "ask": [],
    }
