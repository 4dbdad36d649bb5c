"""Applications: one filing for every rung, from a means test that has been kept.

A finished test becomes a draft; the papers are made from the draft, signed, and the draft is
submitted. The county answers by sync, and one that it returns is gone on with under its number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.domain.casework import Application, ApplicationStatus, AssessmentRecord
from app.domain.clock import Clock
from app.domain.households import Category
from app.domain.ids import ApplicationId, AssessmentId, HouseholdId, PersonId, new_id
from app.domain.problem import Refused
from app.services.missing import no_assessment
from app.services.papers import PaperNeed, papers_needed
from app.services.stamps import next_document_no
from app.services.work import Begin

if TYPE_CHECKING:
    from app.store.unit_of_work import UnitOfWork


LADDER: Final = (Category.DIBAO, Category.MARGINAL, Category.SINGLE_PERSON)
"""What is asked for when nothing is named: the ladder as a whole (S3:L24)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileApplication:
    """What is asked for."""

    household: HouseholdId
    assessment: AssessmentId | None
    requested: tuple[Category, ...] = LADDER


_OPEN: Final = frozenset({ApplicationStatus.DRAFT, ApplicationStatus.RETURNED})
"""Applications a new test is put into, instead of beginning another."""


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

    def file(self, request: FileApplication) -> Application:
        """Make the application and number it. Raises Refused without a head to apply."""
        now, today = self.clock.now(), self.clock.today()
        application_id = ApplicationId(new_id(now))
        with self.begin() as work:
            household = work.households.get(request.household)
            if household is None or household.head is None:
                raise _nobody_to_apply()
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
                    "status": ApplicationStatus.SUBMITTED,
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
        newer test goes into the household's open draft, or into what the county returned, and
        keeps its number. Raises Refused: F-20 no such test, F-30 nobody to apply.
        """
        with self.begin() as work:
            tested = work.casework.assessment(assessment_id)
            if tested is None:
                raise no_assessment()
            household = work.households.get(tested.household)
            if household is None or household.head is None:
                raise _nobody_to_apply()
            known = work.casework.applications_of(tested.household)
            made = next((one for one in known if _is_about(one, tested)), None)
            if made is None:
                going_on = next((one for one in known if one.status in _OPEN), None)
                made = self._draft(work, going_on, household.head, tested, requested)
                work.commit()
        return DraftApplication(made, papers_needed(made, household, tested))

    def submit(self, application_id: ApplicationId) -> Application:
        """The draft, signed, goes to the township. Raises Refused F-31, F-32."""
        with self.begin() as work:
            found = work.casework.application(application_id)
            if found is None:
                raise _no_such_application()
            if found.status is not ApplicationStatus.DRAFT:
                raise Refused(
                    f"这份申请现在是“{found.status.label}”，不用再提交。",
                    do="请在这户的记录里看它办到哪一步。",
                    code="F-32",
                )
            work.change(
                kind="application.submitted",
                entity="application",
                entity_id=application_id,
                subject=found.household,
                fields={
                    "status": ApplicationStatus.SUBMITTED,
                    "filed_on": self.clock.today(),
                },
            )
            submitted = _written(work, application_id)
            work.commit()
        return submitted

    def papers(self, application_id: ApplicationId) -> tuple[PaperNeed, ...]:
        """The papers an application takes. Raises Refused F-31."""
        with self.begin() as work:
            found = work.casework.application(application_id)
            household = None if found is None else work.households.get(found.household)
            if found is None or household is None:
                raise _no_such_application()
            tested = (
                None if found.assessment is None else work.casework.assessment(found.assessment)
            )
        return papers_needed(found, household, tested)

    def get(self, application_id: ApplicationId) -> Application:
        """One application. Raises Refused when there is none."""
        with self.begin() as work:
            found = work.casework.application(application_id)
        if found is None:
            raise _no_such_application()
        return found

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
    """Whether a test has become this application already; a withdrawn or returned one is over."""
    over = {ApplicationStatus.WITHDRAWN, ApplicationStatus.RETURNED}
    return application.assessment == tested.id and application.status not in over


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


def _no_such_application() -> Refused:
    return Refused("找不到这份申请。", do="请回到申请列表。", code="F-31")
