"""Identifiers: a household's can never be passed where a visit's is meant.

All are UUIDv7 in text form, so that ids made on one machine sort by the time they were made.
"""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime
from typing import NewType

HouseholdId = NewType("HouseholdId", str)
PersonId = NewType("PersonId", str)
MemberId = NewType("MemberId", str)
ObligorId = NewType("ObligorId", str)
ItemId = NewType("ItemId", str)
VisitId = NewType("VisitId", str)
ReliefId = NewType("ReliefId", str)
ApplicationId = NewType("ApplicationId", str)
AssessmentId = NewType("AssessmentId", str)
PrintId = NewType("PrintId", str)
LeadId = NewType("LeadId", str)
ReferralId = NewType("ReferralId", str)
InvestigationId = NewType("InvestigationId", str)
GraceId = NewType("GraceId", str)
BenefitId = NewType("BenefitId", str)
CareId = NewType("CareId", str)
WatchId = NewType("WatchId", str)
ComplaintId = NewType("ComplaintId", str)
OperationId = NewType("OperationId", str)
DeviceId = NewType("DeviceId", str)


def new_id(at: datetime) -> str:
    """A fresh UUIDv7 (RFC 9562 §5.7) for the aware instant `at`."""
    milliseconds = int(at.timestamp() * 1000) & (1 << 48) - 1
    value = milliseconds << 80 | 0x7 << 76 | secrets.randbits(12) << 64
    value |= 0b10 << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=value))
