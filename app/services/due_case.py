"""One application as today's list looks at it: its steps, its household, a row about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from app.domain.application_events import ApplicationEvent
from app.domain.casework import Application, ApplicationStatus, AssessmentRecord
from app.domain.due import ALWAYS, DueItem
from app.domain.ids import HouseholdId
from app.domain.procedure import ApplicationStep
from app.domain.today import WorkKind
from app.rules.clocks import ClockKind, Event
from app.services.application_next import next_of
from app.services.looked_into import is_found_unfit
from app.services.retesting import is_out_of_reach, needs_new_test
from app.services.stepping import newest_step, pauses_of, this_round

if TYPE_CHECKING:
    from app.domain.households import Household
    from app.rules.deadlines import Deadline
    from app.services.ground_rules import GroundRules
    from app.store.unit_of_work import UnitOfWork

_PAGE: Final = "applications"
_JUDGED: Final = frozenset({ApplicationStatus.ASSESSED, ApplicationStatus.IN_REVIEW})
_TEST_ANEW: Final = "家里情况改过，重新测算，放进这份申请"
_OUT_OF_REACH: Final = "照测算都不符合，告诉镇里"
_FOUND_UNFIT: Final = "入户调查说不符合，告诉镇里"
E = ApplicationEvent


@dataclass(frozen=True, slots=True)
class Case:
    """One application at hand."""

    application: Application
    household: Household
    steps: Sequence[ApplicationStep]

    @property
    def has_applicant(self) -> bool:
        """Whether who applies still belongs to the household."""
        members = self.household.members
        return any(one.person.id == self.application.applicant for one in members)

    @property
    def is_nobody_left(self) -> bool:
        """Whether the household has ended and its people did not go on in another."""
        return self.household.ended_on is not None and self.household.successor is None

    @property
    def is_waiting(self) -> bool:
        """Whether material was asked for and it was not said yet that all of it is in."""
        pauses = pauses_of(this_round(self.steps))
        return bool(pauses) and pauses[-1].until is None

    def newest(self, *events: ApplicationEvent) -> ApplicationStep | None:
        """The last step of one of these kinds, or None."""
        return newest_step(self.steps, *events)

    def decision(self, work: UnitOfWork, rules: GroundRules) -> Deadline | None:
        """The office's clock from the newest acceptance; None where there is none."""
        round_ = this_round(self.steps)
        accepted = newest_step(round_, E.ACCEPT)
        if accepted is None:
            return None
        return rules.deadline(
            work,
            ClockKind.DECISION,
            {Event.ACCEPTED: accepted.happened_on},
            pauses=pauses_of(round_),
            extended=newest_step(round_, E.EXTEND) is not None,
        )

    def next(self, work: UnitOfWork, rules: GroundRules) -> str:
        """What is to be done about it next."""
        if self.application.status in _JUDGED:
            if needs_new_test(work, rules, self.application, self.household):
                return _TEST_ANEW
            if is_out_of_reach(self.application, self.tested(work)):
                return _OUT_OF_REACH
            if is_found_unfit(work, self.application):
                return _FOUND_UNFIT
        return next_of(work, rules.terms(work), self.application, self.steps)

    def tested(self, work: UnitOfWork) -> AssessmentRecord | None:
        """The means test it stands on."""
        test = self.application.assessment
        return None if test is None else work.casework.assessment(test)

    def row(self, kind: WorkKind, why: str, action: str, rule: str) -> DueItem:
        """A row without a day, which leads to the application."""
        head = self.household.head_member
        return DueItem(
            kind=kind,
            entity_id=self.application.id,
            household=HouseholdId(self.household.id),
            who="" if head is None else head.person.name,
            place=self.household.place,
            appears_on=ALWAYS,
            due_on=None,
            due_at=None,
            why=why,
            rule=rule,
            page=_PAGE,
            action=action,
            target=self.application.id,
            since=self.application.filed_on,
        )


def dated(row: DueItem, *, appears_on: date, due_on: date | None) -> DueItem:
    """The row from one day, until another where there is one."""
    return replace(row, appears_on=appears_on, due_on=due_on)


def by_clock(row: DueItem, deadline: Deadline) -> DueItem:
    """The row with the day of its clock, what is left counted as the clock counts."""
    return replace(row, due_on=deadline.due_on, in_workdays=deadline.in_workdays)
