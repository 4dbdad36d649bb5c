"""The one next thing to do with an application, in her words: by state, steps and pack.

What is said here may be done: nobody is sent to a step that would be refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from app.domain.application_events import Actor
from app.domain.application_events import ApplicationEvent as E
from app.domain.application_states import TOLD
from app.domain.casework import Application
from app.domain.casework import ApplicationStatus as Status
from app.domain.procedure import ApplicationStep, Review
from app.rules.procedure import checks_first, hand_of, review_mode
from app.services.application_guards import reviews_on, reviews_since
from app.services.stepping import newest_step, this_round

if TYPE_CHECKING:
    from app.rules.terms import Terms
    from app.store.unit_of_work import UnitOfWork

_NEXT: Final[Mapping[Status, str]] = {
    Status.DRAFT: "补齐签字和资料，提交",
    Status.SUBMITTED: "问镇里受理没有",
    Status.SUPPLEMENT_REQUESTED: "催材料，收齐了记一笔",
    Status.NOT_ACCEPTED: "把不予受理告知书送到手上，记下来",
    Status.ACCEPTED: "等核对，先约入户调查",
    Status.CHECKING: "问镇里核对结果",
    Status.INVESTIGATING: "两个人去入户调查",
    Status.ASSESSED: "评议或贴公示",
    Status.IN_REVIEW: "记评议结果，再贴公示",
    Status.NOTICE_POSTED: "公示满了没人提意见，就报上去",
    Status.REINVESTIGATING: "去复查，答复提意见的人",
    Status.SENT_FOR_CONFIRMATION: "等县里的决定",
    Status.CONFIRMED: "告诉这户，记下来",
    Status.REFUSED: "把不同意告知书送到手上，记下来",
    Status.RETURNED: "照县里的意见改好再报",
    Status.PUBLISHED: "告诉这户，记下来",
    Status.WATCHLISTED: "按备案户关注，记进备案监测",
    Status.WITHDRAWN: "已撤回",
    Status.CLOSED_BY_DEATH: "已终止",
}
AT_THE_DOOR: Final = frozenset({_NEXT[Status.INVESTIGATING], _NEXT[Status.REINVESTIGATING]})
"""What of an application is done where the people live."""
_DONE: Final = "已经告诉这户了"
_CHECK_FIRST: Final = "问镇里核对结果，记“受理前核对”"
_ACCEPT: Final = "材料齐了，就记受理"
_POST: Final = "贴公示"
_HOLD_REVIEW: Final = "开民主评议"
_LOOK_AGAIN: Final = "评议没通过：记异议，去复查"


def next_of(
    work: UnitOfWork, terms: Terms, application: Application, steps: Sequence[ApplicationStep]
) -> str:
    """What is to be done next."""
    status = application.status
    if status in TOLD and newest_step(steps, E.TELL) is not None:
        return _NEXT[status] if status is Status.WATCHLISTED else _DONE
    if application.is_refused:
        return _NEXT[Status.REFUSED]
    if status is Status.SUBMITTED:
        return _acceptance(terms, steps)
    if status is Status.ASSESSED:
        if _reviews(work, application, steps):
            return _POST
        mode = {"required": _HOLD_REVIEW, "none": _POST}
        return mode.get(review_mode(terms), _NEXT[status])
    if status is Status.IN_REVIEW:
        return _reviewed(_reviews(work, application, steps))
    return _NEXT[status]


def _acceptance(terms: Terms, steps: Sequence[ApplicationStep]) -> str:
    """Accepted by whoever does that here, after the check where the pack wants it first."""
    if checks_first(terms) and newest_step(this_round(steps), E.PRECHECK) is None:
        return _CHECK_FIRST
    by_village = hand_of(E.ACCEPT, terms).actor is Actor.VILLAGE
    return _ACCEPT if by_village else _NEXT[Status.SUBMITTED]


def _reviews(
    work: UnitOfWork, application: Application, steps: Sequence[ApplicationStep]
) -> Sequence[Review]:
    tested = None
    if application.assessment is not None:
        tested = work.casework.assessment(application.assessment)
    held = work.procedure.reviews(application.id)
    failed = [one for one in reviews_since(steps, held) if one.passed is False]
    return failed or reviews_on(tested, steps, held)


def _reviewed(held: Sequence[Review]) -> str:
    """A review that did not pass is followed by another look, one that was held by the notice."""
    if any(one.passed is False for one in held):
        return _LOOK_AGAIN
    return f"评议过了，{_POST}" if held else _NEXT[Status.IN_REVIEW]
