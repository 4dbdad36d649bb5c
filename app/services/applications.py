"""Applications: one filing for every rung, from a means test that has been kept."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.casework import Application, ApplicationStatus
from app.domain.clock import Clock
from app.domain.households import Category
from app.domain.ids import ApplicationId, AssessmentId, HouseholdId, new_id
from app.domain.problem import Refused
from app.services.stamps import next_document_no
from app.services.work import Begin


@dataclass(frozen=True, slots=True, kw_only=True)
class FileApplication:
    """What is asked for; the ladder is asked for as a whole when nothing is named (S3:L24)."""

    household: HouseholdId
    assessment: AssessmentId | None
    requested: tuple[Category, ...] = (Category.DIBAO, Category.MARGINAL, Category.SINGLE_PERSON)


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
                raise Refused(
                    "这一户还没有户主，没法写申请人。", do="请先在家庭页定好户主。", code="F-30"
                )
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
            filed = work.casework.application(application_id)
            work.commit()
        if filed is None:
            raise LookupError("the application just written cannot be read")
        return filed

    def get(self, application_id: ApplicationId) -> Application:
        """One application. Raises Refused when there is none."""
        with self.begin() as work:
            found = work.casework.application(application_id)
        if found is None:
            raise Refused("找不到这份申请。", do="请回到申请列表。", code="F-31")
        return found

    def of(self, household_id: HouseholdId) -> list[Application]:
        """A household's applications, the newest first."""
        with self.begin() as work:
            return work.casework.applications_of(household_id)
