"""Identifiers: a household's can never be passed where a visit's is meant.

All are UUIDv7 in text form, so that ids made on one machine sort by the time they were made.
"""

from __future__ import annotations

import re
import secrets
import uuid
from datetime import UTC, datetime
from threading import Lock
from typing import Final, NewType

IDENTIFIER: Final = re.compile(r"[0-9A-Za-z@*._:-]{1,80}")
"""What an identifier may look like: no spaces, no personal data. Nothing else goes up."""

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
CasePlanId = NewType("CasePlanId", str)
ComplaintId = NewType("ComplaintId", str)
OperationId = NewType("OperationId", str)
DeviceId = NewType("DeviceId", str)


class _Counter:
    """The 74 free bits of the ids of one millisecond, each higher than the one before it.

    Two records of one moment, a payment and the one after it, are so listed in the order they were
    made. RFC 9562 §6.2, method 2: the step is random, so that no id tells the next.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._milliseconds = -1
        self._tail = 0

    def after(self, milliseconds: int) -> int:
        """The next tail for this millisecond."""
        with self._lock:
            if milliseconds == self._milliseconds:
                self._tail += 1 + secrets.randbits(32)
            else:
                # the first is drawn from the lower half: 2 ** 41 steps fit above it
                self._milliseconds, self._tail = milliseconds, secrets.randbits(73)
            return self._tail


_COUNTER: Final = _Counter()
_TIMED: Final = 7


def new_id(at: datetime) -> str:
    """A fresh UUIDv7 (RFC 9562 §5.7) for the aware instant `at`.

    Of ids made one after the other for one instant, the later sorts after the earlier.
    """
    milliseconds = int(at.timestamp() * 1000) & (1 << 48) - 1
    tail = _COUNTER.after(milliseconds)
    value = milliseconds << 80 | 0x7 << 76 | tail >> 62 << 64 | 0b10 << 62 | tail & (1 << 62) - 1
    return str(uuid.UUID(int=value))


def made_at(record_id: str) -> datetime | None:
    """The instant an id was made at, in UTC; None for one that is no UUIDv7 or names no instant."""
    try:
        value = uuid.UUID(record_id)
        at = datetime.fromtimestamp((value.int >> 80) / 1000, UTC)
    except (ValueError, OverflowError):
        return None
    return at if value.version == _TIMED else None
