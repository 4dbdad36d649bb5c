"""Applications somebody has answered: what came back, and whom to tell until that is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.domain.application_events import ApplicationEvent as E
from app.domain.casework import ApplicationStatus as Status
from app.domain.due import ALWAYS, DueItem
from app.domain.today import WorkKind
from app.domain.watch_states import IN_HAND as WATCH_IN_HAND
from app.rules.clocks import ClockKind, Event
from app.services.due_case import Case, by_clock
from app.services.ground_rules import GroundRules
from app.services.written_rules import KEPT_ON_FILE

if TYPE_CHECKING:
    from app.domain.casework import Application
    from app.store.unit_of_work import UnitOfWork

_COUNTY: Final = "县里的决定"
_TOWNSHIP: Final = "不予受理要告知本人"


def answer_due(work: UnitOfWork, rules: GroundRules, case: Case) -> Iterator[DueItem]:
    """The row of an answer nobody has told the household of; it does not go by itself.

    Where nobody is left there is nobody to tell.
    """
    if case.newest(E.TELL) is not None or case.is_nobody_left:
        return
    status = case.application.status
    if case.application.is_refused:
        yield _refusal(work, rules, case)
    elif status is Status.NOT_ACCEPTED:
        step = case.newest(E.NOT_ACCEPT)
        why = "镇里没受理" if step is None or not step.note else step.note
        yield case.row(WorkKind.NOT_ACCEPTED, why, case.next(work, rules), _TOWNSHIP)
    else:
        row = case.row(
            WorkKind.DECIDED, _decided(case.application), case.next(work, rules), _COUNTY
        )
        decided = case.application.decided_on
        yield replace(row, appears_on=ALWAYS if decided is None else decided)


def _decided(application: Application) -> str:
    """What the county decided and what is paid, before what it wrote beside it."""
    rung, month = application.decided_category, application.decided_benefit_month
    said = application.status.label if rung is None else f"县里同意{rung.label}"
    if month is not None and month.fen:
        said += f"，每月 {month.grouped()} 元"
    note = application.decision_note or ""
    return f"{said}：{note}" if note and note not in said else said


def _returned(application: Application) -> str:
    """What the county wrote, and the first thing it wants mended in its own words."""
    note = application.decision_note or Status.RETURNED.label
    if not application.comments:
        return note
    first, many = application.comments[0].text, len(application.comments)
    rest = f"，一共 {many} 处" if many > 1 else ""
    return f"{note}：{first}{rest}"


def register_due(work: UnitOfWork, rules: GroundRules, case: Case) -> Iterator[DueItem]:
    """The county keeps the household in view (备案关注): once it was told of the answer, the row
    stands until its entry of the watch list is begun."""
    decided = case.application.decided_on
    if case.newest(E.TELL) is None:
        return
    if case.household.ended_on is not None or any(
        entry.status in WATCH_IN_HAND or decided is None or entry.noticed_on >= decided
        for entry in work.caring.entries_of(case.household.id)
    ):
        return
    action = case.next(work, rules)
    row = case.row(WorkKind.WATCH, "县里转了备案关注", action, KEPT_ON_FILE)
    yield replace(row, page="caring", target=case.household.id)


def return_due(work: UnitOfWork, rules: GroundRules, case: Case) -> DueItem:
    """The one row of what the county sent back, by the day of the clock that goes on running."""
    note = _returned(case.application)
    row = case.row(WorkKind.RETURNED, note, case.next(work, rules), _COUNTY)
    if not case.has_applicant:
        row = replace(row, why=f"{note}；申请人不在这户了", action="先换一个申请人，再照意见改")
    deadline = case.decision(work, rules)
    if deadline is None or deadline.due_on is None:
        return row
    return replace(by_clock(row, deadline), rule=f"{_COUNTY}；{deadline.explanation}")


def _refusal(work: UnitOfWork, rules: GroundRules, case: Case) -> DueItem:
    """The household has to be told within the pack's days."""
    decided = case.application.decided_on
    happened = {} if decided is None else {Event.REFUSED: decided}
    deadline = rules.deadline(work, ClockKind.REFUSAL_NOTICE, happened)
    row = case.row(
        WorkKind.REFUSAL_NOTICE,
        case.application.decision_note or "县里没同意",
        case.next(work, rules),
        deadline.explanation,
    )
    return replace(by_clock(row, deadline), appears_on=decided or ALWAYS)
