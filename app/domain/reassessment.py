"""The village tested again under a new standard (政策找人): who comes in, who goes, whom to ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.households import Category
from app.domain.ids import HouseholdId
from app.domain.money import Money
from app.domain.words import Word


class Change(Word):
    """What the new standard does to a household, by its facts as recorded."""

    NEWLY_MEETS = "newly_meets", "新标准后可能符合"
    NO_LONGER = "no_longer", "新标准后不再符合"
    AMOUNT = "amount", "金额会变"
    ASK = "ask", "还差几样没问"
    SAME = "same", "没有变化"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Reassessed:
    """One household's line. `before` and `after` are what the tests suggest, None for nothing.

    `ask` says in words what would settle it.
    """

    household: HouseholdId
    who: str
    place: str
    recorded: Category
    """What the county has recognised."""
    change: Change
    before: Category | None
    before_month: Money | None
    after: Category | None
    after_month: Money | None
    ask: tuple[str, ...]
    is_tested_since: bool
    """Whether somebody has tested the household again since."""
    rule: str = ""
    """The pack it was tested under, and from when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reassessment:
    """One pass over the village. `since` is the day from which its pack says what it says."""

    id: str
    pack_sha256: str
    pack_title: str
    pack_version: str
    since: date
    on: date
    """The day the households were tested for: a standard announced for later is tested for then."""
    households: int
    done: int
    started_at: datetime
    finished_at: datetime | None
    counts: Mapping[Change, int]
    last_word: str = ""
    """Whose word it waits for, as the county's pack names them; not kept, said when it is read."""

    @property
    def is_finished(self) -> bool:
        """Whether every household was tested."""
        return self.finished_at is not None
