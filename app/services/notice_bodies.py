"""What the board says of a household, from the records; whether what hangs there is so still."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from app.documents.forms import persons
from app.documents.forms.stored_answer import StoredAnswer
from app.domain.casework import Application, ApplicationStatus, AssessmentRecord
from app.domain.households import Category, Household
from app.domain.notice_body import notice_body
from app.domain.problem import Refused
from app.domain.procedure import NoticeKind
from app.rules.procedure import shows_minors
from app.services.missing import no_household

if TYPE_CHECKING:
    from app.services.ground_rules import GroundRules
    from app.store.unit_of_work import UnitOfWork

_READ_ON_THE_BOARD: Final = ("head", "people", "covered", "category", "benefit_fen")
"""What people may object to; where one of these is another now, they have not seen it."""


def body_of(
    application: Application,
    household: Household,
    tested: AssessmentRecord | None,
    *,
    relative: bool | None,
    support: str,
    on: date,
    minors_shown: bool,
) -> dict[str, object]:
    """The columns of F07 from the records."""
    applicant = persons.applicant_of(household, application.applicant).person
    suggested = None if tested is None else tested.suggested
    asked = application.requested[0] if application.requested else Category.NONE
    category = application.decided_category or suggested or asked
    covered = None if tested is None else StoredAnswer(tested).rung(category).get("members")
    benefit = None if tested is None else tested.benefit_month
    return notice_body(
        household,
        applicant,
        category=category,
        covered=len(covered) if covered else None,
        benefit=application.decided_benefit_month or benefit,
        relative=relative,
        support=support,
        on=on,
        minors_shown=minors_shown,
    )


def body_now(work: UnitOfWork, rules: GroundRules, application: Application) -> dict[str, object]:
    """The columns as posting now would keep them. Raises Refused F-01."""
    household = work.households.get(application.household)
    if household is None:
        raise no_household()
    tested = None
    if application.assessment is not None:
        tested = work.casework.assessment(application.assessment)
    relative = work.procedure.relatives(application.household)
    return body_of(
        application,
        household,
        tested,
        relative=None if relative is None else relative.has_relative,
        support="",
        on=rules.clock.today(),
        minors_shown=shows_minors(rules.terms(work)),
    )


def hangs_as_it_is(work: UnitOfWork, rules: GroundRules, application: Application) -> bool:
    """Whether the newest F07 says of the household what it would say if it were put up now."""
    posted = next(
        (one for one in work.procedure.notices(application.id) if one.kind is NoticeKind.F07), None
    )
    if posted is None or application.status is not ApplicationStatus.NOTICE_POSTED:
        return True
    household = work.households.get(application.household)
    here = () if household is None else household.members
    if all(one.person.id != application.applicant for one in here):
        return False
    now = body_now(work, rules, application)
    return all(posted.body.get(name) == now[name] for name in _READ_ON_THE_BOARD)


def require_hangs(work: UnitOfWork, rules: GroundRules, application: Application) -> None:
    """Only what people could read and object to goes up. Raises Refused A-48."""
    if not hangs_as_it_is(work, rules, application):
        raise Refused(
            "公示贴出去以后，这一户的情况改过，墙上写的和现在的不一样。",
            do="请照现在的重新贴公示，期限重新算。",
            code="A-48",
        )
