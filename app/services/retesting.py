"""A newer means test for an application that is under way.

What is found at the door, or an objection that is upheld, changes the answer (domain.md §5.3: what
was investigated is what is assessed). Until a review has judged an application, or it has gone up,
a newer test takes the place of the one it was drafted from; after that the way leads through an
objection, or through the county's return.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.domain.casework import Application, ApplicationStatus, AssessmentRecord
from app.domain.households import Household
from app.domain.problem import Refused
from app.rules.casefile import parse_case
from app.rules.ladder import assess
from app.services.application_guards import reviews_since
from app.services.case_facts import facts_of
from app.services.ground_rules import GroundRules

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork

_BEFORE_IT_GOES_UP: Final = frozenset(
    {
        ApplicationStatus.SUBMITTED,
        ApplicationStatus.SUPPLEMENT_REQUESTED,
        ApplicationStatus.ACCEPTED,
        ApplicationStatus.CHECKING,
        ApplicationStatus.INVESTIGATING,
        ApplicationStatus.ASSESSED,
        ApplicationStatus.IN_REVIEW,
        ApplicationStatus.NOTICE_POSTED,
        ApplicationStatus.REINVESTIGATING,
    }
)
_IN_HAND: Final = _BEFORE_IT_GOES_UP | {ApplicationStatus.DRAFT, ApplicationStatus.RETURNED}
"""Where it still matters to the village that the facts are others than those tested."""


def put_test_in(work: UnitOfWork, application: Application, tested: AssessmentRecord) -> None:
    """The newer test is what the application stands on from now; its state and what is asked for
    stay. The caller commits.

    What hangs on the board then hangs anew (`notice_bodies.require_hangs`). Raises Refused A-38
    once a review has judged it, or it is with the county.
    """
    _require_unjudged(work, application)
    if application.status not in _BEFORE_IT_GOES_UP:
        raise Refused(
            "这一户的申请已经报到县里。",
            safe="这次测算存好了。",
            do="要照新的测算办，请县里退回，或等县里定了再说。",
            code="A-38",
        )
    work.change(
        kind="application.retested",
        entity="application",
        entity_id=application.id,
        subject=application.household,
        fields={"assessment_id": tested.id},
    )


def require_tested(
    work: UnitOfWork, rules: GroundRules, application: Application, household: Household
) -> None:
    """What hangs on the board is worked out from the facts as they are. Raises Refused A-47."""
    if needs_new_test(work, rules, application, household):
        raise Refused(
            "测算以后家里的情况改过，照现在的算，结果不一样。",
            do="请重新测算一次，按“转成申请书”放进这份申请，再贴公示。",
            code="A-47",
        )


def needs_new_test(
    work: UnitOfWork, rules: GroundRules, application: Application, household: Household
) -> bool:
    """Whether the application, still in hand, stands on facts that are not so any more."""
    if application.assessment is None or application.status not in _IN_HAND:
        return False
    tested = work.casework.assessment(application.assessment)
    return tested is not None and differs_now(work, rules, household, tested)


def differs_now(
    work: UnitOfWork, rules: GroundRules, household: Household, tested: AssessmentRecord
) -> bool:
    """Whether the household as recorded comes to another rung or sum than what `tested` was told.

    Both are worked out with the pack in force and for the day of that test, so that neither a new
    standard nor a birthday since makes a difference: that is 政策找人's to see.
    """
    pack = rules.pack(work)
    told = parse_case(tested.facts.encode())
    newest = work.casework.newest_assessment(household.id) or tested
    facts = facts_of(household, before=parse_case(newest.facts.encode()))
    then, now = assess(told, pack, tested.on), assess(facts, pack, tested.on)
    return (then.suggested, then.benefit_month) != (now.suggested, now.benefit_month)


def _require_unjudged(work: UnitOfWork, application: Application) -> None:
    """Raises Refused A-38 where a review since the last look judged what was tested before."""
    if application.status not in {ApplicationStatus.IN_REVIEW, ApplicationStatus.NOTICE_POSTED}:
        return
    steps = work.procedure.steps(application.id)
    if reviews_since(steps, work.procedure.reviews(application.id)):
        raise Refused(
            "这一户的申请已经照原来的测算评议过。",
            safe="这次测算存好了。",
            do="请先在申请页记异议、再记复查结果，然后回来按“转成申请书”。",
            code="A-38",
        )
