"""One step of an application: the row that says so, and the state it leads to, together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from app.domain.application_events import ApplicationEvent
from app.domain.application_states import APPLICATION
from app.domain.casework import Application
from app.domain.clock import china_date, day_words
from app.domain.ids import ApplicationId, new_id
from app.domain.problem import Refused
from app.domain.procedure import ApplicationStep
from app.rules.day_count import Pause

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

_ROUND: Final = frozenset(
    {ApplicationEvent.ACCEPT, ApplicationEvent.RESUBMIT, ApplicationEvent.REWORK}
)
"""Steps with which the way through the offices begins again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFacts:
    """What is said about a step. `told_by` and `paper_no` where another office decided it."""

    happened_on: date
    told_by: str = ""
    paper_no: str = ""
    note: str = field(default="", repr=False)
    details: Mapping[str, object] = field(default_factory=dict, repr=False)


def record_step(
    work: UnitOfWork,
    application: Application,
    event: ApplicationEvent,
    facts: StepFacts,
    *,
    at: datetime,
    also: Mapping[str, object] | None = None,
) -> str:
    """Append the step and move the application; `also` sets further fields of it.

    Returns the step's id. Raises Refused A-01 for a move that is not legal, A-03 for a day that is
    still to come or lies before the step before.
    """
    after = APPLICATION.after(application.status, event)
    steps = work.procedure.steps(application.id)
    _check_day(steps, facts.happened_on, china_date(at))
    step_id = new_id(at)
    work.change(
        kind=f"application.{event.value}",
        entity="application_step",
        entity_id=step_id,
        subject=application.household,
        new=True,
        on=facts.happened_on,
        fields={
            "household_id": application.household,
            "application_id": application.id,
            "number": len(steps) + 1,
            "event": event,
            "before": application.status,
            "after": after,
            "happened_on": facts.happened_on,
            "handler": work.identity.officer_name,
            "told_by": facts.told_by.strip(),
            "paper_no": facts.paper_no.strip(),
            "note": facts.note.strip(),
            "details": dict(facts.details),
            "recorded_at": at,
        },
    )
    work.change(
        kind=f"application.{event.value}",
        entity="application",
        entity_id=application.id,
        subject=application.household,
        on=facts.happened_on,
        fields={"status": after, **(also or {})},
    )
    return step_id


def application_in(work: UnitOfWork, application_id: ApplicationId) -> Application:
    """The application. Raises Refused F-31."""
    found = work.casework.application(application_id)
    if found is None:
        raise no_application()
    return found


def no_application() -> Refused:
    """F-31."""
    return Refused("找不到这份申请。", do="请回到申请列表。", code="F-31")


def this_round(steps: Sequence[ApplicationStep]) -> Sequence[ApplicationStep]:
    """The steps since it was last accepted, or handed in or taken up anew: what clocks run on.

    An extension and the days of waiting belong to the acceptance they were given after.
    """
    starts = [at for at, step in enumerate(steps) if step.event in _ROUND]
    return steps[starts[-1] :] if starts else steps


def pauses_of(steps: Sequence[ApplicationStep]) -> tuple[Pause, ...]:
    """The days the clock stood, from the requests for material and their receipts."""
    pauses: list[Pause] = []
    asked: date | None = None
    for step in steps:
        if step.event is ApplicationEvent.NEED_MATERIAL and asked is None:
            asked = step.happened_on
        elif step.event is ApplicationEvent.MATERIAL_IN and asked is not None:
            pauses.append(Pause(asked, max(asked, step.happened_on)))
            asked = None
    if asked is not None:
        pauses.append(Pause(asked))
    return tuple(pauses)


def newest_step(
    steps: Sequence[ApplicationStep], *events: ApplicationEvent
) -> ApplicationStep | None:
    """The last step of one of these kinds, or None."""
    return next((step for step in reversed(steps) if step.event in events), None)


def _check_day(steps: Sequence[ApplicationStep], day: date, today: date) -> None:
    """Raises Refused A-03."""
    if day > today:
        raise Refused(
            "这一步的日期晚于今天。", do="请填已经发生的那一天。", code="A-03", field="happened_on"
        )
    if steps and day < steps[-1].happened_on:
        raise Refused(
            "这一步的日期早于上一步。",
            do=f"上一步是{day_words(steps[-1].happened_on)}，请填那天或以后的日子。",
            code="A-03",
            field="happened_on",
        )
