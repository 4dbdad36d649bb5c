"""What stands beside a visit: addenda, files, plans, leads, referrals and investigations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, Self

from app.domain.ids import (
    ApplicationId,
    HouseholdId,
    InvestigationId,
    LeadId,
    ReferralId,
    VisitId,
)
from app.domain.referral_states import LeadStatus, ReferralStatus
from app.domain.referral_words import OWN_WAYS, HandOn, LeadSource, ReferralNeed
from app.domain.visit_states import PlanStatus
from app.domain.visit_words import FilePurpose

Stroke = tuple[tuple[int, int], ...]
"""One line drawn without lifting: points in thousandths of the pad's width, from its top left."""
Strokes = tuple[Stroke, ...]

PHOTO_TYPE: Final = "image/jpeg"
STROKES_TYPE: Final = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """An encrypted blob that is on the disk and may be referred to; `size` in bytes."""

    blob_id: str
    wrapped_key: str = field(repr=False)
    size: int
    sha256: str
    media_type: str
    purpose: FilePurpose

    def as_fields(self) -> dict[str, Any]:
        """As a draft keeps it."""
        return {
            "blob_id": self.blob_id,
            "wrapped_key": self.wrapped_key,
            "size": self.size,
            "sha256": self.sha256,
            "media_type": self.media_type,
            "purpose": self.purpose,
        }

    @classmethod
    def of_fields(cls, fields: Mapping[str, Any]) -> Self:
        """As it was kept."""
        return cls(**{**fields, "purpose": FilePurpose(fields["purpose"])})


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFile:
    """A photo or signature that belongs to a visit; `hidden_at` once it was taken away."""

    id: str
    visit: VisitId
    attachment: str
    kept: KeptFile
    added_at: datetime
    hidden_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Addendum:
    """What was added to a completed visit afterwards. Written once itself."""

    id: VisitId
    visit: VisitId
    text: str = field(repr=False)
    by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPlan:
    """A visit that is to be made on a day."""

    id: str
    household: HouseholdId
    planned_on: date
    status: PlanStatus
    reason: str
    """Why it was missed or cancelled; empty otherwise."""
    because: VisitId | None
    """The visit at which nobody was home."""
    visit: VisitId | None
    """The visit that ended it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStep:
    """One step of a lead or a referral."""

    event: str
    status: str
    happened_on: date
    who: str
    note: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Somebody who may need help, to be looked into."""

    id: LeadId
    household: HouseholdId | None
    who: str = field(repr=False)
    source: LeadSource
    content: str = field(repr=False)
    visit: VisitId | None
    found_on: date
    due_on: date | None
    status: LeadStatus
    handler: str
    batch: str = ""
    """Which comparison list of the county it stands in; empty for any other lead."""
    way: HandOn | None = None
    """How it is gone on with; None until it is handed on."""

    @property
    def is_own_to_go_on(self) -> bool:
        """Whether it was handed on to what the village itself begins."""
        return self.status is LeadStatus.HANDED_ON and self.way in OWN_WAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """Somebody handed on to whoever can help (F19)."""

    id: ReferralId
    household: HouseholdId
    need: ReferralNeed
    to_org: str
    content: str = field(repr=False)
    visit: VisitId | None
    lead: LeadId | None
    made_on: date
    due_on: date | None
    """Until when the other side is asked to answer; None where nobody said."""
    status: ReferralStatus
    handler: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Investigation:
    """One 入户调查 by two people at least (F04). `answers` by the names of F04's blocks."""

    id: InvestigationId
    household: HouseholdId
    application: ApplicationId | None
    investigated_on: date
    investigators: tuple[str, ...]
    respondent: str = field(repr=False)
    answers: Mapping[str, str] = field(repr=False)
    fits: bool
    conclusion: str = field(repr=False)
    recorded_at: datetime
