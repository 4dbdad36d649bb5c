"""What the papers along an application say: F06 to F10, F25, F26.

They carry the application's number, but for F06, which belongs to a meeting of several.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from app.domain.application_events import ApplicationEvent
from app.domain.casework import Application, ApplicationStatus, AssessmentRecord
from app.domain.households import Category, Household
from app.domain.ids import ApplicationId, HouseholdId
from app.domain.problem import Refused
from app.domain.procedure import ApplicationStep, FiledBy, Notice, NoticeKind, Review
from app.rules.standing import decision_remedy_of
from app.services.case_paper import CasePaper, Source
from app.services.missing import no_household
from app.services.notice_bodies import body_now
from app.services.stepping import newest_step

if TYPE_CHECKING:
    from app.documents.content import FormContent
    from app.documents.forms.f06 import F06Case
    from app.services.ground_rules import GroundRules
    from app.store.unit_of_work import UnitOfWork

ANSWERS: Final = frozenset(
    {ApplicationEvent.ACCEPT, ApplicationEvent.NEED_MATERIAL, ApplicationEvent.NOT_ACCEPT}
)
"""Steps the applicant is told of by F09."""
_READY_FOR_NOTICE: Final = frozenset(
    {
        ApplicationStatus.ASSESSED,
        ApplicationStatus.IN_REVIEW,
        ApplicationStatus.NOTICE_POSTED,
        ApplicationStatus.REINVESTIGATING,
    }
)
_GRANTED: Final = frozenset({ApplicationStatus.CONFIRMED, ApplicationStatus.PUBLISHED})
_Pick = Callable[["UnitOfWork", Application], bool]
_Content = Callable[["UnitOfWork", "GroundRules", CasePaper], "FormContent"]


def _of_applications(pick: _Pick, content: _Content) -> Source:
    """The source of a paper about an application itself, where `pick` says it wants one."""

    def listed(work: UnitOfWork, household: HouseholdId) -> list[CasePaper]:
        found = work.casework.applications_of(household)
        return [_paper(one) for one in found if pick(work, one)]

    def find(work: UnitOfWork, entity_id: str) -> CasePaper | None:
        found = work.casework.application(ApplicationId(entity_id))
        return _paper(found) if found is not None and pick(work, found) else None

    return Source(listed, find, content)


def _paper(application: Application) -> CasePaper:
    return CasePaper(
        id=application.id,
        household=application.household,
        about=application,
        number=application.document_no,
        leans_on=application,
    )


def home_of(work: UnitOfWork, household: HouseholdId | None) -> Household:
    """The household of a paper. Raises Refused F-01."""
    found = None if household is None else work.households.get(household)
    if found is None:
        raise no_household()
    return found


def lived_in(work: UnitOfWork, household: HouseholdId | None) -> Household:
    """The household of a form somebody fills in. Raises Refused F-01, P-29 where nobody is left."""
    home = home_of(work, household)
    require_lived_in(home)
    return home


def require_lived_in(home: Household) -> None:
    """Raises Refused P-29 where nobody is left to fill in a form."""
    if not home.members:
        raise Refused(
            "这一户没有人了，这张表没有人填。",
            do="要存档的，打“社会救助档案”封面。",
            code="P-29",
        )


def _tested(work: UnitOfWork, application: Application) -> AssessmentRecord | None:
    """The test behind an application."""
    about = application.assessment
    return None if about is None else work.casework.assessment(about)


def _meetings(work: UnitOfWork, household: HouseholdId) -> list[CasePaper]:
    """The meetings that spoke of a household, the newest first, each once."""
    found: dict[str, CasePaper] = {}
    for application in work.casework.applications_of(household):
        for review in work.procedure.reviews(application.id):
            found.setdefault(review.session, _meeting([review], household))
    return list(found.values())


def _find_meeting(work: UnitOfWork, session: str) -> CasePaper | None:
    reviews = work.procedure.session(session)
    if not reviews:
        return None
    application = work.casework.application(reviews[0].application)
    return None if application is None else _meeting(reviews, application.household)


def _meeting(reviews: Sequence[Review], household: HouseholdId) -> CasePaper:
    return CasePaper(
        id=reviews[0].session,
        household=household,
        about=tuple(reviews),
        along=frozenset(one.application for one in reviews),
    )


def _meeting_content(work: UnitOfWork, _rules: GroundRules, paper: CasePaper) -> FormContent:
    from app.documents.forms import f06

    reviews = work.procedure.session(paper.id)
    cases = [_case(work, one) for one in reviews]
    return f06.content_of(reviews, cases, unit=work.identity.village_name)


def _case(work: UnitOfWork, review: Review) -> F06Case:
    """One household of a meeting; one that is no longer on this laptop keeps its votes."""
    from app.documents.forms import f06

    application = work.casework.application(review.application)
    household = None if application is None else work.households.get(application.household)
    head = None if household is None else household.head_member
    return f06.case_of(
        review,
        head="" if head is None else head.person.name,
        place="" if household is None else household.place,
        people=0 if household is None else len(household.members),
        requested=() if application is None else application.requested,
    )


def _wants_notice(work: UnitOfWork, application: Application) -> bool:
    """Before it is posted, so that there is a sheet to post; and as it was posted, afterwards."""
    posted = _posted(work, application, NoticeKind.F07) is not None
    return posted or application.status in _READY_FOR_NOTICE


def _wants_list(work: UnitOfWork, application: Application) -> bool:
    posted = _posted(work, application, NoticeKind.F08) is not None
    return posted or application.status in _GRANTED


def _posted(work: UnitOfWork, application: Application, kind: NoticeKind) -> Notice | None:
    return next((one for one in work.procedure.notices(application.id) if one.kind is kind), None)


def _notice(work: UnitOfWork, rules: GroundRules, paper: CasePaper) -> FormContent:
    return _notice_of(work, rules, paper, NoticeKind.F07)


def _list(work: UnitOfWork, rules: GroundRules, paper: CasePaper) -> FormContent:
    return _notice_of(work, rules, paper, NoticeKind.F08)


def _notice_of(
    work: UnitOfWork, rules: GroundRules, paper: CasePaper, kind: NoticeKind
) -> FormContent:
    """The notice as it was posted, or, before that, as it would be posted now."""
    from app.documents.forms import f07

    application: Application = paper.about
    posted = _posted(work, application, kind)
    reviews = work.procedure.reviews(application.id)
    body = body_now(work, rules, application) if posted is None else posted.body
    return f07.NoticeContent(
        unit=work.identity.village_name,
        kind=kind,
        lines=(f07.line_of(body),),
        was_reviewed=bool(reviews),
        contact=str(body.get("contact") or ""),
        first=None if posted is None else posted.posted_on,
        last=None if posted is None else posted.ends_on,
        places=() if posted is None else posted.places,
        posted_by=() if posted is None else posted.posted_by,
        witnesses=() if posted is None else posted.witnesses,
    )


def _answers(work: UnitOfWork, household: HouseholdId) -> list[CasePaper]:
    """What the office answered to a household's applications, the newest first."""
    return [
        _answer(application, step)
        for application in work.casework.applications_of(household)
        for step in reversed(work.procedure.steps(application.id))
        if step.event in ANSWERS
    ]


