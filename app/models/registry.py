"""Every table, imported in one place, and which of them the operation log describes."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Table

from app.models import (
    caring,
    casework,
    fund,
    local,
    log,
    people,
    procedure,
    reports,
    standing,
    visiting,
)
from app.models.base import Base

METADATA = Base.metadata

ENTITIES: Final[dict[str, Table]] = {
    row.__tablename__: METADATA.tables[row.__tablename__]
    for row in (
        people.HouseholdRow,
        people.PersonRow,
        people.HouseholdMemberRow,
        people.FamilyEventRow,
        people.SupportObligorRow,
        people.IncomeItemRow,
        people.ExpenseItemRow,
        people.AssetItemRow,
        casework.VisitRow,
        casework.EmergencyReliefRow,
        casework.QuotaTokenRow,
        casework.AssessmentRow,
        casework.ApplicationRow,
        casework.PrintRecordRow,
        casework.AttachmentRow,
        casework.PolicyPackRow,
        fund.ReliefStepRow,
        fund.ReliefInstalmentRow,
        fund.LateSupplementRow,
        fund.ReserveFundRow,
        fund.ReserveEntryRow,
        fund.ReserveMonthRow,
        procedure.ApplicationStepRow,
        procedure.ApplicationMaterialRow,
        procedure.CheckAuthorizationRow,
        procedure.CommunityReviewRow,
        procedure.PublicNoticeRow,
        procedure.NoticeObjectionRow,
        procedure.StaffRelativeFilingRow,
        visiting.VisitFileRow,
        visiting.VisitPlanRow,
        visiting.LeadRow,
        visiting.LeadStepRow,
        visiting.ReferralRow,
        visiting.ReferralStepRow,
        visiting.InvestigationRow,
        standing.GracePeriodRow,
        standing.GraceStepRow,
        standing.PeriodicReviewRow,
        standing.CompositionChangeRow,
        standing.CertificateRow,
        standing.BenefitRow,
        caring.CareAgreementRow,
        caring.CareStepRow,
        caring.WatchEntryRow,
        caring.WatchStepRow,
        caring.CasePlanRow,
        caring.CaseStepRow,
        caring.ComplaintRow,
        caring.SelfCareAssessmentRow,
        reports.VillageReportRow,
    )
}
"""Entity name of an operation → its working table. A patch's fields are the table's columns."""

LOCAL: Final = (log.OperationRow, log.DeviceRow, local.KeptPackRow, local.WorkItemRow)
"""Named so that importing this module is importing the whole schema."""
