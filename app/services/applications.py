"""Applications: one filing for every rung, from a means test that has been kept.

A finished test becomes a draft; the papers are made from the draft, signed, and the draft is
submitted. The county answers by sync, and one that it returns is gone on with under its number.
Every later step is taken in `application_steps`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from app.domain.application_events import ApplicationEvent
from app.domain.application_states import OVER
from app.domain.casework import Application, ApplicationStatus, AssessmentRecord
from app.domain.clock import Clock
from app.domain.households import Category, Household
from app.domain.ids import ApplicationId, AssessmentId, HouseholdId, PersonId, new_id
from app.domain.people import Member
from app.domain.problem import Refused
from app.services.application_guards import may_go_over
from app.services.application_materials import carry_over
from app.services.application_steps import ApplicationSteps, TakeStep
from app.services.ground_rules import GroundRules
from app.services.missing import no_assessment, no_household
from app.services.papers import PaperNeed, papers_needed
from app.services.retesting import put_test_in
from app.services.stamps import next_document_no
from app.services.standing_ends import is_recognised_still
from app.services.stepping import StepFacts, application_in, record_step
from app.services.work import Begin

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork


LADDER: Final = (
    Category.DIBAO,
    Category.MARGINAL,
    Category.SINGLE_PERSON,
    Category.RIGID_EXPENDITURE,
)
"""What is asked for when nothing is named: the ladder as a whole (S3:L24). 特困 takes papers of
who owes support, and is asked for by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileApplication:
    """What is asked for."""

    household: HouseholdId
    assessment: AssessmentId | None
    requested: tuple[Category, ...] = LADDER


_OPEN: Final = frozenset({ApplicationStatus.DRAFT, ApplicationStatus.RETURNED})
"""Applications a new test is put into, instead of beginning another."""
_CAME_TO_NOTHING: Final = frozenset(
    {
        ApplicationStatus.RETURNED,
        ApplicationStatus.WITHDRAWN,
        ApplicationStatus.NOT_ACCEPTED,
        ApplicationStatus.REFUSED,
        ApplicationStatus.WATCHLISTED,
        ApplicationStatus.CLOSED_BY_DEATH,
    }
)
"""Who applies again may do so on the same test: another filing, under its own number."""
_REACHED: Final = frozenset({Category.DIBAO, Category.TEKUN, Category.SINGLE_PERSON})
"""What a recognised family may go over to by consent (S2:L9)."""


@dataclass(frozen=True, slots=True)
class DraftApplication:
    """An application being prepared, and the papers it takes, in the order they are signed."""

    application: Application
    papers: tuple[PaperNeed, ...]


