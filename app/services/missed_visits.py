"""Which visits were missed in days that are over, read from the visits themselves.

Today's list shows only the visit that is owed now, and forgets it once somebody has been there. Of
a past month it is asked again, block by block, what the pack of that time asked for and whether a
contact that counts lies in the block. Who belongs to which tier is taken as it stands now; a
household that ended since is asked about up to its end, as it was then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from app.domain.casework import Channel
from app.domain.clock import china_date
from app.domain.due import ALWAYS
from app.domain.households import MonitoringTag
from app.domain.ids import HouseholdId, made_at
from app.rules.terms import terms_of
from app.rules.visit_rhythm import (
    Rhythm,
    VisitTerms,
    block_start,
    next_block,
    visit_terms,
)
from app.services.due_visits import DANGERS
from app.services.ground_rules import GroundRules
from app.services.left_behind import Span, spans_of

if TYPE_CHECKING:
    from app.store.queries.rounds import Contacted
    from app.store.queries.worklist import Visited
    from app.store.unit_of_work import UnitOfWork

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, repr=False)
class MissedVisit:
    """One household that was not seen in a block, which ended `on`; `why` names the rule."""

    on: date
    household: HouseholdId
    who: str
    place: str
    why: str


def missed_between(
    work: UnitOfWork, rules: GroundRules, households: Sequence[str], first: date, last: date
) -> list[MissedVisit]:
    """Of `households` and those that ended since, the ones missed in blocks that ended from `first`
    to `last`, by day."""
    if last < first:
        return []
    terms = visit_terms(terms_of(rules.pack(work, last), last))
    if terms is None:
        return []
    rhythms = [terms.everybody, terms.high_risk, *([] if terms.home is None else [terms.home])]
    earliest = min(block_start(first, rhythm.period) for rhythm in rhythms)
    met = _by_household(work.rounds.met(earliest, last))
    answers = _by_household(work.rounds.once_in_danger(last))
    first_met = work.rounds.first_met(last)
    asked = _asked_about(work, households, earliest)
    granted = work.rounds.granted_on([visited.place.household or "" for visited, _end in asked])
    found: list[MissedVisit] = []
    for visited, ended_on in asked:
        household = visited.place.household or ""
        history = _History(
            visited=visited,
            ended_on=ended_on,
            begun=_begun(household, granted.get(household), first_met.get(household)),
            met=met.get(household, []),
            answers=answers.get(household, []),
            terms=terms,
        )
        found += history.missed(first, last)
    return sorted(found, key=lambda one: (one.on, one.place, one.household))


def _asked_about(
    work: UnitOfWork, households: Sequence[str], since: date
) -> list[tuple[Visited, date]]:
    """The households, and those that ended on `since` or later, each with the day of its end."""
    ended = [(visited, day) for day, visited in work.worklist.ended_since(since)]
    return [(visited, date.max) for visited in work.worklist.visited(households)] + ended


def _by_household(contacts: Iterable[Contacted]) -> dict[str, list[Contacted]]:
    return {
        household: list(those) for household, those in groupby(contacts, attrgetter("household"))
    }


def _begun(household: str, granted: date | None, first_met: date | None) -> date:
    """Since when it is to be seen: since something was granted to it, else since it was taken into
    the records or first seen."""
    if granted is not None:
        return granted
    made = made_at(household)
    days = [None if made is None else china_date(made), first_met]
    return min((day for day in days if day is not None), default=ALWAYS)


@dataclass(frozen=True, slots=True, repr=False, kw_only=True)
class _History:
    """One household, since when it is to be seen, and the contacts with it, the oldest first.

    `answers`: of all time, where it ever said something dangerous.
    """

    visited: Visited
    ended_on: date
    begun: date
    met: Sequence[Contacted]
    answers: Sequence[Contacted]
    terms: VisitTerms

    def missed(self, first: date, last: date) -> Iterator[MissedVisit]:
        """Blocks that ended in the span without a contact that counts; one a day at most."""
        place = self.visited.place
        for on, why in dict(self._empty(first, last)).items():
            yield MissedVisit(on, HouseholdId(place.household or ""), place.name, place.place, why)

    def _empty(self, first: date, last: date) -> Iterator[tuple[date, str]]:
        terms = self.terms
        for start, end in _blocks(terms.everybody, first, last):
            if not self._was_risky(start) and self._is_empty(start, end, terms.channels):
                yield end, f"{_said(start, end)}没走访。依据：{terms.everybody.rule}"
        if terms.high_risk.period != terms.everybody.period:
            for start, end in _blocks(terms.high_risk, first, last):
                if self._was_risky(start) and self._is_empty(start, end, terms.channels):
                    yield end, f"{_said(start, end)}没走访，要勤看的。依据：{terms.high_risk.rule}"
        if terms.home is not None:
            for start, end in _blocks(terms.home, first, last):
                if self._is_empty(start, end, frozenset({Channel.HOME})):
                    yield end, f"{_said(start, end)}没上门。依据：{terms.home.rule}"

    def _is_empty(self, start: date, end: date, roads: frozenset[Channel]) -> bool:
        """Whether the duty stood all through the block, and nobody was met by one of `roads`."""
        return (
            self.begun <= start
            and end < self.ended_on
            and any(_covers(span, start, end) for span in spans_of(self.visited))
            and not any(start <= one.on <= end and one.road in roads for one in self.met)
        )

    def _was_risky(self, start: date) -> bool:
        """Whether a danger stood when the block began."""
        if self.visited.tag is MonitoringTag.SUDDEN_DIFFICULTY:
            return True
        before = [one for one in self.answers if one.on < start]
        return any(
            danger in _standing(before, question, self.terms.channels)
            for question, danger, _words in DANGERS
        )


def _standing(before: Sequence[Contacted], question: str, roads: frozenset[Channel]) -> set[str]:
    """The answers that held: the newest by any of `roads`, and what was said after it."""
    answers: dict[Channel, str] = {}
    for one in before:
        said = one.said.get(question)
        if said is None:
            continue
        if one.road in roads:
            answers.clear()
        answers[one.road] = said
    return set(answers.values())


def _blocks(rhythm: Rhythm, first: date, last: date) -> Iterator[tuple[date, date]]:
    """The blocks of a rhythm, each with its last day, that ended from `first` to `last`."""
    start = block_start(first, rhythm.period)
    while (after := next_block(start, rhythm.period)) - _DAY <= last:
        yield start, after - _DAY
        start = after


def _covers(span: Span, start: date, end: date) -> bool:
    begun = ALWAYS if span.first is None else span.first
    return begun <= start and (span.last is None or end <= span.last)


def _said(start: date, end: date) -> str:
    """A block in her words."""
    if start.day == 1 and end.month == start.month and end.year == start.year:
        return f"{start.month}月"
    return f"{start.month}月{start.day}日到{end.month}月{end.day}日"
