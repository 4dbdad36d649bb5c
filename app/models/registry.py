"""Every table, imported in one place, and which of them the operation log describes."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Table

from app.models import casework, local, log, people
from app.models.base import Base

METADATA = Base.metadata

ENTITIES: Final[dict[str, Table]] = {
    row.__tablename__: METADATA.tables[row.__tablename__]
    for row in (
        people.HouseholdRow,
        people.PersonRow,
        people.HouseholdMemberRow,
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
    )
}
"""Entity name of an operation → its working table. A patch's fields are the table's columns."""

LOCAL: Final = (log.OperationRow, log.DeviceRow, local.KeptPackRow)
"""Named so that importing this module is importing the whole schema."""
