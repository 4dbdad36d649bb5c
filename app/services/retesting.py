"""A newer means test for an application that is under way.

What is found at the door, or an objection that is upheld, changes the answer (domain.md §5.3: what
was investigated is what is assessed). Until an application has gone up, a newer test takes the
place of the one it was drafted from; after that the way leads through the county's return.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.documents.forms.stored_answer import StoredAnswer
from app.domain.casework import Application, ApplicationStatus, AssessmentRecord
from app.domain.households import Category, Household
from app.domain.problem import Refused
from app.rules.case_days import last_day
from app.rules.casefile import parse_case
from app.rules.grounds import Outcome
from app.rules.ladder import assess
from app.services.application_guards import require_not_failed, require_reviewed
from app.services.case_facts import facts_of
from app.services.ground_rules import GroundRules
from app.services.looked_into import require_found_fit
from app.services.missing import no_household

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
    """The newer test is what the application stands on from now. Its state stays, and what was
    asked for; a rung it comes to now is asked for, too (S3:L24: 一次申请，分标准审核确认). The
    caller commits.

    What was reviewed is reviewed again, what hangs on the board hangs anew
    (`notice_bodies.require_hangs`). Raises Refused A-16 after a review that did not pass, A-38 once
    it is with the county, or for a test older than its own.
    """
    _require_newer(work, application, tested)
    steps = work.procedure.steps(application.id)
    if application.status in {ApplicationStatus.IN_REVIEW, ApplicationStatus.NOTICE_POSTED}:
        require_not_failed(steps, work.procedure.reviews(application.id))
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
        fields={
            "assessment_id": tested.id,
            "requested": list(dict.fromkeys((*_come_to(tested), *application.requested))),
        },
    )


def _require_newer(work: UnitOfWork, application: Application, tested: AssessmentRecord) -> None:
    """Raises Refused A-38 for a test older than the one it stands on."""
    if application.assessment is None:
        return
    stands_on = work.casework.assessment(application.assessment)
    if stands_on is not None and tested.made_at < stands_on.made_at:
        raise Refused(
            "这一户在办的申请用的是更新的测算。", do="请照最新的那次测算办。", code="A-38"
        )


def _come_to(tested: AssessmentRecord) -> tuple[Category, ...]:
    """What nobody asked for yet, or did; 备案 is the county's own list, nobody applies for it."""
    if tested.suggested in {None, Category.WATCHLIST}:
        return ()
    return (tested.suggested,)


def require_tested(
    work: UnitOfWork, rules: GroundRules, application: Application, household: Household
) -> None:
    """What is judged and hangs on the board is worked out from the facts as they are. Raises
    Refused A-47."""
    if needs_new_test(work, rules, application, household):
        raise Refused(
            "测算以后家里的情况改过，照现在的算，结果不一样。",
            do="请重新测算一次，按“转成申请书”放进这份申请，再评议、贴公示。",
            code="A-47",
        )


def require_postable(work: UnitOfWork, rules: GroundRules, application: Application) -> None:
    """What has to be before a notice hangs. Raises Refused A-15, A-16, A-47, A-49, A-50."""
    household = work.households.get(application.household)
    if household is None:
        raise no_household()
    tested = None
    if application.assessment is not None:
        tested = work.casework.assessment(application.assessment)
    require_reviewed(
        application,
        rules.terms(work),
        work.procedure.steps(application.id),
        work.procedure.reviews(application.id),
        tested,
    )
    require_tested(work, rules, application, household)
    require_eligible(application, tested)
    require_found_fit(work, application)


def require_eligible(application: Application, tested: AssessmentRecord | None) -> None:
    """The board says who is to be given something. Raises Refused A-49 where nothing asked for
    is met; what nobody can tell yet is not held against anybody."""
    if is_out_of_reach(application, tested):
        raise Refused(
            "照现在的测算，申请的几样都不符合，不能贴同意的公示。",
            do="请告诉镇里，等县里的不予确认；觉得算得不对，就核实了重新测算。",
            code="A-49",
        )


def is_out_of_reach(application: Application, tested: AssessmentRecord | None) -> bool:
    """Whether the means test says of everything asked for that it is not met."""
    if tested is None or tested.suggested is not None:
        return False
    answer = StoredAnswer(tested)
    told = [answer.rung(one).get("outcome") for one in application.requested]
    return bool(told) and all(one == Outcome.FAILS.value for one in told)


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

    Both are worked out with the pack in force and for one day — that of the test, or the last one
    either tells of: a birth, a job begun since —, so that neither a new standard nor a birthday
    since makes a difference: that is 政策找人's to see. Facts that cannot be worked out at all are
    to be asked again.
    """
    pack = rules.pack(work)
    newest = work.casework.newest_assessment(household.id) or tested
    try:
        told = parse_case(tested.facts.encode())
        facts = facts_of(household, before=parse_case(newest.facts.encode()))
    except Refused:
        return False  # told to a newer program: what it asked is not to be read here
    on = max(tested.on, last_day(told), last_day(facts))
    try:
        then, now = assess(told, pack, on), assess(facts, pack, on)
    except Refused:
        return True
    return (then.suggested, then.benefit_month) != (now.suggested, now.benefit_month)
