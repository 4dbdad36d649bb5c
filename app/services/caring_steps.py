"""One step of a care agreement, of an entry of the watch list or of a case, as all are written.

A step is one event of the machine, one row of steps and the moved state, in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from app.domain.caring import CareAgreement, CaringRecord, CaringStep, CasePlan, Stepped, WatchEntry
from app.domain.ids import new_id
from app.domain.problem import Refused
from app.domain.words import Word

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork


_NAMES: Final[dict[type[CaringRecord], tuple[str, str]]] = {
    CareAgreement: ("care", "care_agreement"),
    WatchEntry: ("watch", "watch_entry"),
    CasePlan: ("case", "case_plan"),
}
"""What the steps of a record are named after, and the record itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaringFacts:
    """What is said about a step. `told_by` and `paper_no` where somebody else decided it."""

    happened_on: date
    told_by: str = ""
    paper_no: str = ""
    note: str = field(default="", repr=False)


def require_day(
    facts: CaringFacts, steps: Sequence[CaringStep], today: date, after: Iterable[date] = ()
) -> None:
    """Raises Refused L-03 for a day to come, or before the last step, a birth or a beginning."""
    before = max([date.min, *after, *(one.happened_on for one in steps)])
    if not before <= facts.happened_on <= today:
        raise Refused(
            "这一步的日期晚于今天，或早于上一步、早于出生、早于开始的那天。",
            do="请核对日期。",
            code="L-03",
            field="happened_on",
        )


def require_said(text: str, name: str) -> None:
    """Raises Refused L-04."""
    if not text.strip():
        raise Refused("这一项要写清楚，现在空着。", do="请写一句。", code="L-04", field=name)


def write_new(
    work: UnitOfWork, entity: str, household: str | None, fields: dict[str, object], at: datetime
) -> str:
    """A fresh record of `entity`; without a household it is its own subject."""
    made = new_id(at)
    work.change(
        kind=f"{entity}.recorded",
        entity=entity,
        entity_id=made,
        subject=household or made,
        new=True,
        fields={
            "household_id": household,
            **fields,
            "handler": work.identity.officer_name,
            "recorded_at": at,
        },
    )
    return made


def write_step(
    work: UnitOfWork,
    case: Stepped,
    moved: tuple[Word, Word],
    facts: CaringFacts,
    *,
    at: datetime,
    also: dict[str, object],
) -> None:
    """The row of the step, the state after it and what else it sets."""
    event, after = moved
    what, entity = _NAMES[type(case)]
    work.change(
        kind=f"{entity}.{event.value}",
        entity=f"{what}_step",
        entity_id=new_id(at),
        subject=case.household,
        new=True,
        on=facts.happened_on,
        fields={
            "household_id": case.household,
            f"{what}_id": case.id,
            "number": len(steps_of(work, case)) + 1,
            "event": event,
            "before": case.status,
            "after": after,
            "happened_on": facts.happened_on,
            "handler": work.identity.officer_name,
            "told_by": facts.told_by.strip(),
            "paper_no": facts.paper_no.strip(),
            "note": facts.note.strip(),
            "recorded_at": at,
        },
    )
    work.change(
        kind=f"{entity}.{event.value}",
        entity=entity,
        entity_id=case.id,
        subject=case.household,
        on=facts.happened_on,
        fields={"status": after, **also},
    )


def steps_of(work: UnitOfWork, case: Stepped) -> list[CaringStep]:
    """What was done so far, the oldest first."""
    if isinstance(case, CareAgreement):
        return work.caring.care_steps(case.id)
    if isinstance(case, CasePlan):
        return work.caring.case_steps(case.id)
    return work.caring.watch_steps(case.id)


def no_record() -> Refused:
    """L-05."""
    return Refused("找不到这条照料、备案、个案或投诉记录。", do="请回到列表。", code="L-05")
