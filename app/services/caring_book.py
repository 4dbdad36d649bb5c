"""What the page of care agreements, the watch list, cases and complaints shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.domain.care_states import CARE, CareEvent
from app.domain.care_states import IN_HAND as CARE_IN_HAND
from app.domain.caring import (
    CareAgreement,
    CaringRecord,
    CaringStep,
    CasePlan,
    Complaint,
    SelfCareAssessment,
    WatchEntry,
)
from app.domain.case_plan_states import CASE_PLAN, CaseEvent
from app.domain.case_plan_states import IN_HAND as CASE_IN_HAND
from app.domain.clock import Clock
from app.domain.ids import HouseholdId
from app.domain.watch_states import IN_HAND as WATCH_IN_HAND
from app.domain.watch_states import WATCH, WatchEvent
from app.rules.clocks import ClockKind, Event
from app.services.caring_steps import no_record, steps_of
from app.services.ground_rules import GroundRules
from app.services.work import Begin
from app.services.written_rules import AGREEMENT, CASE_STEPS, COMPLAINT

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork


Events = tuple[CareEvent, ...] | tuple[WatchEvent, ...] | tuple[CaseEvent, ...]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CaringLine:
    """One record in hand, with whom it is about."""

    record: CaringRecord
    who: str
    place: str
    due_on: date | None
    rule: str
    """What made `due_on` that day, with its clause."""
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CaringFile:
    """Everything of one household, or one complaint without any; `at` is the record in front."""

    household: HouseholdId | None
    who: str
    place: str
    records: tuple[CaringRecord, ...]
    at: CaringRecord | None
    steps: tuple[CaringStep, ...]
    events: Events


@dataclass(frozen=True, slots=True)
class CaringBook:
    """Reads. Call from the store thread only."""

    begin: Begin
    clock: Clock
    rules: GroundRules

    def lines(self) -> list[CaringLine]:
        """Every record in hand, the nearest first."""
        with self.begin() as work:
            found = [*self._lines(work)]
        return sorted(found, key=lambda one: (one.due_on or date.max, one.place, one.record.id))

    def file(self, subject: str) -> CaringFile:
        """A household by its id, or by the id of one of its records, which is then in front.

        Raises Refused L-05.
        """
        with self.begin() as work:
            at = self._record(work, subject)
            household = HouseholdId(subject) if at is None else at.household
            if at is None and not work.households.has(HouseholdId(subject)):
                raise no_record()
            records = ((at,) if at else ()) if household is None else _records(work, household)
            at = at or next(filter(is_in_hand, records), None)
            who, place = work.visiting.place_of(household)
            if not who and isinstance(at, Complaint):
                who = at.who
            return CaringFile(
                household=household,
                who=who,
                place=place,
                records=records,
                at=at,
                steps=_steps(work, at),
                events=_events(at),
            )

    def _record(self, work: UnitOfWork, record: str) -> CaringRecord | None:
        caring = work.caring
        found = caring.agreement(record) or caring.entry(record) or caring.case_plan(record)
        return found or caring.complaint(record) or caring.ability(record)

    def _lines(self, work: UnitOfWork) -> Iterator[CaringLine]:
        for agreement in work.caring.agreements():
            yield self._line(work, agreement, agreement.ends_on, AGREEMENT)
        for entry in work.caring.entries():
            yield self._line(work, entry, None, "")
        for plan in work.caring.case_plans():
            yield self._line(work, plan, plan.due_on, CASE_STEPS)
        for found in work.caring.complaints():
            happened = {Event.COMPLAINED: found.received_on}
            due = self.rules.deadline(work, ClockKind.COMPLAINT, dict(happened))
            yield self._line(work, found, due.due_on, due.explanation or COMPLAINT)

    def _line(
        self, work: UnitOfWork, record: CaringRecord, due_on: date | None, rule: str
    ) -> CaringLine:
        who, place = work.visiting.place_of(record.household)
        if isinstance(record, CareAgreement):
            who = record.person_name
        elif isinstance(record, Complaint):
            who = who or record.who
        late = due_on is not None and due_on < self.clock.today()
        return CaringLine(record=record, who=who, place=place, due_on=due_on, rule=rule, late=late)


def is_in_hand(record: CaringRecord | None) -> bool:
    """Whether something is still to be done about it."""
    if isinstance(record, CareAgreement):
        return record.status in CARE_IN_HAND
    if isinstance(record, WatchEntry):
        return record.status in WATCH_IN_HAND
    if isinstance(record, CasePlan):
        return record.status in CASE_IN_HAND
    return isinstance(record, Complaint) and record.answered_on is None


def _records(work: UnitOfWork, household: HouseholdId) -> tuple[CaringRecord, ...]:
    caring = work.caring
    return (
        *caring.agreements_of(household),
        *caring.entries_of(household),
        *caring.case_plans_of(household),
        *caring.complaints_about(household),
        *caring.abilities_of(household),
    )


def _steps(work: UnitOfWork, at: CaringRecord | None) -> tuple[CaringStep, ...]:
    """What was done about it; nothing of what goes by no machine."""
    if at is None or isinstance(at, Complaint | SelfCareAssessment):
        return ()
    return tuple(steps_of(work, at))


def _events(at: CaringRecord | None) -> Events:
    if isinstance(at, CareAgreement):
        return CARE.events(at.status)
    if isinstance(at, WatchEntry):
        return WATCH.events(at.status)
    if isinstance(at, CasePlan):
        return CASE_PLAN.events(at.status)
    return ()