@dataclass(frozen=True, slots=True)
class Applications:
    """Use cases for applications. Call from the store thread only."""

    begin: Begin
    clock: Clock
    rules: GroundRules

    def file(self, request: FileApplication) -> Application:
        """Make the draft and number it.

        Raises Refused F-30 without a head to apply, A-38 while another one is under way.
        """
        now, today = self.clock.now(), self.clock.today()
        application_id = ApplicationId(new_id(now))
        with self.begin() as work:
            household = work.households.get(request.household)
            if household is None or household.head_member is None:
                raise _nobody_to_apply()
            _require_none_under_way(work.casework.applications_of(household.id))
            work.change(
                kind="application.filed",
                entity="application",
                entity_id=application_id,
                subject=request.household,
                new=True,
                fields={
                    "document_no": next_document_no(work, now),
                    "household_id": request.household,
                    "applicant_person_id": household.head,
                    "requested": list(request.requested),
                    "status": ApplicationStatus.DRAFT,
                    "filed_on": today,
                    "assessment_id": request.assessment,
                },
            )
            filed = _written(work, application_id)
            work.commit()
        return filed

    def from_assessment(
        self, assessment_id: AssessmentId, requested: tuple[Category, ...] | None = None
    ) -> DraftApplication:
        """The draft application of a kept means test, made or gone on with; one transaction.

        It asks for the suggested rung, or for the ladder when the test suggests nothing to apply
        for: whoever wants to apply may. Asked twice about the same test, it answers the same. A
        newer test goes into the household's open draft, into what the county returned, or into
        one under way that the village has not judged; it keeps its number. Raises Refused: F-20 no
        such test, F-30 nobody to apply, A-38 while one is judged, posted or with the county.
        """
        with self.begin() as work:
            tested = work.casework.assessment(assessment_id)
            if tested is None:
                raise no_assessment()
            household = work.households.get(tested.household)
            if household is None or household.head_member is None:
                raise _nobody_to_apply()
            known = work.casework.applications_of(tested.household)
            made = next((one for one in known if _is_about(one, tested)), None)
            under_way = next((one for one in known if one.status not in OVER | _OPEN), None)
            if made is None and under_way is not None:
                put_test_in(work, under_way, tested)
                made = _written(work, under_way.id)
                work.commit()
            elif made is None:
                going_on = next((one for one in known if one.status in _OPEN), None)
                applicant = _applicant(household, household.head_member, going_on)
                made = self._draft(work, going_on, applicant, tested, requested)
                work.commit()
        return DraftApplication(made, papers_needed(made, household, tested))

    def submit(self, application_id: ApplicationId) -> Application:
        """The draft, signed, goes to the township today.

        Raises Refused F-31, A-01 for one that is no draft, A-02 while facts or signatures are
        missing.
        """
        steps = ApplicationSteps(self.begin, self.clock, self.rules)
        return steps.take(
            TakeStep(
                application=application_id,
                event=ApplicationEvent.SUBMIT,
                happened_on=self.clock.today(),
            )
        )

    def convert(
        self, application_id: ApplicationId, wanted: Category, consent_on: date
    ) -> Application:
        """Go over to another rung by consent, without filing again; the draft of it.

        It has a number of its own, names the old one, and keeps its materials; signatures are the
        household's and hold on. Raises Refused F-31, A-36 where there is nothing to go over from
        or to (any more), A-37 for a consent still to come or before that application, A-38 while
        another one is under way.
        """
        now = self.clock.now()
        with self.begin() as work:
            old = application_in(work, application_id)
            if not old.filed_on <= consent_on <= self.clock.today():
                raise Refused(
                    "同意转申请的日期晚于今天，或早于原来的申请。",
                    do="请填本人签字同意的那一天。",
                    code="A-37",
                    field="consent_on",
                )
            if not may_go_over(old) or wanted not in _REACHED:
                raise Refused(
                    "只有县里认定的低保边缘、刚性支出家庭，才能转申请低保、特困。",
                    do="别的请重新测算、重新申请。",
                    code="A-36",
                )
            if not is_recognised_still(work, self.rules, old, consent_on):
                raise Refused(
                    "原来的认定已经到期，或者停了，不能由它转申请。",
                    do="请重新测算、重新申请。",
                    code="A-36",
                )
            _require_none_under_way(work.casework.applications_of(old.household))
            new = ApplicationId(new_id(now))
            newest = work.casework.newest_assessment(old.household)
            work.change(
                kind="application.converted",
                entity="application",
                entity_id=new,
                subject=old.household,
                new=True,
                on=consent_on,
                fields={
                    "document_no": next_document_no(work, now),
                    "household_id": old.household,
                    "applicant_person_id": old.applicant,
                    "requested": [wanted],
                    "status": ApplicationStatus.DRAFT,
                    "filed_on": self.clock.today(),
                    "assessment_id": old.assessment if newest is None else newest.id,
                    "converted_from_id": old.id,
                    "consent_on": consent_on,
                    "filed_by": old.proxy.filed_by,
                    "proxy_name": old.proxy.name,
                    "proxy_id_number": old.proxy.id_number or None,
                    "proxy_relation": old.proxy.relation,
                    "proxy_phone": old.proxy.phone,
                    "proxy_signed_on": old.proxy.signed_on,
                },
            )
            carry_over(work, old, new, at=now)
            made = _written(work, new)
            work.commit()
        return made

    def papers(self, application_id: ApplicationId) -> tuple[PaperNeed, ...]:
        """The papers an application takes. Raises Refused F-31."""
        with self.begin() as work:
            found = application_in(work, application_id)
            household = work.households.get(found.household)
            if household is None:
                raise no_household()
            tested = (
                None if found.assessment is None else work.casework.assessment(found.assessment)
            )
        return papers_needed(found, household, tested)

    def get(self, application_id: ApplicationId) -> Application:
        """One application. Raises Refused when there is none."""
        with self.begin() as work:
            return application_in(work, application_id)

    def of(self, household_id: HouseholdId) -> list[Application]:
        """A household's applications, the newest first."""
        with self.begin() as work:
            return work.casework.applications_of(household_id)

    def _draft(
        self,
        work: UnitOfWork,
        going_on: Application | None,
        applicant: PersonId,
        tested: AssessmentRecord,
        requested: tuple[Category, ...] | None,
    ) -> Application:
        """Write the draft: a new one, or the one gone on with."""
        now = self.clock.now()
        application_id = ApplicationId(new_id(now)) if going_on is None else going_on.id
        fields: dict[str, object] = {
            "household_id": tested.household,
            "applicant_person_id": applicant,
            "requested": list(requested or _suggested(tested)),
            "status": ApplicationStatus.DRAFT,
            "filed_on": self.clock.today(),
            "assessment_id": tested.id,
        }
        if going_on is None:
            fields["document_no"] = next_document_no(work, now)
        elif going_on.status is ApplicationStatus.RETURNED:
            again = StepFacts(happened_on=self.clock.today())
            record_step(work, going_on, ApplicationEvent.REWORK, again, at=now)
        work.change(
            kind="application.drafted",
            entity="application",
            entity_id=application_id,
            subject=tested.household,
            new=going_on is None,
            fields=fields,
        )
        return _written(work, application_id)


def _is_about(application: Application, tested: AssessmentRecord) -> bool:
    """Whether a test has become this application already; one that came to nothing is over."""
    return application.assessment == tested.id and application.status not in _CAME_TO_NOTHING


def _require_none_under_way(known: Iterable[Application]) -> None:
    """Raises Refused A-38."""
    if any(one.status not in OVER for one in known):
        raise Refused("这一户已经有一份申请在办。", do="请先把那一份办完或撤回。", code="A-38")


def _applicant(household: Household, head: Member, going_on: Application | None) -> PersonId:
    """The head, unless somebody else who still belongs to the household applies already."""
    here = {one.person.id for one in household.members}
    if going_on is not None and going_on.applicant in here:
        return going_on.applicant
    return head.person.id


def _suggested(tested: AssessmentRecord) -> tuple[Category, ...]:
    """What to apply for: 备案 is the county's own list, nobody applies for it."""
    if tested.suggested in {None, Category.WATCHLIST}:
        return LADDER
    return (tested.suggested,)


def _written(work: UnitOfWork, application_id: ApplicationId) -> Application:
    """The application just written, read back."""
    found = work.casework.application(application_id)
    if found is None:
        raise LookupError("the application just written cannot be read")
    return found


def _nobody_to_apply() -> Refused:
    return Refused("这一户还没有户主，没法写申请人。", do="请先在家庭页定好户主。", code="F-30")
