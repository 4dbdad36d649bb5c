"""A stored means test as papers read it: what was answered then, never worked out again.

The answer is the JSON of design §4. Later versions of the program put more into it, so a key that
an old record lacks is simply not said.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from app.domain.casework import AssessmentRecord
from app.domain.households import Category
from app.domain.money import Money
from app.domain.people import SelfCare
from app.rules.care import CareLevel
from app.rules.casefile import parse_case
from app.rules.facts import Facts
from app.rules.grounds import Outcome

Said = Mapping[str, Any]


@dataclass(frozen=True)
class StoredAnswer:
    """One record's answer, key by key."""

    record: AssessmentRecord

    @cached_property
    def said(self) -> Said:
        """The answer as JSON."""
        answer: Said = json.loads(self.record.answer)
        return answer

    @cached_property
    def facts(self) -> Facts | None:
        """The facts the test saw; None for a record that kept none."""
        return parse_case(self.record.facts.encode()) if self.record.facts else None

    @property
    def counted(self) -> tuple[str, ...]:
        """Who was counted, in the order of the case."""
        return tuple(self.said.get("counted_members") or ())

    @property
    def lines(self) -> tuple[Said, ...]:
        """The lines that make the year's income."""
        return self.rows("lines")

    @property
    def outlay(self) -> tuple[Said, ...]:
        """The lines that make the year's rigid outlay; none in records that kept none."""
        working: Said = self.said.get("working") or {}
        return tuple(working.get("outlay") or ())

    @property
    def rungs(self) -> tuple[Said, ...]:
        """The rungs that were answered, the highest first."""
        return tuple(rung for rung in self.rows("rungs") if "outcome" in rung)

    def rung(self, rung: Category) -> Said:
        """What was said of one rung; nothing when it was not tried."""
        return next((each for each in self.rungs if each.get("rung") == rung.value), {})

    def rows(self, key: str) -> tuple[Said, ...]:
        """A list of the answer; empty where the record has none."""
        return tuple(self.said.get(key) or ())

    def money(self, key: str) -> Money | None:
        """An amount of the answer; None where it was not known."""
        return money(self.said.get(key))

    @property
    def covered(self) -> frozenset[str]:
        """Whom the suggested rung covers; nobody when no rung is suggested."""
        if self.record.suggested is None:
            return frozenset()
        return frozenset(self.rung(self.record.suggested).get("members") or ())

    @property
    def care_levels(self) -> Mapping[str, CareLevel]:
        """The level of care of everybody whose six acts settle it."""
        levels: Mapping[str, str] = self.said.get("care_levels") or {}
        return {who: CareLevel(level) for who, level in levels.items()}

    def acts(self, who: str) -> Mapping[SelfCare, bool]:
        """Which of the six acts somebody can do, as far as anybody looked."""
        members = self.facts.household.members if self.facts else ()
        return next((m.self_care for m in members if m.id == who and m.self_care), {})

    @property
    def tekun_people(self) -> tuple[str, ...]:
        """Whom 特困 is asked about, unless it is settled that it is not for them."""
        rung = self.rung(Category.TEKUN)
        if rung.get("outcome") == Outcome.FAILS.value:
            return ()
        return tuple(rung.get("members") or ())

    @property
    def looked_after(self) -> tuple[str, ...]:
        """Whose 生活自理能力 is to be assessed: whom 特困 is for, or may be and was looked at."""
        if self.rung(Category.TEKUN).get("outcome") == Outcome.MEETS.value:
            return self.tekun_people
        return tuple(who for who in self.tekun_people if self.acts(who))


def money(text: str | None) -> Money | None:
    """An amount as the answer writes it; None stays None."""
    return None if text is None else Money.parse(text)


def summed(amounts: Iterable[Money | None]) -> Money:
    """The sum of what is known."""
    return sum((amount for amount in amounts if amount is not None), Money(0))