def _find_answer(work: UnitOfWork, entity_id: str) -> CasePaper | None:
    step = work.procedure.step(entity_id)
    if step is None or step.event not in ANSWERS:
        return None
    application = work.casework.application(step.application)
    return None if application is None else _answer(application, step)


def _answer(application: Application, step: ApplicationStep) -> CasePaper:
    return CasePaper(
        id=step.id,
        household=application.household,
        about=(step, application),
        number=application.document_no,
        leans_on=application,
    )


def _answer_content(work: UnitOfWork, rules: GroundRules, paper: CasePaper) -> FormContent:
    from app.documents.forms import f09

    step, application = paper.about
    return f09.content_of(
        step,
        application,
        home_of(work, application.household),
        unit=work.identity.village_name,
        materials=work.procedure.materials(application.id),
        remedy=decision_remedy_of(rules.terms(work)),
    )


def _is_refused(_work: UnitOfWork, application: Application) -> bool:
    return application.is_refused


def _refusal(work: UnitOfWork, rules: GroundRules, paper: CasePaper) -> FormContent:
    from app.documents.forms import f10

    application: Application = paper.about
    told = newest_step(work.procedure.steps(application.id), ApplicationEvent.TELL)
    return f10.content_of(
        application,
        home_of(work, application.household),
        unit=work.identity.village_name,
        tested=_tested(work, application),
        received_by="" if told is None else str(told.details.get("received_by") or ""),
        told_on=None if told is None else told.happened_on,
        remedy=decision_remedy_of(rules.terms(work)),
    )


def asks_alone(work: UnitOfWork, application: Application) -> bool:
    """Whether its test suggests somebody of the household alone (F25)."""
    tested = _tested(work, application)
    return tested is not None and tested.suggested is Category.SINGLE_PERSON


def _alone(work: UnitOfWork, _rules: GroundRules, paper: CasePaper) -> FormContent:
    from app.documents.forms import f25

    application: Application = paper.about
    home, tested = home_of(work, application.household), _tested(work, application)
    unit = work.identity.village_name
    return f25.content_of(application, home, unit=unit, assessment=tested)


def is_brought(_work: UnitOfWork, application: Application) -> bool:
    """Whether somebody else brings it (F26)."""
    return application.proxy.filed_by is not FiledBy.SELF


def _proxy(work: UnitOfWork, _rules: GroundRules, paper: CasePaper) -> FormContent:
    from app.documents.forms import f26

    application: Application = paper.about
    home = home_of(work, application.household)
    return f26.content_of(application, home, unit=work.identity.village_name)


SOURCES: Final = {
    "meeting": Source(_meetings, _find_meeting, _meeting_content),
    "notice": _of_applications(_wants_notice, _notice),
    "confirmed": _of_applications(_wants_list, _list),
    "answer": Source(_answers, _find_answer, _answer_content),
    "refusal": _of_applications(_is_refused, _refusal),
    "alone": _of_applications(asks_alone, _alone),
    "proxy": _of_applications(is_brought, _proxy),
}
