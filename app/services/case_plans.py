"""个案: one household's hardship worked through in the six steps of social work (S2:L24).

Each step says what came of it and, where it was agreed, on which day the next is to be done. The
village leads the household's case; the social work station and the departments step in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from app.domain.caring import CasePlan
from app.domain.case_plan_states import CASE_PLAN, IN_HAND, CaseEvent, CaseStage
from app.domain.clock import Clock
from app.domain.ids import CasePlanId, HouseholdId
from app.domain.problem import Refused
from app.services.caring_steps import (
    CaringFacts,
    no_record,
    require_day,
    require_said,
    write_new,
    write_step,
)
from app.services.lived_in import require_people_left
from app.services.work import Begin

E = CaseEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCasePlan:
    """A case plan as it is asked for: what the hardship is, and when somebody goes into it."""

    household: HouseholdId
    need: str = field(repr=False)
    opened_on: date
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts(CaringFacts):
    """What came of a step, and the day agreed for the next one. `told_by` is who was to do it."""

    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class CasePlans:
    """Use cases for case plans. Call from the store thread only."""

    begin: Begin
    clock: Clock

    def open(self, new: NewCasePlan) -> CasePlanId:
        """Begin a case. Raises Refused F-01, F-89, L-03, L-04, L-17, L-18."""
        with self.begin() as work:
            require_people_left(work, new.household, new.opened_on, "个案", "happened_on")
            require_day(CaringFacts(happened_on=new.opened_on), (), self.clock.today())
            require_said(new.need, "need")
            _require_none_in_hand(work.caring.case_plans_of(new.household))
            _require_not_before(new.due_on, new.opened_on)
            fields: dict[str, object] = {
                "need": new.need.strip(),
                "opened_on": new.opened_on,
                "due_on": new.due_on,
                "status": CaseStage.IDENTIFY,
            }
            made = write_new(work, "case_plan", new.household, fields, self.clock.now())
            work.commit()
        return CasePlanId(made)

    def in_hand(self, household: HouseholdId) -> CasePlan | None:
        """The household's case that is being worked on."""
        with self.begin() as work:
            known = work.caring.case_plans_of(household)
        return next((one for one in known if one.status in IN_HAND), None)

    def step(self, plan: str, event: CaseEvent, facts: CaseFacts) -> CasePlan:
        """One step. Raises Refused L-03…L-05, L-16…L-18, F-89 for one that would begin again."""
        with self.begin() as work:
            found = work.caring.case_plan(plan)
            if found is None:
                raise no_record()
            after = CASE_PLAN.after(found.status, event)
            steps = work.caring.case_steps(found.id)
            require_day(facts, steps, self.clock.today(), (found.opened_on,))
            require_said(facts.note, "note")
            _require_not_before(facts.due_on, facts.happened_on)
            if event is E.REOPEN:
                day = facts.happened_on
                require_people_left(work, found.household, day, "个案", "happened_on")
                others = [one for one in work.caring.case_plans_of(found.household) if one != found]
                _require_none_in_hand(others)
            also: dict[str, object] = {"due_on": _next_day(found, event, facts)}
            write_step(work, found, (event, after), facts, at=self.clock.now(), also=also)
            now = work.caring.case_plan(plan) or found
            work.commit()
        return now


def _next_day(found: CasePlan, event: CaseEvent, facts: CaseFacts) -> date | None:
    """The day agreed for what comes next; a note that names none leaves the one there was."""
    if event in {E.CLOSE, E.DROP}:
        return None
    return found.due_on if event is E.NOTE and facts.due_on is None else facts.due_on


def _require_none_in_hand(known: list[CasePlan]) -> None:
    """Raises Refused L-17."""
    if any(one.status in IN_HAND for one in known):
        raise Refused(
            "这一户已经有一份个案在办。", do="请打开那一份接着记。", code="L-17", field="need"
        )


def _require_not_before(due_on: date | None, happened_on: date) -> None:
    """Raises Refused L-18."""
    if due_on is not None and due_on < happened_on:
        raise Refused(
            "说定的下一步日期，早于这一步的日期。", do="请核对日期。", code="L-18", field="due_on"
        )
