"""Whose 生活自理能力 is to be looked at again: what somebody can do himself changed.

A visit of a 特困 household that says so, or a means test that found another level than was known,
begins the clock of the pack; an assessment of that day or later ends it (domain.md §2.6).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Final

from app.documents.forms.stored_answer import StoredAnswer
from app.domain.caring import SelfCareAssessment
from app.domain.casework import Health, Need, Visit
from app.domain.clock import day_words
from app.domain.due import ALWAYS, DueItem
from app.domain.ids import HouseholdId
from app.domain.today import WorkKind
from app.rules.care import CareLevel, care_level
from app.rules.clocks import ClockKind, Event
from app.services.ground_rules import GroundRules

if TYPE_CHECKING:
    from app.store.queries.alarms import Somebody
    from app.store.unit_of_work import UnitOfWork

SELF_CARE_READS: Final = ("self_care_assessment", "visit", "assessment")


@dataclass(frozen=True, slots=True)
class _Change:
    """Somebody's ability changed: when it was told, and what was told."""

    on: date
    why: str


def self_care_due(
    work: UnitOfWork, rules: GroundRules, subjects: Sequence[str]
) -> Iterator[DueItem]:
    """A row for each 特困 household of whose people something changed since they were assessed."""
    alive = groupby(work.alarms.alive(subjects), key=lambda one: one.household)
    for household, people in alive:
        known = _Known(
            [*people],
            work.caring.abilities_of(household),
            [StoredAnswer(one) for one in work.casework.assessments_of(household)],
        )
        changes = [*_of_visits(work.casework.visits_of(household), known), *_of_tests(known)]
        if changes:
            yield _row(work, rules, household, changes)


@dataclass(frozen=True, slots=True)
class _Known:
    """The people of a household, and what was found of them, the newest first."""

    people: Sequence[Somebody]
    assessed: Sequence[SelfCareAssessment]
    tests: Sequence[StoredAnswer]

    def of(self, who: Somebody) -> list[SelfCareAssessment]:
        """Those of one person."""
        return [one for one in self.assessed if one.person == who.person]

    def needs_care(self, who: Somebody) -> bool:
        """Whether that is what was last found of somebody."""
        level = _level(self.of(who), self.tests, who.person)
        return level not in {None, CareLevel.FULL_SELF_CARE}


def _of_visits(visits: Sequence[Visit], known: _Known) -> Iterator[_Change]:
    """The first of the visits on end, up to the newest, that say somebody cannot look after
    himself; nothing once somebody was assessed since, or where that is nothing new."""
    first, is_new = None, not any(map(known.needs_care, known.people))
    for visit in visits:
        if visit.health is None:
            continue  # nobody was at home, or nobody asked
        if not _says_so(visit):
            is_new = True
            break
        first = visit
    if first is None or not is_new:
        return
    if not any(one.assessed_on >= first.visited_on for one in known.assessed):
        yield _Change(first.visited_on, f"{day_words(first.visited_on)}走访说{_words(first)}")


def _of_tests(known: _Known) -> Iterator[_Change]:
    """Of whom the newest test says another level of care than the assessment or test before it."""
    if not known.tests:
        return
    newest, *older = known.tests
    for person in known.people:
        mine, now = known.of(person), newest.care_levels.get(person.person)
        if now is None or any(one.assessed_on >= newest.record.on for one in mine):
            continue
        before = _level(mine, older, person.person)
        if before is not None and before is not now:
            why = f"{person.name}测算时{now.label}，原来{before.label}"
            yield _Change(newest.record.on, why)


def _level(
    known: Sequence[SelfCareAssessment], tests: Sequence[StoredAnswer], person: str
) -> CareLevel | None:
    """The level the newest assessment, or a newer test than that, found; None for none."""
    for test in tests:
        if known and known[0].assessed_on >= test.record.on:
            break
        if (level := test.care_levels.get(person)) is not None:
            return level
    return care_level(known[0].acts) if known else None


def _says_so(visit: Visit) -> bool:
    return visit.health is Health.IMPAIRED or visit.need is Need.CARE


def _words(visit: Visit) -> str:
    return "行动不便" if visit.health is Health.IMPAIRED else "要人照料"


def _row(
    work: UnitOfWork, rules: GroundRules, household: HouseholdId, changes: Sequence[_Change]
) -> DueItem:
    first = min(changes, key=lambda one: one.on)
    clock = rules.deadline(work, ClockKind.SELF_CARE, {Event.ABILITY_CHANGED: first.on})
    who, place = work.visiting.place_of(household)
    return DueItem(
        kind=WorkKind.SELF_CARE,
        entity_id=household,
        household=household,
        who=who,
        place=place,
        appears_on=ALWAYS,
        due_on=clock.due_on,
        due_at=None,
        why="；".join(one.why for one in changes),
        rule=clock.explanation,
        page="caring",
        action="报镇里，请两个人评估，记下来",
        target=household,
        since=first.on,
        in_workdays=clock.in_workdays,
    )
