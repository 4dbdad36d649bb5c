"""Which visits were missed in days that are over, read from the visits themselves.

Today's list shows only the visit that is owed now, and forgets it once somebody has been there. Of
a past month it is asked again, block by block, what the pack of that time asked for and whether a
contact that counts lies in the block. The tier is the one the household stood in on each day of the
block (`app.store.tiers`); where this laptop does not know it, nothing is called missed and it is
said so. Who lives there is taken as it stands now; a household that ended since is asked about up
to its end, as it was then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
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
    from app.store.tiers import Tier
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


@dataclass(frozen=True, slots=True, repr=False)
class Missed:
    """What was missed, by day; and of whom nobody was met in a block of which this laptop does not
    know whether a visit was asked for."""

    visits: tuple[MissedVisit, ...] = ()
    unknown: frozenset[HouseholdId] = frozenset()


def missed_between(
    work: UnitOfWork, rules: GroundRules, households: Sequence[str], first: date, last: date
) -> Missed:
    """Of `households`, those that were assisted once and those that ended since, the ones missed in
    blocks that ended from `first` to `last`."""
    if last < first:
        return Missed()
    terms = visit_terms(terms_of(rules.pack(work, last), last))
    if terms is None:
        return Missed()
    rhythms = [terms.everybody, terms.high_risk, *([] if terms.home is None else [terms.home])]
    earliest = min(block_start(first, rhythm.period) for rhythm in rhythms)
    met = _by_household(work.rounds.met(earliest, last))
    answers = _by_household(work.rounds.once_in_danger(last))
    first_met = work.rounds.first_met(last)
    asked = _asked_about(work, sorted({*households, *work.rounds.once_assisted()}), earliest)
    homes = [visited.place.household or "" for visited, _end in asked]
    granted, tiers = work.rounds.granted_on(homes), work.rounds.tiers(homes)
    found: list[MissedVisit] = []
    unknown: set[HouseholdId] = set()
    for home, (visited, ended_on) in zip(homes, asked, strict=True):
        stood = _Tiers(visited, tiers.get(home, ()))
        history = _History(
            visited=visited,
            tiers=stood,
            ended_on=ended_on,
            begun=_begun(home, stood, granted.get(home), first_met.get(home)),
            met=met.get(home, []),
            answers=answers.get(home, []),
            terms=terms,
        )
        found += history.missed(first, last)
        if history.is_unknown(first, last):
            unknown.add(HouseholdId(home))
    ordered = sorted(found, key=lambda one: (one.on, one.place, one.household))
    return Missed(tuple(ordered), frozenset(unknown))


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


def _begun(household: str, tiers: _Tiers, granted: date | None, first_met: date | None) -> date:
    """Since when it is to be seen: since something was granted to it that was not assisted already,
    else since it was taken into the records or first seen."""
    if granted is not None and not tiers.was_assisted(granted - _DAY):
        return granted
    made = made_at(household)
    days = [None if made is None else china_date(made), first_met]
    return min((day for day in days if day is not None), default=ALWAYS)


@dataclass(frozen=True, slots=True, repr=False)
class _Tiers:
    """The tiers a household stood in, the oldest first, over who lives there."""

    visited: Visited
    tiers: Sequence[Tier]

    def on(self, day: date) -> Visited | None:
        """The household in the tier of a day; None where nobody knows it."""
        stood = [tier for tier in self.tiers if tier.from_on <= day]
        if not stood:
            return None
        return replace(self.visited, category=stood[-1].category, tag=stood[-1].tag)

    def was_assisted(self, day: date) -> bool:
        """Whether it is known to have been answered for on a day."""
        then = self.on(day)
        return then is not None and then.is_assisted

    def asked(self, start: date, end: date) -> bool | None:
        """Whether a visit was asked for on every day of a block; None where that is not known."""
        turns = sorted({start, *(one.from_on for one in self.tiers if start < one.from_on <= end)})
        ends = [*(turn - _DAY for turn in turns[1:]), end]
        is_known = True
        for first, last in zip(turns, ends, strict=True):
            then = self.on(first)
            is_known = is_known and then is not None
            if then is not None and not any(_covers(one, first, last) for one in spans_of(then)):
                return False
        return True if is_known else None


@dataclass(frozen=True, slots=True, repr=False, kw_only=True)
class _History:
    """One household, since when it is to be seen, and the contacts with it, the oldest first.

    `answers`: of all time, where it ever said something dangerous.
    """

    visited: Visited
    tiers: _Tiers
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

    def is_unknown(self, first: date, last: date) -> bool:
        """Whether nobody was met in a block that ended in the span, and whether a visit was asked
        for then is not known."""
        return any(
            self._is_unmet(start, end, self.terms.channels) and self.tiers.asked(start, end) is None
            for start, end in _blocks(self.terms.everybody, first, last)
        )

    def _is_empty(self, start: date, end: date, roads: frozenset[Channel]) -> bool:
        """Whether the duty stood all through the block, and nobody was met by one of `roads`."""
        return self._is_unmet(start, end, roads) and self.tiers.asked(start, end) is True

    def _is_unmet(self, start: date, end: date, roads: frozenset[Channel]) -> bool:
        return (
            self.begun <= start
            and end < self.ended_on
            and not any(start <= one.on <= end and one.road in roads for one in self.met)
        )

    def _was_risky(self, start: date) -> bool:
        """Whether a danger stood when the block began."""
        then = self.tiers.on(start)
        if then is not None and then.tag is MonitoringTag.SUDDEN_DIFFICULTY:
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
